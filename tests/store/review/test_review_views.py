"""What a reviewer sees and sets with sqlite-utils alone: queue, reasons, names, true at once."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.types import Doubt
from store.db.database import Store
from store.opening import open_store
from store.reasons import REASONS
from store.records import meetings
from tests.store.replies import (
    INVITATION,
    MEETING,
    delegate,
    edit,
    nominate,
    note,
    save,
    scan,
    sqlite_utils,
    table,
    value,
)


def queued(store: Store) -> list[object]:
    return [row[0] for row in table(store, "name", "review_queue")]


def test_what_is_likely_wrong_comes_first_and_counts_less_the_later_the_deadline(
    store: Store,
) -> None:
    meetings.add(store, INVITATION)
    later = replace(INVITATION, reference="CU 2020/1", deadline=date(2019, 5, 24))
    meetings.add(store, later)  # two weeks: half as much
    for n, (name, confidence, meeting) in enumerate(
        [
            ("Sure", 0.98, MEETING),
            ("Later", 0.31, "CU 2020/1"),
            ("Nearer", 0.55, MEETING),
            ("No meeting", 0.01, None),
            ("Least", 0.05, "CU 2020/1"),
            ("Nearest and less", 0.35, MEETING),
        ]
    ):
        person = replace(delegate(1, name, "low_ocr"), name=value(name, confidence))
        save(store, scan(store, f"{n}".encode()), note(person, state=None), meeting)
    assert queued(store) == ["Nearest and less", "Nearer", "Least", "Later", "Sure", "No meeting"]
    edit(store, "UPDATE meetings SET deadline = '2019-01-01' WHERE reference = 'CU 2020/1'")
    assert queued(store)[:2] == ["Least", "Later"]
    edit(store, "UPDATE documents SET meeting = 'CU 2020/1' WHERE id = 4")
    assert queued(store)[:3] == ["No meeting", "Least", "Later"]
    edit(store, "DELETE FROM meetings WHERE reference = 'CU 2020/1'")
    assert queued(store)[:2] == ["Nearest and less", "Nearer"]
    edit(store, "UPDATE delegates SET status = 'approved' WHERE name = 'Least'")
    edit(store, "UPDATE delegates SET title = 'Judge' WHERE name = 'Sure'")
    assert "Least" not in queued(store)
    assert "Sure" not in queued(store)


def test_the_queue_says_why_in_words(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz", "low_ocr", "unheard_of"))
    ((why,),) = table(store, "why", "review_queue")
    assert why == f"{REASONS['low_ocr']}; unheard of"
    reasons = table(store, "delegate_id, reason, field, words", "reasons_list")
    assert reasons == [
        (1, "low_ocr", "name", REASONS["low_ocr"]),
        (1, "unheard_of", "name", "unheard of"),
    ]


def test_edits_carry_the_reviewers_name(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    assert sqlite_utils(store, "update reviewer set name = ' A. Otieno '").returncode == 0
    assert sqlite_utils(store, "update delegates set title = 'Judge' where id = 1").returncode == 0
    edit(store, "UPDATE documents SET note_date = '2019-04-04' WHERE id = 1")
    edit(store, "INSERT INTO delegates (document_id, name) VALUES (1, 'Li Wei')")
    edit(store, "DELETE FROM delegates WHERE id = 2")
    edit(store, "UPDATE reviewer SET name = ''")
    edit(store, "UPDATE delegates SET title = 'Clerk' WHERE id = 1")
    with store.writing("page user") as conn:
        conn.execute("UPDATE reviewer SET name = 'ignored'")
        conn.execute("UPDATE delegates SET title = 'Cook' WHERE id = 1")
    names = [row[0] for row in table(store, "who", "corrections")]
    assert names == ["A. Otieno"] * 4 + ["command line", "page user"]
    for refused in ("INSERT INTO reviewer VALUES ('b')", "DELETE FROM reviewer"):
        with pytest.raises(sqlite3.IntegrityError, match="update reviewer set name"):
            edit(store, refused)


def test_a_doubt_is_settled_the_moment_its_value_is_written(store: Store) -> None:
    people = (
        replace(
            delegate(1, "Ana Ruiz"),
            doubts=(
                Doubt("email_missing", "email"),
                Doubt("low_ocr", "email"),
                Doubt("low_ocr", "name"),
            ),
        ),
        delegate(2, "Omar Diallo"),
    )
    meetings.add(store, INVITATION)
    document = scan(store, b"a")
    doubts = (Doubt("date_uncertain", "note_date"), Doubt("state_uncertain", "state"))
    save(store, document, note(*people, doubts=doubts), meeting=None)
    assert table(store, "status", "delegation_list") == [("needs_review",)] * 2
    edit(store, "UPDATE delegates SET email = 'a@example.org' WHERE id = 1")
    own = '["low_ocr","state_uncertain","meeting_unknown"]'  # a doubtful date is the note's alone
    assert table(store, "reasons")[0] == (own,)
    edit(store, "UPDATE delegation_list SET note_date = '2019-04-05' WHERE delegate_id = 2")
    edit(store, "UPDATE documents SET state = 'UGA' WHERE id = 1")
    assert table(store, "reasons") == [('["low_ocr","meeting_unknown"]',), ('["meeting_unknown"]',)]
    edit(store, f"UPDATE documents SET meeting = '{MEETING}' WHERE id = 1")  # noqa: S608
    assert table(store, "name, reasons, status") == [
        ("Ana Ruiz", '["low_ocr"]', "corrected"),
        ("Omar Diallo", "[]", "new"),
    ]
    edit(store, "UPDATE documents SET outcome = 'rejected' WHERE id = 1")
    assert table(store, "current") == [(0,), (0,)]


EDITS = (
    "UPDATE delegates SET email = 'x@example.org' WHERE id = {n}",
    "UPDATE delegates SET name = 'By Hand' WHERE id = {n}",
    "UPDATE delegates SET status = 'approved' WHERE id = {n}",
    "UPDATE delegates SET status = 'needs_review' WHERE id = {n}",
    "UPDATE delegates SET current = 0 WHERE id = {n}",
    "UPDATE delegates SET seq = 9 WHERE id = {n}",
    "UPDATE documents SET note_date = '2019-04-2{n}' WHERE id = 1",
    "UPDATE documents SET state = 'UGA' WHERE id = 1",
    "UPDATE documents SET kind = 'other' WHERE id = 1",
    "UPDATE documents SET outcome = 'rejected' WHERE id = 1",
    "UPDATE documents SET meeting = (SELECT reference FROM meetings) WHERE id = 1",
    "UPDATE documents SET needs_review = 0 WHERE id = 1 AND needs_review = 1",
    "DELETE FROM delegates WHERE id = {n}",
    "INSERT INTO delegates (document_id, name) VALUES (1, 'Added {n}')",
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(1, 3)), min_size=1, max_size=5))
def test_triggers_and_the_program_come_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int]]
) -> None:
    """What rows that were read show right after an edit is what they show after the next start."""
    path: Path = tmp_path_factory.mktemp("same") / "n.db"
    with open_store(path, check=False) as store:
        meetings.add(store, INVITATION)
        people = [
            replace(
                delegate(n, name),
                doubts=(Doubt("email_missing", "email"), Doubt("low_ocr", "name"))[: n - 1],
            )
            for n, name in enumerate(("Ana Ruiz", "Omar Diallo", "Li Wei"), start=1)
        ]
        doubts = (Doubt("date_uncertain", "note_date"), Doubt("kind_uncertain", "kind"))
        save(store, scan(store, b"a"), note(*people, doubts=doubts), meeting=None)
        for sql, n in edits:
            edit(store, sql.format(n=n))
        columns = "id, status, current, json_array_length(reasons), replace(reasons, ' ', '')"
        read = "delegates WHERE origin = 'read'"
        note_columns = "id, needs_review, urgency, reasons, open_reasons"
        seen = table(store, columns, read), table(store, note_columns, "documents")
    with open_store(path, check=False) as store:
        assert not table(store, "*", "stale")
        assert (table(store, columns, read), table(store, note_columns, "documents")) == seen
