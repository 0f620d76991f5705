"""Who may be missing: what a doubt of the note speaks of, as the beginning of a new row.

The values are a proposal in a form that a person sends; nothing is written from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from store.review.reply import Reply, ReplyPage
from store.review.values import Place

_FIELDS = {
    "address_without_person": "email",
    "honorific_without_person": "name",
    "name_left_over": "name",
    "entry_not_understood": "name",
}
"""Codes of doubts whose detail is words of the page, and the field that these words begin."""

_NAME_WORDS = range(2, 7)
"""Words of a line beside an address that may be a name."""

Words = tuple[tuple[str, int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Orphan:
    """What a doubt speaks of. ``line`` is the line of the page it stands in, empty if not found."""

    code: str
    detail: str
    values: Mapping[str, str]
    line: str
    places: tuple[Place, ...]


def orphans(reply: Reply) -> tuple[Orphan, ...]:
    """One for each doubt that names words of the page, in the order of the doubts."""
    return tuple(
        _orphan(reply, code, detail, _FIELDS[code])
        for code, detail in reply.doubts
        if code in _FIELDS and detail.strip()
    )


def _orphan(reply: Reply, code: str, detail: str, field: str) -> Orphan:
    values = {field: " ".join(detail.split())}
    for page in reply.pages:
        found = _find(page.words, detail)
        if found:
            line = _line(page.words, found)
            text = " ".join(word[0] for word in line)
            values |= _of_line(code, text, detail)
            return Orphan(code, detail, values, text, _places(page, found))
    return Orphan(code, detail, values, "", ())


def _find(words: Words, detail: str) -> Words:
    """The words that the detail is in, empty if they are not on the page."""
    wanted = "".join(detail.split()).casefold()
    pieces = [word[0].casefold() for word in words]
    whole = "".join(pieces)
    start = whole.find(wanted)
    if start < 0:
        return ()
    end, at, found = start + len(wanted), 0, []
    for word, piece in zip(words, pieces, strict=True):
        if at < end and start < at + len(piece):
            found.append(word)
        at += len(piece)
    return tuple(found)


def _line(words: Words, found: Words) -> Words:
    """The words at the height of the first one that was found."""
    middle = (found[0][2] + found[0][4]) / 2
    return tuple(word for word in words if word[2] <= middle <= word[4])


def _of_line(code: str, line: str, detail: str) -> dict[str, str]:
    """What else of the row the line tells."""
    before, _, behind = _cut(line, detail)
    if code == "address_without_person":
        return _beside(before)
    if code == "honorific_without_person":  # the detail ends with the first word of the name
        form, _, first = " ".join(detail.split()).rpartition(" ")
        rest = behind.partition(",")[0].split()
        name = " ".join([first, *(rest if len(rest) < max(_NAME_WORDS) else [])])
        return {"honorific": form, "name": name}
    return {}


def _cut(line: str, detail: str) -> tuple[str, str, str]:
    parts = re.split(re.escape(detail), line, maxsplit=1, flags=re.IGNORECASE)
    return (parts[0], detail, parts[1]) if len(parts) > 1 else (line, "", "")


def _beside(before: str) -> dict[str, str]:
    """A name and a title that stand before the address in its line."""
    name, _, title = before.strip(" ,;:()<").partition(",")
    words = name.split()
    if len(words) not in _NAME_WORDS or any(c.isdigit() or c in ":@" for c in name):
        return {}
    found = {"name": " ".join(words)}
    if title.strip(" ,;:()<"):
        found["title"] = title.strip(" ,;:()<")
    return found


def _places(page: ReplyPage, words: Words) -> tuple[Place, ...]:
    return tuple(Place(page.number, (w[1], w[2], w[3], w[4])) for w in words)
