"""Edits by people, through the real sqlite-utils command: checked, recorded, marked."""

from __future__ import annotations

import json
import re
import sqlite3

import pytest

from store.db.database import Store
from tests.store.replies import MEETING, delegate, nominate, scan, sqlite_utils, table

CORRECTIONS = "row_id, action, field, old, new, who"


@pytest.fixture
def document(store: Store) -> int:
    return nominate(
        store,
        delegate(1, "Amina Odhiambo", email="a.odhiambo@justice.example", title="Judge"),
        delegate(2, "Peter Kamau", "low_ocr"),
    )


def test_the_pipeline_records_no_corrections(store: Store, document: int) -> None:
    assert not table(store, "*", "corrections")
    assert table(store, "name, status, reasons") == [
        ("Amina Odhiambo", "new", "[]"),
        ("Peter Kamau", "needs_review", '["low_ocr"]'),
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "update delegation_list set email=' P.Kamau@Justice.example ' where delegate_id=2",
        "update delegates set email='P.Kamau@Justice.example' where id=2",
    ],
)
def test_an_edit_is_recorded_and_marks_the_row(store: Store, document: int, sql: str) -> None:
    done = sqlite_utils(store, sql)
    assert done.returncode == 0, done.stderr
    assert table(store, "email, status") == [
        ("a.odhiambo@justice.example", "new"),
        ("p.kamau@justice.example", "corrected"),
    ]
    assert table(store, CORRECTIONS, "corrections") == [
        (2, "update", "email", None, "p.kamau@justice.example", "command line")
    ]
    at = store.rows("SELECT at FROM corrections")[0][0]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", at)


def test_approving_keeps_approved_also_with_an_edit(store: Store, document: int) -> None:
    sqlite_utils(store, "update delegation_list set status='approved' where delegate_id=1")
    sqlite_utils(
        store, "update delegation_list set status='approved', title='Clerk' where delegate_id=2"
    )
    assert table(store, "status, title") == [("approved", "Judge"), ("approved", "Clerk")]
    sqlite_utils(store, "update delegation_list set title='Registrar' where delegate_id=1")
    assert table(store, "status, title")[0] == ("corrected", "Registrar")


def test_the_note_is_edited_through_any_of_its_rows(store: Store, document: int) -> None:
    done = sqlite_utils(
        store, "update delegation_list set note_date='2019-04-04', state='UGA' where seq > 0"
    )
    assert done.returncode == 0, done.stderr
    assert table(store, "state, note_date", "documents_list") == [("UGA", "2019-04-04")]
    assert table(store, "status") == [("new",), ("needs_review",)]
    assert sorted(table(store, "table_name, field, old, new", "corrections"), key=str) == [
        ("documents", "note_date", "2019-04-03", "2019-04-04"),
        ("documents", "state", "KEN", "UGA"),
    ]


def test_a_delegate_is_added_and_deleted(store: Store, document: int) -> None:
    done = sqlite_utils(
        store,
        "insert into delegation_list (document_id, name, role) values (1, ' Rose Were ', 'head')",
    )
    assert done.returncode == 0, done.stderr
    assert table(store, "seq, name, role, status, current, confidence")[2] == (
        3,
        "Rose Were",
        "head",
        "corrected",
        1,
        1.0,
    )
    sqlite_utils(store, "delete from delegation_list where name = 'Peter Kamau'")
    assert table(store, "name") == [("Amina Odhiambo",), ("Rose Were",)]
    added, deleted = table(store, "action, old, new", "corrections")
    assert json.loads(str(added[2]))["name"] == "Rose Were"
    assert json.loads(str(deleted[1]))["name"] == "Peter Kamau"


def test_empty_text_means_nothing(store: Store, document: int) -> None:
    sqlite_utils(store, "update delegation_list set title='', role=' ' where delegate_id=1")
    assert table(store, "title, role")[0] == (None, None)
    assert table(store, "field, new", "corrections") == [("title", None)]


