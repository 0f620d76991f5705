"""A database made before search, queue and revisions were there has them after its next start."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.db.migrations import MIGRATIONS
from store.intake import messages
from store.opening import open_store
from store.records import steps
from store.reports import search
from store.review import undo
from tests.store.replies import MEETING, table

pytestmark = pytest.mark.usefixtures("made_anew")

OLD = (
    "INSERT INTO meetings (reference, title, deadline) VALUES ('{m}', 'Meeting', '2019-05-10')",
    "INSERT INTO documents (sha256, bytes, filename, media_type, outcome, kind, revision, state,"
    " meeting, note_date, kept_at) VALUES ('a', 1, 'a.pdf', 'x', 'processed', 'nomination', NULL,"
    " 'KEN', '{m}', '2019-04-01', '2019-04-02T00:00:00Z'), ('b', 1, 'b.pdf', 'x', 'processed',"
    " 'revision', 'replaces', 'KEN', '{m}', '2019-04-09', '2019-04-10T00:00:00Z')",
    "INSERT INTO delegates (document_id, seq, name, title, confidence, status, reasons, doubts,"
    " origin) VALUES (1, 1, 'OUÉDRAOGO Abdoulaye', 'Judge', 0.5, 'new', '[]', '[]', 'read'),"
    " (2, 1, '李小明', '外交部', 0.5, 'needs_review', '[\"low_ocr\"]',"
    ' \'[{{"code": "low_ocr", "field": "name", "detail": ""}}]\', \'read\')',
    "INSERT INTO pages (document_id, number, outcome, mean_confidence, text, body)"
    " VALUES (1, 1, 'read', 0.9, 'Permanent Mission', x'')",
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    db = Database(path)
    MIGRATIONS.apply(db, stop_before="0008_search")
    with db.conn as conn:
        conn.execute("INSERT INTO writer (who) VALUES ('pipeline')")
        for sql in OLD:
            conn.execute(sql.format(m=MEETING))
        conn.execute("DELETE FROM writer")
    db.close()
    return path


def test_an_unread_page_has_one_code_from_now_on(old: Path) -> None:
    with sqlite3.connect(old) as conn:
        conn.execute("INSERT INTO writer (who) VALUES ('pipeline')")
        conn.execute("UPDATE pages SET outcome = 'failed'")
        conn.execute("UPDATE delegates SET reasons = '[\"page_failed\"]' WHERE document_id = 1")
        conn.execute("DELETE FROM writer")
    conn.close()
    with open_store(old) as store:
        assert table(store, "reasons", "delegates WHERE document_id = 1") == [('["page_unread"]',)]


def test_what_was_there_is_searched_queued_and_compared(old: Path) -> None:
    with open_store(old) as store:
        for words, name in (("ouedraogo", "OUÉDRAOGO Abdoulaye"), ("李小明", "李小明")):
            assert [row["name"] for row in search.find(store, words)] == [name]
        assert [row["page_number"] for row in search.find(store, "mission")] == [1]
        assert table(store, "name, deadline, why", "review_queue") == [
            ("李小明", "2019-05-10", "the scan is hard to read")
        ]
        assert table(store, "how, earlier_name, name", "revisions_list") == [
            ("replaces", None, "李小明"),
            ("replaces", "OUÉDRAOGO Abdoulaye", None),
        ]
        assert table(store, "name, current") == [("李小明", 1), ("OUÉDRAOGO Abdoulaye", 0)]


def test_edits_are_recorded_as_before_and_with_the_name(old: Path) -> None:
    with open_store(old):
        pass
    with sqlite3.connect(old) as conn:
        conn.execute("UPDATE delegates SET title = 'Clerk' WHERE id = 1")
        conn.execute("UPDATE reviewer SET name = 'A. Otieno'")
        conn.execute("UPDATE delegates SET title = 'Cook' WHERE id = 1")
        who = [row[0] for row in conn.execute("SELECT who FROM corrections ORDER BY id")]
    conn.close()
    assert who == ["command line", "A. Otieno"]


def test_what_was_edited_before_can_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    MIGRATIONS.apply(db, stop_before="0019_steps")
    with db.conn as conn:
        conn.execute("INSERT INTO writer (who) VALUES ('pipeline')")
        for sql in OLD:
            conn.execute(sql.format(m=MEETING))
        conn.execute("DELETE FROM writer")
        conn.execute("UPDATE delegates SET status = 'approved', title = 'Clerk'")
    db.close()
    with open_store(path) as store:
        last = steps.last_that_holds(store)
        assert last is not None
        assert (last.number, last.edits) == (1, 4)
        undo.take_back(store, last.number, "amal")
        assert table(store, "title, status", "delegates ORDER BY id") == [
            ("Judge", "new"),
            ("外交部", "needs_review"),
        ]


def test_what_was_decided_before_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    MIGRATIONS.apply(db, stop_before="0020_quality")
    with db.conn as conn:
        conn.execute("INSERT INTO writer (who) VALUES ('pipeline')")
        for sql in OLD:
            conn.execute(sql.format(m=MEETING))
        conn.execute("DELETE FROM writer")
        conn.execute("INSERT INTO delegates (document_id, name) VALUES (1, 'Added One')")
    db.close()
    with open_store(path) as store:
        assert table(store, "how, way", "verdicts") == [("missed", "alone")]
        assert table(store, "kind, value, n", "tallies") == [("how", "missed", 1.0)]


def test_what_became_of_decided_rows_is_worked_out_anew_for_what_marked_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    MIGRATIONS.apply(db, stop_before="0029_doubts")
    with db.conn as conn:
        conn.execute("INSERT INTO writer (who) VALUES ('pipeline')")
        for sql in OLD:
            conn.execute(sql.format(m=MEETING))
        conn.execute(  # of a row that nobody decided: it is there as long as nobody looks
            "INSERT INTO verdicts VALUES (1, 1, '', '', '', '', '', '', 'missed', 'alone', 0, 0,"
            " NULL, '{}')"
        )
        conn.execute("DELETE FROM writer")
        conn.execute("DELETE FROM stale")
    db.close()
    with open_store(path) as store:
        assert table(store, "how", "verdicts") == []


def test_messages_that_seemed_to_hold_no_file_are_taken_apart_once_more(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    MIGRATIONS.apply(db, stop_before="0010_arrival_marks")
    with db.conn as conn:
        conn.execute(
            "INSERT INTO messages (sha256, bytes, outcome, reason, parsed_at, kept_at) VALUES"
            " ('a', 1, 'processed', 'no_attachment', '2026-01-01', '2026-01-01'),"
            " ('b', 1, 'processed', NULL, '2026-01-01', '2026-01-01'),"
            " ('c', 1, 'skipped', 'auto_reply', '2026-01-01', '2026-01-01')"
        )
    db.close()
    with open_store(path) as store:
        assert [message.id for message in messages.pending_messages(store)] == [1]
    with open_store(path) as store:
        outcomes = table(store, "outcome", "messages")
        assert outcomes == [("pending",), ("processed",), ("skipped",)]


def test_what_people_had_looked_at_stays_so_and_the_rest_asks(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    MIGRATIONS.apply(db, stop_before="0010_notes")
    with db.conn as conn:
        conn.execute("INSERT INTO writer (who) VALUES ('pipeline')")
        conn.executemany(
            "INSERT INTO documents (sha256, bytes, filename, media_type, outcome, reason, kind,"
            " state, kept_at, seen) VALUES (?, 1, ?, 'x', ?, ?, ?, 'KEN', '', ?)",
            [
                ("a", "seen.pdf", "processed", None, "nomination", 1),
                ("b", "confirmed.pdf", "processed", None, "nomination", 0),
                ("c", "nobody.pdf", "processed", None, "nomination", 0),
                ("d", "failed.pdf", "failed", "corrupt", None, 0),
                ("e", "seen-failed.pdf", "failed", "corrupt", None, 1),
            ],
        )
        conn.execute("INSERT INTO reviews VALUES (2, 'amal', '2019-05-01T00:00:00Z')")
        conn.execute("DELETE FROM writer")
    db.close()
    with open_store(path) as store:
        assert table(store, "filename, reasons", "documents_list WHERE needs_review = 1") == [
            ("nobody.pdf", '["no_delegate_found"]'),
            ("failed.pdf", '["corrupt"]'),
        ]
        assert table(store, "*", "stale") == []


def test_drafts_of_before_were_asked_for_by_nobody_and_nothing_is_put_off(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    MIGRATIONS.apply(db, stop_before="0017_postponed")
    with db.conn as conn:
        conn.execute("INSERT INTO writer (who) VALUES ('pipeline')")
        conn.execute(
            "INSERT INTO documents (sha256, bytes, filename, media_type, outcome, reason, kept_at)"
            " VALUES ('a', 1, 'a.pdf', 'x', 'rejected', 'encrypted', '')"
        )
        conn.execute(
            "INSERT INTO drafts (document, reason, token, language, at)"
            " VALUES (1, 'encrypted', 't', 'en', '2019-05-01T00:00:00Z')"
        )
        conn.execute("DELETE FROM writer")
    db.close()
    with open_store(path) as store:
        assert table(store, "document, state, who", "drafts") == [(1, "wanted", None)]
        assert table(store, "*", "postponed") == []


def test_words_that_were_taken_out_stay_so(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    MIGRATIONS.apply(db, stop_before="0030_notes_learnt")
    with db.conn as conn:
        conn.execute("INSERT INTO unlearnt_words VALUES ('KEN', 'title', 'wali', 'ada', '2026')")
    db.close()
    with open_store(path) as store:
        found = table(store, "state, kind, word, who, at", "unlearnt_words")
        assert found == [("KEN", "title", "wali", "ada", "2026")]
