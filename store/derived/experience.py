"""What the office has learnt, applied to rows that no person has decided.

Always from the kept reading anew: what was learnt can be taken back, and nothing of it stays. The
chain of lessons stands in ``_lessons``; a row that no step changes is as it was read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from extract.types import Delegate
from store import sanitize
from store.db import codec
from store.db.database import Store
from store.fields import DELEGATE_VALUES
from store.learn import as_read, known
from store.rules.experience.judged import DECIMALS, Judged, Lesson, finished

_OPEN = ("new", "needs_review")


def _lessons(store: Store, document: sqlite3.Row, people: Iterable[Delegate]) -> tuple[Lesson, ...]:
    """What was learnt, for the rows of one document (a row of ``documents``), in order."""
    return known.witnesses(store, document, people)


def experienced(
    store: Store, document: sqlite3.Row, rows: Iterable[sqlite3.Row]
) -> dict[int, dict[str, object]]:
    """Columns ``confidence`` and ``doubts`` of the open rows that were read, by their ids."""
    found = store.one("SELECT note FROM readings WHERE document_id = ?", [document["id"]])
    open_rows = [row for row in rows if row["status"] in _OPEN and row["read_seq"] is not None]
    if found is None or not open_rows:
        return {}
    people = {person.seq: person for person in codec.note_from_json(found["note"]).delegates}
    lessons, threshold = _lessons(store, document, people.values()), as_read.threshold()
    return {
        row["id"]: _columns(person, _judged(document, row, person), lessons, threshold)
        for row in open_rows
        if (person := people.get(row["read_seq"])) is not None
    }


def _judged(document: sqlite3.Row, row: sqlite3.Row, person: Delegate) -> Judged:
    return Judged(
        delegate=row["id"],
        document=document["id"],
        state=document["state"],
        meeting=document["meeting"],
        language=document["language"],
        values={field: row[field] for field in DELEGATE_VALUES},
        read=as_read.values(person),
        chances=as_read.chances(person),
        doubts=as_read.doubts(person),
        row=person.confidence,
    )


def _columns(
    person: Delegate, judged: Judged, lessons: tuple[Lesson, ...], threshold: float
) -> dict[str, object]:
    after = judged
    for step in lessons:
        after = step(after)
    if after == judged:  # as read, whatever version of the tables it was read with
        confidence, doubts = person.confidence, person.doubts
    else:
        row = as_read.row_chance(dict(after.chances))
        confidence, doubts = round(row, DECIMALS), finished(after, threshold)
    return {
        "confidence": sanitize.confidence(confidence),
        "doubts": codec.doubts_column(doubts),
    }
