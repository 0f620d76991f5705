"""Rows that people approved, looked up as witnesses for one note: of its State, and of others.

Nothing is copied: what is known are the rows themselves, so that what is corrected, rejected or
forgotten there is unknown at once. Independent notes are counted; scans of one note are one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from extract.types import Delegate
from store.db import codec
from store.db.database import Store
from store.learn import as_read, switches
from store.rules.experience.evidence import Approved, opposed, printed
from store.rules.experience.judged import Lesson
from store.rules.experience.persons import Memory
from store.rules.experience.words import (
    KINDS,
    OF_MADE,
    WordKind,
    learnt,
    of_many_bodies,
    pattern,
)
from store.rules.names import folded

ALIKE = 75.0
"""Likeness of names, 0 to 100, below which they are more than a letter apart: of five letters, the
shortest that are looked at, one more still leaves 90."""

MOST_KNOWN = 12
"""Known rows looked at for one person, the newest: each may ask for the reading it came from."""

MOST_REMEMBERED = 1000
"""Rows of a State, the newest approved, among which a person is looked for: at 15 meetings a year
with three delegates those of 22 years. All of them took 8 us each, for every note."""

BODIES = 3
"""Domains, and notes, from which on a mailbox of one name is no person's; not measured."""

_FIELDS = ("name", "email", "title", "organization")
_ROWS = """
SELECT d.id, d.name, d.email, d.title, d.organization, d.document_id, n.state,
       coalesce(n.same_as, n.part_of, n.id) AS note
"""
_WHERE = """
   AND d.status IN ('approved', 'corrected')
   AND n.outcome IN ('processed', 'pending', 'failed')
   AND coalesce(n.same_as, n.part_of, n.id) <> :note
   AND NOT EXISTS (SELECT 1 FROM unlearnt_rows AS u WHERE u.delegate_id = d.id)
"""
_HERE = f"""{_ROWS}
  FROM known_rows AS k CROSS JOIN delegates AS d ON d.id = k.delegate_id
  JOIN documents AS n ON n.id = d.document_id
 WHERE k.state = :state {_WHERE} ORDER BY k.delegate_id DESC LIMIT :most
"""
_ELSEWHERE = f"""{_ROWS}
  FROM delegates AS d CROSS JOIN documents AS n ON n.id = d.document_id
 WHERE d.{{column}} IN (SELECT value FROM json_each(:values)) AND n.state <> :state {_WHERE}
"""  # noqa: S608 - constants
_MAILBOXES = f"""{_ROWS}
  FROM delegates AS d CROSS JOIN documents AS n ON n.id = d.document_id
 WHERE d.email > :from AND d.email < :to {_WHERE}
"""


def approved(
    store: Store, state: str, note: int = 0, most: int | None = None
) -> tuple[Approved, ...]:
    """The rows of a State that people approved and nobody took out, the oldest first.

    Args:
        store: where they are.
        state: ISO 3166-1 alpha-3.
        note: a document whose own rows, and whose other scans', are left out.
        most: the newest of them only.
    """
    asked = {"state": state, "note": note, "most": -1 if most is None else most}
    return tuple(map(_approved, reversed(store.rows(_HERE, asked))))


def witnesses(
    store: Store, document: sqlite3.Row, delegates: Iterable[Delegate]
) -> tuple[Lesson, ...]:
    """What is known that may bear on a document's rows: persons, then words, as far as wanted.

    Args:
        store: where it is known.
        document: a row of ``documents``.
        delegates: its persons, as read.
    """
    people_read = tuple(delegates)
    read = [as_read.values(person) for person in people_read]
    people = [(values["name"] or "", values["email"]) for values in read]
    wanted = switches.wanted(store)
    if not wanted["known_persons"] and not wanted["words"]:
        return ()
    state = document["state"]
    known = approved(store, state, standing(document), MOST_REMEMBERED) if state else ()
    lessons: list[Lesson] = []
    if wanted["known_persons"]:
        here = tuple(_with_evidence(store, _alike(known, people)))
        elsewhere = _elsewhere(store, document, people)
        lessons.append(Memory(here, elsewhere, frozenset(name for name, _ in people)).judge)
    mismatch = _mismatch(people_read)
    if wanted["words"] and known:
        asked = [kind for kind in KINDS if kind != "pattern" or mismatch]
        lessons.append(learnt(known, removed_words(store, state), asked).judge)
    if wanted["words"] and mismatch:
        found = {email.partition("@")[0] for _, email in people if email}
        at_many = {local for local in found if _at_many(store, local, standing(document))}
        lessons.append(of_many_bodies(at_many))
    return tuple(lessons)


