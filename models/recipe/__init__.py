"""From a causal language model to the artifact that the browser loads: quantise, pack, compile, describe."""
