"""Rows that a person decided, each beside what was read: all that the program learns from.

Approved or corrected rows are compared with their kept reading. A row that a person added was
missed; a row that was rejected was no person. A row nobody decided is not among them, nor is one
whose reading is gone.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from extract.types import Delegate, Doubt, NoteVerbale
from store.db import codec
from store.db.database import Store
from store.fields import DELEGATE_VALUES
from store.learn import as_read

How = Literal["right", "wrong", "missed", "nobody"]
"""As read; with another value; added by a person; rejected by one."""

Way = Literal["marked", "audit", "alone", "together"]
"""How the row came to be decided, see ``Decided.way``."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decided row.

    ``read`` and ``chances`` (0 to 1, of every field) are of the kept reading, empty for a row that
    was missed; ``row`` is the chance of the whole row. ``written`` is what stands now. ``doubts``
    are those that the person saw or that were read, ``beside`` the codes of those of the note.
    ``marked`` if it was to be looked at.
    ``way``: it was ``marked``; drawn for an ``audit``; or nobody had to look at it, and a person
    decided it ``alone`` or ``together`` with others at one go, which is a glance.

    ``seconds`` since the same person's decision before, None if that was not at once before.
    ``quality`` is the mean confidence of the page, 0 to 1; ``layout`` the way of listing;
    ``version`` the settings that it was read with; ``at`` a moment in UTC.
    """

    delegate: int
    document: int
    how: How
    way: Way
    read: Mapping[str, str | None]
    written: Mapping[str, str | None]
    chances: Mapping[str, float]
    row: float
    doubts: tuple[Doubt, ...]
    beside: frozenset[str]
    marked: bool
    state: str | None
    meeting: str | None
    language: str | None
    layout: str | None
    quality: float | None
    version: str | None
    who: str
    at: str
    seconds: float | None

    def right(self, field: str) -> bool:
        """Whether the field was read as it was decided."""
        return same(self.read.get(field), self.written.get(field))


AT_ONCE_S = 300.0
"""Seconds from one decision to the next at most; more is a pause."""

_NEAR = 200
"""Corrections before a decision among which the same person's decision before is looked for."""

_DECIDED = """
SELECT d.*, n.state, n.meeting, n.language, c.who, c.at, c.step,
       (SELECT s.old FROM corrections AS s WHERE s.table_name = 'delegates' AND s.row_id = d.id
           AND s.field = 'status' AND s.undone IS NULL AND s.undoes IS NULL
         ORDER BY s.id LIMIT 1) AS was,
       (SELECT count(DISTINCT o.row_id) FROM corrections AS o
         WHERE o.step = c.step AND o.table_name = 'delegates' AND o.field = 'status'
           AND o.new = 'approved') AS beside,
       86400.0 * (julianday(c.at) - julianday((SELECT max(o.at) FROM corrections AS o
         WHERE o.id BETWEEN c.id - :near AND c.id - 1 AND o.who = c.who AND o.step <> c.step)))
       AS seconds,
       EXISTS (SELECT 1 FROM audits AS a WHERE a.delegate_id = d.id AND a.wrong IS NOT NULL)
       AS audited
  FROM delegates AS d
  JOIN documents AS n ON n.id = d.document_id
  JOIN corrections AS c ON c.id =
       (SELECT max(id) FROM corrections WHERE table_name = 'delegates' AND row_id = d.id
           AND undone IS NULL AND undoes IS NULL)
 WHERE d.status IN ('approved', 'corrected', 'rejected')
"""


def decided(store: Store, document: int | None = None) -> Iterator[Decided]:
    """Every decided row, in the order of their documents; of one document if it is given."""
    where = " AND d.document_id = :document" if document is not None else ""
    asked: dict[str, object] = {"near": _NEAR, "document": document}
    rows = store.rows(f"{_DECIDED}{where} ORDER BY d.document_id, d.seq, d.id", asked)
    here: int | None = None
    note: NoteVerbale | None = None
    version: str | None = None
    quality: dict[int, float] = {}
    for row in rows:
        if row["document_id"] != here:
            here = row["document_id"]
            note, version = _reading(store, row["document_id"])
            quality = _quality(store, row["document_id"])
        person = _person(note, row["read_seq"])
        added = row["origin"] == "added"
        if (person is None) != added or (added and row["status"] == "rejected"):
            continue  # its reading is gone; or added and taken back
        written = {field: row[field] for field in DELEGATE_VALUES}
        read = as_read.values(person) if person else {}
        chances = as_read.chances(person) if person else {}
        marked = _marked(row)
        yield Decided(
            delegate=row["id"],
            document=row["document_id"],
            how=_how(row["status"], read, written),
            way=_way(row, marked=marked),
            read=read,
            written=written,
            chances=chances,
            row=person.confidence if person else 0.0,
            doubts=codec.doubts_from_data(json.loads(row["doubts"])),
            beside=frozenset(doubt.code for doubt in note.doubts) if note else frozenset(),
            marked=marked,
            state=row["state"],
            meeting=row["meeting"],
            language=row["language"],
            layout=as_read.layout(person) if person else None,
            quality=quality.get(as_read.page(person)) if person else None,
            version=version,
            who=row["who"],
            at=row["at"],
            seconds=_seconds(row["seconds"], row["beside"]),
        )


def same(one: str | None, other: str | None) -> bool:
    """Whether two values say the same: white space, case and the way of composing accents aside.

    An office that writes family names in capitals has not found an error of reading.

    >>> same("Aïssata KEÏTA", "Aïssata  Keïta"), same("Keita", "Keïta"), same(None, "")
    (True, False, True)
    """
    return _plain(one) == _plain(other)


def _plain(value: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", value or "").casefold().split())


def _how(status: str, read: Mapping[str, str | None], written: Mapping[str, str | None]) -> How:
    if status == "rejected":
        return "nobody"
    if not read:
        return "missed"
    return "right" if all(same(read[f], written[f]) for f in DELEGATE_VALUES) else "wrong"


def _way(row: sqlite3.Row, *, marked: bool) -> Way:
    if marked:
        return "marked"
    if row["audited"]:
        return "audit"
    return "together" if row["beside"] > 1 else "alone"


def _marked(row: sqlite3.Row) -> bool:
    """Whether it was to be looked at when a person first decided it."""
    if row["was"] in ("new", "needs_review"):
        return bool(row["was"] == "needs_review")
    return bool(row["doubts"] != "[]")


def _seconds(since: float | None, rows: int) -> float | None:
    """Of what took one go, each row has its share."""
    return since / max(1, rows) if since is not None and 0 <= since <= AT_ONCE_S else None


def _reading(store: Store, document: int) -> tuple[NoteVerbale | None, str | None]:
    row = store.one("SELECT note, settings_version FROM readings WHERE document_id = ?", [document])
    return (codec.note_from_json(row["note"]), row["settings_version"]) if row else (None, None)


def _quality(store: Store, document: int) -> dict[int, float]:
    rows = store.rows("SELECT number, mean_confidence FROM pages WHERE document_id = ?", [document])
    return {row["number"]: row["mean_confidence"] for row in rows}


def _person(note: NoteVerbale | None, seq: int | None) -> Delegate | None:
    if note is None or seq is None:
        return None
    return next((person for person in note.delegates if person.seq == seq), None)
