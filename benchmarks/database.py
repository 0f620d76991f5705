"""How fast the database answers when it is large: each view's first page, the queue, a search.

Makes a database with invented content (it takes a few minutes and about 2 KB a document) or uses
one that is there, and times each question on a connection of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from ocr.types import Page
from store.db import codec
from store.db.database import Store
from store.erasure import selection
from store.export import files, left_out, participants
from store.export.names import Style
from store.opening import open_store
from store.records import steps
from store.reports import history, search

LIMIT_MS = 100.0
REPEATS = 7
REPLIES_A_MEETING = 200
MEETING = "CU 2019/77"
SYLLABLES = ("ba", "che", "da", "dji", "fou", "gue", "ima", "ka", "kou", "la", "lle", "ma", "moh")
ACCENTED = "éáöñçūăø"
CYRILLIC = ("ва", "ми", "ле", "ко", "на", "ри", "сен", "дор", "бек", "гал")
HAN = "张王李赵陈杨吴刘黄周伟芳娜敏静丽强磊军洋艳勇杰娟涛明超霞平刚桂英"
MINISTRIES = (
    "Ministry of Justice",
    "Ministère de la Justice",
    "Министерство юстиции",
    "外交部条约法律司",
)
REASONS = ("low_confidence", "email_missing", "readers_disagree", "name_email_mismatch", "low_ocr")
PHRASES = (
    "The Permanent Mission presents its compliments to the Secretariat and has the honour to refer"
    " to the invitation to the meeting and to nominate the following experts"
)

QUESTIONS = {
    "delegation_list": "SELECT * FROM delegation_list LIMIT 50",
    "delegation_list of a meeting": (
        "SELECT * FROM delegation_list WHERE meeting = 'CU 2019/77' LIMIT 50"
    ),
    "delegation_list of a State": "SELECT * FROM delegation_list WHERE state = 'KEN' LIMIT 50",
    "documents_list": "SELECT * FROM documents_list LIMIT 50",
    "documents_list, failed": "SELECT * FROM documents_list WHERE outcome = 'failed' LIMIT 50",
    "pages_list": "SELECT * FROM pages_list LIMIT 50",
    "messages_list": "SELECT * FROM messages_list LIMIT 50",
    "coverage": "SELECT * FROM coverage LIMIT 50",
    "coverage of a meeting": "SELECT * FROM coverage WHERE meeting = 'CU 2019/77'",
    "review_queue": "SELECT * FROM review_queue LIMIT 50",
    "review_queue of a meeting": (
        "SELECT * FROM review_queue WHERE meeting = 'CU 2019/77' LIMIT 50"
    ),
    "documents_list, to review": "SELECT * FROM documents_list WHERE needs_review = 1 LIMIT 50",
    "documents_list, one reason": (
        "SELECT * FROM documents_list WHERE reasons LIKE '%no_delegate_found%' LIMIT 50"
    ),
    "review_queue, rows alone": (
        "SELECT * FROM review_queue WHERE delegate_id IS NOT NULL LIMIT 50"
    ),
    "note_reasons of a note": "SELECT * FROM note_reasons WHERE document_id = 50001",
    "reasons_list": "SELECT * FROM reasons_list LIMIT 50",
    "reasons_list of a delegate": (
        "SELECT * FROM reasons_list WHERE delegate_id ="
        " (SELECT delegate_id FROM found WHERE words = 'needlemann')"
    ),
    "doubts_list of a delegate": (
        "SELECT * FROM doubts_list WHERE delegate_id ="
        " (SELECT delegate_id FROM found WHERE words = 'needlemann')"
    ),
    "disagreements_list": "SELECT * FROM disagreements_list LIMIT 50",
    "revisions_list": "SELECT * FROM revisions_list LIMIT 50",
    "revisions_list of a note": "SELECT * FROM revisions_list WHERE document_id = 50008",
    "corrections of a row": (
        "SELECT * FROM corrections WHERE table_name = 'delegates' AND row_id ="
        " (SELECT id FROM delegates WHERE id > 150000 AND status = 'approved' LIMIT 1)"
    ),
    "found, a name": "SELECT * FROM found WHERE words = 'needlemann' LIMIT 50",
    "found, a common word": "SELECT * FROM found WHERE words = 'mission' LIMIT 50",
    "found, two words": "SELECT * FROM found WHERE words = 'ministry baka*' LIMIT 50",
    "found_chinese": "SELECT * FROM found_chinese WHERE words = '条约法' LIMIT 50",
}
EDITS = {
    "edit of a row": "UPDATE delegates SET title = title || '!' WHERE id = 150000",
    "edit of a note": "UPDATE documents SET note_date = '2019-03-01' WHERE id = 50001",
    "a row approved": "UPDATE delegates SET status = 'approved' WHERE id = 150000",
}
SEARCHES = (
    "needlemann",
    "a.needlemann@justice.example",
    "secretariat honour",
    "min ba",
    "条约法律",
    "伟芳",
)


def name(chance: random.Random, place: int) -> str:
    """An invented name; every fortieth in Chinese, every twentieth in Cyrillic."""
    if place % 40 == 0:
        return "".join(chance.choices(HAN, k=chance.choice((2, 3))))
    pool = CYRILLIC if place % 20 == 1 else SYLLABLES
    first, last = ("".join(chance.choices(pool, k=3)).capitalize() for _ in range(2))
    if place % 3 == 0 and pool is SYLLABLES:
        last += chance.choice(ACCENTED)
    return f"{first} {last}"


def make(store: Store, documents: int) -> None:
    """Fill an empty database: meetings, messages, documents, three delegates and a page each."""
    chance = random.Random(7)
    body = codec.page_to_bytes(Page(1, 2480, 3508, 300, "read"))
    states = [row["iso3"] for row in store.rows("SELECT iso3 FROM states WHERE party = 1")]
    with store.writing() as conn:
        meetings = list(_meetings(documents))
        conn.executemany(
            "INSERT INTO meetings (reference, title, starts, deadline) VALUES (?, ?, ?, ?)",
            meetings,
        )
    for start in range(0, documents, 2000):
        with store.writing() as conn:
            for n in range(start, min(start + 2000, documents)):
                meeting = meetings[n // REPLIES_A_MEETING][0]
                _document(conn, chance, n, meeting, states[n % len(states)], body)
        print(f"\r{min(start + 2000, documents)} documents", end="", file=sys.stderr)
    with store.writing() as conn:
        conn.execute(
            "UPDATE delegates SET name = 'Ana NEEDLEMANN', email = 'a.needlemann@justice.example'"
            " WHERE id = (SELECT id FROM delegates WHERE id >= 150000 AND reasons <> '[]' LIMIT 1)"
        )
        conn.execute(
            "INSERT INTO corrections (table_name, row_id, document_id, action, field, old, new,"
            " who, at) SELECT 'delegates', id, document_id, 'update', 'title', 'x', title, 'A',"
            " strftime('%Y-%m-%dT%H:%M:%fZ', '2019-04-06', '+' || (10 * id) || ' seconds')"
            " FROM delegates WHERE status IN ('approved', 'corrected')"
        )
        conn.execute("DELETE FROM stale")
    print(file=sys.stderr)


def _meetings(documents: int) -> Iterator[tuple[str, str, str, str]]:
    for n in range(documents // REPLIES_A_MEETING + 1):
        starts = date(2019, 1, 7) + timedelta(days=5 * n)
        deadline = starts - timedelta(days=21)
        yield f"CU 2019/{n}", f"Meeting {n}", starts.isoformat(), deadline.isoformat()


def _document(
    conn: sqlite3.Connection, chance: random.Random, n: int, meeting: str, state: str, body: bytes
) -> None:
    digest = f"{n:064x}"
    revision = n % 10 == 7
    outcome = "failed" if n % 50 == 3 else "processed"
    doubts = json.dumps([{"code": "date_uncertain", "field": "note_date", "detail": ""}])
    message = conn.execute(
        "INSERT INTO messages (sha256, bytes, outcome, message_id, from_address, subject,"
        " received_at, kept_at, parsed_at) VALUES (?, 9, 'processed', ?, 'm@example.org',"
        " 'Nomination', '2019-04-05T08:00:00Z', '2019-04-05T08:00:00Z', '2019-04-05T08:00:00Z')",
        [digest[::-1], f"<{n}@example.org>"],
    ).lastrowid
    conn.execute(
        "INSERT INTO sightings (message, account, folder, uidvalidity, uid, seen_at)"
        " VALUES (?, 'a', 'INBOX', 1, ?, '')",
        [message, n + 1],
    )
    document = conn.execute(
        "INSERT INTO documents (sha256, bytes, filename, media_type, message, received_at, outcome,"
        " pages, language, kind, revision, state, meeting, note_reference, note_date, doubts,"
        " kept_at) VALUES (:sha256, 9, :filename, 'application/pdf', :message, :at, :outcome, 1,"
        " 'en', :kind, :revision, :state, :meeting, :reference, :day, :doubts, :at)",
        {
            "sha256": digest,
            "filename": f"note-{n}.pdf",
            "message": message,
            "at": "2019-04-05T08:00:00Z",
            "outcome": outcome,
            "kind": "revision" if revision else "nomination",
            "revision": "replaces" if revision else None,
            "state": state,
            "meeting": meeting,
            "reference": f"No. {n}/2019",
            "day": f"2019-04-{1 + n % 28:02d}",
            "doubts": doubts if n % 4 == 0 else "[]",
        },
    ).lastrowid
    people = (
        [] if outcome == "failed" or n % 30 == 5 else [name(chance, 3 * n + k) for k in range(3)]
    )
    rows = [_delegate(conn, chance, document, k, person) for k, person in enumerate(people, 1)]
    words = [PHRASES, *people, *chance.choices(SYLLABLES, k=150)]
    text = " ".join(words) + ("\n常驻代表团提名外交部条约法律司" if n % 40 == 0 else "")
    conn.execute(
        "INSERT INTO pages (document_id, number, outcome, mean_confidence, text, body)"
        " VALUES (?, 1, 'read', 0.9, ?, ?)",
        [document, text, body],
    )
    if revision and document is not None and rows:
        conn.execute("INSERT INTO revisions VALUES (?, ?, 'replaces')", [document, document - 1])
        conn.executemany(
            "INSERT INTO successions SELECT ?, ?, 1 WHERE EXISTS"
            " (SELECT 1 FROM delegates WHERE id = ?)",
            [[row, row - 3, row - 3] for row in rows if row is not None],
        )


def _delegate(
    conn: sqlite3.Connection, chance: random.Random, document: int | None, seq: int, person: str
) -> int | None:
    confidence = round(chance.betavariate(6, 1.5), 3)
    reasons = chance.sample(REASONS, k=chance.choice((1, 2))) if confidence < 0.8 else []
    status = "needs_review" if reasons else chance.choice(("new", "approved", "corrected"))
    if status == "approved" and chance.random() < 0.01:
        reasons = ["reading_changed"]
    doubts = [{"code": code, "field": "email", "detail": ""} for code in reasons]
    ministry = MINISTRIES[3] if person[0] in HAN else chance.choice(MINISTRIES[:3])
    row = conn.execute(
        "INSERT INTO delegates (document_id, seq, name, title, organization, email, confidence,"
        " status, current, reasons, doubts, origin, read_seq, read_name) VALUES (:document, :seq,"
        " :name, 'Director, Treaty Department', :organization, :email, :confidence, :status,"
        " :current, :reasons, :doubts, 'read', :seq, :name)",
        {
            "document": document,
            "seq": seq,
            "name": person,
            "organization": ministry,
            "email": f"p{document}.{seq}@example.org",
            "confidence": confidence,
            "status": status,
            "current": int(chance.random() < 0.9),
            "reasons": json.dumps(reasons),
            "doubts": json.dumps(doubts),
        },
    ).lastrowid
    if reasons == ["reading_changed"]:
        read = {"seq": seq, "name": [person, 0.9, [], None], "title": ["Judge", 0.9, [], None]}
        conn.execute(
            "INSERT OR IGNORE INTO readings (document_id, settings_version, note, read_at)"
            " VALUES (?, '1', ?, '')",
            [document, json.dumps({"delegates": [read]})],
        )
    return row


def measure(path: Path) -> dict[str, tuple[float, float, int]]:
    """Median and longest time in milliseconds, and rows, by question."""
    found = {}
    for label, sql in QUESTIONS.items():
        conn = sqlite3.connect(path)
        found[label] = _timed(partial(_rows, conn, sql))
        conn.close()
    for label, sql in EDITS.items():
        conn = sqlite3.connect(path, isolation_level=None)
        found[label] = _timed(partial(_tried, conn, sql))
        conn.close()
    with open_store(path, check=False) as store:
        for words in SEARCHES:
            found[f"search {words}"] = _timed(partial(_hits, store, words))
        for asked in (("KEN", None), (None, "CU 2019/77")):
            label = f"history of {asked[0] or 'a meeting'}"
            found[label] = _timed(partial(_events, store, *asked))
        found["undo: the last steps"] = _timed(lambda: len(steps.latest(store, 20)))
        found["list: who is left out"] = _timed(lambda: len(left_out.people(store, MEETING)))
        found["list: how many are"] = _timed(lambda: left_out.left_out(store, MEETING).listed)
        found["list: its rows"] = _timed(lambda: len(participants.rows(store, MEETING)))
        _remarks(store)  # the check of addresses is imported by the first
        found["list: what to know of it"] = _timed(lambda: _remarks(store))
        found["forget: who is meant"] = _timed(
            lambda: len(selection.person(store, name="Ana Needlemann").delegates), repeats=1
        )
    return found


def _remarks(store: Store) -> int:
    rows = participants.rows(store, MEETING)
    return len(
        [
            *files.remarks(store, MEETING, rows, "docx", Style("latin", "family")),
            *files.remarks(store, MEETING, rows, "indico", Style()),
        ]
    )


def _rows(conn: sqlite3.Connection, sql: str) -> int:
    return len(conn.execute(sql).fetchall())


def _hits(store: Store, words: str) -> int:
    return len(search.find(store, words))


def _events(store: Store, state: str | None, meeting: str | None) -> int:
    return len(history.history(store, state, meeting))


def _tried(conn: sqlite3.Connection, sql: str) -> int:
    """An edit with all that its triggers do, taken back."""
    conn.execute("BEGIN IMMEDIATE")
    rows = conn.execute(sql).rowcount
    conn.execute("ROLLBACK")
    return rows


def _timed(question: Callable[[], int], repeats: int = REPEATS) -> tuple[float, float, int]:
    times, rows = [], 0
    for _ in range(repeats):
        started = time.perf_counter()
        rows = question()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), max(times), rows


def main() -> int:
    """Prints a table; ends with 1 when a question takes longer than 100 ms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path, help="made if it is not there")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not arguments.database.exists():
        started = time.monotonic()
        with open_store(arguments.database) as store:
            make(store, arguments.documents)
        print(f"made in {time.monotonic() - started:.0f} s", file=sys.stderr)
    found = measure(arguments.database)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        size = arguments.database.stat().st_size / 1e6
        print(f"{'question':34s} {'median':>8s} {'longest':>8s} {'rows':>6s}   ({size:.0f} MB)")
        for label, (median, longest, rows) in found.items():
            slow = "  SLOW" if longest > LIMIT_MS else ""
            print(f"{label:34s} {median:8.1f} {longest:8.1f} {rows:6d}{slow}")
    measured = [times for label, times in found.items() if not label.startswith("forget")]
    return int(any(longest > LIMIT_MS for _, longest, _ in measured))


if __name__ == "__main__":
    sys.exit(main())
