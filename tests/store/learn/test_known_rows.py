"""Which rows of a State people approved is noted apart, whatever becomes of row and note."""

from __future__ import annotations

import pytest

from store.db.database import Store
from store.learn import known
from tests.store.learn.test_known import approve, person, reply


def noted(store: Store) -> set[tuple[str, int]]:
    rows = store.rows("SELECT state, delegate_id FROM known_rows")
    return {(row["state"], row["delegate_id"]) for row in rows}


def true(store: Store) -> set[tuple[str, int]]:
    rows = store.rows(
        "SELECT n.state, d.id FROM delegates AS d JOIN documents AS n ON n.id = d.document_id"
        " WHERE d.status IN ('approved', 'corrected') AND n.state IS NOT NULL"
    )
    return {(row["state"], row["id"]) for row in rows}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE delegates SET title = 'Prosecutor' WHERE document_id = 1",
        "UPDATE delegates SET status = 'rejected' WHERE document_id = 1",
        "UPDATE delegates SET status = 'approved' WHERE document_id = 2",
        "UPDATE documents SET state = 'PER' WHERE id = 1",
        "UPDATE documents SET state = NULL WHERE id = 1",
        "DELETE FROM delegates WHERE document_id = 1",
    ],
)
def test_what_is_noted_is_what_the_rows_say(store: Store, change: str) -> None:
    approve(store, reply(store, 1, person()))
    reply(store, 2, person("Zoe Mbeki", "z@justice.go.ke"))
    assert noted(store) == true(store) != set()
    with store.writing("reviewer") as conn:
        conn.execute(change)
    assert noted(store) == true(store)


def test_the_newest_are_remembered_and_told_the_oldest_first(store: Store) -> None:
    for number in range(4):
        approve(store, reply(store, number, person(f"Person {number}", None)))
    assert [row.name for row in known.approved(store, "KEN", most=2)] == ["Person 2", "Person 3"]
    assert len(known.approved(store, "KEN")) == 4
