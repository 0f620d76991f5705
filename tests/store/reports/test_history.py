"""Who changed what and when, as it is told."""

from __future__ import annotations

import pytest

from store.db.database import Store
from store.erasure import forget, selection
from store.records import meetings, missions
from store.reports.history import history, records
from store.rules.sentences import Told, sentence, told
from tests.store.replies import INVITATION, MEETING, delegate, edit, nominate, note, save, scan


@pytest.fixture
def replies(store: Store) -> Store:
    nominate(store, delegate(1, "Ada One", title="Judge"), delegate(2, "Bo Two"))
    save(store, scan(store, b"b"), note(delegate(1, "Cy Three"), state="FRA"))
    return store


def _told(store: Store, state: str | None = None, by: str | None = None) -> list[str]:
    return [e.what for e in history(store, state) if by is None or e.who == by]


def test_what_came_in_is_told_before_what_people_did(replies: Store) -> None:
    with replies.writing("noor") as conn:
        conn.execute("UPDATE delegates SET status = 'approved' WHERE document_id = 1")
    first, second = history(replies, "KEN")
    assert first.what == "a nomination came (KMV/7/19 of 2019-04-03), 2 delegates read"
    assert (first.who, first.state_name, first.meeting) == ("the program", "Kenya", MEETING)
    assert (second.who, second.what) == ("noor", "accepted Ada One and Bo Two")
    assert [e.state for e in history(replies)] == ["FRA", "KEN", "KEN"]
    assert history(replies, "KEN", since="2100-01-01T00:00:00Z") == ()
    assert history(replies, "KEN", "CU 1") == ()


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        (
            "UPDATE delegates SET title = 'Clerk' WHERE id = 1",
            "changed the title of Ada One from “Judge” to “Clerk”",
        ),
        ("UPDATE delegates SET title = '' WHERE id = 1", "removed the title of Ada One (“Judge”)"),
        (
            "UPDATE delegates SET phone = '+43 1' WHERE id = 1",
            "added the telephone of Ada One: “+43 1”",
        ),
        (
            "UPDATE delegates SET name = 'Ada Won' WHERE id = 1",
            "changed the name from “Ada One” to “Ada Won”",
        ),
        ("UPDATE delegates SET status = 'rejected' WHERE id = 1", "rejected Ada One"),
        ("UPDATE delegates SET current = 0 WHERE id = 1", "took off the list Ada One"),
        ("DELETE FROM delegates WHERE id = 1", "removed Ada One"),
        ("INSERT INTO delegates (document_id, name) VALUES (1, 'Di Four')", "added Di Four"),
        (
            "UPDATE documents SET note_date = '2019-04-04' WHERE id = 1",
            "changed the date of the note from “2019-04-03” to “2019-04-04”",
        ),
        (
            "UPDATE documents SET outcome = 'rejected' WHERE id = 1",
            "set the document aside as no reply",
        ),
    ],
)
def test_every_edit_is_a_sentence(replies: Store, sql: str, what: str) -> None:
    edit(replies, sql)
    assert _told(replies, "KEN", "command line") == [what]


def test_a_note_that_changed_its_state_is_told_of_both(replies: Store) -> None:
    edit(replies, "UPDATE documents SET state = 'TZA' WHERE id = 1")
    moved = "changed the State of the note from “KEN” to “TZA”"
    assert moved in _told(replies, "TZA")
    assert _told(replies, "KEN") == [moved]


def test_whom_another_note_takes_off_the_list_is_told(replies: Store) -> None:
    later = scan(replies, b"c")
    people = (delegate(1, "Ada One", title="Judge"),)
    save(
        replies, later, note(*people, kind="revision", revision="replaces", note_date="2019-04-09")
    )
    told = _told(replies, "KEN", "the program")
    assert "no longer on the list, by another note: Ada One and Bo Two" in told


def test_reminders_and_what_was_taken_back_are_told(store: Store) -> None:
    meetings.add(store, INVITATION)
    missions.remind(store, MEETING, "ESP", "amal")
    missions.keep(store, "ESP", "protocol@spain.example", "amal")
    found = history(store, "ESP")
    assert [(e.who, e.what, e.meeting) for e in found] == [
        ("amal", "noted that the State was reminded", MEETING),
        ("amal", "said that protocol@spain.example is an address of the mission", None),
    ]
    assert [row["state_name"] for row in records(found)] == ["Spain", "Spain"]


def test_a_person_who_is_forgotten_is_in_no_minutes(replies: Store) -> None:
    edit(replies, "UPDATE delegates SET title = 'Clerk' WHERE id = 1")
    edit(replies, "UPDATE delegates SET status = 'approved'")
    forget.apply(replies, selection.person(replies, name="Ada One"))
    assert "Ada" not in " ".join(_told(replies))


def test_many_persons_are_counted_and_some_of_them_named() -> None:
    parts = [Told("accepted", f"P{n}") for n in range(20)]
    assert sentence(parts, 2) == "accepted 20 delegates: P0, P1 and 18 more"
    assert sentence([None, Told("confirmed the reply")]) == "confirmed the reply"
    assert told("documents", "update", "settled", "[]", "[1]", None) is None
