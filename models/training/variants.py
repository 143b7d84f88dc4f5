"""The models that an evaluation compares: the base, the tuned one, and the tuned one in four bits."""

from pathlib import Path

import torch
from torch import nn
from transformers import AutoModelForCausalLM, PreTrainedModel

from recipe.quantise import dequantise_q8_0, quantise_q8_0

from .quantiser import through_q4_0


def load_for_reading(folder: Path, device: torch.device, dtype: torch.dtype) -> PreTrainedModel:
    """Load a causal language model that is not trained, with an attention that can use a cache."""
    model = AutoModelForCausalLM.from_pretrained(
        folder, dtype=dtype, local_files_only=True, attn_implementation="sdpa"
    )
    return model.to(device).eval()


@torch.no_grad()
def quantise_as_shipped(model: PreTrainedModel) -> None:
    """Round all weights as an artifact holds them: matrices Q4_0, the embedding Q8_0, vectors as they are."""
    embeddings = {id(p) for m in model.modules() if isinstance(m, nn.Embedding) for p in m.parameters()}
    for weight in model.parameters():
        if weight.dim() != 2:
            continue
        values = weight.float().cpu()
        if id(weight) in embeddings:
            rounded = torch.from_numpy(dequantise_q8_0(*quantise_q8_0(values.numpy())))
        else:
            rounded = through_q4_0(values)
        weight.copy_(rounded)
