"""Taking back what was done, with whatever tool, one step at a time."""

from __future__ import annotations

import pytest

from store.db.database import Store
from store.errors import EditRefused, EditStale, UnknownRecord
from store.records import meetings, missions, saving, steps
from store.reports import changes
from store.review import delegate_edits, undo
from store.review.reply import load
from store.service import drafts
from tests.store.replies import (
    INVITATION,
    MEETING,
    delegate,
    nominate,
    note,
    reading,
    save,
    scan,
    sqlite_utils,
    table,
)

ROWS = "name, title, email, name_latin, seq, status, current, reasons, doubts, confidence, origin"


def _last(store: Store) -> int:
    found = steps.last_that_holds(store)
    assert found is not None
    return found.number


def _back(store: Store) -> int:
    return undo.take_back(store, _last(store), "amal")


def _again(store: Store) -> Store:
    """Opened once more, as the next command does: what follows from an edit is worked out."""
    with store.writing():
        pass
    return store


@pytest.fixture
def replies(store: Store) -> Store:
    nominate(store, delegate(1, "Ada One", title="Judge"), delegate(2, "Bo Two", "name_odd"))
    save(store, scan(store, b"b"), note(delegate(1, "李伟", email="li@x.example"), state="CHN"))
    return store


@pytest.mark.parametrize(
    "sql",
    [
        "update delegates set status = 'approved'",
        "update delegation_list set status = 'rejected'",
        "update delegates set title = 'Minister'",
        "update delegates set name = 'Somebody Else'",
        "update delegates set name_latin = 'LI Wei', role = 'head'",
        "update delegates set document_id = 1, seq = 7, status = 'approved', phone = '+43 1 5'",
        "update delegates set current = 0",
        "delete from delegates",
        "insert into delegates (document_id, name) values (1, 'New One'), (2, 'New Two')",
        "update documents set state = 'FRA', note_date = '2019-04-04', kind = 'decline'",
        "update documents set outcome = 'rejected'",
        "update documents set supersedes = 2 where id = 1",
        "update documents set same_as = 1 where id = 2",
    ],
)
def test_whatever_one_statement_changes_comes_back_and_can_be_done_again(
    replies: Store, sql: str
) -> None:
    view = "delegates ORDER BY id"
    before = (table(replies, ROWS, view), table(replies, "*", "documents_list"))
    done = sqlite_utils(replies, sql)
    assert done.returncode == 0, done.stderr
    _again(replies)
    after = (table(replies, ROWS, view), table(replies, "*", "documents_list"))
    assert after != before
    taken = _back(replies)
    assert (table(replies, ROWS, view), table(replies, "*", "documents_list")) == before
    assert steps.last_that_holds(replies) is None
    undo.take_back(replies, taken, "amal")
    assert (table(replies, ROWS, view), table(replies, "*", "documents_list")) == after
    _back(replies)
    assert (table(replies, ROWS, view), table(replies, "*", "documents_list")) == before
    assert changes.changes(replies, "2019-01-01T00:00:00Z") != ()
    assert len(steps.latest(replies, 9)) == 4  # nothing was struck from the record


def test_approving_everything_is_one_step_though_some_were_approved(replies: Store) -> None:
    row = load(replies, 1).rows[0]
    delegate_edits.save_delegate(replies, "amal", row.id, row.version, {}, "approved")
    sqlite_utils(replies, "update delegates set status = 'approved'")
    last = steps.last_that_holds(replies)
    assert last is not None
    assert (last.who, last.edits) == ("command line", 2)
    _back(replies)
    assert table(replies, "status", "delegates ORDER BY id") == [
        ("approved",),
        ("needs_review",),
        ("new",),
    ]
    _back(replies)
    assert table(replies, "status", "delegates ORDER BY id")[0] == ("new",)
    with pytest.raises(EditRefused, match="already"):
        undo.take_back(replies, 1, "amal")
    with pytest.raises(UnknownRecord, match="undo --list"):
        undo.take_back(replies, 99, "amal")


def test_many_rows_from_a_file_are_one_step(replies: Store) -> None:
    """sqlite-utils inserts them a hundred at a time, in one transaction."""
    import subprocess
    import sys

    lines = "document_id,name\n" + "".join(f"1,Person {n}\n" for n in range(250))
    command = [sys.executable, "-m", "sqlite_utils", "insert", str(replies.path), "delegates", "-"]
    subprocess.run([*command, "--csv"], input=lines, text=True, check=True, timeout=60)
    assert len(steps.latest(replies, 9)) == 1
    _back(replies)
    assert len(table(replies, "name", "delegates")) == 3


def test_what_went_on_since_is_never_overwritten(replies: Store) -> None:
    sqlite_utils(replies, "update delegates set status = 'approved'")
    bulk = _last(replies)
    row = load(replies, 1).rows[1]
    delegate_edits.save_delegate(replies, "noor", row.id, row.version, {"title": "Registrar"})
    before = table(replies, ROWS, "delegates")
    with pytest.raises(EditStale, match="Bo Two"):
        undo.take_back(replies, bulk, "amal")
    assert table(replies, ROWS, "delegates") == before
    _back(replies)  # hers first
    undo.take_back(replies, bulk, "amal")
    assert [row[5] for row in table(replies, ROWS, "delegates")] == ["new", "needs_review", "new"]


def test_a_reading_may_change_again_what_was_taken_back(replies: Store) -> None:
    sqlite_utils(replies, "update delegates set title = 'Minister' where id = 1")
    _back(replies)
    read = note(delegate(1, "Ada One", title="Chief Judge"), delegate(2, "Bo Two", "name_odd"))
    saving.save_reading(replies, 1, reading(read), MEETING, "2")
    assert table(replies, "title", "delegates WHERE id = 1") == [("Chief Judge",)]


def test_that_somebody_saw_a_changed_reading_is_taken_back_too(replies: Store) -> None:
    sqlite_utils(replies, "update delegates set status = 'approved' where id = 1")
    read = note(delegate(1, "Ada One", title="Clerk"), delegate(2, "Bo Two", "name_odd"))
    saving.save_reading(replies, 1, reading(read), MEETING, "2")
    assert table(replies, "reasons", "delegates WHERE id = 1") == [('["reading_changed"]',)]
    sqlite_utils(replies, "update delegates set status = 'approved'")
    assert table(replies, "reasons", "delegates WHERE id = 1") == [("[]",)]
    _back(replies)
    assert table(replies, "status, reasons", "delegates WHERE id = 1") == [
        ("approved", '["reading_changed"]')
    ]


def test_reminders_addresses_and_drafts_come_back_too(store: Store) -> None:
    meetings.add(store, INVITATION)
    missions.remind(store, MEETING, "ESP", "amal")
    _back(store)
    assert missions.reminders(store, MEETING) == {}
    missions.keep(store, "ESP", "a@spain.example", "amal")
    missions.dismiss(store, "ESP", "a@spain.example", "noor")
    _back(store)
    assert table(store, "wrong, who", "mission_addresses") == [(0, "amal")]
    _back(store)
    assert table(store, "*", "mission_addresses") == []
    drafts.want_reminder(store, MEETING, "ESP", "amal")
    _back(store)
    assert drafts.wanted_reminders(store) == ()
    drafts.want_reminder(store, MEETING, "ESP", "amal")
    drafts.placed(store, drafts.wanted_reminders(store)[0].token)
    with pytest.raises(EditRefused, match="in the mailbox"):
        _back(store)
