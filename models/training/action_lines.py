"""Action lines that a model writes at human contexts, without a grammar."""

import torch
from tokenizers import Tokenizer
from transformers import DynamicCache, PreTrainedModel

END = "<|im_end|>"
MOST_TOKENS = 48
"""More than the longest action line of three titles takes."""


@torch.no_grad()
def write_action_lines(
    model: PreTrainedModel, tokenizer: Tokenizer, ids: list[int], starts: list[int], device: torch.device
) -> list[str]:
    """
    First lines of the likeliest turns: what follows `ids[:start]`, for each start, with the line break.

    The prompt goes through the model once; its cache is cut back from the last start to the first.
    """
    if not starts:
        return []
    cache = DynamicCache()
    model.base_model(input_ids=_row(ids[: max(starts)], device), past_key_values=cache, use_cache=True)
    lines: dict[int, str] = {}
    for start in sorted(set(starts), reverse=True):
        cache.crop(start - 1 - cache.get_seq_length())
        lines[start] = _line(model, tokenizer, ids[start - 1], cache, device)
    return [lines[start] for start in starts]


def _line(
    model: PreTrainedModel, tokenizer: Tokenizer, last: int, cache: DynamicCache, device: torch.device
) -> str:
    end = tokenizer.token_to_id(END)
    written: list[int] = []
    text = ""
    while len(written) < MOST_TOKENS and "\n" not in text:
        out = model(input_ids=_row([last], device), past_key_values=cache, use_cache=True)
        last = int(out.logits[0, -1].argmax())
        if last == end:
            break
        written.append(last)
        text = tokenizer.decode(written, skip_special_tokens=False)
    line, newline, _ = text.partition("\n")
    return line + newline


def _row(ids: list[int], device: torch.device) -> torch.Tensor:
    return torch.tensor([ids], device=device)
