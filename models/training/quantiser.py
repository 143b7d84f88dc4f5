"""The 4-bit quantiser of the shipped weights, on torch tensors."""

import torch

GROUP = 32


def through_q4_0(weight: torch.Tensor) -> torch.Tensor:
    """
    Round a matrix [N, K], f32, to the values that Q4_0 can hold, as `recipe.quantise.quantise_q4_0` does.

    Training through it: the forward pass reads the rounded weights, the gradient is applied to the unrounded
    ones (the straight-through estimator, Bengio et al. 2013).
    """
    rows, inputs = weight.shape
    if inputs % GROUP:
        raise ValueError(f"the input dimension {inputs} is no multiple of {GROUP}")
    groups = weight.reshape(rows, inputs // GROUP, GROUP)
    peak = groups.gather(-1, groups.abs().argmax(dim=-1, keepdim=True))
    scale = peak / -8
    reciprocal = torch.where(scale == 0, torch.zeros_like(scale), 1 / scale)
    codes = (groups * reciprocal + 8.5).trunc().clamp(0, 15)
    return ((codes - 8) * scale.half().float()).reshape(rows, inputs)
