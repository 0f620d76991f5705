"""The five views of the contract: exact columns, order, lateness, coverage, and speed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.db.database import Store
from store.intake import documents, keeping
from store.opening import open_store
from store.records import meetings
from tests.store.replies import (
    INVITATION,
    MEETING,
    delegate,
    mailed,
    message,
    nominate,
    note,
    save,
    scan,
    table,
)

ROOT = Path(__file__).parents[3]
COLUMNS = {
    "delegation_list": "delegate_id document_id filename sha256 state meeting note_reference"
    " note_date seq honorific name name_latin title organization email phone role confidence"
    " status current reasons",
    "documents_list": "document_id filename sha256 media_type pages message_id from_address subject"
    " received_at outcome reason language state meeting note_reference note_date kind late"
    " supersedes needs_review reasons",
    "pages_list": "document_id filename page_number outcome reason language mean_confidence text",
    "messages_list": "message_id sha256 folder uidvalidity uid from_address subject received_at"
    " outcome reason documents",
    "coverage": "meeting state state_name answered late delegates needs_review last_note_at",
}


@pytest.mark.parametrize("view", COLUMNS)
def test_a_view_has_exactly_the_columns_of_the_contract(store: Store, view: str) -> None:
    assert [column.name for column in store.db[view].columns] == COLUMNS[view].split()


FOR_REVIEWERS = {
    "review_queue",
    "note_reasons",
    "reasons_list",
    "doubts_list",
    "disagreements_list",
    "revisions_list",
    "found",
    "found_chinese",
}


def test_the_views_for_reviewers_are_there_and_documented(store: Store) -> None:
    assert set(store.db.view_names()) >= FOR_REVIEWERS | set(COLUMNS)
    guide = (ROOT / "docs" / "review-with-sqlite-utils.md").read_text(encoding="utf-8")
    assert {view for view in FOR_REVIEWERS if f"`{view}`" not in guide} == set()


def test_delegations_come_with_the_newest_note_of_each_state_first(store: Store) -> None:
    meetings.add(store, INVITATION)
    for n, (state, day, names) in enumerate(
        [
            ("KEN", "2019-04-01", ["Old One"]),
            ("UGA", "2019-04-02", ["Ugandan"]),
            ("KEN", "2019-04-09", ["New One", "New Two"]),
            ("AUT", "2019-04-01", ["Austrian"]),
        ]
    ):
        people = [delegate(seq, name) for seq, name in enumerate(names, start=1)]
        save(store, scan(store, f"{n}".encode()), note(*people, state=state, note_date=day))
    assert table(store, "name") == [
        ("Austrian",),
        ("New One",),
        ("New Two",),
        ("Old One",),
        ("Ugandan",),
    ]


@pytest.mark.parametrize(
    ("received", "late"),
    [
        (datetime(2019, 5, 10, 21, 59, 59, tzinfo=UTC), 0),  # 23:59:59 in Vienna
        (datetime(2019, 5, 10, 22, 0, 0, tzinfo=UTC), 1),
        (datetime(2019, 5, 11, 0, 0, tzinfo=ZoneInfo("Asia/Tokyo")), 0),
    ],
)
def test_late_is_after_the_end_of_the_deadlines_day_in_vienna(
    store: Store, received: datetime, late: int
) -> None:
    meetings.add(store, INVITATION)
    save(store, mailed(store, b"note", 1, received), note(delegate(1, "Ana Ruiz")))
    assert table(store, "late", "documents_list") == [(late,)]
    covered = store.one("SELECT * FROM coverage WHERE state = 'KEN'")
    assert covered is not None
    assert covered["late"] == late


def test_late_is_unknown_for_a_scan_and_without_a_deadline(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    other = mailed(store, b"note", 1, datetime(2019, 4, 2, tzinfo=UTC))
    save(store, other, note(), meeting=None)
    assert table(store, "late", "documents_list") == [(None,), (None,)]


def test_late_follows_a_deadline_mended_by_hand(store: Store) -> None:
    meetings.add(store, INVITATION)
    save(store, mailed(store, b"note", 1, datetime(2019, 5, 12, tzinfo=UTC)), note())
    assert table(store, "late", "documents_list") == [(1,)]
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE meetings SET deadline = '2019-05-14'")
    assert table(store, "late", "documents_list") == [(0,)]


def test_the_deadlines_end_agrees_with_the_time_zone_database(store: Store) -> None:
    vienna = ZoneInfo("Europe/Vienna")
    days = [date(2019, 1, 1) + timedelta(days=n) for n in range(0, 366 * 2)]
    days += [date(year, m, d) for year in range(1996, 2038) for m in (3, 10) for d in range(24, 32)]
    with store.writing() as conn:
        conn.executemany(
            "INSERT OR IGNORE INTO meetings (reference, title, deadline) VALUES (?, 'x', ?)",
            [[day.isoformat(), day.isoformat()] for day in days],
        )
    found = dict(store.db.conn.execute("SELECT deadline, deadline_ends FROM meetings"))
    for day in days:
        ends = datetime.combine(day + timedelta(days=1), time(), vienna).astimezone(UTC)
        assert found[day.isoformat()] == ends.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_coverage_has_one_row_a_state_party(store: Store) -> None:
    meetings.add(store, INVITATION)
    answer = mailed(store, b"note", 1, datetime(2019, 4, 5, 8, tzinfo=UTC))
    save(store, answer, note(delegate(1, "Ana Ruiz"), delegate(2, "Omar Diallo", "low_ocr")))
    save(store, scan(store, b"decline"), note(kind="decline", state="NAM"))
    rows = {row["state"]: tuple(row)[3:] for row in store.rows("SELECT * FROM coverage")}
    assert len(rows) == len(store.rows("SELECT * FROM coverage")) == 186
    assert rows["KEN"] == (1, 0, 2, 1, "2019-04-05T08:00:00Z")
    assert rows["NAM"] == (1, 0, 0, 0, "2019-04-03")
    assert rows["AUT"] == (0, 0, 0, 0, None)
    assert "EUN" in rows


def test_state_parties_are_those_of_the_meetings_day(store: Store) -> None:
    meetings.add(store, INVITATION)
    meetings.add(store, replace(INVITATION, reference="CU 2026/1", starts=date(2026, 6, 1)))

    def parties(reference: str) -> set[str]:
        rows = store.rows("SELECT state FROM coverage WHERE meeting = ?", [reference])
        return {row["state"] for row in rows}

    assert parties("CU 2026/1") - parties(MEETING) == {"TON", "SOM", "SUR", "KNA", "SMR"}
    assert not {"PRK", "ERI", "SYR", "AND"} & parties("CU 2026/1")


def test_replaced_and_rejected_people_do_not_count(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    later = note(
        delegate(1, "Li Wei"), delegate(2, "Omar Diallo"), kind="revision", note_date="2019-04-20"
    )
    save(store, scan(store, b"later"), later)
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE delegation_list SET status = 'rejected' WHERE name = 'Li Wei'")
    covered = store.one("SELECT * FROM coverage WHERE state = 'KEN'")
    assert covered is not None
    assert covered["delegates"] == 1


def test_messages_show_their_newest_place(store: Store) -> None:
    for item in (message(b"raw", 7), message(b"raw", 3, uidvalidity=2)):
        keeping.keep(store, item)
    assert table(store, "uidvalidity, uid", "messages_list") == [(2, 3)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM delegation_list LIMIT 50",
        "SELECT * FROM delegation_list WHERE state = 'KEN' LIMIT 50",
        "SELECT * FROM documents_list LIMIT 50",
        "SELECT * FROM pages_list LIMIT 50",
        "SELECT * FROM messages_list LIMIT 50",
        "SELECT * FROM coverage LIMIT 50",
        "SELECT * FROM coverage WHERE meeting = 'x'",
        "SELECT * FROM documents_list ORDER BY received_at DESC LIMIT 50",
        "SELECT * FROM pages_list WHERE outcome = 'failed' LIMIT 50",
        "SELECT * FROM pages_list WHERE document_id = 7",
        "SELECT * FROM messages_list ORDER BY received_at DESC LIMIT 50",
        "SELECT * FROM delegation_list WHERE document_id = 7",
        "SELECT * FROM review_queue LIMIT 50",
        "SELECT * FROM disagreements_list LIMIT 50",
    ],
)
def test_a_first_page_needs_no_sorting_and_no_reading_through(store: Store, sql: str) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    with open_store(store.path) as again:  # statistics are read at the start
        plan = [row["detail"] for row in again.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert not [step for step in plan if "TEMP B-TREE" in step or "AUTOMATIC" in step]
    outer, *inner = [step for step in plan if step.startswith(("SCAN", "SEARCH"))]
    assert outer
    assert not [step for step in inner if step.startswith("SCAN") and not _by_index(step)]


def _by_index(step: str) -> bool:
    """Also the elements of a JSON list in the row that was found, and the view's own parts."""
    return "USING" in step or "VIRTUAL TABLE" in step or step == "SCAN review_queue"


def test_the_states_are_refreshed_when_the_program_knows_better(store: Store) -> None:
    with store.writing() as conn:
        conn.execute("DELETE FROM states WHERE iso3 = 'NAM'")
        conn.execute("UPDATE settings SET value = 'older' WHERE key = 'states_sha256'")
    with open_store(store.path) as again:
        assert table(again, "name_en", "states WHERE iso3 = 'NAM'") == [("Namibia",)]


def test_pending_documents_wait_in_order(store: Store) -> None:
    first, second = scan(store, b"a", "a.pdf"), scan(store, b"b", "b.pdf")
    assert [d.id for d in documents.pending_documents(store)] == [first, second]
