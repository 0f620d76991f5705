"""What the office has learnt, applied to rows that no person has decided.

Always from the kept reading anew: what was learnt can be taken back, and nothing of it stays. A row
that no lesson changes is as it was read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from extract.types import Delegate
from store import sanitize
from store.db import codec
from store.db.database import Store
from store.fields import DELEGATE_VALUES
from store.learn import answered, as_read, calibrations, known
from store.rules.experience.doubted import BESIDE, OWN, marks_of
from store.rules.experience.judged import DECIMALS, UNSURE, Judged, Lesson, finished
from store.rules.experience.office import Office
from store.rules.same_note import SAME_NOTE_AGAIN
from store.rules.worth import row_worth

_OPEN = ("new", "needs_review")


def _lessons(
    store: Store, document: sqlite3.Row, people: Iterable[Delegate], office: Office
) -> tuple[Lesson, ...]:
    """What was learnt, for the rows of one document (a row of ``documents``), in order."""
    return (office.lesson, *known.witnesses(store, document, people))


@dataclass(frozen=True, slots=True)
class Experienced:
    """An open row by what was learnt: its columns, and codes of doubts that need nobody here."""

    columns: Mapping[str, object]
    left_alone: frozenset[str] = frozenset()


def experienced(
    store: Store, document: sqlite3.Row, rows: Iterable[sqlite3.Row], note: Collection[str] = ()
) -> dict[int, Experienced]:
    """The open rows that were read, by their ids; ``note`` are the codes of the note's doubts."""
    found = store.one("SELECT note FROM readings WHERE document_id = ?", [document["id"]])
    open_rows = [row for row in rows if row["status"] in _OPEN and row["read_seq"] is not None]
    if found is None or not open_rows:
        return {}
    people = {person.seq: person for person in codec.note_from_json(found["note"]).delegates}
    office = calibrations.active(store)
    settled = answered.lesson(store, (row["id"] for row in open_rows))
    lessons = (*_lessons(store, document, people.values(), office), settled)
    return {
        row["id"]: _experienced(
            person, _judged(document["id"], document, row, person), lessons, office, note
        )
        for row in open_rows
        if (person := people.get(row["read_seq"])) is not None
    }


def _judged(document: int, facts: sqlite3.Row, row: sqlite3.Row, person: Delegate) -> Judged:
    return Judged(
        delegate=row["id"],
        document=document,
        state=facts["state"],
        meeting=facts["meeting"],
        language=facts["language"],
        values={field: row[field] for field in DELEGATE_VALUES},
        read=as_read.values(person),
        chances=as_read.chances(person),
        doubts=as_read.doubts(person),
        row=person.confidence,
    )


def _experienced(
    person: Delegate,
    judged: Judged,
    lessons: tuple[Lesson, ...],
    office: Office,
    note: Collection[str],
) -> Experienced:
    after = judged
    for lesson in lessons:
        after = lesson(after)
    if after == judged and not office.version:
        # as read, whatever version of the tables it was read with
        confidence, doubts, alone = person.confidence, person.doubts, False
    else:
        confidence = round(office.row.of(as_read.row_chance(after.chances)), DECIMALS)
        likely = office.reviewed.of(after.reviewed) >= _threshold(office)
        alone = _left_alone(office, after, note)
        doubts = finished(after, likely=likely or alone)
    columns = {
        "confidence": sanitize.confidence(confidence),
        "doubts": codec.doubts_column(doubts),
        "worth": row_worth(after.chances),
    }
    return Experienced(columns, OWN | BESIDE if alone else frozenset())


def _left_alone(office: Office, after: Judged, note: Collection[str]) -> bool:
    marks = marks_of(after.doubts, note)
    return office.doubted is not None and office.doubted.leaves_alone(after.reviewed, marks)


def _threshold(office: Office) -> float:
    return as_read.threshold() if office.threshold is None else office.threshold


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row that waits: as it was read, what else was learnt of it, whether it is ``marked`` now.

    ``beside`` are the reasons that it shares with the other rows of its note.
    """

    judged: Judged
    witnesses: tuple[Lesson, ...]
    beside: frozenset[str]
    marked: bool

    def by(self, office: Office) -> tuple[bool, float]:
        """By these curves: whether more than its chance is in doubt, and that chance."""
        after = self._after(office)
        return bool(self.beside) or after.asks, office.reviewed.of(after.reviewed)

    def would_be_marked(self, office: Office) -> bool:
        """Whether a person should look at it, by these curves."""
        if not self.beside - BESIDE and _left_alone(office, self._after(office), self.beside):
            return False
        doubted, chance = self.by(office)
        return doubted or chance < _threshold(office)

    def _after(self, office: Office) -> Judged:
        after = office.lesson(self.judged)
        for lesson in self.witnesses:
            after = lesson(after)
        return after


def open_rows(store: Store) -> Iterator[OpenRow]:
    """All rows in the list that were read and that nobody has decided."""
    rows = store.rows(
        "SELECT * FROM delegates WHERE current = 1 AND status IN ('new', 'needs_review')"
        " AND read_seq IS NOT NULL ORDER BY document_id"
    )
    for number, of in groupby(rows, key=lambda row: row["document_id"]):
        document = store.one("SELECT * FROM documents WHERE id = ?", [number])
        found = store.one("SELECT note FROM readings WHERE document_id = ?", [number])
        if document is None or found is None:
            continue
        people = {person.seq: person for person in codec.note_from_json(found["note"]).delegates}
        witnesses = known.witnesses(store, document, people.values())
        for row in of:
            if (person := people.get(row["read_seq"])) is not None:
                own = {doubt["code"] for doubt in json.loads(row["doubts"])}
                beside = set(json.loads(row["reasons"])) - own - {UNSURE, SAME_NOTE_AGAIN}
                marked = row["status"] == "needs_review"
                judged = _judged(number, document, row, person)
                yield OpenRow(judged, witnesses, frozenset(beside), marked)
