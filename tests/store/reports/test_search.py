"""Search over delegates and pages: accents, scripts, and true after every change."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest

from ocr.types import Box, Line, Page, Word
from store.db.database import Store
from store.records import saving
from store.reports import search
from tests.store.replies import (
    MEETING,
    delegate,
    edit,
    nominate,
    note,
    reading,
    run_sqlite_utils,
    save,
    scan,
    sqlite_utils,
)


def page(text: str) -> Page:
    words = tuple(Word(w, Box(0, 0, 9, 9), 0.8) for w in text.split())
    return Page(1, 1000, 1400, 200, "read", (Line(words),), language="en", engine="test")


def names(store: Store, words: str) -> list[object]:
    return [row["name"] or f"page {row['document_id']}" for row in search.find(store, words)]


@pytest.fixture
def replies(store: Store) -> Store:
    nominate(
        store,
        delegate(1, "OUÉDRAOGO Abdoulaye", title="Juge", email="a.ouedraogo@justice.example"),
        delegate(2, "Иванов Иван", organization="Министерство юстиции"),
        delegate(3, "Nguyễn Văn Đức", title="Director, O'Brien & Sons"),
        delegate(4, "كريم الحمصاني"),
    )
    chinese = scan(store, b"chinese")
    text = "中华人民共和国常驻代表团 张伟先生 李小明女士"
    read = reading(note(delegate(1, "张伟", title="外交部条约法律司副司长"), state="CHN"))
    saving.save_reading(
        store, chinese, type(read)("processed", None, (page(text),), read.note), MEETING, "1"
    )
    return store


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ouedraogo", ["OUÉDRAOGO Abdoulaye"]),
        ("ABDOULAYE juge", ["OUÉDRAOGO Abdoulaye"]),
        ("abdou*", ["OUÉDRAOGO Abdoulaye"]),
        ("abdou", ["OUÉDRAOGO Abdoulaye"]),
        ("abdou jug", ["OUÉDRAOGO Abdoulaye"]),
        ("ab", []),
        ("duc", ["Nguyễn Văn Đức"]),
        ("Đuc", ["Nguyễn Văn Đức"]),
        ("ивано", ["Иванов Иван"]),
        ("a.ouedraogo@justice.example", ["OUÉDRAOGO Abdoulaye"]),
        ("иван", ["Иванов Иван"]),
        ("юстиции", ["Иванов Иван"]),
        ("nguyen van", ["Nguyễn Văn Đức"]),
        ("o'brien &", ["Nguyễn Văn Đức"]),
        ("الحمصاني", ["كريم الحمصاني"]),
        ("张伟", ["张伟", "page 2"]),
        ("条约法律", ["张伟"]),
        ("常驻代表团", ["page 2"]),
        ("小明", ["page 2"]),
        ("permanent mission", ["page 1"]),
        ("nobody", []),
        ("", []),
        ('" OR name:*', []),
        ("NEAR(", []),
        ("-", []),
    ],
)
def test_a_word_finds_people_and_pages(replies: Store, words: str, found: list[str]) -> None:
    assert names(replies, words) == found


def test_a_search_can_be_kept_to_one_meeting(replies: Store) -> None:
    save(replies, scan(replies, b"c"), note(delegate(1, "Abdoulaye Other")), meeting=None)
    assert names(replies, "abdoulaye") == ["Abdoulaye Other", "OUÉDRAOGO Abdoulaye"]
    found = search.find(replies, "abdoulaye", meeting=MEETING)
    assert [row["name"] for row in found] == ["OUÉDRAOGO Abdoulaye"]
    assert len(search.find(replies, "abdoulaye", limit=1)) == 1


def test_search_follows_every_edit(replies: Store) -> None:
    edit(replies, "UPDATE delegation_list SET name = ' Paul SOMÉ ' WHERE seq = 1 AND state = 'KEN'")
    assert names(replies, "ouedraogo") == ["Paul SOMÉ"]  # in the address still
    assert names(replies, "some") == ["Paul SOMÉ"]
    edit(replies, "INSERT INTO delegates (document_id, name) VALUES (1, '王小红')")
    assert names(replies, "王小红") == ["王小红"]
    edit(replies, "UPDATE delegates SET name = 'Wang' WHERE name = '王小红'")
    assert names(replies, "王小红") == []
    edit(replies, "DELETE FROM delegates WHERE name = 'Wang'")
    assert names(replies, "wang") == []
    save(replies, 1, note(delegate(1, "Zoe Mbeki")))
    assert names(replies, "zoe") == ["Zoe Mbeki"]
    assert names(replies, "иван") == []
    _indexes_are_whole(replies)


def test_an_edit_by_a_tool_with_recursive_triggers_leaves_the_index_whole(replies: Store) -> None:
    conn = sqlite3.connect(replies.path, isolation_level=None)
    conn.execute("PRAGMA recursive_triggers = ON")
    conn.execute("UPDATE delegates SET name = ' X ', document_id = 2 WHERE id = 1")
    conn.execute("INSERT INTO delegates (document_id, name) VALUES (1, ' Added ')")
    conn.execute("DELETE FROM delegates WHERE id = 2")
    conn.close()
    assert names(replies, "added") == ["Added"]
    _indexes_are_whole(replies)


def _indexes_are_whole(store: Store) -> None:
    for index in ("search_words", "search_chinese"):
        with store.writing() as conn:
            conn.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")  # noqa: S608
    indexed = store.rows("SELECT -rowid, name FROM search_words WHERE rowid < 0 ORDER BY 1")
    rows = store.rows("SELECT id, name FROM delegates ORDER BY 1")
    assert [tuple(row) for row in indexed] == [tuple(row) for row in rows]


def test_sqlite_utils_alone_searches(replies: Store) -> None:
    asked = "select name, context from found where words = 'ouedraogo'"
    done = sqlite_utils(replies, asked)
    assert '"name": "OUÉDRAOGO Abdoulaye"' in done.stdout
    assert "[OUÉDRAOGO]" in done.stdout
    chinese = sqlite_utils(replies, "select name from found_chinese where words = '条约法律'")
    assert "张伟" in chinese.stdout
    parameter = run_sqlite_utils(
        replies.path, "select email from found where words = :w", "-p", "w", "abdoulaye"
    )
    assert "a.ouedraogo@justice.example" in parameter.stdout
    command = [sys.executable, "-m", "sqlite_utils", "search", str(replies.path), "search_words"]
    searched = subprocess.run([*command, "ouedraogo"], capture_output=True, text=True, check=True)
    assert "OUÉDRAOGO" in searched.stdout
