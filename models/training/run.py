"""The training loop: a run that can be interrupted at any moment and goes on as if it had not been."""

import signal
import time
from dataclasses import asdict
from pathlib import Path

import torch

from . import batches
from .base import base_folder, load_model, load_tokenizer, pad_token
from .checkpoint import load_checkpoint, save_checkpoint
from .examples import data_hash, one_of, read_examples, tokenize_all
from .loss import own_loss
from .optimiser import MasterAdamW, cosine_rate
from .processes import Processes
from .run_card import Progress, write_card
from .settings import Settings


class Run:
    """One role's fine-tuning, in a folder of its own."""

    def __init__(self, settings: Settings, folder: Path, processes: Processes):
        self.settings, self.folder, self._processes = settings, folder, processes
        files = [Path(settings.data) / f"{split}.{settings.role}.jsonl" for split in ("train", "validation")]
        for file in files:
            if not file.is_file():
                raise SystemExit(f"{file} is missing: run the preparation first")
        examples = [read_examples(file) for file in files]
        both = examples[0] + examples[1]
        one_of((example.role for example in both), "role")
        base = base_folder(settings.base, folder.parent / "base")
        tokenizer = load_tokenizer(base)
        longest, drop = settings.longest, settings.longer == "drop"
        self.train = tokenize_all(examples[0], tokenizer, longest, drop)
        self.validation = tokenize_all(examples[1], tokenizer, longest)
        self.validation = self.validation[: settings.validation_examples]
        self._pad = pad_token(base)
        per_epoch = batches.steps_per_epoch(len(self.train), settings.step_examples)
        self.steps = max(1, round(per_epoch * settings.epochs))
        self.model = load_model(base, processes.device, settings.layers, settings.precision)
        self.optimiser = MasterAdamW(self.model, settings.weight_decay)
        self.progress = Progress()
        self.facts = {
            "dataHash": data_hash(*files),
            "baseHash": data_hash(*sorted(base.glob("*.safetensors"))),
            "promptVersion": one_of((example.prompt_version for example in both), "promptVersion"),
            "examples": {"train": len(self.train), "validation": len(self.validation)},
            "tokensPerEpoch": {
                "all": sum(len(tokens.ids) for tokens in self.train),
                "own": sum(sum(tokens.own) for tokens in self.train),
            },
            "trainedWeights": self.optimiser.parameters,
            "steps": self.steps,
        }
        self._resume()

    def _resume(self) -> None:
        state = load_checkpoint(self.folder)
        if state is None:
            return
        for name in ("dataHash", "baseHash", "promptVersion"):
            if state["facts"][name] != self.facts[name]:
                raise SystemExit(
                    f"{self.folder} was trained with another {name}: put the old inputs back or start anew"
                )
        if Settings(**state["settings"]) != self.settings:
            raise SystemExit(f"{self.folder} was started with other settings: use `resume`, or start anew")
        self.optimiser.restore(state["optimiser"])
        self.progress = Progress.restore(state["progress"])

    def save(self) -> None:
        """Write checkpoint and run card."""
        if not self._processes.leads:
            return
        settings = asdict(self.settings)
        state = {
            "settings": settings,
            "facts": self.facts,
            "progress": asdict(self.progress),
            "optimiser": self.optimiser.state(),
        }
        save_checkpoint(self.folder, state)
        write_card(self.folder / "card.json", settings, self.facts, self.progress)

    def validate(self) -> float:
        """Mean loss over validation's own tokens, nats; of 4-bit weights in the quantised stretch."""
        parts = batches.micro_batches(self.validation, self.settings.micro_tokens, self._pad)
        total = torch.zeros(2, dtype=torch.float64, device=self._processes.device)
        self.model.eval()
        with torch.no_grad():
            for i in self._processes.share(len(parts)):
                total[0] += own_loss(self.model, parts[i], self._processes.device).double()
                total[1] += parts[i].own_tokens
        self._processes.add_up([total])
        return float(total[0] / total[1])

    def step(self) -> dict[str, float]:
        """One optimiser step; its loss is the weighted mean over its own tokens, however they are batched."""
        s, progress = self.settings, self.progress
        if progress.step >= self.steps * (1 - s.quantised_share):
            self.optimiser.quantise()
        chosen = batches.step_examples_of(self.train, progress.step, s.step_examples, s.seed)
        parts = batches.micro_batches(chosen, s.micro_tokens, self._pad, s.action_weight)
        weight = sum(part.weight for part in parts)
        total = torch.zeros((), dtype=torch.float64, device=self._processes.device)
        self.model.train()
        for i in self._processes.share(len(parts)):
            loss = own_loss(self.model, parts[i], self._processes.device)
            loss.backward()
            self.optimiser.collect()
            total += loss.detach().double()
        self._processes.add_up([total, *self.optimiser.gradients()])
        rate = cosine_rate(progress.step, self.steps, s.rate, s.warm_up)
        norm = self.optimiser.step(rate, weight, s.clip)
        progress.step += 1
        progress.own_tokens += sum(part.own_tokens for part in parts)
        progress.all_tokens += sum(part.all_tokens for part in parts)
        return {"step": progress.step, "loss": float(total) / weight, "rate": rate, "norm": norm}

    def go_on(self, until: int | None = None) -> bool:
        """
        Train to the end, or to step `until`; return whether the run is complete.

        An interrupt or a request to end saves after the step in flight and returns.
        """
        stop = _StopFlag()
        end = self.steps if until is None else min(until, self.steps)
        saved = time.monotonic()
        if not self.progress.validation:
            self._record_validation()
        while self.progress.step < end:
            started = time.monotonic()
            entry = self.step()
            seconds = time.monotonic() - started
            self.progress.seconds += seconds
            self.progress.training.append(entry)
            self._say(f"step {entry['step']}/{self.steps} loss {entry['loss']:.4f} ({seconds:.0f} s)")
            if self.progress.step % self.settings.validate_every == 0 or self.progress.step == self.steps:
                self._record_validation()
            if self._processes.any_of(stop.asked):
                break
            if self._processes.any_of(time.monotonic() - saved > self.settings.save_every):
                self.save()
                saved = time.monotonic()
        self.save()
        return self.progress.step >= self.steps

    def _record_validation(self) -> None:
        loss = self.validate()
        self.progress.validation.append({"step": self.progress.step, "loss": loss})
        self._say(f"step {self.progress.step}: validation loss {loss:.4f}")

    def _say(self, text: str) -> None:
        if self._processes.leads:
            print(text, flush=True)


class _StopFlag:
    """True once the process was asked to end."""

    def __init__(self) -> None:
        self.asked = False
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._ask)

    def _ask(self, *_args: object) -> None:
        self.asked = True
