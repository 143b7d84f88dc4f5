"""Show which tokens of an example carry loss: one HTML file, the model's own tokens in colour."""

import argparse
from html import escape
from pathlib import Path

from tokenizers import Tokenizer

from .base import load_tokenizer
from .examples import Example, Tokens, read_examples, tokenize

_STYLE = """
body { font: 15px/1.6 ui-monospace, monospace; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
span { border-radius: 2px; box-shadow: inset -1px 0 #0002; }
.own { background: #ffd866; }
.mark { color: #75715e; }
"""
_INVISIBLE = {"\n": "\u21b5\n", " ": "\u00b7"}


def _span(text: str, own: bool, special: bool) -> str:
    kinds = " ".join(kind for kind, holds in (("own", own), ("mark", special)) if holds)
    shown = text if special else "".join(_INVISIBLE.get(letter, letter) for letter in text)
    return f'<span class="{kinds}">{escape(shown)}</span>'


def render(example: Example, tokens: Tokens, tokenizer: Tokenizer) -> str:
    """Return a page that shows every token in its box; yellow ones carry loss."""
    special = {index for index, token in tokenizer.get_added_tokens_decoder().items() if token.special}
    spans = "".join(
        _span(tokenizer.decode([index], skip_special_tokens=False), own, index in special)
        for index, own in zip(tokens.ids, tokens.own, strict=True)
    )
    title = f"{example.id}: the {example.role}'s loss mask"
    count = f"{sum(tokens.own)} of {len(tokens.ids)} tokens carry loss (yellow)."
    count += f" Prompt version {example.prompt_version}."
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style>\n<h1>{escape(title)}</h1>\n<p>{escape(count)}</p>\n<pre>{spans}</pre></html>\n"
    )


def main() -> None:
    """Parse the command line and write the page."""
    parser = argparse.ArgumentParser(prog="training.show_mask", description=__doc__)
    parser.add_argument("--examples", type=Path, required=True, help="JSONL file of the preparation")
    parser.add_argument("--tokenizer", type=Path, required=True, help="folder that holds tokenizer.json")
    parser.add_argument("--id", help="which example (default: the first)")
    parser.add_argument("--longest", type=int, default=1280)
    parser.add_argument("--out", type=Path, required=True, help="HTML file to write")
    args = parser.parse_args()
    examples = read_examples(args.examples)
    chosen = next((example for example in examples if args.id in (None, example.id)), None)
    if chosen is None:
        raise SystemExit(f"{args.examples.name} has no example {args.id}")
    tokenizer = load_tokenizer(args.tokenizer)
    page = render(chosen, tokenize(chosen, tokenizer, args.longest), tokenizer)
    args.out.write_text(page, encoding="utf-8")
    print(args.out)


if __name__ == "__main__":
    main()
