"""How far a list is from print, and by which pace; and what changes the order of the queue."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from extract.types import Delegate, Doubt
from store.db.database import Store
from store.records import meetings
from store.review import pace, queue
from store.review.progress import progress
from tests.store.replies import INVITATION, MEETING, note, save, scan, table, value


def _sure(seq: int, name: str, *doubts: Doubt) -> Delegate:
    """Everything about it is likely right."""
    email = f"{name.replace(' ', '.').lower()}@mfa.go.ke"
    sure = Delegate(seq, value(name, 0.98), confidence=0.9, doubts=doubts)
    return replace(sure, title=value("Judge", 0.98), email=value(email, 0.98))


@pytest.fixture
def begun(store: Store) -> Store:
    meetings.add(store, INVITATION)
    people = (
        _sure(1, "Ada One"),
        _sure(2, "Bo Two", Doubt("name_odd", "name")),
        _sure(3, "Cy Lee"),
    )
    save(store, scan(store, b"1"), note(*people))
    missing = Doubt("name_left_over")
    save(store, scan(store, b"2"), note(_sure(1, "Ed Five"), state="UGA", doubts=(missing,)))
    with store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET status = 'approved' WHERE name = 'Ada One'")
    return store


def test_it_counts_what_is_decided_and_what_is_not(begun: Store) -> None:
    far = progress(begun, MEETING)
    assert (far.decided, far.open, far.notes) == (1, 3, 1)
    assert far.marked == 2  # one odd name, and one row of a note in which somebody may be missing
    assert far.minutes == pytest.approx((4 + 2 * 15 + 8) / 60)
    assert not far.measured
    assert not far.printable
    with begun.writing("noor") as conn:
        conn.execute("UPDATE delegates SET status = 'approved'")
        conn.execute("UPDATE documents SET needs_review = 0")
    far = progress(begun, MEETING)
    assert (far.decided, far.open, far.notes, far.minutes, far.printable) == (4, 0, 0, 0.0, True)
    assert progress(begun, None).printable


def test_a_note_in_which_somebody_may_be_missing_comes_before_an_odd_name(begun: Store) -> None:
    assert [one.document for one in queue.waiting(begun, MEETING)] == [2, 1]
    assert queue.first(begun, MEETING, frozenset()) == 2
    assert queue.following(begun, 2) == 1
    certainty = queue.Wish(order="certainty")
    assert [one.document for one in queue.waiting(begun, MEETING, wish=certainty)] == [1, 2]


def test_the_pace_is_measured_and_orders_the_queue(begun: Store) -> None:
    now = datetime(2019, 5, 2, tzinfo=UTC)
    before = table(begun, "document_id, cost", "review_waiting ORDER BY document_id")
    with begun.writing() as conn:
        for n in range(pace.LEAST):
            conn.execute(
                "INSERT INTO delegates (document_id, seq, name, status)"
                " VALUES (1, ?, ?, 'approved')",
                [10 + n, f"Person {n}"],
            )
            number = conn.execute("SELECT max(id) FROM delegates").fetchone()[0]
            conn.execute("DELETE FROM verdicts WHERE delegate_id = ?", [number])
            conn.execute(
                "INSERT INTO verdicts (delegate_id, document_id, meeting, week, language, layout,"
                " quality, version, how, way, marked, doubted, seconds, fields) VALUES"
                " (?, 1, ?, ?, 'en', 'item', '9', '1', 'right', 'marked', 1, 0, 30.0, '{}')",
                [number, MEETING, (now - timedelta(days=n)).date().isoformat()],
            )
    found = pace.measure(begun)
    assert (found.marked_s, found.plain_s, found.rows) == (30.0, pace.PLAIN_S, pace.LEAST)
    assert progress(begun, MEETING).measured
    after = table(begun, "document_id, cost", "review_waiting ORDER BY document_id")
    assert [one[0] for one in after] == [one[0] for one in before]
    pairs = zip(after, before, strict=True)
    assert all(float(str(new[1])) > float(str(old[1])) for new, old in pairs)
    assert pace.measure(begun) == found
