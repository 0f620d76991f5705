"""A reviewer who knows the truth, and errs now and then.

Works through ``store.review`` as the review page does. Of each row that waits every field is
decided on; one decision in a hundred is wrong: a right value is mistyped, a wrong one is
overlooked. What nobody doubts is accepted unseen, as a list, where that is asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, field
from random import Random
from types import SimpleNamespace
from typing import Any, cast

from benchmarks.kept import Truth
from benchmarks.scoring import FIELDS, WHOLE, is_right, pair
from extract.types import Delegate
from store.db.database import Store
from store.errors import EditRefused
from store.review import delegate_edits, note_edits
from store.review.queue import certain, meetings, waiting
from store.review.rows import delegates, get_document, note_version, row_version

WHO = "reviewer"
OWN_ERRORS = 0.01
"""Share of the decisions about a field that are wrong."""

NOTE_FACTS = ("state", "meeting", "note_reference", "note_date", "kind", "revision")


@dataclass(slots=True)
class Work:
    """What review cost, and the reviewer's own errors."""

    replies: int = 0
    rows: int = 0
    corrections: int = 0
    added: int = 0
    rejected: int = 0
    slips: int = 0
    decided: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the database and the person it is about; one of them may be missing."""

    row: sqlite3.Row | None
    person: Truth | None

    def right(self, name: str) -> bool:
        """Whether the row has the field as the note prints it."""
        return self.row is not None and is_right(name, self.person, _shown(self.row))

    @property
    def whole(self) -> bool:
        """Whether name, title and address are right."""
        return all(self.right(name) for name in WHOLE)

    @property
    def every_field(self) -> bool:
        """Whether every field is right."""
        return all(self.right(name) for name in FIELDS)

    @property
    def marked(self) -> bool:
        """Whether a person is asked to look at the row."""
        return self.row is not None and self.row["status"] == "needs_review"


def _shown(row: sqlite3.Row) -> Delegate:
    values: dict[str, Any] = {
        name: None if row[name] is None else SimpleNamespace(text=row[name]) for name in FIELDS
    }
    return cast("Delegate", SimpleNamespace(**values, id=row["id"]))


def pairs(store: Store, document: int, truth: Truth) -> list[Pair]:
    """The document's rows that were not rejected beside the persons it names."""
    rows = {r["id"]: r for r in delegates(store, document) if r["status"] != "rejected"}
    found = pair(truth["delegates"], tuple(_shown(row) for row in rows.values()))
    return [
        Pair(None if got is None else rows[cast("Any", got).id], person) for person, got in found
    ]


class Reviewer:
    """Somebody who works off the queue of one meeting after the other."""

    def __init__(self, store: Store, truths: dict[int, Truth], seed: int) -> None:
        self._store = store
        self._truths = truths
        self._rng = Random(seed)
        self.work = Work()

    def work_off(self) -> None:
        """Every reply with a truth that waits."""
        for queue in meetings(self._store):
            for one in waiting(self._store, queue.reference, limit=1_000_000):
                if one.document in self._truths:
                    self.reply(one.document)

    def accept_certain(self) -> None:
        """Accept what nobody doubts, a list at one go and without comparing, as the page offers."""
        for row in self._store.rows("SELECT id FROM meetings ORDER BY id"):
            while rows := certain(self._store, row["id"]):
                versions = {one.delegate: one.version for one in rows}
                delegate_edits.accept_certain(self._store, WHO, versions)

    def reply(self, document: int, also: Collection[int] = ()) -> None:
        """Decide the rows of one reply that wait, and those that are asked for besides."""
        store, truth, work = self._store, self._truths[document], self.work
        work.replies += 1
        if not self._facts(document, truth):
            return
        for found in pairs(store, document, truth):
            if found.row is None:
                if found.person is not None:
                    self._add(document, found.person)
            elif found.marked or found.row["id"] in also:
                self.decide(found)
        row = get_document(store, document)
        if row["needs_review"]:
            try:
                note_edits.confirm(store, WHO, document, note_version(row), {})
            except EditRefused:  # nobody is left in a nomination
                note_edits.no_delegates(store, WHO, document, note_version(row), "other")

    def _facts(self, document: int, truth: Truth) -> bool:
        """The note's own fields; whether it is one that names persons."""
        store, row = self._store, get_document(self._store, document)
        if row["outcome"] in note_edits.UNREAD:
            if truth["outcome"] != "processed":
                return False
            note_edits.by_hand(store, WHO, document, note_version(row), {})
            row = get_document(store, document)
        if truth["kind"] not in note_edits.NOMINATING:
            if row["kind"] != truth["kind"] or delegates(store, document):
                self.work.corrections += row["kind"] != truth["kind"]
                note_edits.no_delegates(
                    store, WHO, document, note_version(row), truth["kind"], reject_rows=True
                )
            return True
        wrong = {f: truth.get(f) or "" for f in NOTE_FACTS if (row[f] or None) != truth.get(f)}
        if wrong:
            note_edits.save_note(store, WHO, document, note_version(row), wrong)
            self.work.corrections += len(wrong)
        return True

    def decide(self, found: Pair) -> None:
        """One row: its fields as the note has them, but for slips; then it is approved."""
        if found.row is None:
            return
        row, work = found.row, self.work
        version = row_version(row)
        work.rows += 1
        work.decided.add(row["id"])
        if found.person is None:
            delegate_edits.save_delegate(self._store, WHO, row["id"], version, {}, "rejected")
            work.rejected += 1
            return
        new: dict[str, str] = {}
        for name in FIELDS:
            slips, right = self._rng.random() < OWN_ERRORS, found.right(name)
            if slips and right and row[name] and name in WHOLE:
                new[name] = slip(str(row[name]), self._rng)
            elif not slips and not right:
                new[name] = found.person[name] or ""
                work.corrections += 1
            work.slips += slips and (not right or name in new)
        try:
            delegate_edits.save_delegate(self._store, WHO, row["id"], version, new, "approved")
        except EditRefused:  # a slip that no address may have
            kept = {name: value for name, value in new.items() if not found.right(name)}
            delegate_edits.save_delegate(self._store, WHO, row["id"], version, kept, "approved")

    def _add(self, document: int, person: Truth) -> None:
        self.work.added += 1
        values = {name: person[name] for name in FIELDS if person[name]}
        done = delegate_edits.add_delegate(self._store, WHO, document, values)
        if done.delegate is not None:
            self.work.decided.add(done.delegate)


def slip(text: str, rng: Random) -> str:
    """Two letters beside each other in the wrong order, or one left out where they are equal."""
    places = [i for i in range(len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    if not places:
        return text
    at = rng.choice(places)
    if text[at] == text[at + 1]:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
