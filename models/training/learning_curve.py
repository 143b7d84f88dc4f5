"""Figure and table of a learning curve with intervals, from the report of `simulated_versus_human`."""

import math
from html import escape

_COLOURS = {"human": "#0b5a62", "simulated": "#b3541e"}
_LEFT, _TOP, _WIDTH, _HEIGHT = 64, 16, 460, 240


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def curve_svg(report: dict) -> str:
    """Loss by the number of dialogues (log scale), human and simulated, with intervals, and the base's."""
    points = report["sizes"]
    ends = [end for p in points for s in _COLOURS for end in p[s]["interval"]] + report["base"]["interval"]
    room = (max(ends) - min(ends)) * 0.08 or 0.1
    low, high = min(ends) - room, max(ends) + room
    places = [math.log2(p["size"]) for p in points]
    first, span = places[0], (places[-1] - places[0]) or 1.0

    def x(size: int) -> float:
        inside = 0.5 if len(points) == 1 else (math.log2(size) - first) / span
        return _LEFT + 20 + inside * (_WIDTH - 40)

    def y(loss: float) -> float:
        return _TOP + (high - loss) / (high - low) * _HEIGHT

    bottom = _TOP + _HEIGHT
    parts = []
    for i in range(5):
        loss = low + (high - low) * i / 4
        parts.append(
            f'<line x1="{_LEFT}" y1="{y(loss):.1f}" x2="{_LEFT + _WIDTH}" y2="{y(loss):.1f}" '
            'stroke="currentColor" opacity="0.2"/>'
        )
        parts.append(_text(_LEFT - 6, y(loss) + 4, f"{loss:.2f}", "end"))
    base = y(report["base"]["value"])
    parts.append(
        f'<line x1="{_LEFT}" y1="{base:.1f}" x2="{_LEFT + _WIDTH}" y2="{base:.1f}" '
        'stroke="currentColor" stroke-dasharray="5 4"/>'
    )
    parts.append(_text(_LEFT + _WIDTH, base - 5, "base, not trained", "end"))
    parts += [_text(x(p["size"]), bottom + 18, str(p["size"]), "middle") for p in points]
    parts.append(_text(_LEFT + _WIDTH, bottom + 36, "dialogues trained on", "end"))
    parts.append(_text(_LEFT, bottom + 36, "loss on people's, nats a token"))
    for row, (source, colour) in enumerate(_COLOURS.items()):
        # Side by side, so that intervals do not hide each other.
        shift = (row - 0.5) * 6
        line = " ".join(f"{x(p['size']) + shift:.1f},{y(p[source]['value']):.1f}" for p in points)
        parts.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{line}"/>')
        for p in points:
            at = x(p["size"]) + shift
            ends = [y(end) for end in p[source]["interval"]]
            parts.append(
                f'<line x1="{at:.1f}" y1="{ends[0]:.1f}" x2="{at:.1f}" y2="{ends[1]:.1f}" '
                f'stroke="{colour}" stroke-width="1.5"/>'
            )
            parts.append(f'<circle cx="{at:.1f}" cy="{y(p[source]["value"]):.1f}" r="3.5" fill="{colour}"/>')
        parts.append(
            f'<rect x="{_LEFT + row * 150}" y="{bottom + 50}" width="12" height="12" fill="{colour}"/>'
        )
        parts.append(_text(_LEFT + row * 150 + 18, bottom + 60, source))
    size = f"{_LEFT + _WIDTH + 16} {bottom + 76}"
    title = escape(f"Training on simulated and on human dialogues, {report['role']}")
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img" aria-label="{title}" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="currentColor">\n{body}\n</svg>\n'
    )


def _cell(estimate: dict) -> str:
    low, high = estimate["interval"]
    return f"{estimate['value']:.3f} [{low:.3f}, {high:.3f}]"


def curve_markdown(report: dict) -> str:
    """The same numbers as a table."""
    measured = report["measuredOn"]
    lines = [
        f"# Simulated against human training dialogues: {report['role']}",
        "",
        f"Loss in {report['unit']}: {measured['dialogues']} dialogues, {measured['tokens']} tokens. "
        f"{report['intervals']}. Base without training: {_cell(report['base'])}.",
        "",
        "| dialogues | human | simulated | simulated less human | own tokens, human / simulated |",
        "|--:|--:|--:|--:|--:|",
    ]
    for point in report["sizes"]:
        tokens = point["ownTokens"]
        lines.append(
            f"| {point['size']} | {_cell(point['human'])} | {_cell(point['simulated'])} "
            f"| {_cell(point['simulatedLessHuman'])} | {tokens['human']} / {tokens['simulated']} |"
        )
    learner = report["learner"]
    layers = "all layers" if learner["layers"] == 0 else f"the uppermost {learner['layers']} layers"
    return (
        "\n".join(lines)
        + f"\n\nLearner: {learner['base']}, {layers}, {learner['epochs']} epochs, rate {learner['rate']}, "
        + f"{learner['draws']} draw(s) of each size.\n\nMade again by: `{report['command']}`\n"
    )
