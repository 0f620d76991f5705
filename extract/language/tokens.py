"""Texts cut into tokens, and the token lists a phrase of the lexicon may be printed as.

A token is a run of letters, a run of digits, one Chinese character or one other sign, folded
(``language.normalise``); white space inside phrases therefore does not matter, and ``H. E.``
equals ``H.E.``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.language.normalise import fold, is_han

TOKEN = re.compile(r"[^\W\d_]+|\d+|\S", re.UNICODE)
_ARABIC = re.compile(r"[\u0621-\u064a]{3,}")
_ARABIC_PREFIXES = ("و", "ب", "ل", "ك", "ف", "وب", "ول")


def split_tokens(text: str) -> list[tuple[int, int]]:
    """Character spans of the tokens of a text."""
    spans: list[tuple[int, int]] = []
    for match in TOKEN.finditer(text):
        start = match.start()
        for at in range(match.start(), match.end()):
            if is_han(text[at]):
                if start < at:
                    spans.append((start, at))
                spans.append((at, at + 1))
                start = at + 1
        if start < match.end():
            spans.append((start, match.end()))
    return spans


def _folded_tokens(text: str) -> list[str]:
    return [t for t in (fold(text[a:b]).strip() for a, b in split_tokens(text)) if t]


def definite(phrase: str) -> Iterable[list[str]]:
    """An Arabic phrase with the article: ``المستشار القانوني``, ``المدير بالهيئة``."""
    tokens = _folded_tokens(phrase)
    if not tokens or not all(map(_ARABIC.fullmatch, tokens)) or tokens[0].startswith("ال"):
        return
    for made in (["ال" + t for t in tokens], ["ال" + tokens[0], *tokens[1:]]):
        yield made
        yield ["و" + made[0], *made[1:]]


def abbreviated(phrase: str) -> Iterable[list[str]]:
    """A rank of two abbreviations as it is also written: ``Lt-Col``, ``Lt.-Col.``, ``Lt Col``."""
    words = [t for t in _folded_tokens(phrase) if t != "."]
    if len(words) < 2 or phrase.count(".") != len(words):
        return
    yield words
    yield [t for word in words for t in ("-", word)][1:]
    yield [t for word in words for t in ("-", word, ".")][1:]


def variants(phrase: str) -> Iterable[list[str]]:
    """Token lists a phrase may be printed as: Arabic words take prefixes."""
    tokens = _folded_tokens(phrase)
    yield tokens
    first = tokens[0] if tokens else ""
    if first and "\u0600" <= first[0] <= "\u06ff" and len(first) > 2:
        for prefix in _ARABIC_PREFIXES:
            yield [prefix + first, *tokens[1:]]
        if first.startswith("ال"):
            yield ["لل" + first[2:], *tokens[1:]]
            yield ["ولل" + first[2:], *tokens[1:]]
