"""What is particular to entries in Arabic: lost commas, misread labels, stray Latin letters.

Page readers take the Arabic comma for a hamza at the end of the word before it (``فيينا،``
becomes ``فييناء``), and put Latin letters where they could not read a word.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from extract.language import terms
from extract.language.misread import known_words
from extract.language.normalise import fold, main_script

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun

NEAR_LETTERS = 6
"""Letters of a label from which one may be misread."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_LETTERS = re.compile(r"[\u0621-\u064a]+")
_LONE_LETTER = re.compile(r"(?!و)[\u0621-\u064a]\s(?=[\u0621-\u064a]{2})")
_NO_HAMZA = "او"
"""Letters behind which a hamza may end a word: ``الوزراء``, ``اللجوء``."""


def label_spans(run: TextRun, start: int, end: int) -> tuple[Span, ...]:
    """Labels of addresses and numbers inside Arabic text, one misread letter forgiven.

    Examples: ``البريد الإلكتروني``, ``E-mail``, ``الماتف`` for ``الهاتف``. Elsewhere none: there a
    colon or a comma parts them from what stands before.
    """
    if main_script(run.text[start:end]) != "arabic":
        return ()
    found = [
        (t.start, t.end)
        for t in run.terms_in(start, end, *terms.REACH_LABELS)
        if t.end - t.start > 2
    ]
    words = list(_WORD.finditer(run.text, start, end))
    for index, word in enumerate(words):
        for size in (1, 2):
            if index + size > len(words):
                break
            last = words[index + size - 1].end()
            if _is_near_label(run.text[word.start() : last]):
                found.append((word.start(), last))
    return tuple(_merged(sorted(found)))


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@cache
def _label_words() -> tuple[str, ...]:
    phrases = {fold(p) for label in terms.REACH_LABELS for p in terms.phrases(label)}
    return tuple(p for p in phrases if _LETTERS.match(p) and len(p) >= NEAR_LETTERS)


def _is_near_label(text: str) -> bool:
    folded = fold(" ".join(text.split()))
    if len(folded) < NEAR_LETTERS or not _LETTERS.match(folded):
        return False
    return any(
        abs(len(folded) - len(p)) <= 1 and Levenshtein.distance(folded, p, score_cutoff=1) <= 1
        for p in _label_words()
    )


def without_lost_comma(text: str, start: int, end: int) -> int:
    """The end of a span without a hamza that was a comma: ``فييناء``, ``بلقاسماويء``."""
    if end - start < 4 or text[end - 1] != "ء":
        return end
    word = re.search(r"[\u0621-\u064a]+$", text[start:end])
    if word is None or len(word.group()) < 4 or fold(word.group()) in known_words():
        return end
    bare = word.group()[:-1]
    return end - 1 if bare[-1] not in _NO_HAMZA or fold(bare) in known_words() else end


def without_lone_and(text: str, start: int, end: int) -> int:
    """The end of a span without the "and" that leads to the next person: ``... والسيد``."""
    if end - start > 3 and text[end - 1] == "و" and text[end - 2].isspace():
        return len(text[start : end - 1].rstrip()) + start
    return end


def behind_lone_letter(text: str, start: int, end: int) -> int:
    """Where a name begins behind a form of address and a letter alone: ``السفير ر إبراهيم``.

    It is a speck, or a letter read twice; ``و`` is "and", and one with a full stop is an initial.
    """
    letter = _LONE_LETTER.match(text, start, end)
    return letter.end() if letter else start


def is_stray(run: TextRun, start: int, end: int) -> bool:
    """Latin letters or signs alone, where the rest of the entry is Arabic."""
    return main_script(run.text) == "arabic" and main_script(run.text[start:end]) in (
        None,
        "latin",
    )
