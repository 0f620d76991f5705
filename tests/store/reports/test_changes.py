"""What is different since a moment, told by State."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.db.database import Store
from store.errors import StoreError
from store.records import meetings
from store.reports import first_changes
from store.reports.changes import Change, changes, counts, moment
from store.reports.first_changes import first
from tests.store.replies import INVITATION, MEETING, delegate, edit, note, save, scan

ANA = delegate(1, "RUIZ Ana", email="a.ruiz@example.org")
BO = delegate(2, "ROSSI Bo", title="Judge")


@pytest.fixture(autouse=True)
def meeting(store: Store) -> None:
    meetings.add(store, INVITATION)


def long_ago(store: Store) -> None:
    """Everything so far happened in 2019."""
    with store.writing() as conn:
        conn.execute("UPDATE turns SET at = '2019-04-05T08:00:00Z'")
        conn.execute("UPDATE corrections SET at = '2019-04-05T08:00:00.000Z'")
        conn.execute("UPDATE documents SET kept_at = '2019-04-05T08:00:00Z'")


def told(store: Store) -> list[tuple[str, str | None, str | None]]:
    return [(one.what, one.name, one.earlier) for one in since(store)]


def since(store: Store) -> tuple[Change, ...]:
    found = changes(store, "2020-01-01T00:00:00Z")
    with pytest.MonkeyPatch.context() as patch:  # and the same where there are very many
        patch.setattr(first_changes, "FEW", 0)
        assert first(store, "2020-01-01T00:00:00Z", 100) == (found, False)
        assert first(store, "2020-01-01T00:00:00Z", 1) == (found[:1], len(found) > 1)
    return found


def nominated(store: Store) -> int:
    document = scan(store, b"first", "first.pdf")
    save(store, document, note(ANA, BO))
    return document


def test_a_first_nomination_is_new_once(store: Store) -> None:
    nominated(store)
    assert told(store) == [("new", "RUIZ Ana", None), ("new", "ROSSI Bo", None)]
    assert changes(store, "2020-01-01T00:00:00Z", "another meeting") == ()
    long_ago(store)
    assert told(store) == []


def test_a_revision_tells_who_is_new_changed_and_withdrawn(store: Store) -> None:
    nominated(store)
    long_ago(store)
    read = note(
        delegate(1, "RUIZ Ana", email="ana.ruiz@example.org"),
        delegate(2, "OTIENO Peter"),
        kind="revision",
        revision="replaces",
        note_date="2019-04-20",
    )
    save(store, scan(store, b"second", "second.pdf"), read)
    assert told(store) == [
        ("new", "OTIENO Peter", None),
        ("changed", "RUIZ Ana", None),
        ("withdrawn", "ROSSI Bo", None),
    ]
    (changed,) = [one for one in since(store) if one.what == "changed"]
    assert [(v.field, v.old, v.new) for v in changed.values] == [
        ("email", "a.ruiz@example.org", "ana.ruiz@example.org")
    ]
    assert (changed.state_name, changed.meeting, changed.by) == ("Kenya", MEETING, None)


def test_a_substitution_names_both(store: Store) -> None:
    nominated(store)
    long_ago(store)
    read = note(
        delegate(1, "OTIENO Peter"),
        kind="revision",
        revision="substitutes",
        replaced=("Bo Rossi",),
        note_date="2019-04-20",
    )
    save(store, scan(store, b"second", "second.pdf"), read)
    assert told(store) == [("replaced", "OTIENO Peter", "ROSSI Bo")]


def test_the_same_note_once_more_changes_nothing(store: Store) -> None:
    nominated(store)
    long_ago(store)
    save(store, scan(store, b"again", "again.pdf"), note(ANA, BO))
    assert told(store) == []


def test_what_a_person_does_is_told_with_who_and_a_way_back_is_no_change(store: Store) -> None:
    nominated(store)
    long_ago(store)
    with store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET title = 'Minister' WHERE name = 'ROSSI Bo'")
        conn.execute("UPDATE delegates SET status = 'rejected' WHERE name = 'RUIZ Ana'")
    assert [(one.what, one.name, one.by) for one in since(store)] == [
        ("changed", "ROSSI Bo", "noor"),
        ("withdrawn", "RUIZ Ana", "noor"),
    ]
    with store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET title = 'Judge' WHERE name = 'ROSSI Bo'")
        conn.execute("UPDATE delegates SET status = 'approved' WHERE name = 'RUIZ Ana'")
    assert told(store) == []


def test_approving_is_no_change_of_the_list(store: Store) -> None:
    nominated(store)
    long_ago(store)
    edit(store, "UPDATE delegates SET status = 'approved'")
    assert told(store) == []


def test_a_deleted_row_is_withdrawn_and_one_that_came_and_went_is_nothing(store: Store) -> None:
    document = nominated(store)
    long_ago(store)
    insert = f"INSERT INTO delegates (document_id, name) VALUES ({document}, 'Slip')"  # noqa: S608
    edit(store, insert)
    assert told(store) == [("new", "Slip", None)]
    edit(store, "DELETE FROM delegates WHERE name = 'Slip'")
    assert told(store) == []
    edit(store, "DELETE FROM delegates WHERE name = 'RUIZ Ana'")
    assert told(store) == [("withdrawn", "RUIZ Ana", None)]


def test_persons_of_a_note_whose_state_was_found_now_are_new_to_it(store: Store) -> None:
    document = nominated(store)
    long_ago(store)
    edit(store, f"UPDATE documents SET state = 'ESP' WHERE id = {document}")  # noqa: S608
    assert [(one.what, one.state, one.name) for one in since(store)] == [
        ("new", "ESP", "RUIZ Ana"),
        ("new", "ESP", "ROSSI Bo"),
    ]


def test_a_reply_that_names_nobody_is_told_by_its_kind(store: Store) -> None:
    save(store, scan(store, b"no", "no.pdf"), note(kind="decline"))
    (one,) = since(store)
    assert (one.what, one.kind, one.state, one.name) == ("reply", "decline", "KEN", None)


def test_counts_name_no_delegate(store: Store) -> None:
    nominated(store)
    assert counts(since(store)) == (("Kenya", {"new": 2}),)


def test_a_time_is_read_as_people_write_it() -> None:
    now = datetime(2019, 4, 5, 12, 0, tzinfo=UTC).astimezone()
    today = datetime(2019, 4, now.day).astimezone().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert moment("today", now) == today
    assert moment("Yesterday", now) == moment("1 day", now) < today
    assert moment("3 days", now) < moment("2 days", now)
    assert moment("2019-04-03T09:15:00Z") == "2019-04-03T09:15:00Z"
    assert moment("2019-04-05") == moment("today", now)
    for wrong in ("", "soon", "2019-13-01", "x days", "99999999 days"):
        with pytest.raises(StoreError):
            moment(wrong, now)
