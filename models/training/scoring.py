"""Loss of single tokens, apart for the action line and for what is said."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import PreTrainedModel

from .examples import Example, Tokens, tokenize


class Kind(IntEnum):
    """What a token of an example is."""

    CONTEXT = 0
    ACTION_LINE = 1
    """Of the first line of an own turn, its line break included."""
    UTTERANCE = 2
    """What is said, and the token that ends the turn."""


@dataclass(frozen=True)
class Marked:
    """Tokens of an example with their kinds [L], and the index of the first token of each own turn."""

    tokens: Tokens
    kinds: np.ndarray
    starts: tuple[int, ...]


def mark(example: Example, tokenizer: Tokenizer, longest: int) -> Marked:
    """Tokenise as for training; a token belongs to the action line if it begins before the line's end."""
    tokens = tokenize(example, tokenizer, longest)
    own, action = np.array(tokens.own), np.array(tokens.action)
    kinds = np.where(action, Kind.ACTION_LINE, np.where(own, Kind.UTTERANCE, 0)).astype(np.int8)
    starts = np.flatnonzero(own & ~np.concatenate([[False], own[:-1]]))
    return Marked(tokens, kinds, tuple(int(start) for start in starts))


@torch.no_grad()
def own_nats(model: PreTrainedModel, marked: Marked, device: torch.device) -> np.ndarray:
    """Negative log likelihood, nats, of every own token of one example, in order; the rest is only read."""
    ids = torch.tensor(marked.tokens.ids, device=device)
    where = torch.from_numpy(np.flatnonzero(marked.kinds)).to(device)
    hidden = model.base_model(input_ids=ids[None], use_cache=False).last_hidden_state[0]
    logits = model.get_output_embeddings()(hidden[where - 1]).float()
    return functional.cross_entropy(logits, ids[where], reduction="none").double().cpu().numpy()
