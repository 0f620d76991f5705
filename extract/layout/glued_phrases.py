"""Small words whose space was lost: ``Chef dela Division``, ``Chefdela``, ``del’environnement``.

Justified lines on poor copies lose the narrow spaces. What "of the" is in the page's language is
known, and what stands before and behind it must be a word of the lexicon, so that no name is cut.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.vocabulary import is_made_of
from ocr.types import Box

if TYPE_CHECKING:
    from ocr.types import Line, Page, Word

SHORTEST = 4
"""Letters of a word beside the small ones. Chosen, not measured."""

_EDGES = ".,;:()"


def with_small_words_apart(page: Page) -> Page:
    """The page with "of the" parted from its neighbours, each part with its share of the width."""
    if page.language is None or not _joints(page.language):
        return page
    lines = tuple(_apart(line, page.language) for line in page.lines)
    same = all(a is b for a, b in zip(lines, page.lines, strict=True))
    return page if same else replace(page, lines=lines)


def _apart(line: Line, language: str) -> Line:
    words: list[Word] = []
    for word in line.words:
        parts = parts_of(word.text, language)
        words += _placed(word, parts) if len(parts) > 1 else (word,)
    return line if len(words) == len(line.words) else replace(line, words=tuple(words))


def parts_of(text: str, language: str) -> list[str]:
    """The words of a text of one word: itself, or those that were glued."""
    pattern = _joints(language)
    found = pattern.fullmatch(text) if pattern is not None else None
    if found is None:
        return [text]
    before, joint, behind = found["before"], found["joint"], found["behind"]
    elided = joint[-1] in "'’"
    beside = [w for w in (before, "" if elided else behind) if w.strip(_EDGES)]
    bare = [w.strip(_EDGES) for w in beside]
    if any(len(w) < SHORTEST or not is_made_of(w, language) for w in bare):
        return [text]
    if elided and len(behind.strip(_EDGES)) < SHORTEST:
        return [text]
    small = _spaced(joint, language)
    return [w for w in (before, *small[:-1]) if w] + (
        [small[-1] + behind] if elided else [small[-1], *([behind] if behind else [])]
    )


@cache
def _joints(language: str) -> re.Pattern[str] | None:
    squeezed = sorted(_phrases(language), key=len, reverse=True)
    if not squeezed:
        return None
    # "Delarue" and "DELA" are names: small letters alone, but where a word of an office leads
    any_of = "|".join(re.escape(s).replace("'", "['’]") for s in squeezed)
    word = r"[^\W\d_]"
    return re.compile(
        rf"(?P<before>(?:{word}{{4,20}})?)(?P<joint>{any_of})(?P<behind>{word}{{0,20}}[.,;:)]{{0,2}})"
    )


@cache
def _phrases(language: str) -> dict[str, str]:
    """What "of the" is without its space, and with it: ``dela``, ``del'``, ``ofthe``."""
    return {p.replace(" ", ""): p for p in terms.phrases("of_words", language) if " " in p}


def _spaced(joint: str, language: str) -> list[str]:
    phrase = _phrases(language)[joint.replace("’", "'")]
    return phrase.replace("'", joint[-1]).split() if joint[-1] in "'’" else phrase.split()


def _placed(word: Word, parts: list[str]) -> list[Word]:
    box, total = word.box, sum(map(len, parts))
    found, at = [], 0
    for part in parts:
        left, right = (box.left + round(box.width * n / total) for n in (at, at + len(part)))
        found.append(replace(word, text=part, box=Box(left, box.top, right, box.bottom)))
        at += len(part)
    return found
