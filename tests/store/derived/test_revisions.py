"""Which rows of a State's notes for one meeting still hold: pure, and through the database."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from extract.types import NoteVerbale
from store.db.database import Store
from store.opening import open_store
from store.records import meetings
from store.rules.names import likeness, mentions
from store.rules.revisions import GroupNote, resolve_group
from tests.store.replies import (
    INVITATION,
    delegate,
    edit,
    mailed,
    nominate,
    note,
    save,
    scan,
    table,
)

FIRST = note(delegate(1, "Ana Ruiz"), delegate(2, "Omar Diallo"), note_date="2019-04-01")
REPLACES = note(delegate(1, "Li Wei"), kind="revision", revision="replaces", note_date="2019-04-08")
ADDS = note(delegate(1, "Li Wei"), kind="revision", revision="adds", note_date="2019-04-08")
SUBSTITUTES = note(
    delegate(1, "Li Wei"),
    kind="revision",
    revision="substitutes",
    replaced=("Mr. O. Diallo",),
    note_date="2019-04-08",
)
SECOND = note(delegate(1, "Li Wei"), note_date="2019-04-08")
DECLINE = note(kind="decline", note_date="2019-04-08")


def currents(store: Store) -> dict[object, object]:
    return {row[0]: row[1] for row in table(store, "name, current")}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(
    ("later", "current", "linked", "reasons"),
    [
        (REPLACES, {"Ana Ruiz": 0, "Omar Diallo": 0, "Li Wei": 1}, True, "[]"),
        (ADDS, {"Ana Ruiz": 1, "Omar Diallo": 1, "Li Wei": 1}, False, "[]"),
        (SUBSTITUTES, {"Ana Ruiz": 1, "Omar Diallo": 0, "Li Wei": 1}, True, "[]"),
        (
            SECOND,
            {"Ana Ruiz": 1, "Omar Diallo": 1, "Li Wei": 1},
            False,
            '["second_note_of_state"]',
        ),
        (DECLINE, {"Ana Ruiz": 1, "Omar Diallo": 1}, False, '["declined_later"]'),
    ],
)
def test_the_verdict_is_the_same_in_any_order_of_arrival(
    store: Store,
    order: tuple[int, int],
    later: NoteVerbale,
    current: dict[str, int],
    linked: bool,
    reasons: str,
) -> None:
    meetings.add(store, INVITATION)
    ids = [0, 0]
    for place in order:
        ids[place] = scan(store, f"note {place}".encode())
        save(store, ids[place], (FIRST, later)[place])
    assert currents(store) == current
    supersedes = {
        row[0]: row[1] for row in table(store, "document_id, supersedes", "documents_list")
    }
    assert supersedes == {ids[0]: None, ids[1]: ids[0] if linked else None}
    assert {row[0] for row in table(store, "reasons")} == {reasons}


def test_three_notes_in_all_orders_give_one_table(tmp_path: Path) -> None:
    third = note(
        delegate(1, "Zoe Mbeki"),
        kind="revision",
        revision="substitutes",
        replaced=("Li Wei",),
        note_date="2019-04-20",
    )
    notes = (FIRST, REPLACES, third)
    tables = set()
    for n, order in enumerate(permutations(range(3))):
        with open_store(tmp_path / f"{n}.db") as store:
            meetings.add(store, INVITATION)
            for place in order:
                save(store, scan(store, f"note {place}".encode()), notes[place])
            tables.add(tuple(sorted(table(store, "name, current, status"), key=str)))
    assert tables == {
        (
            ("Ana Ruiz", 0, "new"),
            ("Li Wei", 0, "new"),
            ("Omar Diallo", 0, "new"),
            ("Zoe Mbeki", 1, "new"),
        )
    }


def test_notes_of_other_states_and_meetings_are_left_alone(store: Store) -> None:
    first = nominate(store, delegate(1, "Ana Ruiz"))
    save(store, scan(store, b"b"), note(delegate(1, "Li Wei"), kind="revision", state="UGA"))
    save(store, scan(store, b"c"), note(delegate(1, "Zoe M"), kind="revision"), meeting=None)
    save(store, scan(store, b"d"), note(delegate(1, "Zoe X"), kind="revision", state=None))
    assert {row[0] for row in table(store, "current")} == {1}
    assert first == 1


def test_a_note_read_again_as_something_else_lets_the_earlier_rows_hold_again(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    later = scan(store, b"later")
    save(store, later, REPLACES)
    assert currents(store) == {"Ana Ruiz": 0, "Li Wei": 1}
    save(store, later, note(delegate(1, "Li Wei"), state="UGA"))
    assert currents(store) == {"Ana Ruiz": 1, "Li Wei": 1}


def test_edits_by_hand_are_followed_at_the_next_start(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    save(store, scan(store, b"later"), SECOND)
    edit(store, "UPDATE documents_list SET kind = 'revision' WHERE document_id = 2")
    with open_store(store.path) as again:
        assert currents(again) == {"Ana Ruiz": 0, "Li Wei": 1}
        assert table(again, "supersedes", "documents_list") == [(None,), (1,)]


def test_what_a_person_said_about_replacing_stays(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    later = scan(store, b"later")
    save(store, later, REPLACES)
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE documents_list SET supersedes = NULL WHERE document_id = ?", [later])
    save(store, later, REPLACES)
    assert currents(store) == {"Ana Ruiz": 1, "Li Wei": 1}
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE documents_list SET supersedes = 1 WHERE document_id = ?", [later])
    assert currents(store) == {"Ana Ruiz": 0, "Li Wei": 1}
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE delegation_list SET current = 1 WHERE name = 'Ana Ruiz'")
    save(store, later, REPLACES)
    assert currents(store) == {"Ana Ruiz": 1, "Li Wei": 1}


def test_a_rejected_document_nominates_nobody(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    later = scan(store, b"later")
    save(store, later, REPLACES)
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE documents_list SET outcome = 'rejected' WHERE document_id = 2")
    assert currents(store) == {"Ana Ruiz": 1, "Li Wei": 0}


def test_receipt_decides_where_a_date_is_missing(store: Store) -> None:
    meetings.add(store, INVITATION)
    late = mailed(store, b"late", 1, datetime(2019, 4, 9, tzinfo=UTC))
    save(store, late, note(delegate(1, "Li Wei"), kind="revision", note_date=None))
    early = mailed(store, b"early", 2, datetime(2019, 4, 2, tzinfo=UTC))
    save(store, early, note(delegate(1, "Ana Ruiz"), note_date=None))
    assert currents(store) == {"Ana Ruiz": 0, "Li Wei": 1}


def group(document: int, kind: str, revision: str | None = None, **facts: object) -> GroupNote:
    people = facts.get("people", ())
    replaced = facts.get("replaced", ())
    assert isinstance(people, tuple)
    assert isinstance(replaced, tuple)
    date = facts.get("date")
    return GroupNote(
        document,
        kind,
        revision,
        str(date) if date else None,
        None,
        replaced,
        tuple((document * 10 + n, name) for n, name in enumerate(people)),
    )


def test_of_one_day_the_revision_comes_after_what_it_revises() -> None:
    verdict = resolve_group(
        [
            group(1, "revision", "replaces", date="2019-04-01", people=("Li Wei",)),
            group(2, "nomination", date="2019-04-01", people=("Ana Ruiz",)),
        ]
    )
    assert verdict.replaced == {20}
    assert verdict.supersedes == {1: 2}


def test_a_revision_that_does_not_say_how_replaces_and_is_doubted() -> None:
    verdict = resolve_group(
        [
            group(1, "nomination", date="2019-04-01", people=("Ana Ruiz",)),
            group(2, "revision", date="2019-04-02", people=("Li Wei",)),
        ]
    )
    assert verdict.replaced == {10}
    assert verdict.reasons == {2: {"revision_unclear"}}


@pytest.mark.parametrize("replaced", [(), ("Mr. Nobody Known",), ("Ms. Ruiz",)])
def test_a_replaced_person_who_cannot_be_told_is_a_doubt(replaced: tuple[str, ...]) -> None:
    """'Ms. Ruiz' could be either of two."""
    verdict = resolve_group(
        [
            group(1, "nomination", date="2019-04-01", people=("Ana Ruiz", "Eva Ruiz")),
            group(2, "revision", "substitutes", date="2019-04-02", replaced=replaced),
        ]
    )
    assert not verdict.replaced
    assert verdict.reasons == {2: {"replaced_person_not_found"}}


def test_nomination_after_a_replacing_revision_is_compared_with_what_holds() -> None:
    verdict = resolve_group(
        [
            group(1, "nomination", date="2019-04-01", people=("Ana Ruiz",)),
            group(2, "revision", "replaces", date="2019-04-02", people=("Li Wei",)),
            group(3, "acknowledgement", date="2019-04-03"),
        ]
    )
    assert not verdict.reasons
    assert verdict.supersedes == {2: 1}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("OUÉDRAOGO Abdoulaye", "Abdoulaye Ouedraogo", True),
        ("Mr. Smith", "John Smith", True),
        ("J. Smith", "John Smith", True),
        ("John Smyth", "John Smith", True),
        ("Ana Smith", "John Smith", False),
        ("张伟", "张伟", True),
        ("Иванов Иван", "Иван Иванов", True),
        ("Mr.", "John Smith", False),
        ("", "", False),
    ],
)
def test_a_mention_means_a_person(one: str, other: str, same: bool) -> None:
    assert (mentions(one, other) >= 0.85) is same
    assert likeness(one, other) == likeness(other, one)
