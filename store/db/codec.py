"""Pages and notes as bytes and back, in one file because both ways must agree exactly.

JSON, so that an old database can be read without this program; pages are compressed, because
words with their boxes are much of the database. Text is escaped to ASCII: JSON then holds
whatever a page or a hostile mail says, lone surrogates and NUL too.

A page is a Zstandard frame (RFC 8878). Those of earlier versions are deflated (RFC 1950); they are
told by their first bytes, stay as they are and are read for ever: nothing is rewritten when a
database of a million pages is opened.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import zstandard

from extract.types import (
    Delegate,
    Doubt,
    Evidence,
    NoteVerbale,
    Replacement,
    Value,
)
from ocr.types import Box, Cell, Line, Page, PageOutcome, SecondReading, Table, Word
from store import sanitize
from store.db import recent
from store.fields import DELEGATE_VALUES, NOTE_VALUES

LEVEL: Final = 6
"""Of Zstandard. Of 125 pages of other hands: deflate 3,053 bytes a page, level 3 3,103, 6 2,948,
12 2,854; level 6 takes two thirds of deflate's time, 12 more than twice as much. A dictionary made
of invented pages would save 7 % more and would have to be kept for ever."""

_FRAME: Final = b"\x28\xb5\x2f\xfd"
"""Zstandard's magic number, RFC 8878 section 3.1.1; a deflated body begins with 0x78."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it is kept: its ``body``, and of what is in it, what the database has as columns.

    The words stay in the body; ``text`` are all of them in reading order. See ``ocr.types.Page``.
    """

    body: bytes
    number: int
    outcome: PageOutcome
    reason: str | None
    language: str | None
    mean_confidence: float
    name_languages: tuple[str, ...]
    text: str


_COLUMNS: Final = ("number", "outcome", "reason", "language", "mean_confidence", "name_languages")


def kept(page: Page) -> KeptPage:
    """The page, ready to be kept."""
    columns: dict[str, Any] = {column: getattr(page, column) for column in _COLUMNS}
    return KeptPage(page_to_bytes(page), text=page.text, **columns)


def kept_from_bytes(body: bytes) -> KeptPage:
    """The same of a page that was kept, without making all of its words."""
    data = json.loads(page_json(body))
    text = "\n".join(" ".join([w[0] for w in line[0]]) for line in data["lines"])
    columns: dict[str, Any] = {column: data.get(column, ()) for column in _COLUMNS}
    columns["name_languages"] = tuple(columns["name_languages"])  # old pages have none
    return KeptPage(body, text=text, **columns)


def page_to_bytes(page: Page) -> bytes:
    """The whole page, compressed."""
    # a compressor each time: one may not be used by two threads, and making it takes 5 us
    return zstandard.ZstdCompressor(level=LEVEL).compress(_dump(_page(page)).encode("ascii"))


def page_from_bytes(body: bytes) -> Page:
    """The reverse of ``page_to_bytes``; also what earlier versions wrote."""
    return _read_page(json.loads(page_json(body)))


def page_json(body: bytes) -> bytes:
    """A kept page's JSON."""
    if body.startswith(_FRAME):
        return zstandard.ZstdDecompressor().decompress(body)
    return zlib.decompress(body)


def note_to_json(note: NoteVerbale) -> str:
    """The whole note as ASCII JSON."""
    text = _dump(
        {
            "kind": note.kind,
            "form": note.form,
            "language": note.language,
            **{field: _value(getattr(note, field)) for field in NOTE_VALUES},
            "meeting_titles": note.meeting_titles,
            "meeting_dates": [day.isoformat() for day in note.meeting_dates],
            "announced": note.announced,
            "revision": note.revision,
            "replacements": [
                [r.replaced_name, [_evidence(e) for e in r.evidence]] for r in note.replacements
            ],
            "delegates": [_delegate(d) for d in note.delegates],
            "doubts": doubts_to_data(note.doubts),
        }
    )
    if "\\ud" not in text:  # two lone surrogates would come back as one sign
        recent.put(text, note)
    return text


def note_from_json(text: str) -> NoteVerbale:
    """The reverse of ``note_to_json``."""
    note = recent.get(text)
    if note is None:
        note = note_from_data(json.loads(text))
        recent.put(text, note)
    return note


def note_from_data(data: dict[str, Any]) -> NoteVerbale:
    """A note from its JSON as plain data."""
    return NoteVerbale(
        kind=data["kind"],
        form=data["form"],
        language=data["language"],
        **{field: _read_value(data[field]) for field in NOTE_VALUES},
        meeting_titles=tuple(data["meeting_titles"]),
        meeting_dates=tuple(date.fromisoformat(day) for day in data["meeting_dates"]),
        announced=data["announced"],
        revision=data["revision"],
        replacements=tuple(
            Replacement(name, tuple(_read_evidence(e) for e in evidence))
            for name, evidence in data["replacements"]
        ),
        delegates=tuple(_read_delegate(d) for d in data["delegates"]),
        doubts=doubts_from_data(data["doubts"]),
    )


def replaced_names(text: str) -> tuple[str, ...]:
    """Of a note as JSON whom it replaces, without making the whole note."""
    note = recent.get(text)
    if note is not None:
        return tuple(replacement.replaced_name for replacement in note.replacements)
    return tuple(name for name, _ in json.loads(text)["replacements"])


