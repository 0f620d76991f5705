"""A database of many replies, generated; and how long the page's views take on it."""

from __future__ import annotations

import http.client
import json
import random
import sqlite3
import statistics
import time
from pathlib import Path
from urllib.parse import urlsplit

from extract.types import Invitation
from store.opening import open_store
from store.records import meetings

TRIES = 15
MEETINGS = 20
PEOPLE = 3
_VALUES = ("reviewed", "name", "title", "email", "honorific", "organization", "phone", "role")
_RIGHT = 0.9
_REASONS = ("low_confidence", "readers_disagree", "email_missing", "accents_unsure")


def fill(database: Path, documents: int) -> None:
    """Write so many replies with three delegates each, in 20 meetings, half of them to check."""
    chance = random.Random(7)
    with open_store(database) as store:
        references = [f"CU 20{n:02d}/1" for n in range(MEETINGS)]
        for n, reference in enumerate(references):
            meetings.add(store, Invitation(reference, f"Meeting number {n}"))
        states = [row[0] for row in store.rows("SELECT iso3 FROM states WHERE party = 1")]
        with store.writing() as conn:
            for number in range(1, documents + 1):
                day = f"2019-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
                conn.execute(
                    "INSERT INTO documents (id, sha256, bytes, filename, media_type, outcome, kind,"
                    " state, meeting, note_date, received_at, kept_at) VALUES (?, ?, 1, ?,"
                    " 'application/pdf', 'processed', 'nomination', ?, ?, ?, ?, ?)",
                    [
                        number,
                        f"{number:064x}",
                        f"{number}.pdf",
                        chance.choice(states),
                        chance.choice(references),
                        day,
                        f"{day}T10:00:00Z",
                        f"{day}T10:00:00Z",
                    ],
                )
                conn.executemany(
                    "INSERT INTO delegates (document_id, seq, name, title, email, confidence,"
                    " status, reasons, origin) VALUES (?, ?, ?, 'Counsellor', ?, ?, ?, ?, 'read')",
                    [_person(number, seq, chance) for seq in range(1, PEOPLE + 1)],
                )
            _decide(conn, chance)
        store.db.conn.execute("PRAGMA optimize")


def _decide(conn: sqlite3.Connection, chance: random.Random) -> None:
    """What the quality page sums up: verdicts of the approved rows, draws of those unmarked."""
    rows = conn.execute(
        "SELECT d.id, d.document_id, n.meeting, d.status FROM delegates AS d"
        " JOIN documents AS n ON n.id = d.document_id WHERE d.status <> 'needs_review'"
    ).fetchall()
    for delegate, document, meeting, status in rows:
        conn.execute(
            "INSERT INTO draws VALUES (?, ?, ?, ?)", [delegate, document, meeting, chance.random()]
        )
        if status == "approved":
            right = chance.random() < _RIGHT
            fields = {f: [round(chance.random(), 3), True, True] for f in ("row", *_VALUES)}
            fields["row"][1] = fields["title"][1] = right
            conn.execute(
                "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 9.0, ?)",
                [
                    delegate,
                    document,
                    meeting,
                    f"2019-{chance.randint(1, 12):02d}-01",
                    chance.choice(["en", "fr", "es", "ar", "ru", "zh"]),
                    chance.choice(["grid", "item", "entry", "prose", "labelled"]),
                    chance.choice(["0.7", "0.8", "0.9"]),
                    chance.choice(["1", "2", "3"]),
                    "right" if right else "wrong",
                    "alone",
                    json.dumps(fields),
                ],
            )


def _person(document: int, seq: int, chance: random.Random) -> list[object]:
    waits = chance.random() < 0.5
    reasons = [chance.choice(_REASONS)] if waits else []
    status = "needs_review" if waits else chance.choice(["new", "approved"])
    return [
        document,
        seq,
        f"Person {document} {seq}",
        f"p{document}.{seq}@example.org",
        round(chance.random(), 3),
        status,
        json.dumps(reasons),
    ]


def timed(address: str, cookie: dict[str, str], documents: int) -> None:
    """Print how long each view takes, as a browser would ask for it."""
    host = urlsplit(address).netloc
    print(f"{documents} documents, {documents * PEOPLE} delegates, {MEETINGS} meetings")
    for path in (
        "/queue",
        "/queue?meeting=5",
        f"/reply/{documents // 2}",
        "/quality",
        "/quality/5",
        "/audit",
        "/overview/5",
        "/compare/7",
        "/list/5",
        "/chase/5",
        "/history?state=KEN",
        "/certain/5",
        "/unread",
    ):
        times = []
        for _ in range(TRIES):
            connection = http.client.HTTPConnection(host, timeout=60)
            began = time.perf_counter()
            connection.request("GET", path, headers=cookie)
            answer = connection.getresponse()
            answer.read()
            times.append((time.perf_counter() - began) * 1000)
            connection.close()
            if answer.status not in (200, 303):
                raise RuntimeError(f"{path} answered {answer.status}")
        print(f"  {path}: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms")
