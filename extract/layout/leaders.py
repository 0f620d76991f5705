"""Leaders: the dots that lead from a name to its post, which stand for nothing by themselves.

Where the posts stand below each other the dots part two columns. Where each post begins where its
row's dots end, name and post are one line of text, which goes on at the left margin; the white that
the dots were is then no column's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ocr.types import Word

# what page readers make of the dots, too: "ssscscsees"
_LEADER = re.compile(r"[.·…_]{4,}|[.·…sceonrvuya]{12,}[^\w\s]?\d{0,2}")
_DOTS_BEHIND = re.compile(r"\w[.·…_]{4,}$")
RAGGED = 1.0  # heights by which the posts' left edges differ; those of a column by less than a sign
FEWEST = 2  # rows that tell
FLAT = 3.0  # heights a letter is wide on the average, which no letter is; letters are about one


def is_leader(word: Word) -> bool:
    """Whether the word is a row of dots."""
    return _LEADER.fullmatch(word.text) is not None


def leads(word: Word) -> bool:
    """Whether a row of dots ends the word, no white between."""
    return _DOTS_BEHIND.search(word.text) is not None


def is_flat(word: Word) -> bool:
    """Whether the letters were read from a rule or a smear: no print is as flat."""
    letters = sum(map(str.isalnum, word.text))
    return letters > 1 and word.box.width > FLAT * letters * word.box.height


def as_text(lines: Iterable[Sequence[Word]], words: Mapping[int, Word]) -> dict[int, Word]:
    """``words`` by ``id``, those before leaders of running text as wide as their dots, too.

    Args:
        lines: words from left to right, leaders among them.
        words: in place of a word (by ``id``), the same one in another box.
    """
    led = [
        (before, dots, after)
        for line in lines
        for (before, dots), (_, after) in pairwise(pairwise(line))
        if is_leader(dots) and not is_leader(before)
    ]
    lefts = [after.box.left for _, _, after in led]
    height = min((after.box.height for _, _, after in led), default=0)
    if len(led) < FEWEST or max(lefts) - min(lefts) <= RAGGED * height:
        return dict(words)
    wide = {}
    for before, dots, _ in led:
        seen = words.get(id(before), before)
        box = replace(seen.box, right=max(seen.box.right, dots.box.right))
        wide[id(before)] = replace(seen, box=box)
    return {**words, **wide}
