"""Tables of a model card, from run card, evaluation and bars."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

_LOSSES = (
    ("utterance", "Loss on own utterance tokens, nats per token"),
    ("actionLine", "Loss on action-line tokens, nats per token"),
    ("own", "Loss on all own tokens, nats per token"),
)
_SHARES = (
    ("valid", "Action lines without a grammar: valid"),
    ("wellFormed", "Action lines without a grammar: well formed"),
    ("sameActs", "Same acts as the person"),
    ("overlap", "Overlap of acts with the person's (Jaccard)"),
)


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; a bar or a line break in a cell would end it."""

    def line(cells: Iterable[object]) -> str:
        return "| " + " | ".join(str(c).replace("|", "\\|").replace("\n", " ") for c in cells) + " |"

    return "\n".join([line(heading), "|" + "---|" * len(heading), *map(line, rows)])


def _number(found: dict, percent: bool, signed: bool = False) -> str:
    """Format an estimate with its interval."""
    scale, unit = (100, " %") if percent else (1, "")
    form = ("+" if signed else "") + (".1f" if percent else ".3f")
    value, low, high = (format(x * scale, form) for x in (found["value"], *found["interval"]))
    return f"{value}{unit} [{low}, {high}]"


def _n(found: dict, what: str) -> str:
    return f"{found['n']:,} {what} of {found['dialogues']} dialogues"


def training_table(runs: Sequence[dict]) -> str:
    """What the runs were, a column each, with the validation curve in five points."""
    columns = [_training_rows(run) for run in runs]
    for column in columns[1:]:
        column["Base"] = "the weights of the column before"
    heading = [""] if len(runs) == 1 else [f"stretch {i + 1}" for i in range(len(runs))]
    return table(("", *heading), [(name, *(column[name] for column in columns)) for name in columns[0]])


def _training_rows(run: dict) -> dict[str, object]:
    settings, tokens = run["settings"], run["tokensPerEpoch"]
    layers = f"the uppermost {settings['layers']} layers" if settings["layers"] else "all layers"
    share = settings["quantised_share"]
    curve = run["validation"]
    points = sorted({round(i * (len(curve) - 1) / 4) for i in range(5)}) if curve else []
    rows = [
        (
            "Examples: training, validation",
            f"{run['examples']['train']:,}, {run['examples']['validation']:,}",
        ),
        ("Tokens of an epoch: all, own", f"{tokens['all']:,}, {tokens['own']:,}"),
        (
            "Tokens seen: all, own",
            f"{run['all_tokens']:,}, {run['own_tokens']:,} ({settings['epochs']:.3g} epochs)",
        ),
        ("Steps", f"{run['step']} of {run['steps']}, {settings['step_examples']} dialogues each"),
        ("Trained weights", f"{run['trainedWeights']:,}: {layers} and the last norm, embeddings frozen"),
        ("Rate, weight decay, clip", f"{settings['rate']}, {settings['weight_decay']}, {settings['clip']}"),
        ("Through the 4-bit quantiser", f"the last {share:.0%} of the steps" if share else "no"),
        ("Weight of an action-line token in the loss", settings.get("action_weight", 1)),
        ("Longest dialogue", f"{settings['longest']} tokens"),
        ("Seed", settings["seed"]),
        ("Hours", f"{run['hours']:.2f} ({run['device']}, torch {run['versions']['torch']})"),
        (
            "Validation loss on own tokens, nats, by step",
            "; ".join(f"{curve[i]['step']}: {curve[i]['loss']:.3f}" for i in points),
        ),
        ("Data", f"`{run['dataHash'][:12]}`"),
        ("Base", f"{Path(settings['base']).name}, `{run['baseHash'][:12]}`"),
    ]
    return dict(rows)


def evaluation_table(evaluation: dict) -> str:
    """Every figure with the base beside it, its interval, how many, and the command."""
    losses, actions = evaluation["loss"], evaluation["actions"]
    rows: list[Sequence[object]] = []
    for key, title in _LOSSES:
        found = losses[key]
        rows.append(
            (
                title,
                _number(found["base"], False),
                _number(found["tuned"], False),
                _number(found["shipped"], False),
                _number(found["shippedLessBase"], False, signed=True),
                _n(found["shipped"], "tokens"),
            )
        )
    for key, title in _SHARES:
        found = actions[key]
        rows.append(
            (
                title,
                _number(found["base"], True),
                "",
                _number(found["shipped"], True),
                "",
                _n(found["shipped"], "turns"),
            )
        )
    bits = evaluation["fourBits"]
    lines = [
        table(("", "base", "tuned, f32", "as shipped, 4 bit", "shipped less base", "N"), rows),
        f"- Four bits cost {_number(bits, True, signed=True)} of perplexity on own tokens "
        f"({_n(bits, 'tokens')}).",
        f"- Without a language model: the commonest acts are the person's in "
        f"{_number(actions['sameActs']['majority'], True)}, the commonest after the other side's acts in "
        f"{_number(actions['sameActs']['bigram'], True)} of the turns; overlap "
        f"{_number(actions['overlap']['majority'], True)} and {_number(actions['overlap']['bigram'], True)}. "
        f"The model less the latter: {_number(actions['sameActsLessBigram'], True, signed=True)}; overlap "
        f"{_number(actions['overlapLessBigram'], True, signed=True)}.",
    ]
    if "lastFifth" in evaluation:
        last = evaluation["lastFifth"]
        lines.append(
            f"- Over the last fifth of training validation loss fell by {last['fall']:.2%}: "
            f"{last['from']['loss']:.3f} at step {last['from']['step']}, {last['to']['loss']:.3f} at step "
            f"{last['to']['step']} ({last['n']} dialogues)."
        )
    lines.append(
        f"{evaluation['dialogues']['sampled']} of {evaluation['dialogues']['of']} dialogues, seed "
        f"{evaluation['seed']}; intervals: {evaluation['intervals']}; action lines: {actions['sampling']}. "
        f"`{evaluation['command']}`"
    )
    return "\n\n".join([lines[0], "\n".join(lines[1:-1]), lines[-1]])


def bars_table(bars: list[dict]) -> str:
    """What was measured in simulated dialogues or against held-out decisions, as the bars' files say it."""
    rows = []
    for bar in bars:
        figures = "; ".join(f"{name} {value}" for name, value in bar["figures"].items())
        result = "passed" if bar["passed"] else "not passed"
        where = ", ".join(str(bar[key]) for key in ("machine", "date") if bar.get(key))
        # A folder of the machine that measured it says nothing elsewhere.
        command = re.sub(r"(?<=[\s=])/\S*/", "", bar["command"])
        rows.append((f"{bar['bar']}. {bar['title']}", result, figures, bar["n"], f"`{command}`", where))
    return table(("bar", "result", "figures", "N", "command", "machine, day"), rows)