def doubts_to_data(doubts: tuple[Doubt, ...]) -> list[dict[str, str | None]]:
    """Doubts as plain data for a JSON column."""
    return [{"code": d.code, "field": d.field, "detail": d.detail} for d in doubts]


def doubts_column(doubts: tuple[Doubt, ...]) -> str:
    """Doubts as they stand in a column that SQL's JSON functions read: through the edge."""
    return json.dumps(
        [
            {
                "code": sanitize.one_line(doubt.code) or "unknown",
                "field": sanitize.one_line(doubt.field),
                "detail": sanitize.one_line(doubt.detail) or "",
            }
            for doubt in doubts
        ]
    )


def doubts_from_data(data: list[dict[str, Any]]) -> tuple[Doubt, ...]:
    """The reverse of ``doubts_to_data``."""
    return tuple(Doubt(d["code"], d["field"], d["detail"]) for d in data)


_ENCODER: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), check_circular=False)


def _dump(data: object) -> str:
    return _ENCODER.encode(data)


def _box(box: Box) -> list[int]:
    return [box.left, box.top, box.right, box.bottom]


def _page(page: Page) -> dict[str, object]:
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "dpi": page.dpi,
        "outcome": page.outcome,
        "lines": [
            [
                [  # most of a page: written out, as a call for each word takes as long as all else
                    (w.text, b.left, b.top, b.right, b.bottom, w.confidence, *_reader(w))
                    for w in line.words
                    for b in (w.box,)
                ],
                line.block,
                line.paragraph,
                [_second(s) for s in line.second],
            ]
            for line in page.lines
        ],
        "tables": [
            [
                _box(table.box),
                [[c.row, c.column, *_box(c.box), c.row_span, c.column_span] for c in table.cells],
            ]
            for table in page.tables
        ],
        "reason": page.reason,
        "language": page.language,
        "mean_confidence": page.mean_confidence,
        "rotation": page.rotation,
        "skew": page.skew,
        "engine": page.engine,
        "unread": [_box(box) for box in page.unread],
        "name_languages": page.name_languages,
    }


def _reader(word: Word) -> tuple[str, ...]:
    return (word.reader,) if word.reader else ()


def _second(reading: SecondReading) -> list[object]:
    told = (reading.text, *_box(reading.box), reading.confidence, reading.engine)
    return [*told, *reading.languages, *([reading.unsure] if reading.unsure else [])]


def _read_second(data: list[Any]) -> SecondReading:
    """Languages are strings and end in a list of words, if any is unsure."""
    unsure = tuple(data.pop()) if isinstance(data[-1], list) else ()
    return SecondReading(data[0], Box(*data[1:5]), data[5], data[6], tuple(data[7:]), unsure)


def _read_page(data: dict[str, Any]) -> Page:
    lines = tuple(
        Line(
            tuple(Word(w[0], Box(*w[1:5]), *w[5:]) for w in words),
            block,
            paragraph,
            tuple(map(_read_second, second)),
        )
        for words, block, paragraph, second in data.pop("lines")
    )
    tables = tuple(
        Table(Box(*box), tuple(Cell(c[0], c[1], Box(*c[2:6]), c[6], c[7]) for c in cells))
        for box, cells in data.pop("tables")
    )
    unread = tuple(Box(*box) for box in data.pop("unread", ()))
    spoken = tuple(data.pop("name_languages", ()))
    return Page(lines=lines, tables=tables, unread=unread, name_languages=spoken, **data)


def _evidence(evidence: Evidence) -> list[object]:
    box = None if evidence.box is None else _box(evidence.box)
    told = [evidence.pattern] if evidence.pattern else []
    return [evidence.page, evidence.text, box, evidence.confidence, evidence.rule, *told]


def _read_evidence(data: list[Any]) -> Evidence:
    page, text, box, confidence, rule, *told = data
    return Evidence(page, text, None if box is None else Box(*box), confidence, rule, *told)


def _value(value: Value | None) -> list[object] | None:
    if value is None:
        return None
    evidence = [_evidence(e) for e in value.evidence]
    return [value.text, value.confidence, evidence, value.original]


def _read_value(data: list[Any] | None) -> Value | None:
    if data is None:
        return None
    text, confidence, evidence, original = data
    return Value(text, confidence, tuple(_read_evidence(e) for e in evidence), original)


def _delegate(delegate: Delegate) -> dict[str, object]:
    return {
        "seq": delegate.seq,
        **{field: _value(getattr(delegate, field)) for field in DELEGATE_VALUES},
        "confidence": delegate.confidence,
        "doubts": doubts_to_data(delegate.doubts),
        "signs": list(delegate.signs),
    }


def _read_delegate(data: dict[str, Any]) -> Delegate:
    values = {field: _read_value(data[field]) for field in DELEGATE_VALUES}
    name = values.pop("name")
    if name is None:
        raise ValueError("a delegate without a name")
    return Delegate(
        seq=data["seq"],
        name=name,
        confidence=data["confidence"],
        doubts=doubts_from_data(data["doubts"]),
        signs=tuple(data.get("signs", ())),  # readings of 0.1.0 have none
        **values,
    )
