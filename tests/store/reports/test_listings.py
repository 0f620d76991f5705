"""What the command line prints: listings, status, explanations, exports."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest

from store.db.database import Store
from store.errors import StoreError, UnknownRecord
from store.export import participants
from store.intake import keeping, messages
from store.records import meetings
from store.reports import explain, listings, status
from tests.store.replies import (
    INVITATION,
    MEETING,
    delegate,
    edit,
    mailed,
    message,
    nominate,
    note,
    save,
    scan,
    table,
)


def test_delegations_and_what_needs_review(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"), delegate(2, "Omar Diallo", "low_ocr"))
    save(store, scan(store, b"b"), note(delegate(1, "Li Wei"), state="UGA"), meeting=None)
    assert [row["name"] for row in listings.delegations(store)] == [
        "Ana Ruiz",
        "Omar Diallo",
        "Li Wei",
    ]
    assert [row["name"] for row in listings.delegations(store, MEETING, limit=1)] == ["Ana Ruiz"]
    assert [row["name"] for row in listings.delegations(store, state="UGA")] == ["Li Wei"]
    assert [row["name"] for row in listings.needs_review(store)] == ["Omar Diallo", "Li Wei"]
    assert [row["name"] for row in listings.needs_review(store, MEETING)] == ["Omar Diallo"]
    assert len(table(store, "state", "coverage")) == 186


def test_an_approved_row_with_another_reading_needs_review(store: Store) -> None:
    document = nominate(store, delegate(1, "Ana Ruiz", title="Judge"))
    edit(store, "UPDATE delegation_list SET status = 'approved'")
    assert not listings.needs_review(store)
    save(store, document, note(delegate(1, "Ana Ruiz", title="Cook")))
    assert [row["status"] for row in listings.needs_review(store)] == ["approved"]


def test_problems_are_listed_and_counted(store: Store) -> None:
    document = nominate(store, delegate(1, "Ana Ruiz", "low_ocr"))
    mailed(store, b"late", 1, datetime(2019, 6, 1, tzinfo=UTC))
    bad = scan(store, b"bad", "bad.pdf")
    save(store, bad, None)
    kept = keeping.keep(store, message(b"bomb", 9)).message
    assert kept is not None
    messages.set_aside(store, kept, "message_crashed")
    found = status.summary(store)
    assert found.messages == {"pending": 1, "set_aside": 1}
    assert found.documents == {"processed": 1, "pending": 1, "failed": 1}
    assert found.delegates == {"needs_review": 1}
    assert found.reasons == {"low_ocr": 1}
    assert [(p.message, p.document, p.outcome) for p in found.problems] == [
        (kept, None, "set_aside"),
        (None, bad, "failed"),
    ]
    (meeting,) = found.meetings
    assert (meeting.parties, meeting.answered, meeting.late) == (186, 1, 0)
    assert len(meeting.not_answered) == 185
    assert "Kenya" not in meeting.not_answered
    assert "Namibia" in meeting.not_answered
    assert found.last_received_at == "2019-06-01T00:00:00Z"
    json.dumps(asdict(found))
    assert document == 1


def test_meetings_are_registered_and_brought_up_to_date(store: Store) -> None:
    meetings.add(store, INVITATION)
    later = replace(INVITATION, place="Vienna, M-Building")
    meetings.add(store, later)
    assert meetings.all(store) == (later,)
    with pytest.raises(StoreError, match="needs a reference"):
        meetings.add(store, replace(INVITATION, reference=" "))


def test_a_meeting_registered_later_is_matched_then(store: Store) -> None:
    document = scan(store, b"note")
    save(store, document, note(delegate(1, "Ana Ruiz")))
    assert table(store, "meeting, reasons") == [(None, "[]")]
    meetings.add(store, INVITATION)
    assert table(store, "meeting, reasons") == [(None, '["meeting_unknown"]')]
    meetings.set_meeting(store, document, MEETING)
    assert table(store, "meeting, status") == [(MEETING, "new")]
    meetings.set_meeting(store, document, None)
    edit(store, "UPDATE documents_list SET meeting = 'CU 2019/59/(A)/DTA/CEB/CSS'")
    meetings.set_meeting(store, document, None)
    assert table(store, "meeting") == [(MEETING,)]
    with pytest.raises(UnknownRecord):
        meetings.set_meeting(store, document, "CU 1")
    with pytest.raises(UnknownRecord):
        meetings.set_meeting(store, 99, MEETING)


def test_a_value_is_explained_by_rule_words_and_place(store: Store) -> None:
    document = nominate(store, delegate(1, "Ana Ruiz", title="Judge"), delegate(2, "Omar Diallo"))
    edit(store, "UPDATE delegation_list SET title = 'Clerk' WHERE seq = 1")
    edit(store, "DELETE FROM delegation_list WHERE seq = 2")
    found = {(e.seq, e.field): e for e in explain.explain(store, document)}
    title = found[1, "title"]
    assert (title.read, title.stored, title.corrected) == ("Judge", "Clerk", True)
    assert title.evidence[0].rule == "rule"
    assert title.evidence[0].box is not None
    state = found[None, "state"]
    assert (state.read, state.stored, state.corrected) == ("KEN", "KEN", False)
    assert found[2, "name"].delegate_id is None
    with pytest.raises(UnknownRecord):
        explain.explain(store, 99)


def test_the_list_of_participants(store: Store) -> None:
    nominate(
        store, delegate(1, "Ana Ruiz"), delegate(2, "Omar Diallo", role="head"), delegate(3, "No")
    )
    save(store, scan(store, b"b"), note(delegate(1, "Zoe Austrian"), state="AUT"))
    assert participants.rows(store, MEETING) == []
    edit(store, "UPDATE delegation_list SET status = 'approved' WHERE name <> 'No'")
    assert [row["name"] for row in participants.rows(store, MEETING)] == [
        "Zoe Austrian",
        "Omar Diallo",
        "Ana Ruiz",
    ]
    edit(store, "UPDATE delegation_list SET status = 'rejected' WHERE name = 'Ana Ruiz'")
    everyone = participants.rows(store, MEETING, approved_only=False)
    assert [row["name"] for row in everyone] == ["Zoe Austrian", "Omar Diallo", "No"]
    out = io.StringIO()
    participants.write_json(everyone, out)
    assert json.loads(out.getvalue()) == everyone
    with pytest.raises(UnknownRecord):
        participants.rows(store, "CU 1")


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\x00=1"]
)
def test_nothing_in_the_csv_runs_in_a_spreadsheet(store: Store, name: str) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    (row,) = participants.rows(store, MEETING, approved_only=False)
    out = io.StringIO()
    participants.write_csv([{**row, "title": name}], out)
    (read,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert read["title"].startswith("'")
    assert read["name"] == "Ana Ruiz"
    assert list(read) == list(participants.COLUMNS)
