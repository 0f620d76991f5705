"""Footnotes: what the sign behind a name says of that person at the foot of the page.

``Ms. X*``, ``Ms. X [1]``, ``Ms. X¹`` and below the text ``* Judge, Supreme Court, x@court.xx``. One
sign stands once behind a word and once at the start of a later line (``1 May`` above is none);
anything else is no footnote (a list is marked with ``*``, a number with ``(1)``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.delegates.blocks.fields import fill
from extract.delegates.blocks.line_starts import is_plain_sentence
from extract.delegates.parts.name_words import FOOTNOTE_SIGNS
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from extract.delegates.draft import Draft
    from extract.layout.document import Document

_BARE = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789", "()[] ")
_SIGN = rf"[{FOOTNOTE_SIGNS}]{{1,9}}|\(\d{{1,2}}\)|\[\d{{1,2}}\]"
_BEHIND = re.compile(
    rf"(?<=[^\W\d_.])"
    rf"(?:\s?({_SIGN})|(\d{{1,2}})(?![\w@.\-])|\s(?P<apart>\d)(?=[,;.]?(?:\s|$)))"
)
_BEGINS = re.compile(rf"\s{{0,3}}(?:({_SIGN})|(\d{{1,2}})(?=\s?[^\W\d]))\s?")
_OF_ADDRESS = "@"
"""Behind a number set apart (``Section 3``): its footnote is an address and nothing else."""

_ADDRESS = re.compile(
    r"\s{0,3}(\d)[.)]?\s{0,3}(?:[^\W\d_][^@:\n]{0,20}:\s)?[^\s@]{1,64}@\S{3,255}\s?$"
)
_TURNED = re.compile(rf"\s?[^\s@]{{1,64}}@\S{{3,255}}\s({_SIGN}|\d)\s?")
"""An address whose line is Latin on a page read from the right: its sign is read behind it."""
GOES_ON = 1.2  # white between two lines of a footnote at most, in line heights


def find_footnotes(document: Document) -> dict[str, tuple[int, ...]]:
    """The lines of each footnote by its sign."""
    behind: dict[str, list[int]] = defaultdict(list)
    begins: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(document.lines):
        begun = _BEGINS.match(line.text)
        turned = _TURNED.fullmatch(line.text)
        if turned:
            begins[turned[1].translate(_BARE)].append(number)
            continue
        for sign in _signs_behind(line.text):
            behind[sign].append(number)
        if begun:
            begins[_sign(begun)].append(number)
        addressed = _ADDRESS.match(line.text)
        if addressed:
            begins[addressed[1] + _OF_ADDRESS].append(number)
    below = {s: [n for n in at if n > min(behind[s], default=n)] for s, at in begins.items()}
    firsts = {at[0]: s for s, at in below.items() if len(at) == len(behind[s]) == 1}
    last_named = max((behind[sign][0] for sign in firsts.values()), default=0)
    found = {
        sign: tuple(_with_rest(document, first, firsts))
        for first, sign in sorted(firsts.items())
        if first > last_named
    }
    return _without_text_below(document, found)


def _without_text_below(
    document: Document, found: dict[str, tuple[int, ...]]
) -> dict[str, tuple[int, ...]]:
    """The last as long as the longest above it, if it ends in an address so: the note goes on."""
    *above, last = found or [""]
    longest = max((len(found[sign]) for sign in above), default=0)
    told = longest and "@" in document.lines[found[last][:longest][-1]].text
    return {**found, last: found[last][:longest]} if told else found


def _signs_behind(text: str) -> Iterator[str]:
    begun = _BEGINS.match(text)
    yield from (_sign(m) for m in _BEHIND.finditer(text, begun.end() if begun else 0))


def _sign(match: re.Match[str]) -> str:
    apart = match.groupdict().get("apart")
    return apart + _OF_ADDRESS if apart else (match[1] or match[2]).translate(_BARE)


def _with_rest(document: Document, first: int, firsts: Collection[int]) -> Iterator[int]:
    yield first
    for number in range(first + 1, len(document.lines)):
        above, line = document.lines[number - 1], document.lines[number]
        white = line.box.top - above.box.bottom
        if number in firsts or line.page != above.page or not 0 <= white < GOES_ON * line.height:
            return
        if is_plain_sentence(document, number):
            return
        if all("@" in document.lines[n].text for n in (first, number)):
            return  # another's, whose sign was not read
        yield number


def with_footnotes(drafts: Sequence[Draft], document: Document) -> list[Draft]:
    """The persons, each with what its footnote says: an address, a post, an office."""
    notes = find_footnotes(document)
    return [_with_notes(d, _own_signs(d, drafts), notes) for d in drafts] if notes else [*drafts]


def _own_signs(draft: Draft, drafts: Sequence[Draft]) -> list[str]:
    """Signs behind the person's name or what follows it, up to the next person of the entry."""
    later = [d.start for d in drafts if d.run.lines == draft.run.lines and d.start > draft.start]
    end = min(later, default=len(draft.run.text))
    return [_sign(m) for m in _BEHIND.finditer(draft.run.text, draft.start, end)]


def _with_notes(draft: Draft, signs: Sequence[str], notes: dict[str, tuple[int, ...]]) -> Draft:
    for lines in (notes[sign] for sign in signs if sign in notes):
        run = TextRun(draft.run.document, (*draft.run.lines, *lines))
        start = run.starts[len(draft.run.lines)]
        begun = _BEGINS.match(run.text[start:])
        span = run.trimmed(start + (begun.end() if begun else 0), len(run.text))
        if not draft.emails and not set(lines) & set(draft.run.lines):
            draft = fill(replace(draft, run=run), "details", span)
    return draft
