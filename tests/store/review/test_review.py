"""What the review page asks of the store: the queue, one reply, edits that never overwrite."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from extract.types import Delegate, Doubt, Evidence, Value
from ocr.types import Box, Line, Page, SecondReading, Word
from store.db.database import Store
from store.errors import EditRefused, EditStale
from store.records import meetings, saving
from store.review import compare, delegate_edits, note_edits, overview, reply, undo
from store.review import queue as review_queue
from store.review.choices import choices
from store.review.values import ReplyRow
from tests.store.replies import (
    INVITATION,
    MEETING,
    delegate,
    mailed,
    nominate,
    note,
    reading,
    save,
    scan,
    value,
)

TODAY = "2019-05-01"
WHO = "amal"


def _row(store: Store, place: int = 0, document: int = 1) -> ReplyRow:
    return reply.load(store, document).rows[place]


def _values(store: Store, row: int) -> dict[str, object]:
    found = store.one("SELECT * FROM delegates WHERE id = ?", [row])
    assert found is not None
    return dict(found)


def _corrections(store: Store) -> list[tuple[object, ...]]:
    return [
        tuple(row) for row in store.rows("SELECT field, old, new, who FROM corrections ORDER BY id")
    ]


def test_the_reply_in_which_most_is_likely_to_be_wrong_comes_first(store: Store) -> None:
    meetings.add(store, INVITATION)
    sure, unsure = scan(store, b"1"), scan(store, b"2")
    save(store, sure, note(delegate(1, "Ada One")))
    weak = Delegate(1, value("Bo Two", 0.2), confidence=0.2)
    save(store, unsure, note(weak, state="FRA"))
    assert [w.document for w in review_queue.waiting(store, MEETING)] == [unsure, sure]
    assert review_queue.following(store, unsure) == sure
    assert review_queue.following(store, sure, back=True) == unsure
    assert review_queue.place(store, sure) == (1, 2)


def test_the_meeting_with_the_nearest_deadline_comes_first(store: Store) -> None:
    for reference, deadline in (("past", "2019-04-01"), ("far", "2019-08-01"), ("near", TODAY)):
        store.db.conn.execute(
            "INSERT INTO meetings (reference, title, deadline) VALUES (?, ?, ?)",
            [reference, "A meeting", deadline],
        )
    for number, meeting in enumerate(("past", None, "far", "near")):
        document = scan(store, bytes([number]))
        state = ("KEN", "UGA", "FRA", "PER")[number]
        save(store, document, note(delegate(1, "Ada One"), state=state), meeting)
    order = [queue.reference for queue in review_queue.meetings(store, TODAY)]
    assert order == ["near", "far", "past", None]


def test_a_reply_leaves_the_queue_with_its_last_delegate(store: Store) -> None:
    nominate(store, delegate(1, "Ada One"), delegate(2, "Bo Two"))
    for place in (0, 1):
        assert len(review_queue.waiting(store, MEETING)) == 1
        row = _row(store, place)
        delegate_edits.save_delegate(store, WHO, row.id, row.version, {}, "approved")
    assert review_queue.waiting(store, MEETING) == ()


def test_edits_with_any_tool_reach_the_queue(store: Store) -> None:
    nominate(store, delegate(1, "Ada One"))
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("UPDATE delegates SET status = 'approved' WHERE id = 1")
    assert review_queue.waiting(store, MEETING) == ()


def test_a_reply_that_names_nobody_waits_until_it_is_confirmed(store: Store) -> None:
    meetings.add(store, INVITATION)
    document = scan(store, b"decline")
    save(store, document, note(kind="decline"))
    assert [w.delegates for w in review_queue.waiting(store, MEETING)] == [0]
    version = reply.load(store, document).version
    done = note_edits.confirm(store, WHO, document, version, {})
    assert review_queue.waiting(store, MEETING) == ()
    undo.undo(store, done)
    assert len(review_queue.waiting(store, MEETING)) == 1


def test_a_stale_edit_writes_nothing(store: Store) -> None:
    nominate(store, delegate(1, "Ada One"))
    seen = _row(store)
    delegate_edits.save_delegate(store, "bo", seen.id, seen.version, {"title": "Judge"})
    with pytest.raises(EditStale):
        delegate_edits.save_delegate(
            store, WHO, seen.id, seen.version, {"title": "Registrar"}, "approved"
        )
    assert _values(store, seen.id)["title"] == "Judge"
    assert [c[3] for c in _corrections(store)] == ["bo"]


def test_two_persons_may_decide_the_same(store: Store) -> None:
    nominate(store, delegate(1, "Ada One"))
    seen = _row(store)
    for who in ("bo", WHO):
        delegate_edits.save_delegate(
            store, who, seen.id, seen.version, {"name": "Ada One"}, "approved"
        )
    assert [c[0] for c in _corrections(store)] == ["status"]


def test_what_is_not_valid_is_refused_with_the_reason(store: Store) -> None:
    nominate(store, delegate(1, "Ada One"))
    row = _row(store)
    with pytest.raises(EditRefused, match="email is no address"):
        delegate_edits.save_delegate(store, WHO, row.id, row.version, {"email": "nonsense"})


def test_undo_puts_back_values_and_status(store: Store) -> None:
    nominate(store, delegate(1, "Ada One", "name_odd", title="Judge"))
    row = _row(store)
    before = _values(store, row.id)
    assert before["status"] == "needs_review"
    done = delegate_edits.save_delegate(
        store, WHO, row.id, row.version, {"title": "Registrar", "name": "Ada Won"}, "approved"
    )
    undo.undo(store, done)
    after = _values(store, row.id)
    kept = ("name", "title", "status", "seq", "email")
    assert {k: after[k] for k in kept} == {k: before[k] for k in kept}
    assert _row(store).by_name["name"].doubts == (("name_odd", ""),)
    assert len(_corrections(store)) == 6  # what was done and what was undone


def test_undo_refuses_when_somebody_went_on(store: Store) -> None:
    nominate(store, delegate(1, "Ada One"))
    row = _row(store)
    done = delegate_edits.save_delegate(store, WHO, row.id, row.version, {"title": "Judge"})
    row = _row(store)
    delegate_edits.save_delegate(store, "bo", row.id, row.version, {"title": "Registrar"})
    with pytest.raises(EditStale):
        undo.undo(store, done)
    assert _values(store, row.id)["title"] == "Registrar"


def test_two_persons_in_one_row_are_split(store: Store) -> None:
    nominate(
        store,
        delegate(1, "Ada One and Bo Two", title="Judge", email="ada@example.org"),
        delegate(2, "Cy Three"),
    )
    row = _row(store)
    done = delegate_edits.split_delegate(store, WHO, row.id, row.version)
    found = [
        (r.by_name["name"].value, r.by_name["email"].value, r.by_name["title"].value)
        for r in reply.load(store, 1).rows
    ]
    assert found == [
        ("Ada One", "ada@example.org", "Judge"),
        ("Bo Two", None, "Judge"),
        ("Cy Three", None, None),
    ]
    undo.undo(store, done)
    names = [r.by_name["name"].value for r in reply.load(store, 1).rows]
    assert names == ["Ada One and Bo Two", "Cy Three"]


def test_a_torn_row_is_merged_and_comes_back_with_undo(store: Store) -> None:
    nominate(store, delegate(1, "Ada", title="Judge"), delegate(2, "One", email="a@example.org"))
    upper, lower = reply.load(store, 1).rows
    done = delegate_edits.merge_delegates(
        store, WHO, lower.id, lower.version, upper.id, upper.version
    )
    assert _values(store, upper.id)["name"] == "Ada One"
    assert _values(store, upper.id)["email"] == "a@example.org"
    assert _values(store, lower.id)["status"] == "rejected"
    undo.undo(store, done)
    assert _values(store, upper.id)["email"] is None
    assert _values(store, lower.id)["status"] == "new"


def test_what_was_taken_apart_or_put_together_waits_again(store: Store) -> None:
    nominate(
        store,
        delegate(1, "Ada One and Bo Two", email="ada@example.org"),
        delegate(2, "Cy Three", email="cy@example.org"),
    )
    row = _row(store)
    delegate_edits.split_delegate(store, WHO, row.id, row.version)
    first, second, third = reply.load(store, 1).rows
    assert [r.status for r in (first, second, third)] == ["needs_review", "needs_review", "new"]
    with pytest.raises(EditRefused, match="both have an address"):
        delegate_edits.merge_delegates(store, WHO, third.id, third.version, first.id, first.version)
    delegate_edits.swap_address(store, WHO, third.id, third.version, second.id, second.version)
    assert [r.status for r in reply.load(store, 1).rows] == ["needs_review"] * 3


def test_certain_rows_are_accepted_at_once_and_doubtful_ones_never(store: Store) -> None:
    nominate(store, delegate(1, "Ada One"), delegate(2, "Bo Two", "low_ocr"))
    sure, unsure = reply.load(store, 1).rows
    assert (sure.certain, unsure.certain) == (True, False)
    with pytest.raises(EditRefused, match="Bo Two is doubtful"):
        delegate_edits.accept_certain(store, WHO, {row.id: row.version for row in (sure, unsure)})
    assert _values(store, sure.id)["status"] == "new"
    done = delegate_edits.accept_certain(store, WHO, {sure.id: sure.version})
    assert _values(store, sure.id)["status"] == "approved"
    undo.undo(store, done)
    assert _values(store, sure.id)["status"] == "new"
    with pytest.raises(EditRefused, match="nothing is left"):
        delegate_edits.accept_certain(store, WHO, {})


def test_delegates_change_places(store: Store) -> None:
    nominate(store, delegate(1, "Ada One"), delegate(2, "Bo Two"), delegate(3, "Cy Three"))
    shown = reply.load(store, 1)
    delegate_edits.move_delegate(store, WHO, shown.rows[2].id, shown.order_version, up=True)
    names = [r.by_name["name"].value for r in reply.load(store, 1).rows]
    assert names == ["Ada One", "Cy Three", "Bo Two"]
    with pytest.raises(EditStale):
        delegate_edits.move_delegate(store, WHO, shown.rows[2].id, shown.order_version, up=True)


def test_addresses_change_owners(store: Store) -> None:
    nominate(store, delegate(1, "Ada One", email="bo@example.org"), delegate(2, "Bo Two"))
    ada, bo = reply.load(store, 1).rows
    delegate_edits.swap_address(store, WHO, ada.id, ada.version, bo.id, bo.version)
    assert _values(store, ada.id)["email"] is None
    assert _values(store, bo.id)["email"] == "bo@example.org"


def test_no_delegates_here(store: Store) -> None:
    document = nominate(store, delegate(1, "Not Aperson"))
    version = reply.load(store, document).version
    with pytest.raises(EditRefused, match="say what the reply does"):
        note_edits.no_delegates(store, WHO, document, version, None)
    with pytest.raises(EditRefused, match="1 delegate stands in it"):
        note_edits.no_delegates(store, WHO, document, version, "decline")
    done = note_edits.no_delegates(store, WHO, document, version, "decline", reject_rows=True)
    assert review_queue.waiting(store, MEETING) == ()
    assert reply.load(store, document).facts["kind"] == "decline"
    undo.undo(store, done)
    assert reply.load(store, document).facts["kind"] == "nomination"
    assert len(review_queue.waiting(store, MEETING)) == 1


@pytest.mark.parametrize(("mode", "current"), [("replaces", 0), ("adds", 1)])
def test_a_note_is_made_a_revision_by_hand(store: Store, mode: str, current: int) -> None:
    first = nominate(store, delegate(1, "Ada One"))
    second = scan(store, b"second")
    save(store, second, note(delegate(1, "Bo Two"), note_date="2019-04-09"))
    version = reply.load(store, second).version
    done = note_edits.is_revision_of(store, WHO, second, version, first, mode)
    assert [r.current for r in reply.load(store, first).rows] == [bool(current)]
    undo.undo(store, done)
    assert [r.current for r in reply.load(store, first).rows] == [True]


def test_a_duplicate_nominates_nobody(store: Store) -> None:
    first = nominate(store, delegate(1, "Ada One"))
    second = scan(store, b"second")
    save(store, second, note(delegate(1, "Ada One")))
    version = reply.load(store, second).version
    note_edits.is_duplicate_of(store, WHO, second, version, first)
    assert [w.document for w in review_queue.waiting(store, MEETING)] == [first]
    assert not _row(store, document=second).current


def test_both_readers_are_offered_where_they_disagree() -> None:
    box = Box(100, 10, 300, 40)
    line = Line(
        (Word("Imutukaa@foreign.example", box, 0.9),),
        second=(SecondReading("lmutukaa@foreign.example", Box(98, 9, 301, 41), 0.99, "other"),),
    )
    page = Page(1, 1000, 1400, 200, "read", (line,))
    value = Value(
        "imutukaa@foreign.example",
        0.6,
        (Evidence(1, "Imutukaa@foreign.example", box, 0.9, "rule"),),
    )
    found = choices("email", "imutukaa@foreign.example", value, {1: page})
    assert [(c.text, c.source) for c in found] == [
        ("imutukaa@foreign.example", "now"),
        ("lmutukaa@foreign.example", "second"),
    ]
    assert choices("name", "Ada", None, {1: page}) == ()


def test_a_doubt_is_settled_by_another_value_only(store: Store) -> None:
    document = nominate(store)
    unsure = Delegate(
        1, delegate(1, "Ada One").name, confidence=0.5, doubts=(Doubt("name_odd", "name", "One"),)
    )
    saving.save_reading(store, document, reading(note(unsure)), MEETING, "1")
    row = _row(store)
    assert row.by_name["name"].doubts == (("name_odd", "One"),)
    delegate_edits.save_delegate(store, WHO, row.id, row.version, {"name": "Ada Wun"})
    assert _row(store).by_name["name"].doubts == ()
    assert _values(store, row.id)["reasons"] == "[]"


@pytest.mark.parametrize("taken_back", [True, False], ids=["undo", "typed again"])
def test_a_value_that_was_put_back_is_doubtful_again(store: Store, taken_back: bool) -> None:
    """On the page and in the list alike: nobody has said that the first reading is right."""
    nominate(store, delegate(1, "Ada One", "name_odd"))
    row = _row(store)
    done = delegate_edits.save_delegate(store, WHO, row.id, row.version, {"name": "Ada Wun"})
    if taken_back:
        undo.undo(store, done)
    else:
        version = _row(store).version
        delegate_edits.save_delegate(store, WHO, row.id, version, {"name": "Ada One"})
    name = _row(store).by_name["name"]
    assert (name.doubts, name.edited, name.confidence) == ((("name_odd", ""),), False, 0.9)
    assert _values(store, row.id)["reasons"] == '["name_odd"]'
    whys = store.rows("SELECT reason, field FROM reasons_list")
    assert [tuple(why) for why in whys] == [("name_odd", "name")]
    assert len(review_queue.waiting(store, MEETING)) == taken_back  # what was typed is decided


def test_a_fact_of_the_note_that_was_put_back_is_doubtful_again(store: Store) -> None:
    doubtful = note(delegate(1, "Ada One"), doubts=(Doubt("state_uncertain", "state"),))
    meetings.add(store, INVITATION)
    document = scan(store, b"1")
    save(store, document, doubtful)
    for state, doubts in (("FRA", ()), ("KEN", (("state_uncertain", ""),))):
        seen = reply.load(store, document)
        note_edits.save_note(store, WHO, document, seen.version, {"state": state})
        seen = reply.load(store, document)
        codes = [code for code, _ in doubts]
        assert {field.name: field.doubts for field in seen.note}["state"] == doubts
        assert json.loads(str(_values(store, 1)["reasons"])) == codes
        assert json.loads(str(seen.facts["open_reasons"])) == codes
        (waiting,) = review_queue.waiting(store, MEETING)
        assert (waiting.reasons, waiting.look) == (tuple(codes), bool(codes))


def test_the_overview_counts_states_by_their_answer(store: Store) -> None:
    from datetime import UTC, datetime

    meetings.add(store, INVITATION)
    late = mailed(store, b"1", 1, datetime(2019, 5, 12, tzinfo=UTC))
    save(store, late, note(delegate(1, "Ada One")))
    declines = mailed(store, b"2", 2, datetime(2019, 4, 2, tzinfo=UTC))
    save(store, declines, note(kind="decline", state="FRA"))
    other = mailed(store, b"3", 3, datetime(2019, 4, 3, tzinfo=UTC))
    save(store, other, note(delegate(1, "Bo Two"), state="MCO"))
    found = overview.overview(store, 1, today=INVITATION.starts)
    assert found is not None
    assert (found.count("nominated"), found.count("declined"), found.late) == (1, 1, 1)
    assert found.count("none") == found.parties - 2
    assert found.replies == (("2019-04-02", 1), ("2019-04-03", 1), ("2019-05-12", 1))
    counted = {row["state"]: row for row in store.rows("SELECT * FROM coverage")}
    for answer in (a for a in found.states if a.party):
        row = counted.pop(answer.state)
        assert (answer.late, answer.delegates, answer.last_at) == (
            bool(row["late"]),
            row["delegates"],
            row["last_note_at"],
        )
        assert (answer.answer != "none") == bool(row["answered"])
    assert not counted
    monaco = next(s for s in found.states if s.state == "MCO")
    assert (monaco.party, monaco.answer, bool(monaco.doubt)) == (False, "nominated", True)


def test_two_notes_stand_side_by_side(store: Store) -> None:
    first = nominate(store, delegate(1, "Ada One", title="Judge"), delegate(2, "Bo Two"))
    second = scan(store, b"second")
    people = (delegate(1, "ADA One", title="Registrar"), delegate(2, "Cy Three"))
    save(store, second, note(*people, kind="revision", note_date="2019-04-09"))
    found = compare.compare(store, first, second)
    assert [(p.change, p.differing) for p in found.pairs] == [
        ("changed", ("name", "title")),
        ("gone", ()),
        ("new", ()),
    ]
    assert compare.earlier(store, second) == first
    bo = next(row for row in reply.load(store, first).rows if row.seq == 2)
    done = delegate_edits.set_current(store, WHO, bo.id, bo.version, current=True)
    assert _row(store, 1, first).current
    undo.undo(store, done)
    assert not _row(store, 1, first).current
