"""A note's number as it was printed, from what the page reader made of it.

Spaces it read where none are, brackets it doubled or saw of another width, a stop it took for a
comma.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.language.normalise import is_han

if TYPE_CHECKING:
    from extract.layout.lines import TextLine
    from ocr.types import Word

WIDE_BRACKET = 0.65  # white beside a full-width bracket, in heights: 0.9 and 1, else up to 0.6
NARROWEST_SIGN = 0.35
"""Heights a sign takes at least on average in a box that is its word's: 0.52 where the white
beside "(2019)" was that of wide brackets, 0.28 to 0.30 where the boxes of three other numbers
were cut short, so that white seemed to stand beside narrow ones."""
_BRACKETED = re.compile(r"[(（]([^()（）]{2,38})[)）]")
# what is set around a number that has no Chinese signs
_NUMBERED = re.compile(
    r"(?:普通)?(?:照会)?第((?=[^号]*[A-ZА-Я])[A-ZА-Яa-z0-9][A-ZА-Яa-z0-9./ -]{2,30})号"
)
_OPENED = re.compile(r"[《〈【「](?=\d{2,4}[)）])")  # a round bracket, as it is closed
_OF_YEAR = re.compile(r"【(\d{2,4})[\]】〕]")  # the brackets of years: a wide one was seen
# one bracket read twice, with the figures before it: "(2019)19)"
_TWICE = re.compile(r"\)）|）\)|））|(?<=[)）])\d{1,3}[)）]")
_BEHIND_STROKE = re.compile(r"(?<=\S[/-])\s(?=\w)|(?<=\d\.)\s(?=\d)")  # "4. 12/414", too
_BEFORE_STROKE = re.compile(r"(?<=\w)\s(?=[/-]\w)")
# "4/7,2": no number has a comma
COMMA = re.compile(r"(?<=[^\W_][./-]\d),(?=\d(?![\w]))|(?<=[./-]\d\d),(?=\d(?![\w]))")


def tidied(line: TextLine, start: int, end: int) -> str:
    """Spaces behind a stroke, or between Chinese signs, are not printed.

    Nor are those before one in such a number: ``528- н /2019``; but ``219 /2019``.
    """
    identifier = COMMA.sub(".", line.text[start:end])
    whole = _BRACKETED.fullmatch(identifier) or _NUMBERED.fullmatch(identifier)
    identifier = whole[1] if whole else identifier
    closed = _BEHIND_STROKE.sub("", identifier)
    identifier = _BEFORE_STROKE.sub("", closed) if closed != identifier else identifier
    if any(map(is_han, identifier)):
        joined = _OPENED.sub("(", _OF_YEAR.sub(r"〔\1〕", "".join(identifier.split())))
        identifier = _TWICE.sub(lambda m: "" if m[0][0].isdigit() else "）", joined)
        if _has_wide_brackets(line, start, end):
            identifier = identifier.replace("(", "（").replace(")", "）")
    return identifier


def _has_wide_brackets(line: TextLine, start: int, end: int) -> bool:
    """Full-width brackets of a Chinese number are read as narrow ones with white beside them."""
    if re.search("[（）]", line.text[start:end]):
        return True
    words = line.words_between(start, end)
    return any(
        right.box.left - left.box.right >= WIDE_BRACKET * left.box.height
        for left, right in pairwise(words)
        if (left.text.endswith(")") and _is_whole(left)) or right.text.startswith("(")
    )


def _is_whole(word: Word) -> bool:
    """Whether the box has room for the word: what is cut short leaves white beside it."""
    return word.box.width >= NARROWEST_SIGN * word.box.height * len(word.text)
