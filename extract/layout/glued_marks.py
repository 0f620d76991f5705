"""List marks that the page reader took for a letter of the word behind: ``AMs.``, ``AMr.``.

A triangle or an arrow that touches a form of address is read as its first letter, and no rule finds
a person there. What several lines begin with right before forms of address is their mark.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold, script_of

if TYPE_CHECKING:
    from ocr.types import Line, Page, Word

FEWEST = 2  # lines that begin with the same letter
SHORTEST = 2  # letters of a form of address: "M." behind a letter may be an initial
_MARK = "•"
_LISTS = ("honorifics_m", "honorifics_f", "honorifics_n")


def with_marks_parted(page: Page) -> Page:
    """The page, a mark before the forms of address that several lines begin with."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(page.lines):
        text = _first(line).text
        if _is_form(text[1:]) and text[1:2].isupper() and text[0].isalpha() and not _is_form(text):
            found[text[0]].append(number)
    marks = {letter for letter, numbers in found.items() if len(numbers) >= FEWEST}
    if not marks:
        return page
    lines = (_parted(x) if _begins_twice(_first(x).text, marks) else x for x in page.lines)
    return replace(page, lines=tuple(lines))


def _begins_twice(text: str, marks: set[str]) -> bool:
    """``AAtty.``: a mark, and a word with a capital of its own, whether it is known or not."""
    return text[:1] in marks and text[1:2].isupper() and text[2:3].islower()


def _first(line: Line) -> Word:
    return min(line.words, key=lambda word: word.box.left)


def _parted(line: Line) -> Line:
    first = _first(line)
    at, box = line.words.index(first), first.box
    middle = box.left + box.width // len(first.text)
    mark = replace(first, text=_MARK, box=replace(box, right=middle))
    rest = replace(first, text=first.text[1:], box=replace(box, left=middle))
    return replace(line, words=(*line.words[:at], mark, rest, *line.words[at + 1 :]))


def _is_form(text: str) -> bool:
    return fold(text).rstrip(".,") in _forms()


@cache
def _forms() -> frozenset[str]:
    """Forms of address of one word in Latin letters, folded."""
    said = (f.rstrip(".") for name in _LISTS for f in terms.folded(name))
    return frozenset(
        f for f in said if len(f) >= SHORTEST and f.isalpha() and script_of(f[0]) == "latin"
    )
