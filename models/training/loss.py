"""Next-token loss on own tokens only."""

import torch
from torch.nn import functional
from transformers import PreTrainedModel

from .batches import IGNORED, Batch


def own_loss(model: PreTrainedModel, batch: Batch, device: torch.device) -> torch.Tensor:
    """
    Weighted sum of the negative log likelihood, nats, over the own tokens of a batch.

    Logits are computed at labelled positions only: over a large vocabulary they cost as much as many layers.
    """
    hidden = model.base_model(input_ids=batch.ids.to(device), use_cache=False).last_hidden_state
    labels = batch.labels.to(device)
    where = labels != IGNORED
    logits = model.get_output_embeddings()(hidden[where]).float()
    losses = functional.cross_entropy(logits, labels[where], reduction="none")
    return (losses * batch.weights.to(device)[where]).sum()