def test_an_edit_that_changes_nothing_is_none(store: Store, document: int) -> None:
    sqlite_utils(store, "update delegation_list set title='Judge' where delegate_id=1")
    assert not table(store, "*", "corrections")
    assert table(store, "status")[0] == ("new",)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("update delegation_list set email='kamau' where delegate_id=2", "needs one @"),
        ("update delegation_list set email='a b@x.example' where delegate_id=2", "no spaces"),
        ("update delegates set email='a@b@x.example'", "email is no address"),
        ("update delegates set email='a@x'", "email is no address"),
        ("update delegates set email='a@x..example'", "email is no address"),
        ("update delegates set email='a@[x].example'", "email is no address"),
        ("update delegates set email='a@x.example.'", "email is no address"),
        ("update delegates set email='a'||char(10)||'@x.example'", "email is no address"),
        ("update delegates set role='boss'", "role must be head"),
        ("update delegates set name=' '", "name must not be empty"),
        ("update delegates set status='done'", "status must be new"),
        ("update delegates set seq=0", "seq must be"),
        ("update delegates set current=2", "current must be"),
        ("update delegates set document_id=99", "no such document"),
        ("update delegates set id=99 where id=1", "id of a delegate"),
        ("update delegation_list set sha256='x'", "sha256 cannot be edited"),
        ("update delegation_list set reasons='[]'", "reasons cannot be edited"),
        ("update delegation_list set state='Kenya'", "three-letter code"),
        ("update delegation_list set meeting='CU 1'", "reference of a meeting"),
        ("update delegation_list set note_date='2019-02-30'", "note_date must be a date"),
        ("update delegation_list set note_date='3 April 2019'", "note_date must be a date"),
        ("update documents_list set note_date=20190403", "note_date must be a date"),
        ("update documents_list set kind='letter'", "kind must be nomination"),
        ("update documents_list set outcome='failed'", "outcome can be set"),
        ("update documents_list set supersedes=1", "supersedes must be"),
        ("update documents_list set language='English'", "two-letter code"),
        ("update documents_list set received_at='2019'", "received_at cannot be edited"),
        ("update documents set sha256='x'", "what was received"),
        ("update documents set revision='undoes'", "revision must be"),
        ("insert into delegation_list (name) values ('X Y')", "document_id and name"),
        (
            "insert into delegation_list (document_id, name, email) values (1,'X','x')",
            "needs one @",
        ),
        ("insert into documents_list (filename) values ('x')", "noteverbale process"),
        ("delete from documents_list", "is not deleted"),
        ("delete from documents", "is not deleted"),
        ("update meetings set deadline='10 May'", "must be dates"),
        ("update meetings set ends='2019-02-30'", "must be dates"),
        ("insert into meetings (reference, title) values ('', 'x')", "reference and a title"),
    ],
)
def test_what_cannot_be_right_is_refused_in_plain_words(
    store: Store, document: int, sql: str, says: str
) -> None:
    before = [tuple(row) for row in store.rows("SELECT * FROM delegates")]
    if sql.startswith("update delegation_list set email='kamau'"):  # once by the real command
        done = sqlite_utils(store, sql)
        assert done.returncode != 0
        assert says in done.stderr
    else:
        refused = _refusal(store, sql)
        assert says in refused
    assert [tuple(row) for row in store.rows("SELECT * FROM delegates")] == before
    assert not table(store, "*", "corrections")


def _refusal(store: Store, sql: str) -> str:
    conn = sqlite3.connect(store.path)
    try:
        with pytest.raises(sqlite3.IntegrityError) as refused:
            conn.execute(sql)
    finally:
        conn.close()
    return str(refused.value)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_any_sqlite_tool_is_recorded_alike(store: Store, document: int, recursive: str) -> None:
    conn = sqlite3.connect(store.path, isolation_level=None)
    conn.execute(f"PRAGMA recursive_triggers = {recursive}")
    conn.execute("UPDATE delegates SET title = 'Clerk' WHERE id = 1")
    conn.execute("DELETE FROM delegates WHERE id = 2")
    conn.close()
    assert table(store, "action, field", "corrections") == [("update", "title"), ("delete", None)]
    assert not table(store, "*", "writer")


def test_a_named_person_is_recorded_by_name(store: Store, document: int) -> None:
    with store.writing("reviewer one") as conn:
        conn.execute("UPDATE delegation_list SET title = 'Clerk' WHERE delegate_id = 1")
        conn.execute("DELETE FROM delegation_list WHERE delegate_id = 2")
    assert table(store, "who", "corrections") == [("reviewer one",)] * 2
    assert not table(store, "*", "writer")


def test_what_follows_from_an_edit_is_no_correction(store: Store, document: int) -> None:
    with store.writing("reviewer one") as conn:
        conn.execute("UPDATE delegation_list SET meeting = NULL")
    assert table(store, "field", "corrections") == [("meeting",)]
    sqlite_utils(store, "update meetings set reference = 'CU 2019/60'")
    sqlite_utils(store, "delete from meetings")
    assert len(table(store, "field", "corrections")) == 1


def test_documents_follow_a_meeting_renamed_or_removed(store: Store, document: int) -> None:
    assert table(store, "meeting")[0] == (MEETING,)
    sqlite_utils(store, "update meetings set reference = 'CU 2019/60'")
    assert table(store, "meeting")[0] == ("CU 2019/60",)
    sqlite_utils(store, "delete from meetings")
    assert table(store, "meeting")[0] == (None,)
    assert not table(store, "*", "corrections")


def test_a_doubt_is_settled_by_writing_the_value(store: Store, document: int) -> None:
    with store.writing("reviewer one") as conn:
        conn.execute("UPDATE delegation_list SET name = 'Peter Kamau Njoroge' WHERE seq = 2")
    assert table(store, "status, reasons")[1] == ("corrected", "[]")


def test_a_delegate_is_moved_to_another_note(store: Store, document: int) -> None:
    other = scan(store, b"other")
    assert other == 2
    sqlite_utils(store, "update delegation_list set document_id=2 where delegate_id=2")
    assert table(store, "delegate_id, document_id") == [(2, other), (1, document)]
    assert table(store, "field, old, new", "corrections") == [
        ("document_id", str(document), str(other))
    ]
