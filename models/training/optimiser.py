"""AdamW on f32 master weights beside a bf16 model, and the learning rate's course."""

import math

import torch
from torch import nn

from .quantiser import through_q4_0


def cosine_rate(step: int, steps: int, peak: float, warm_up: int) -> float:
    """Linear warm-up to `peak`, then a cosine that ends at a twentieth of it."""
    if step < warm_up:
        return peak * (step + 1) / warm_up
    done = min(1.0, (step - warm_up) / max(1, steps - warm_up))
    floor = 0.05
    return peak * (floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * done)))


def _matrices_of_layers(model: nn.Module) -> list[nn.Parameter]:
    embeddings = {id(p) for m in model.modules() if isinstance(m, nn.Embedding) for p in m.parameters()}
    return [p for p in model.parameters() if p.dim() == 2 and id(p) not in embeddings]


class MasterAdamW:
    """
    AdamW (Loshchilov and Hutter 2019) whose weights, moments and gradient sums are f32.

    A bf16 weight has 8 bits of mantissa: at a rate of 1e-4 most updates would be rounded away.
    """

    def __init__(self, model: nn.Module, weight_decay: float, betas: tuple[float, float] = (0.9, 0.95)):
        self._live = {name: p for name, p in model.named_parameters() if p.requires_grad}
        self._master = {name: nn.Parameter(p.detach().float().clone()) for name, p in self._live.items()}
        self._frozen = [p for p in _matrices_of_layers(model) if not p.requires_grad]
        self._quantised = False
        matrices = [p for p in self._master.values() if p.dim() > 1]
        others = [p for p in self._master.values() if p.dim() <= 1]
        groups = [
            {"params": matrices, "weight_decay": weight_decay},
            {"params": others, "weight_decay": 0.0},
        ]
        self._adam = torch.optim.AdamW(groups, lr=0.0, betas=betas)

    @property
    def parameters(self) -> int:
        """How many weights are trained."""
        return sum(p.numel() for p in self._live.values())

    def collect(self) -> None:
        """Add the model's gradients to the f32 sums and clear them: once per micro-batch."""
        for name, live in self._live.items():
            if live.grad is None:
                continue
            master = self._master[name]
            if master.grad is None:
                master.grad = torch.zeros_like(master)
            master.grad.add_(live.grad)
            live.grad = None

    def gradients(self) -> list[torch.Tensor]:
        """Return the f32 gradient sums, in a fixed order, zeros where there were none."""
        for master in self._master.values():
            if master.grad is None:
                master.grad = torch.zeros_like(master)
        return [master.grad for master in self._master.values() if master.grad is not None]

    def step(self, rate: float, divide_by: float, clip: float) -> float:
        """Apply the summed gradients divided by `divide_by`; return their norm before clipping."""
        gradients = self.gradients()
        for gradient in gradients:
            gradient.div_(divide_by)
        norm = float(nn.utils.clip_grad_norm_(list(self._master.values()), clip))
        for group in self._adam.param_groups:
            group["lr"] = rate
        self._adam.step()
        self._adam.zero_grad(set_to_none=True)
        self._publish()
        return norm

    def quantise(self) -> None:
        """From now on compute with 4-bit weights: frozen ones too, all but embeddings and vectors."""
        if self._quantised:
            return
        self._quantised = True
        with torch.no_grad():
            for weight in self._frozen:
                weight.copy_(through_q4_0(weight.float()))
        self._publish()

    def _publish(self) -> None:
        with torch.no_grad():
            for name, live in self._live.items():
                master = self._master[name]
                rounded = self._quantised and master.dim() == 2
                live.copy_(through_q4_0(master) if rounded else master)

    def state(self) -> dict:
        """Everything that must survive an interruption."""
        weights = {name: p.detach() for name, p in self._master.items()}
        return {"weights": weights, "adam": self._adam.state_dict()}

    def restore(self, state: dict) -> None:
        """Return to a state; raises ValueError when it belongs to another model."""
        if state["weights"].keys() != self._master.keys():
            raise ValueError("the checkpoint belongs to a model with other weights")
        with torch.no_grad():
            for name, value in state["weights"].items():
                self._master[name].copy_(value)
        self._adam.load_state_dict(state["adam"])
        self._publish()
