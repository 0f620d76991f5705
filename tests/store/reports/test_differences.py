"""A new reading: what it would change, what it never undoes, and whom it disagrees with."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.types import NoteVerbale
from store.db.database import Store
from store.opening import open_store
from store.reports import differences
from store.reports.differences import Difference
from tests.store.replies import (
    MEETING,
    delegate,
    edit,
    nominate,
    note,
    reading,
    save,
    scan,
    table,
)

VIEWS = ("delegation_list", "documents_list", "pages_list", "corrections", "readings")


def compared(store: Store, document: int, read: NoteVerbale | None) -> tuple[Difference, ...]:
    return differences.compare(store, document, reading(read), MEETING, "2")


def content(store: Store) -> list[object]:
    return [table(store, "*", view) for view in VIEWS]


def told(found: tuple[Difference, ...]) -> list[tuple[object, ...]]:
    return [(d.delegate, d.change, d.field, d.now, d.read) for d in found]


def test_what_would_change_is_told_and_nothing_written(store: Store) -> None:
    document = nominate(
        store,
        delegate(1, "Ana Ruiz", title="Judge"),
        delegate(2, "Omar Diallo"),
        delegate(3, "Li Wei"),
    )
    before = content(store)
    found = compared(
        store,
        document,
        note(
            delegate(1, "Ana Ruiz", title="Cook"),
            delegate(2, "Omar Diallo"),
            delegate(3, "Zoe Mbeki", "low_ocr"),
            note_date="2019-04-04",
        ),
    )
    assert told(found) == [
        (None, "note", "note_date", "2019-04-03", "2019-04-04"),
        (1, "changed", "title", "Judge", "Cook"),
        (3, "gone", None, "Li Wei", None),
        (None, "new", None, None, "Zoe Mbeki"),
    ]
    assert content(store) == before
    assert not store.db.conn.in_transaction


def test_what_follows_for_other_notes_is_told_too(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    later = scan(store, b"later")
    save(store, later, note(delegate(1, "Li Wei"), state="UGA"))
    revision = note(
        delegate(1, "Li Wei"), kind="revision", revision="replaces", note_date="2019-05-01"
    )
    found = compared(store, later, revision)
    assert (1, "changed", "current", 1, 0) in told(found)


def test_a_reading_that_fails_is_compared(store: Store) -> None:
    document = nominate(store, delegate(1, "Ana Ruiz"))
    found = told(compared(store, document, None))
    assert (None, "note", "outcome", "processed", "failed") in found
    assert (1, "gone", None, "Ana Ruiz", None) in found


def test_approved_rows_that_disagree_are_kept_and_queued(store: Store) -> None:
    document = nominate(
        store,
        delegate(1, "Ana Ruiz", title="Judge", email="A@example.org"),
        delegate(2, "Omar Diallo"),
        delegate(3, "Li Wei", title="Clerk"),
    )
    edit(store, "UPDATE delegates SET status = 'approved' WHERE seq < 3")
    edit(store, "UPDATE delegates SET title = 'Registrar' WHERE seq = 3")
    new = note(
        delegate(1, "Ana Ruiz", title="Cook", email="A@example.org"),
        delegate(3, "Li Wei", title="X"),
    )
    dry = compared(store, document, new)
    expected = [
        (1, "kept", "title", "Judge", "Cook"),
        (2, "kept", None, "Omar Diallo", None),
        (3, "kept", "title", "Registrar", "X"),
    ]
    assert [d for d in told(dry) if d[1] == "kept"] == expected
    save(store, document, new)
    assert told(differences.disagreements(store)) == expected
    queue = table(store, "name, status, why", "review_queue")
    assert sorted(str(row[0]) for row in queue) == ["Ana Ruiz", "Li Wei", "Omar Diallo"]
    assert all("differs from what was approved" in str(row[2]) for row in queue)
    edit(store, "UPDATE delegates SET status = 'approved', title = title || ' ' WHERE seq = 1")
    edit(store, "UPDATE delegates SET status = 'corrected' WHERE id = 2")
    assert [row[0] for row in table(store, "name", "review_queue")] == ["Li Wei"]


def test_reading_the_same_again_changes_nothing(store: Store) -> None:
    people = (delegate(1, "Ana Ruiz", "low_ocr", title="Judge"), delegate(2, "Omar Diallo"))
    document = nominate(store, *people)
    edit(store, "UPDATE delegates SET status = 'approved' WHERE seq = 1")
    edit(store, "UPDATE delegates SET title = 'Clerk' WHERE seq = 2")
    assert compared(store, document, note(*people)) == ()


NAMES = ("Ana Ruiz", "Omar Diallo", "Li Wei", "Zoe Mbeki")
EDITS = (
    "UPDATE delegates SET title = 'By hand' WHERE id = {id}",
    "UPDATE delegates SET name = name || ' Jr', email = 'hand@example.org' WHERE id = {id}",
    "UPDATE delegates SET role = 'head', organization = NULL WHERE id = {id}",
    "UPDATE delegates SET status = 'approved' WHERE id = {id}",
    "UPDATE delegates SET status = 'rejected' WHERE id = {id}",
    "UPDATE delegates SET current = 0 WHERE id = {id}",
    "DELETE FROM delegates WHERE id = {id}",
    "INSERT INTO delegates (document_id, name) VALUES (1, 'Added {id}')",
)

notes = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(["Judge", "Clerk", None])),
    max_size=4,
    unique_by=lambda person: person[0],
).map(
    lambda people: note(
        *(
            delegate(seq, name, **({"title": title} if title else {}))
            for seq, (name, title) in enumerate(people, start=1)
        )
    )
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edits=st.lists(st.tuples(st.sampled_from(EDITS), st.integers(1, 3)), max_size=5),
    readings=st.lists(notes, min_size=1, max_size=3),
)
def test_no_reading_undoes_what_a_person_did(
    tmp_path_factory: pytest.TempPathFactory,
    edits: list[tuple[str, int]],
    readings: list[NoteVerbale],
) -> None:
    """Every value a person wrote, every decision, every added row stays; the deleted stay away."""
    path = tmp_path_factory.mktemp("edits") / "n.db"
    with open_store(path, check=False) as store:
        first = [delegate(n, name, title="Judge") for n, name in enumerate(NAMES[:3], start=1)]
        document = nominate(store, *first)
        for sql, row in edits:
            edit(store, sql.format(id=row))
        written = _written(store)
        deleted = {
            row["old"]
            for row in store.rows(
                "SELECT json_extract(old, '$.name') AS old FROM corrections"
                " WHERE action = 'delete' AND json_extract(old, '$.read_name') IS NOT NULL"
            )
        }
        for read in readings:
            save(store, document, read)
        assert written.items() <= _written(store).items()
        assert not deleted & {str(row[0]) for row in table(store, "name")}


def _written(store: Store) -> dict[tuple[int, str], object]:
    """The present value of every field a person wrote, and all of the rows decided or added."""
    found: dict[tuple[int, str], object] = {}
    rows: list[sqlite3.Row] = store.rows("SELECT * FROM delegates")
    for row in rows:
        fields = {
            correction["field"]
            for correction in store.rows(
                "SELECT field FROM corrections WHERE row_id = ? AND action = 'update'", [row["id"]]
            )
        }
        if row["status"] in ("approved", "rejected") or row["origin"] == "added":
            fields |= {"name", "title", "email", "role", "organization", "status"}
        found.update({(row["id"], field): row[field] for field in fields})
    return found
