"""E-mail addresses in a narrow cell, whose edge cuts them anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.language.emails import EmailMatch, find_emails
from extract.language.lost_dots import dotted

if TYPE_CHECKING:
    from collections.abc import Sequence

# a space that parts words, not one the reader put beside an @ or a dot
_LOOSE = re.compile(r"[^\s@._-]\s+[^\s@._-]")
_SIGNS = "@._-"
FILLED = 0.75  # of the longest line, in letters, that a line torn by its cell has
# a mark of dirt after a gap: "jean-   ."
# and one behind the dot where an address was cut: "parquet.-"
_SPECK = re.compile(r"(?<=\S)\t[^\w\s@]{1,2}(?=\s|$)|(?<=\w\.)-(?=\n)")
_LAST_OF_LATIN = "\u024f"


def find_emails_in_cell(text: str) -> list[EmailMatch]:
    """The addresses of a narrow cell, where one may be cut anywhere: ``jane.doe@jus|tice.gov``."""
    text = dotted(text)
    lines = text.split("\n")
    solid = [
        i
        for i, line in enumerate(lines)
        if (line == "-" or any(c.isalpha() for c in line))
        and not _LOOSE.search(_SPECK.sub("", line).strip())
    ]
    if text.count("@") != 1 or len(solid) < 2:
        return find_emails(text)
    at = next(i for i, line in enumerate(lines) if "@" in line)
    first = last = at
    while first - 1 in solid and (
        _SPECK.sub("", lines[first - 1]).rstrip().endswith("-")
        or (
            (_runs_on(lines[first - 1], lines[first]) or _fills(lines, first - 1))
            and ("." not in lines[first - 1][-1:] or _begins_address(lines[first - 1]))
            and not _is_capitalised(lines[first - 1], lines[at])
        )
    ):
        first -= 1
    while last + 1 in solid:
        last += 1
    start = sum(len(x) + 1 for x in lines[:first])
    block = "\n".join(lines[first : last + 1])
    noise = {i for m in _SPECK.finditer(block) for i in range(*m.span())}
    offsets = [i for i, c in enumerate(block) if not c.isspace() and i not in noise]
    joined = "".join(block[i] for i in offsets)
    return [
        EmailMatch(start + offsets[m.start], start + offsets[m.end - 1] + 1, m.text, m.damaged)
        for m in find_emails(joined)
    ] or find_emails(text)


def _begins_address(line: str) -> bool:
    """``jane.`` over ``doe@mfa.gov.xx``: small letters up to a dot, which no sentence is alone."""
    return line.islower() and line.isascii() and not line.endswith("..")


def _runs_on(line: str, following: str) -> bool:
    """An address breaks at a sign, or where its cell ends: no ``deputy`` over ``j.doe@a.xx``."""
    return line.rstrip()[-1:] in _SIGNS or following.lstrip()[:1] in _SIGNS


def _fills(lines: Sequence[str], number: int) -> bool:
    """The line is about as long as the longest: the edge of its cell ended it."""
    return len(lines[number]) >= FILLED * max(map(len, lines))


def _is_capitalised(line: str, address: str) -> bool:
    """``Judiciary`` over ``p.chikwanda@jud.gov.xx``: a word of the post, no part of the address.

    So are ``Under-Secretary`` and a word in other letters.
    """
    word = line.strip().replace("-", "")
    foreign = any(c.isalpha() and c > _LAST_OF_LATIN for c in word)
    return foreign or (word.isalpha() and word[0].isupper() and address.islower())
