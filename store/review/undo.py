"""Taking back what a person did, as one more step: nothing is struck from the record.

What was done is read from ``corrections``, so that it does not matter with which tool. It is taken
back whole, and only while everything still is as the step left it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from store.db.database import Store
from store.derived import refresh
from store.errors import EditRefused
from store.fields import AS_PRINTED
from store.records import steps
from store.records.steps import Edit
from store.review.put_back import PutBack, reverse
from store.review.rows import EDITABLE_FACTS
from store.review.unchanged import refuse

_NAMING = ("document_id", "same_as", "supersedes", "duplicate_of")
"""Fields that hold the number of a document."""


@dataclass(slots=True)
class Done:
    """An edit that was made. ``delegate`` is the row to look at next, None to stay.

    ``step`` is its number, None where nothing was changed; ``document`` is None where it concerns
    a State and no reply. ``back`` takes back what is no step, as nothing was written in a record.
    """

    label: str
    who: str
    document: int | None
    delegate: int | None = None
    step: int | None = None
    back: Callable[[Store], None] | None = None

    @property
    def changed(self) -> bool:
        """Whether there is anything to take back."""
        return self.step is not None or self.back is not None


@contextmanager
def doing(
    store: Store, who: str, label: str, document: int | None = None
) -> Iterator[tuple[sqlite3.Connection, Done]]:
    """One edit in one transaction, which is one step.

    Args:
        store: where to.
        who: the person's name.
        label: what the person did, in a word or two.
        document: the reply on the screen.

    Raises:
        EditRefused: a trigger refused a value.
    """
    done = Done(label, who, document)
    try:
        with store.writing(who) as conn:
            yield conn, done
            done.step = _written(store)
    except sqlite3.IntegrityError as error:
        raise refusal(str(error)) from error


def undo(store: Store, done: Done) -> None:
    """Take back an edit of the page.

    Raises:
        EditStale: somebody has changed one of its rows since; nothing is written.
    """
    if done.back is not None:
        done.back(store)
    elif done.step is not None:
        take_back(store, done.step, done.who)


def take_back(store: Store, number: int, who: str) -> int:
    """Put everything back as it was before a step; the number of the step that did so.

    Args:
        store: where to.
        number: of the step; one that took another back is taken back, too: that holds again.
        who: whose doing this is, for ``corrections``.

    Raises:
        UnknownRecord: there is no such step.
        EditStale: a row of it has been changed since; nothing is written.
        EditRefused: it was taken back already, or cannot be.
    """
    try:
        with store.writing() as conn:
            chosen = steps.step(store, number)
            if chosen.undone is not None:
                raise EditRefused(f"it was taken back already, by step {chosen.undone}")
            edits = steps.edits(store, number)
            refuse(store, chosen, edits)
            documents = _documents(edits)
            for document in documents:  # and those beside it, before and after
                refresh.touch(conn, document)
            record = PutBack(conn, chosen, who)
            of_row: dict[tuple[str, int], list[Edit]] = {}
            for edit in edits:
                of_row.setdefault((edit.table, edit.row), []).append(edit)
            for edit in reversed(edits):
                reverse(store, conn, edit, of_row[edit.table, edit.row], record)
            for document in documents:
                refresh.touch(conn, document)
            _hold(store, conn, number, record.number)
            return record.number
    except sqlite3.IntegrityError as error:
        raise refusal(str(error)) from error


def refusal(said: str) -> EditRefused:
    """What a trigger said, with the column it begins with: ``email is no address: …``."""
    column = said.partition(" ")[0]
    known = column in AS_PRINTED or column in EDITABLE_FACTS
    return EditRefused(said, column if known else None)


def _documents(edits: tuple[Edit, ...]) -> list[int]:
    """Whose rows they are, were or would be, and those they name."""
    found = {edit.document for edit in edits if edit.document is not None}
    for edit in edits:
        if edit.field in _NAMING:
            found.update(int(value) for value in (edit.old, edit.new) if value)
    return sorted(found)


def _written(store: Store) -> int | None:
    """The step of the open transaction, if anything was written down in it."""
    found = store.one(
        "SELECT step FROM writer AS w WHERE w.step IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM corrections AS c WHERE c.step = w.step)"
    )
    return None if found is None else int(found["step"])


def _hold(store: Store, conn: sqlite3.Connection, number: int, by: int | None) -> None:
    """Mark a step as taken back, or, without ``by``, as holding again; and what it took back."""
    conn.execute("UPDATE corrections SET undone = ? WHERE step = ?", [by, number])
    beneath = steps.step(store, number).undoes
    if beneath is not None:
        _hold(store, conn, beneath, number if by is None else None)
