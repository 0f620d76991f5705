"""Decided rows beside what was read, and the numbers that are kept of them."""

from __future__ import annotations

import json

import pytest

from store.db.database import Store
from store.erasure import forget, selection
from store.learn.decided import decided, same
from store.review.delegate_edits import (
    accept_certain,
    add_delegate,
    remove_delegate,
    save_delegate,
)
from store.review.rows import get_delegate, row_version
from store.review.undo import undo
from tests.store.replies import MEETING, delegate, nominate, note, save, scan


@pytest.fixture
def replies(store: Store) -> Store:
    nominate(
        store,
        delegate(1, "Ada ONE", title="Judge"),
        delegate(2, "Bo Two", "low_ocr", title="Clerk"),
        delegate(3, "Cy Three", title="Registrar"),
    )
    return store


def decide(store: Store, row: int, status: str | None = "approved", **values: str) -> None:
    save_delegate(store, "ada", row, row_version(get_delegate(store, row)), values, status)


def told(store: Store) -> list[tuple[int, str, str]]:
    return [(one.delegate, one.how, one.way) for one in decided(store)]


def tallies(store: Store) -> dict[tuple[str, ...], tuple[float, ...]]:
    return {
        tuple(row)[:4]: tuple(round(v, 6) for v in tuple(row)[4:])
        for row in store.rows("SELECT * FROM tallies WHERE n <> 0")
    }


def counted_anew(store: Store) -> dict[tuple[str, ...], tuple[float, ...]]:
    """The tallies as they follow from the verdicts that are there."""
    kept = store.rows("SELECT delegate_id FROM verdicts")
    with store.writing() as conn:
        conn.execute("DELETE FROM tallies")
        conn.executemany("INSERT INTO tally VALUES (?, 1)", [[row[0]] for row in kept])
    return tallies(store)


def test_a_row_that_nobody_decided_teaches_nothing(replies: Store) -> None:
    assert told(replies) == []
    assert replies.rows("SELECT * FROM verdicts") == []


def test_what_became_of_each_row_is_told_apart(replies: Store) -> None:
    decide(replies, 1)
    decide(replies, 2, title="Chief Clerk")
    decide(replies, 3, "rejected")
    add_delegate(replies, "ada", 1, {"name": "Di Four"})
    assert told(replies) == [
        (1, "right", "alone"),
        (2, "wrong", "marked"),
        (3, "nobody", "alone"),
        (4, "missed", "alone"),
    ]
    first, second, *_ = decided(replies)
    assert (first.who, first.meeting, first.state, first.layout) == ("ada", MEETING, "KEN", "rule")
    assert (second.read["title"], second.written["title"]) == ("Clerk", "Chief Clerk")
    assert second.right("name")
    assert not second.right("title")
    assert second.chances["title"] == 0.9
    assert 0 < second.chances["email"] < 1, "that nothing is printed has a chance, too"


def test_rows_accepted_together_are_told_from_rows_looked_at_alone(replies: Store) -> None:
    versions = {row: row_version(get_delegate(replies, row)) for row in (1, 3)}
    accept_certain(replies, "ada", versions)
    assert told(replies) == [(1, "right", "together"), (3, "right", "together")]


def test_what_was_taken_back_was_never_decided(replies: Store) -> None:
    done = save_delegate(
        replies, "ada", 1, row_version(get_delegate(replies, 1)), {"title": "Clerk"}, "approved"
    )
    assert len(told(replies)) == 1
    undo(replies, done)
    assert told(replies) == []
    assert tallies(replies) == {}


@pytest.mark.parametrize("written", ["Ada One", " ada  ONE ", "ADA ONE"])
def test_an_office_that_changes_case_has_found_no_error(replies: Store, written: str) -> None:
    decide(replies, 1, name=written)
    assert told(replies) == [(1, "right", "alone")]
    assert same("É", "E\u0301")
    assert not same("Jose", "José")


def test_the_tallies_are_the_sum_of_the_verdicts(replies: Store) -> None:
    decide(replies, 1)
    decide(replies, 2, title="Chief Clerk")
    decide(replies, 3, "rejected")
    add_delegate(replies, "ada", 1, {"name": "Di Four"})
    decide(replies, 2, "approved", title="Clerk")
    remove_delegate(replies, "ada", 4, row_version(get_delegate(replies, 4)))
    with replies.writing() as conn:
        conn.execute("UPDATE documents SET meeting = NULL WHERE id = 1")
    kept = tallies(replies)
    assert kept == counted_anew(replies)
    assert {key[0] for key in kept} == {""}
    whole = {key[3]: value for key, value in kept.items() if key[1] == "all"}
    assert whole["row"][:2] == (3.0, 2.0)
    assert whole["name"][:2] == (3.0, 2.0), "of a row that was nobody, the name was wrong"


def test_a_new_reading_is_what_counts(replies: Store) -> None:
    decide(replies, 1, title="Chief Judge")
    assert told(replies)[0][1] == "wrong"
    save(replies, 1, note(delegate(1, "Ada ONE", title="Chief Judge")))
    assert told(replies)[0][1] == "right"


def test_no_value_of_anybody_is_in_the_verdicts_and_they_go_with_the_row(replies: Store) -> None:
    decide(replies, 1, title="Chief Judge")
    (row,) = replies.rows("SELECT * FROM verdicts")
    assert "Judge" not in json.dumps(dict(row))
    assert "Ada" not in json.dumps(dict(row))
    forget.apply(replies, selection.person(replies, delegate=1))
    assert replies.rows("SELECT * FROM verdicts") == []
    assert tallies(replies) == {}


def test_edits_by_any_tool_are_decisions(replies: Store) -> None:
    with replies.writing("command line") as conn:
        conn.execute("UPDATE delegates SET title = 'Chief Judge' WHERE id = 1")
    assert told(replies) == [(1, "wrong", "alone")]
    other = scan(replies, b"another")
    save(replies, other, note(delegate(1, "Ed Five"), state="PER"))
    assert len(told(replies)) == 1
