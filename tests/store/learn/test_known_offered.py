"""Who was approved before stands beside a row that is nearly it, and one key takes it."""

from __future__ import annotations

from review.labels import SOURCES
from store.db.database import Store
from store.review import reply as replies
from store.review.choices import Choice
from tests.store.learn.test_known import EMAIL, NAME, approve, person, reply, row


def test_a_known_name_is_the_second_reading_and_says_where_it_is_from(store: Store) -> None:
    approve(store, reply(store, 1, person()))
    near = reply(store, 2, person("ONDURÁK Qvabel"))
    [delegate] = replies.load(store, near).rows
    name = delegate.by_name["name"]
    assert name.value == "ONDURÁK Qvabel"
    assert name.readings[:2] == (
        Choice("ONDURÁK Qvabel", "now"),
        Choice("ONDURÁK Qwabel", "known"),
    )
    assert SOURCES["known"] == "approved before"
    assert name.doubts == (("known_nearly", "known: ONDURÁK Qwabel, in note No. 1, 2019-04-03"),)


def test_an_address_that_was_not_read_is_offered(store: Store) -> None:
    approve(store, reply(store, 1, person()))
    bare = reply(store, 2, person(NAME, None))
    [delegate] = replies.load(store, bare).rows
    assert delegate.by_name["email"].value is None
    assert delegate.by_name["email"].readings == (Choice(EMAIL, "known"),)


def test_the_other_state_is_named_at_the_person(store: Store) -> None:
    approve(store, reply(store, 1, person()))
    elsewhere = reply(store, 2, person(), state="UGA")
    [delegate] = replies.load(store, elsewhere).rows
    assert delegate.doubts == (("known_other_state", "known: Kenya, in note No. 1, 2019-04-03"),)


def test_what_was_taken_is_no_more_doubtful(store: Store) -> None:
    approve(store, reply(store, 1, person()))
    near = reply(store, 2, person("Qvabel Ondurák"))
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE delegates SET name = ? WHERE document_id = ?", [NAME, near])
    assert row(store, near)["status"] == "corrected"
    assert row(store, near)["reasons"] == []
