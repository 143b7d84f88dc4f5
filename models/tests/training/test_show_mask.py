import re
from html import unescape

from tokenizers import Tokenizer

from training.examples import tokenize
from training.show_mask import render

from ..toy import toy_tokenizer
from .made_up import made_up_example


def test_the_page_shows_every_token_and_colours_the_own_ones():
    tokenizer = Tokenizer.from_str(toy_tokenizer())
    example = made_up_example(2)
    tokens = tokenize(example, tokenizer, 1000)
    page = render(example, tokens, tokenizer)
    spans = re.findall(r'<span class="([^"]*)">(.*?)</span>', page, re.S)
    assert len(spans) == len(tokens.ids)
    assert ["own" in kinds.split() for kinds, _ in spans] == list(tokens.own)
    shown = "".join(unescape(text) for _, text in spans).replace("\u21b5\n", "\n").replace("\u00b7", " ")
    assert shown == example.text
    assert "<script" not in page
    assert f"{sum(tokens.own)} of {len(tokens.ids)} tokens" in page