def _at_many(store: Store, local: str, note: int) -> bool:
    """Whether mailboxes called so were approved at several bodies, and never spelled a person."""
    rows = [
        row
        for row in store.rows(_MAILBOXES, {"from": f"{local}@", "to": f"{local}A", "note": note})
        if row["email"]
    ]
    bodies = {row["email"].partition("@")[2] for row in rows}
    spelled = any(pattern(row["name"], row["email"]) for row in rows)
    return not spelled and len(bodies) >= BODIES and len({row["note"] for row in rows}) >= BODIES


def _mismatch(people: Iterable[Delegate]) -> bool:
    """Whether it matters how a State's addresses are made of names: that takes the most time."""
    asks = OF_MADE | {"name_email_mismatch"}
    return any(d.code in asks and d.field == "email" for p in people for d in p.doubts)


def removed_words(store: Store, state: str) -> frozenset[tuple[WordKind, str]]:
    """Words that a person took out."""
    rows = store.rows("SELECT kind, word FROM unlearnt_words WHERE state = ?", [state])
    return frozenset((row["kind"], row["word"]) for row in rows)


def standing(document: sqlite3.Row) -> int:
    """The document that stands for a note: the first of its scans, or whose annex it is."""
    return int(document["same_as"] or document["part_of"] or document["id"])


def _approved(row: sqlite3.Row) -> Approved:
    values = {field: row[field] for field in _FIELDS}
    return Approved(row["id"], row["note"], row["state"], **values)


def _alike(
    known: Sequence[Approved], people: Iterable[tuple[str, str | None]]
) -> tuple[Approved, ...]:
    """Those who can be one of the people: their address, or nearly their name."""
    keys = [_key(row.name) for row in known]
    by_email: dict[str, list[int]] = {}
    for place, row in enumerate(known):
        if row.email:
            by_email.setdefault(row.email, []).append(place)
    found: set[int] = set()
    for name, email in people:
        near = process.extract(
            _key(name), keys, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None, processor=None
        )
        places = {place for _, _, place in near} | set(by_email.get(email or "", ()))
        found |= set(sorted(places)[-MOST_KNOWN:])
    return tuple(known[place] for place in sorted(found))


@lru_cache(maxsize=50_000)
def _key(name: str) -> str:
    return " ".join(sorted(folded(name).split()))


def _elsewhere(
    store: Store, document: sqlite3.Row, people: Iterable[tuple[str, str | None]]
) -> tuple[Approved, ...]:
    asked: dict[str, set[str]] = {"name": set(), "email": set()}
    for name, email in people:
        asked["name"].add(name)
        if email:
            asked["email"].add(email)
    found: dict[int, Approved] = {}
    for column, values in asked.items():
        rows = store.rows(
            _ELSEWHERE.format(column=column),
            {
                "values": json.dumps(sorted(values)),
                "state": document["state"] or "",
                "note": standing(document),
            },
        )
        found |= {row["id"]: _approved(row) for row in rows}
    return tuple(found[row] for row in sorted(found))


def _with_evidence(store: Store, rows: Iterable[Approved]) -> Iterable[Approved]:
    """The same with the fields that their pages bear out."""
    for row in rows:
        found = store.one(
            "SELECT d.read_seq, r.note FROM delegates AS d"
            " JOIN readings AS r ON r.document_id = d.document_id WHERE d.id = ?",
            [row.delegate],
        )
        people = codec.note_from_json(found["note"]).delegates if found else ()
        for person in (p for p in people if found and p.seq == found["read_seq"]):
            against, read = opposed(person.doubts), as_read.values(person)
            borne_out = frozenset(
                field
                for field in _FIELDS
                if field not in against and printed(read[field]) == printed(getattr(row, field))
            )
            row = replace(row, borne_out=borne_out)
        yield row
