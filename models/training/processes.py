"""One process or several: what torchrun starts, each with a share of every step."""

import os
from collections.abc import Iterable

import torch
from torch import distributed


class Processes:
    """This process among those that share a run."""

    def __init__(self, device: str):
        self.world = int(os.environ.get("WORLD_SIZE", "1"))
        self.rank = int(os.environ.get("RANK", "0"))
        if device == "cuda":
            if not torch.cuda.is_available():
                raise SystemExit("there is no CUDA device here: use --device cpu")
            self.device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
            torch.cuda.set_device(self.device)
        else:
            self.device = torch.device("cpu")
        if self.world > 1:
            distributed.init_process_group("nccl" if device == "cuda" else "gloo")

    @property
    def leads(self) -> bool:
        """Whether this is the process that writes files and talks."""
        return self.rank == 0

    def share(self, count: int) -> range:
        """Return the indices of this process's part of `count` pieces of work."""
        return range(self.rank, count, self.world)

    def add_up(self, tensors: Iterable[torch.Tensor]) -> None:
        """Replace each tensor by its sum over all processes."""
        if self.world > 1:
            for tensor in tensors:
                distributed.all_reduce(tensor)

    def any_of(self, flag: bool) -> bool:
        """Whether any process says yes, so that all act alike."""
        value = torch.tensor([float(flag)], device=self.device)
        self.add_up([value])
        return bool(value.item() > 0)

    def close(self) -> None:
        """Leave the group."""
        if self.world > 1:
            distributed.destroy_process_group()
