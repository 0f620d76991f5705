"""Confidences fitted to decided rows: written, applied to open rows alone, withdrawn."""

from __future__ import annotations

import pytest

from store.db.database import Store
from store.learn import calibrations, switches
from store.records import meetings
from store.reports.calibrating import calibrating
from store.review.delegate_edits import save_delegate
from store.review.rows import get_delegate, row_version
from tests.store.replies import INVITATION, delegate, note, save, scan

NOTES = 60


@pytest.fixture
def replies(store: Store) -> Store:
    """Sixty notes of two rows each; of the first forty, every second title was wrong."""
    documents = [scan(store, b"%d" % number) for number in range(NOTES)]
    with store.writing():  # all at one go: a commit for each would wait for the disk
        for number, document in enumerate(documents):
            one = delegate(1, f"Person {number}", title="Judge", email=f"p{number}@example.org")
            two = delegate(2, f"Other {number}", title="Clerk", email=f"o{number}@example.org")
            save(store, document, note(one, two, state="PER"), None)
    with store.writing("ada"):
        for row in range(1, 81):
            values = {"title": f"Minister {row}"} if row % 2 else {}
            version = row_version(get_delegate(store, row))
            save_delegate(store, "ada", row, version, values, "approved")
    with store.writing() as conn:
        conn.execute("UPDATE corrections SET step = row_id")  # each looked at alone
        conn.execute("INSERT OR IGNORE INTO stale SELECT id FROM documents")
    return store


def state(store: Store) -> list[tuple[object, ...]]:
    rows = store.rows("SELECT id, confidence, doubts, reasons, status FROM delegates ORDER BY id")
    return [tuple(row) for row in rows]


def test_what_would_change_is_told_and_nothing_is_written(replies: Store) -> None:
    before = state(replies)
    found = calibrating(replies)
    assert (found.rows, found.notes, found.waiting) == (80, 40, 40)
    row = next(one for one in found.tried if one.what == "row")
    assert row.after < row.before, "nine in ten were promised, and half were right"
    assert found.marked == 20, "the other post is one that several notes confirmed"
    assert found.refusal is None
    assert state(replies) == before


def test_written_it_holds_for_rows_that_nobody_has_decided(replies: Store) -> None:
    before = state(replies)
    found = calibrating(replies)
    assert calibrations.write(replies, "ada", found.office, found.rows) == 1
    after = state(replies)
    assert after[:80] == before[:80]
    assert sum(float(str(row[1])) for row in after[80:]) < 0.9 * 40 * 0.9
    assert [row[4] for row in after[80::2]] == ["needs_review"] * 20, "a post that was wrong"
    assert calibrating(replies).holds == 1


def test_one_command_takes_it_back(replies: Store) -> None:
    before = state(replies)
    found = calibrating(replies)
    calibrations.write(replies, "ada", found.office, found.rows)
    calibrations.write(replies, "ada", calibrating(replies, 0.4).office, found.rows)
    assert calibrations.withdraw(replies) == 2
    assert calibrations.active(replies).version == 1
    assert calibrations.withdraw(replies) == 1
    assert state(replies) == before
    assert calibrations.withdraw(replies) is None


def test_the_configuration_switches_it_off(replies: Store) -> None:
    before = state(replies)
    found = calibrating(replies)
    calibrations.write(replies, "ada", found.office, found.rows)
    switches.switch(replies, {**switches.wanted(replies), "calibration": False})
    assert state(replies) == before
    switches.switch(replies, {**switches.wanted(replies), "calibration": True})
    assert state(replies) != before


def test_a_new_reading_is_judged_by_it_too(replies: Store) -> None:
    found = calibrating(replies)
    calibrations.write(replies, "ada", found.office, found.rows)
    late = scan(replies, b"late")
    save(replies, late, note(delegate(1, "Late One", title="Judge"), state="FRA"), None)
    (row,) = replies.rows("SELECT confidence FROM delegates WHERE document_id = ?", [late])
    assert row["confidence"] < 0.9


def test_an_error_that_cannot_be_promised_is_said_to_be_none(replies: Store) -> None:
    promise = calibrating(replies, 1 / 500).promise
    assert promise is not None
    assert not promise.kept
    assert promise.needed == 1497


def test_rows_of_one_note_are_too_few(store: Store) -> None:
    meetings.add(store, INVITATION)
    save(store, scan(store, b"one"), note(delegate(1, "Ada One")))
    save_delegate(store, "ada", 1, row_version(get_delegate(store, 1)), {}, "approved")
    assert calibrating(store).refusal is not None


def test_marked_rows_do_not_outvote_the_others(replies: Store) -> None:
    """Of 40 more rows, 20 are marked: decided rows weigh as marked and unmarked ones are in all."""
    weights = {example.marked: example.weight for example in calibrations.examples(replies)}
    assert weights == {False: 1.0}
    with replies.writing() as conn:
        conn.execute("UPDATE verdicts SET marked = 1 WHERE delegate_id <= 60")
    weights = {example.marked: example.weight for example in calibrations.examples(replies)}
    assert weights[True] == pytest.approx(60 / 120 / (60 / 80))
    assert weights[False] == pytest.approx(60 / 120 / (20 / 80))
