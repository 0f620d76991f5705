"""One State's notes for one meeting, as they stand in the database and as they are judged."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from store.db import codec
from store.db.database import Store
from store.derived.corrected import edited_fields, settled_fields
from store.rules.revisions import GroupNote
from store.rules.same_note import MergedScans

_ACTIVE = ("processed", "pending", "failed")
"""Outcomes under which the rows of a document count; a rejected one nominates nobody."""


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A document with its delegates; what people have edited and settled in it."""

    row: sqlite3.Row
    delegates: tuple[sqlite3.Row, ...]
    edited: frozenset[str]
    settled: frozenset[str]

    @property
    def id(self) -> int:
        """The document's."""
        return int(self.row["id"])

    @property
    def active(self) -> bool:
        """Whether its rows count."""
        return self.row["outcome"] in _ACTIVE

    @property
    def linked_by_hand(self) -> int | None:
        """The document that a person said this one replaces."""
        return self.row["supersedes"] if "supersedes" in self.edited else None


def load_group(store: Store, document: int) -> list[StoredNote]:
    """The document and the other notes of its State for its meeting; alone without these two."""
    rows = store.rows(
        "SELECT n.* FROM documents AS d JOIN documents AS n"
        " ON n.meeting = d.meeting AND n.state = d.state WHERE d.id = ? ORDER BY n.id",
        [document],
    ) or store.rows("SELECT * FROM documents WHERE id = ?", [document])
    return [
        StoredNote(
            row,
            tuple(
                store.rows(
                    "SELECT * FROM delegates WHERE document_id = ? ORDER BY seq, id", [row["id"]]
                )
            ),
            edited_fields(store, "documents", row["id"]),
            settled_fields(store, "documents", row["id"]),
        )
        for row in rows
    ]


def as_judged(
    store: Store, active: list[StoredNote], scans: dict[int, MergedScans]
) -> list[GroupNote]:
    """The notes as they are judged: with their annexes, and one that came twice is one.

    Persons of annexes and of further scans count for the note that stands for all of them.
    """
    notes = {document.id: _note(store, document) for document in active}
    people: dict[int, list[tuple[int, str]]] = {number: [] for number in notes}
    for number, note in notes.items():
        people[_standing_for(number, active)] += [
            person for person in note.people if person[0] not in scans[number].hidden
        ]
    return [
        replace(note, people=tuple(people[number]))
        for number, note in notes.items()
        if _standing_for(number, active) == number
    ]


def _note(store: Store, document: StoredNote) -> GroupNote:
    row = document.row
    reading = store.one("SELECT note FROM readings WHERE document_id = ?", [document.id])
    replaced = codec.replaced_names(reading["note"]) if reading else ()
    kind, revision = row["kind"], row["revision"]
    if "supersedes" in document.edited:
        # a person said that it replaces nothing, or named what it replaces: ``linked_by_hand``
        kind, revision = "revision", "adds"
    return GroupNote(
        document=document.id,
        kind=kind,
        revision=revision,
        note_date=row["note_date"],
        received_at=row["received_at"],
        replaced_names=replaced,
        people=tuple((d["id"], d["name"]) for d in document.delegates if d["status"] != "rejected"),
        sha256=row["sha256"],
    )


def judged_for(document: StoredNote, active: list[StoredNote]) -> int:
    """The note that is judged for a document: its own, or the one whose annex it is."""
    note = document.row["part_of"]
    return note if any(other.id == note for other in active) else document.id


def _standing_for(number: int, active: list[StoredNote]) -> int:
    """The note that counts for a document: whose annex it is, and the first of its scans."""
    beyond = {d.id: (d.row["part_of"], d.row["same_as"]) for d in active}
    seen = {number}  # a person may have written that each of two is the other one
    while True:
        further = next((n for n in beyond[number] if n in beyond and n not in seen), None)
        if further is None:
            return number
        seen.add(further)
        number = further
