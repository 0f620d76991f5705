"""Rows that nobody had to look at: drawn by their places, typed blindly, compared."""

from __future__ import annotations

import pytest

from store.db.database import Store
from store.errors import EditRefused, UnknownRecord
from store.learn import audits
from store.learn.audits import AuditPlan
from store.learn.decided import decided
from store.reports.quality import quality, silent_in_words
from store.review import audit
from store.review.delegate_edits import save_delegate
from store.review.rows import get_delegate, row_version
from tests.store.replies import MEETING, delegate, nominate, note, save, scan

ADA = {"name": "Ada One", "title": "Judge", "email": "ada@example.org"}


@pytest.fixture
def replies(store: Store) -> Store:
    nominate(
        store,
        delegate(1, **ADA),
        delegate(2, "Bo Two", "low_ocr", title="Clerk"),
        delegate(3, "Cy Three", title="Registrar"),
    )
    return store


def drawn(store: Store) -> list[int]:
    rows = store.rows("SELECT delegate_id FROM draws ORDER BY place")
    return [row[0] for row in rows if audits.is_drawn(store, row[0])]


def test_rows_that_are_marked_are_not_audited(replies: Store) -> None:
    assert sorted(drawn(replies)) == [1, 3]
    (one,) = audits.audited(replies)
    assert (one.meeting, one.total, one.drawn, one.waiting) == (MEETING, 2, 2, 2)


def test_the_same_rows_are_drawn_whoever_asks_and_whenever(store: Store) -> None:
    documents = [scan(store, b"%d" % number) for number in range(24)]
    names = [f"{chr(65 + n) * 6} {chr(90 - n) * 5}" for n in range(24)]
    with store.writing():
        for document, name in zip(documents, names, strict=True):
            save(store, document, note(delegate(1, name), state="PER"), None)
    audits.set_plan(store, AuditPlan(0.1, 2))
    before = drawn(store)
    assert len(before) == AuditPlan(0.1, 2).size(24) == 3
    with store.writing() as conn:
        conn.execute("INSERT OR IGNORE INTO stale SELECT id FROM documents")
    assert drawn(store) == before
    places = {row["delegate_id"]: row["place"] for row in store.rows("SELECT * FROM draws")}
    save(store, documents[7], note(delegate(1, f"{names[7]} again"), state="PER"), None)
    again = {row["delegate_id"]: row["place"] for row in store.rows("SELECT * FROM draws")}
    assert sorted(again.values()) == sorted(places.values()), "read again, its place is the same"


def test_a_late_row_has_the_same_chance_as_an_early_one() -> None:
    """Of 200 files, those that came first are among the lowest tenth as often as the others."""
    places = [audits.place("a seed", f"file {n}", 1) for n in range(2000)]
    lowest = sorted(range(2000), key=lambda n: places[n])[:200]
    early = sum(n < 1000 for n in lowest)
    assert 70 <= early <= 130
    assert places == [audits.place("a seed", f"file {n}", 1) for n in range(2000)]
    assert places != [audits.place("another", f"file {n}", 1) for n in range(2000)]


def test_what_agrees_is_settled_at_once_and_the_row_is_accepted_with_a_look(
    replies: Store,
) -> None:
    blind, after = audit.load(replies, 1)
    assert after is None
    assert (blind.seq, blind.of, blind.page) == (1, 3, 1)
    assert audit.write(replies, "noor", 1, {**ADA, "name": "ADA  ONE"})
    _, after = audit.load(replies, 1)
    assert after is not None
    assert after.settled
    audit.settle(replies, "noor", 1, {})
    assert get_delegate(replies, 1)["status"] == "approved"
    assert [(d.delegate, d.how, d.way) for d in decided(replies)] == [(1, "right", "audit")]


def test_a_wrong_row_is_corrected_with_what_was_typed_and_counted(replies: Store) -> None:
    assert not audit.write(replies, "noor", 1, {**ADA, "name": "Adah One", "title": "Jugde"})
    (one,) = audits.audited(replies)
    assert (one.typed, one.settled, one.waiting) == (1, 0, 2), "a difference is open"
    assert audits.next_to_type(replies, MEETING) == 1
    with pytest.raises(EditRefused):
        audit.settle(replies, "noor", 1, {"name": "row"})
    audit.settle(replies, "noor", 1, {"name": "row", "title": "typed"})
    row = get_delegate(replies, 1)
    assert (row["name"], row["title"], row["status"]) == ("Adah One", "Judge", "approved")
    (one,) = audits.audited(replies)
    assert (one.settled, one.wrong) == (1, 1)
    found = quality(replies, MEETING)
    assert (found.silent.low, found.silent.high) == (0.5, 1.0), "of two rows, one is known"
    assert "50.0 to 100.0 %" in silent_in_words(found.audits, found.silent)
    kept = replies.rows("SELECT typed, read FROM audits")[0]
    assert "Jugde" in kept["typed"]
    assert "Ada One" in kept["read"]


def test_a_row_that_was_nobody_is_rejected(replies: Store) -> None:
    audit.write(replies, "noor", 3, {})
    audit.settle(replies, "noor", 3, {"name": "row", "title": "row"})
    assert get_delegate(replies, 3)["status"] == "rejected"
    (one,) = audits.audited(replies)
    assert one.wrong == 1


def test_two_people_who_read_one_row_are_compared(replies: Store) -> None:
    version = row_version(get_delegate(replies, 1))
    save_delegate(replies, "ada", 1, version, {"title": "Chief Judge"}, "approved")
    audit.write(replies, "noor", 1, {**ADA, "title": "Judge"})
    assert audits.agreement(replies) == {"name": (1, 1), "title": (0, 1), "email": (1, 1)}
    audit.settle(replies, "noor", 1, {})
    assert get_delegate(replies, 1)["title"] == "Chief Judge", "the first reader's word stays"


def test_what_was_typed_once_stays_typed(replies: Store) -> None:
    audit.write(replies, "noor", 1, {**ADA, "name": "Eve"})
    assert not audit.write(replies, "noor", 1, ADA)
    with pytest.raises(UnknownRecord):
        audit.write(replies, "noor", 2, ADA)


def test_no_row_is_drawn_where_no_share_is_wanted(replies: Store) -> None:
    audits.set_plan(replies, AuditPlan(0.0))
    (one,) = audits.audited(replies)
    assert (one.drawn, one.waiting) == (0, 0)
    assert audits.next_to_type(replies, MEETING) is None
