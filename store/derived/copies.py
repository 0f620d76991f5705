"""Notes that came twice, found in the database: which document repeats which, and whose rows count.

``documents.same_as`` names the note that stands for both. What a person wrote there stays; such
a document is compared with no other.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from store.db.database import Store
from store.derived import corrected
from store.rules.same_note import MergedScans, Scan, ScannedPerson, is_same, merge_scans

MOST_ASKED = 12
"""Persons by whom other scans are looked for: one of them is read alike in both."""

MOST_FOUND = 50
"""Documents looked at for each of these persons, the latest first."""

MOST_NAMED = 500
"""Rows of that name or address among which they are looked for, the latest first: a name that more
have tells no note, and the search for it would grow with the archive."""

_READ = ("processed", "pending", "failed")


# The other document is asked for apart: joined, SQLite would read all documents for a filter.
_SCANS_OF_IT = (
    "WITH RECURSIVE scans (id) AS (SELECT :id UNION SELECT n.id FROM scans AS s"
    " CROSS JOIN documents AS n ON n.same_as = s.id UNION SELECT (SELECT n.same_as"
    " FROM documents AS n WHERE n.id = s.id) FROM scans AS s) SELECT id FROM scans"
    " WHERE id IS NOT NULL"
)


_DOCUMENT = "SELECT * FROM documents WHERE id = ?"

_PERHAPS_THE_SAME = (
    "SELECT d.document_id FROM json_each(:rows) AS s CROSS JOIN delegates AS d ON d.id = s.value"
    " CROSS JOIN documents AS n ON n.id = d.document_id"
    " WHERE NOT (n.state = :state AND n.meeting = :meeting) IS TRUE"
    " AND (n.state = :state) IS NOT FALSE AND (n.meeting = :meeting) IS NOT FALSE LIMIT :most"
)
_BY_NAME = (
    "SELECT -rowid AS id FROM search_words WHERE search_words MATCH :asked AND rowid < 0"
    " ORDER BY rowid LIMIT :named"
)
# By an index, and not as words: "org" and "gov" are in so many addresses.
_BY_ADDRESS = (
    "SELECT id FROM delegates WHERE email IN (SELECT value FROM json_each(:asked))"
    " ORDER BY id DESC LIMIT :named"
)


def link(store: Store, document: int) -> set[int]:
    """Find which note a document repeats.

    Returns:
        Other documents for which the answer may matter, now or until now.
    """
    found = store.one(_DOCUMENT, [document])
    if found is None:
        return set()
    beside = {found["same_as"]} | {
        row["id"] for row in store.rows("SELECT id FROM documents WHERE same_as = ?", [document])
    }
    if not _by_hand(store, document):
        mine = _scan(store, found)
        others = [] if mine is None else [_scan_of(store, other) for other in _like(store, mine)]
        same = [
            o for o in others if o and mine and is_same(o, mine) and not _by_hand(store, o.document)
        ]
        earlier = [o for o in same if mine and o.order < mine.order]
        first = min(earlier, key=lambda o: o.order).document if earlier else None
        if first != found["same_as"]:
            store.conn.execute("UPDATE documents SET same_as = ? WHERE id = ?", [first, document])
        beside |= {o.document for o in same}
    return {int(other) for other in beside if other is not None}


def merged(store: Store, document: int) -> MergedScans:
    """What follows for the document's rows, and all others of the same note, from all its scans."""
    found = store.rows(_SCANS_OF_IT, {"id": document})
    if len(found) < 2:  # nothing repeats it, as nearly always
        return MergedScans()
    scans = [scan for row in found if (scan := _scan_of(store, row["id"])) is not None]
    return (
        merge_scans(sorted(scans, key=lambda scan: scan.order)) if len(scans) > 1 else MergedScans()
    )


def _by_hand(store: Store, document: int) -> bool:
    return "same_as" in corrected.edited_fields(store, "documents", document)


def _scan_of(store: Store, document: int) -> Scan | None:
    row = store.one(_DOCUMENT, [document])
    return None if row is None else _scan(store, row)


def _scan(store: Store, row: sqlite3.Row) -> Scan | None:
    """A document's facts; None if it is not in force.

    An annex is a part of its note: its persons are compared as the note's.
    """
    in_force = row["part_of"] is None and row["forgotten_at"] is None
    if not in_force or row["outcome"] not in _READ:
        return None
    document = row["id"]
    settled = corrected.settled_fields(store, "documents", document)
    return Scan(
        document=document,
        kind=row["kind"],
        state=row["state"],
        meeting=row["meeting"],
        quoted=row["quoted_reference"],
        number=row["note_reference"],
        day=row["note_date"],
        doubted=frozenset(d["field"] for d in json.loads(row["doubts"]) if d["field"]) - settled,
        people=tuple(
            _person(person)
            for person in store.rows(
                "SELECT d.* FROM delegates AS d JOIN documents AS n ON n.id = d.document_id"
                " WHERE (n.id = :id OR n.part_of = :id) AND d.status <> 'rejected'"
                " ORDER BY n.id, d.seq, d.id",
                {"id": document},
            )
        ),
    )


def _person(row: sqlite3.Row) -> ScannedPerson:
    decided = row["status"] in ("approved", "corrected")
    return ScannedPerson(row["id"], row["name"], row["email"], row["title"], decided)


def _like(store: Store, mine: Scan) -> set[int]:
    """Documents that may be the same note: of the same State and meeting, or with a same person.

    Only where State or meeting are missing in one of the two do persons have to find it.
    """
    found = {
        row["id"]
        for row in store.rows(
            "SELECT id FROM documents WHERE meeting = ? AND state = ?", [mine.meeting, mine.state]
        )
    }
    people = mine.people[:MOST_ASKED]
    names = [person.name for person in people if any(c.isalnum() for c in person.name)]
    found |= _with_a_person(store, mine, _BY_NAME, names, _as_phrases)
    emails = [person.email for person in people if person.email]
    found |= _with_a_person(store, mine, _BY_ADDRESS, emails, json.dumps)
    return found - {mine.document}


def _with_a_person(
    store: Store,
    mine: Scan,
    sql: str,
    persons: list[str],
    question: Callable[[list[str]], str],
) -> set[int]:
    """Documents with one of these persons: asked for at once, or apart where they are many."""
    if not persons:
        return set()
    asked = {"asked": question(persons), "named": MOST_NAMED}
    rows = [row["id"] for row in store.rows(sql, asked)]  # the latest first
    if {person.row for person in mine.people}.issuperset(rows):
        return set()
    facts = {"state": mine.state, "meeting": mine.meeting, "most": MOST_FOUND}
    found = store.rows(_PERHAPS_THE_SAME, {**facts, "rows": json.dumps(rows)})
    if len(persons) > 1 and (len(rows) == MOST_NAMED or len(found) == MOST_FOUND):
        apart = (_with_a_person(store, mine, sql, [person], question) for person in persons)
        return set().union(*apart)
    return {row["document_id"] for row in found}


def _as_phrases(names: list[str]) -> str:
    """Any of these names, asked of FTS5."""
    return "name : (" + " OR ".join(f'"{name.replace(chr(34), " ")}"' for name in names) + ")"
