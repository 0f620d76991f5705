"""A blind audit: somebody types name, title and address from the scan, and is shown the row after.

What was typed is kept with what was read. Where they differ a person says which of the two is
wrong; a wrong row is corrected with what was typed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from extract.types import Delegate
from store import sanitize
from store.db.database import Store
from store.errors import EditRefused, UnknownRecord
from store.learn import as_read, audits
from store.learn.decided import same
from store.records.stored import load_note, load_pages
from store.review.delegate_edits import save_delegate
from store.review.rows import get_delegate, row_version
from store.rules.experience.judged import REVIEWED

Verdict = Literal["row", "typed"]
"""What was wrong where the two differ."""

_DECIDED = ("approved", "corrected", "rejected")

_AIR = 0.4
"""Of the row's height, above and below it, that is marked on the scan: print is no box. No
measurement."""


@dataclass(frozen=True, slots=True)
class Blind:
    """What is shown before anything is typed: the page, and where on it, in its pixels.

    ``seq`` is the person's number on the note, ``of`` how many there are. ``top`` and ``bottom``
    bound the row; its values are not told.
    """

    delegate: int
    document: int
    meeting: str
    state_name: str | None
    seq: int
    of: int
    page: int
    width: int
    height: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Compared:
    """One field after typing; ``wrong`` says which of the two is, None while that is open."""

    field: str
    typed: str | None
    read: str | None
    differs: bool
    wrong: Verdict | None


@dataclass(frozen=True, slots=True)
class Audited:
    """A row that was typed: field by field, and what else the row says."""

    fields: tuple[Compared, ...]
    beside: Mapping[str, str | None]
    settled: bool
    first_by: str | None


def load(store: Store, delegate: int) -> tuple[Blind, Audited | None]:
    """What is shown of a row that was drawn, and what came of it if it was typed.

    Raises:
        UnknownRecord: it is not to be audited, or its scan is not kept.
    """
    with store.reading():
        row = store.one(
            "SELECT d.*, coalesce(n.meeting, '') AS meeting, s.name_en AS state_name"
            " FROM delegates AS d JOIN documents AS n ON n.id = d.document_id"
            " LEFT JOIN states AS s ON s.iso3 = n.state WHERE d.id = ?",
            [delegate],
        )
        typed = store.one("SELECT * FROM audits WHERE delegate_id = ?", [delegate])
        if row is None or (typed is None and not audits.is_drawn(store, delegate)):
            raise UnknownRecord("This row is not to be audited.")
        note = load_note(store, row["document_id"])
        person = _person(store, delegate)
        number = as_read.page(person)
        page = next((p for p in load_pages(store, row["document_id"]) if p.number == number), None)
        if page is None or note is None:
            raise UnknownRecord("The scan of this row is not kept.")
        top, bottom = _band(person, number, page.height)
        blind = Blind(
            delegate,
            row["document_id"],
            row["meeting"],
            row["state_name"],
            person.seq,
            len(note.delegates),
            number,
            page.width,
            page.height,
            top,
            bottom,
        )
        return blind, _audited(typed, row) if typed else None


def write(store: Store, who: str, delegate: int, typed: Mapping[str, str]) -> bool:
    """Keep what somebody typed without seeing the row; whether it agrees in everything.

    Nothing typed says that there is nobody. A row that was typed before stays as it is.

    Raises:
        UnknownRecord: the row is not to be audited.
    """
    with store.writing(who) as conn:
        there = store.one("SELECT differs FROM audits WHERE delegate_id = ?", [delegate])
        if there is not None:
            return bool(there["differs"] == "{}")
        if not audits.is_drawn(store, delegate):
            raise UnknownRecord("This row is not to be audited.")
        row = get_delegate(store, delegate)
        read = {f: v for f, v in as_read.values(_person(store, delegate)).items() if f in REVIEWED}
        own = {field: sanitize.one_line(typed.get(field)) for field in REVIEWED}
        differs = {field: None for field in REVIEWED if not same(own[field], read[field])}
        first = _first(store, row, who)
        agrees = {f: int(same(own[f], row[f])) for f in REVIEWED} if first else {}
        conn.execute(
            "INSERT INTO audits (delegate_id, who, at, typed, read, differs, first_by, agrees,"
            " wrong, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                delegate,
                who,
                sanitize.now(),
                json.dumps(own),
                json.dumps(read),
                json.dumps(differs),
                first,
                json.dumps(agrees),
                None if differs else 0,
                None if differs else sanitize.now(),
            ],
        )
        conn.execute("INSERT OR IGNORE INTO stale VALUES (?)", [row["document_id"]])
        return not differs


def settle(store: Store, who: str, delegate: int, wrong: Mapping[str, Verdict]) -> None:
    """Say of every difference what was wrong: the row, which is corrected, or what was typed.

    The row is accepted, unless somebody had decided it and it was right.

    Raises:
        EditRefused: a difference is left open.
        UnknownRecord: the row was not typed.
    """
    with store.writing(who) as conn:
        audit = store.one("SELECT * FROM audits WHERE delegate_id = ?", [delegate])
        if audit is None:
            raise UnknownRecord("This row was not audited.")
        typed = json.loads(audit["typed"])
        differs = {f: was or wrong.get(f) for f, was in json.loads(audit["differs"]).items()}
        if None in differs.values():
            raise EditRefused("say of every difference what was wrong")
        conn.execute(
            "UPDATE audits SET differs = ?, wrong = ?, settled_at = coalesce(settled_at, ?)"
            " WHERE delegate_id = ?",
            [json.dumps(differs), int("row" in differs.values()), sanitize.now(), delegate],
        )
        _correct(store, who, delegate, {f: typed[f] for f, w in differs.items() if w == "row"})


def _correct(store: Store, who: str, delegate: int, wrong: Mapping[str, str | None]) -> None:
    """Write what was typed where the row is still as it was wrongly read."""
    row = get_delegate(store, delegate)
    if not wrong and row["status"] in _DECIDED:
        return
    if "name" in wrong and wrong["name"] is None:
        save_delegate(store, who, delegate, row_version(row), {}, "rejected")
        return
    values = {field: value or "" for field, value in wrong.items()}
    if row["status"] == "rejected":
        return
    save_delegate(store, who, delegate, row_version(row), values, "approved")


def _audited(audit: sqlite3.Row, row: sqlite3.Row) -> Audited:
    typed, read = json.loads(audit["typed"]), json.loads(audit["read"])
    differs = json.loads(audit["differs"])
    return Audited(
        tuple(Compared(f, typed[f], read[f], f in differs, differs.get(f)) for f in REVIEWED),
        {f: row[f] for f in ("honorific", "organization", "phone", "role")},
        audit["wrong"] is not None,
        audit["first_by"],
    )


def _person(store: Store, delegate: int) -> Delegate:
    row = store.one("SELECT document_id, read_seq FROM delegates WHERE id = ?", [delegate])
    note = load_note(store, row["document_id"]) if row else None
    people = note.delegates if note else ()
    found = next((person for person in people if row and person.seq == row["read_seq"]), None)
    if found is None:
        raise UnknownRecord("What was read of this row is not kept.")
    return found


def _band(person: Delegate, page: int, height: int) -> tuple[int, int]:
    """Top and bottom of the row on the page, with some air."""
    values = (person.name, person.title, person.organization, person.email)
    boxes = [e.box for v in values if v for e in v.evidence if e.page == page and e.box is not None]
    if not boxes:
        return 0, height
    name = [e.box for e in person.name.evidence if e.page == page and e.box is not None] or boxes
    line = max(box.bottom - box.top for box in name)
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    air = round(_AIR * line)
    return max(0, top - air), min(height, bottom + air)


def _first(store: Store, row: sqlite3.Row, who: str) -> str | None:
    """Who decided the row before, if that was somebody else."""
    if row["status"] not in ("approved", "corrected"):
        return None
    found = store.one(
        "SELECT who FROM corrections WHERE table_name = 'delegates' AND row_id = ?"
        " AND undone IS NULL AND undoes IS NULL ORDER BY id DESC LIMIT 1",
        [row["id"]],
    )
    return found["who"] if found and found["who"] != who else None
