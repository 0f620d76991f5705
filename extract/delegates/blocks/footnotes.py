"""Footnotes that say more of a person: ``Ms. X¹`` in the list, ``¹ Director, x@...`` below it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.delegates.parts.line_ends import line_end
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.delegates.blocks.paragraphs import Paragraph
    from extract.layout.document import Document
    from extract.layout.text_run import Span

_SIGN = r"[¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\*{1,4}|[†‡]|[(\[](?:\d|\*{1,3})[)\]]"
_CALL = re.compile(  # a star with white before it parts fields
    rf"(?<=[^\W\d_]{{2}})[.,]?(?:\s?(?=[(\[\d¹²³⁴-⁹])|(?=[*†‡]))(?P<sign>{_SIGN}|(?<= )[1-9])"
    r"(?=\s?(?:[,.;،，]|$))"
)
_NOTE = re.compile(rf"(?P<sign>{_SIGN}|[1-9](?= ))\s*[^\W\d_]")
LEADS = ("honorifics_m", "honorifics_f")
LONGEST = 3  # lines of a note


def find_notes(document: Document, numbers: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The lines of the notes by the line that calls for them; all calls have one, or none has.

    Notes stand below their calls, at the foot of the page, too.
    """
    calls: dict[int, str] = {}
    for number in numbers:
        text = document.lines[number].text
        for called in _CALL.finditer(text) if not _NOTE.match(text) else ():
            if number in calls:  # several in a sentence
                return {}
            calls[number] = called["sign"]
    notes: dict[str, tuple[int, ...]] = {}
    for number in range(max(calls, default=len(document.lines)) + 1, len(document.lines)):
        note = _NOTE.match(document.lines[number].text)
        if note and note["sign"] in calls.values() and not document.terms_of(number, *LEADS):
            notes.setdefault(note["sign"], tuple(_lines_of(document, number)))
    return {n: notes[s] for n, s in calls.items()} if notes.keys() == {*calls.values()} else {}


def _lines_of(document: Document, number: int) -> Iterator[int]:
    """The note's first line and those it was wrapped into."""
    for at in range(number, min(number + LONGEST, len(document.lines))):
        yield at
        run = TextRun(document, (at, at + 1)) if at + 1 < len(document.lines) else None
        if run is None or _NOTE.match(document.lines[at + 1].text):
            return
        if line_end(run, run.starts[1] - 1) != "cut":
            return


def sign_spans(run: TextRun) -> tuple[Span, ...]:
    """Calls and signs in an entry with its note, whose lines stand elsewhere."""
    for (above, below), at in zip(pairwise(run.lines), run.starts[1:], strict=False):
        note = _NOTE.match(run.text, at) if below != above + 1 else None
        calls = _CALL.finditer(run.text[:at].rstrip()) if note else ()
        found = [c.span("sign") for c in calls if note and c["sign"] == note["sign"]]
        if note and found:
            return (*found, note.span("sign"))
    return ()


def with_notes(paragraph: Paragraph, notes: dict[int, tuple[int, ...]]) -> Iterator[Paragraph]:
    """An entry and its note as one; of several entries each line that calls ends one."""
    lines = paragraph.lines
    called = [at for at, number in enumerate(lines) if number in notes]
    if not called or paragraph.kind not in ("item", "entry"):
        yield paragraph
        return
    start = 0
    for at in called:
        whole = (*lines[start : at + 1], *notes[lines[at]])
        run = TextRun(paragraph.run.document, whole)
        yield replace(paragraph, run=run, begin=0 if start else paragraph.begin)
        start = at + 1
    if start < len(lines):
        yield replace(paragraph, run=TextRun(paragraph.run.document, lines[start:]), begin=0)
