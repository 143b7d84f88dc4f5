"""tokenizer.json from a byte-level BPE vocabulary."""

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from .source_gguf import Vocabulary


def tokenizer_json(vocabulary: Vocabulary) -> str:
    """Text of a tokenizer.json that splits as SmolLM does: digits one by one, then GPT-2's byte level."""
    tokenizer = Tokenizer(
        models.BPE(
            vocab={token: index for index, token in enumerate(vocabulary.tokens)},
            merges=[tuple(merge.split(" ")) for merge in vocabulary.merges],
        )
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(
        [AddedToken(vocabulary.tokens[i], special=True, normalized=False) for i in vocabulary.special]
    )
    return tokenizer.to_str()
