"""Large databases, folders, mboxes and Maildirs, made of the kept readings of the samples.

    python benchmarks/large.py database big.db --documents 100000
    python benchmarks/large.py folder big --files 100000
    python benchmarks/large.py mbox big.mbox --mb 2000
    python benchmarks/large.py maildir Big --files 100000

A database begins with the samples' documents as the pipeline writes them, their pages kept, and is
then copied row by row under other numbers: about 200 replies a meeting, each of another State, with
other persons and note's number.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks import database as invented
from extract.facts.meeting import match
from extract.types import Invitation
from extract.version import settings_version
from noteverbale.reading import extract_note
from ocr.engines.selection import reading_version
from ocr.settings import OcrSettings
from store.db import codec
from store.db.database import Store
from store.intake.document_rows import DocumentRow, add_document
from store.opening import open_store
from store.records import meetings, saving, stored
from tests import golden_pages

TOGETHER = 50
"""Copies of the samples in a transaction."""

A_MEETING = 4
"""Copies that answer one meeting."""

FILES_A_FOLDER = 1000

INVITATION = Invitation(
    reference="CU 2019/59/(A)/DTA/CEB/CSS",
    title="Meeting of experts",
    starts=date(2019, 5, 31),
    deadline=date(2019, 5, 10),
)

_NUMBER = "{column} + :documents * copies.n"
_PEOPLE = "{column} + :delegates * copies.n"
_DIGEST = "printf('%010d', copies.n) || substr({column}, 11)"
_MEETING = "{column} || '/' || (copies.n / 4)"
_NAME = "CASE WHEN {column} IS NULL THEN NULL ELSE other_name(t.id, copies.n) END"

COPIED: dict[str, dict[str, str]] = {
    "documents": {
        "id": _NUMBER,
        "sha256": _DIGEST,
        "meeting": _MEETING,
        "state": (
            "(SELECT b.iso3 FROM rank AS a JOIN rank AS b"
            " ON b.rank = (a.rank + 48 * (copies.n % 4)) % (SELECT count(*) FROM rank)"
            " WHERE a.iso3 = state)"
        ),
        **dict.fromkeys(("duplicate_of", "supersedes", "enclosed_in", "same_as"), _NUMBER),
        "part_of": _NUMBER,
        "note_reference": "{column} || '/' || copies.n",
    },
    "pages": {"id": "NULL", "document_id": _NUMBER},
    "readings": {"document_id": _NUMBER},
    "delegates": {
        "id": _PEOPLE,
        "document_id": _NUMBER,
        "name": _NAME,
        "name_latin": _NAME,
        "email": "'p' || copies.n || '.' || t.id || substr({column}, instr({column}, '@'))",
    },
    "page_cache": {"sha256": _DIGEST},
}
"""Tables that are copied, and how the columns of copy ``n`` differ from the first."""


SEARCHED = (
    "INSERT INTO search_words (rowid, name, title, organization, email)"
    " SELECT -id, name, title, organization, email FROM delegates WHERE document_id > ?"
    " ORDER BY id DESC",
    "INSERT INTO search_words (rowid, page) SELECT id, text FROM pages WHERE document_id > ?"
    " ORDER BY id",
)
"""What the triggers of ``0008_search.sql`` would have written, in one go."""


def fill(store: Store, documents: int, *, pending: bool = False, thin: bool = False) -> int:
    """Fills an empty database; how many documents it has then (whole copies of the samples).

    Args:
        store: where to.
        documents: about so many.
        pending: they wait to be read again, from kept pages.
        thin: pages have no words, and notes no evidence: a tenth of the size; nothing can be read
            or derived again.
    """
    _samples(store)
    conn = store.conn
    first = _count(conn, "documents")
    if thin:
        conn.execute("UPDATE pages SET body = x'', text = substr(text, 1, 100)")
        conn.execute("DELETE FROM page_cache")
        conn.execute("DELETE FROM readings")
    triggers = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        conn.execute(f'DROP TRIGGER "{name}"')
    conn.execute(
        "CREATE TEMP TABLE rank AS SELECT iso3, row_number() OVER (ORDER BY iso3) - 1 AS rank"
        " FROM states WHERE party = 1"
    )
    conn.create_function("other_name", 2, _other_name, deterministic=True)
    copies = max(0, -(-documents // first) - 1)
    for start in range(1, copies + 1, TOGETHER):
        _copy(conn, start, min(start + TOGETHER, copies + 1))
        print(f"\r{(start + TOGETHER) * first} documents", end="", file=sys.stderr)
    for searched in SEARCHED:
        conn.execute(searched, [first])
    conn.execute(
        "INSERT INTO meetings (reference, title, starts, deadline)"
        " SELECT DISTINCT meeting, 'Meeting of experts', '2019-05-31', '2019-05-10' FROM documents"
        "  WHERE meeting NOT IN (SELECT reference FROM meetings)"
    )
    if pending:
        conn.execute("UPDATE documents SET outcome = 'pending', reason = NULL")
    for _, sql in triggers:
        conn.execute(sql)
    conn.execute("DELETE FROM stale")
    conn.execute("ANALYZE")
    print(file=sys.stderr)
    return _count(conn, "documents")


def _other_name(person: int, copy: int) -> str:
    number = 1_000_003 * copy + person
    return invented.name(random.Random(number), number)


def _count(conn: sqlite3.Connection, table: str) -> int:
    return int(conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def _samples(store: Store) -> None:
    """The samples' documents with today's readings of their kept pages."""
    invitation = INVITATION
    meetings.add(store, invitation)
    version = reading_version(OcrSettings())
    for name in golden_pages.samples():
        pages = golden_pages.pages_of(name)
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        reading = extract_note(pages)
        reference = match(reading.note, (invitation,)) if reading.note else None
        with store.writing() as conn:
            row = DocumentRow(f"{name}.pdf", "application/pdf", sha256, 200_000, None)
            number = add_document(conn, row, "2019-04-05T08:00:00Z")
            for page in pages:
                stored.put_page(store, sha256, codec.kept(page), version)
            saving.save_reading(store, number, reading, reference, settings_version)


def _copy(conn: sqlite3.Connection, start: int, stop: int) -> None:
    """Copies ``start`` to ``stop`` (exclusive) of what is there of the first."""
    sizes = {
        "start": start,
        "last": stop - 1,
        "documents": len(golden_pages.samples()),
        "delegates": conn.execute(
            "SELECT max(id) FROM delegates WHERE document_id <= ?", [len(golden_pages.samples())]
        ).fetchone()[0],
    }
    conn.execute("BEGIN IMMEDIATE")
    for table, changed in COPIED.items():
        columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
        values = [changed.get(c, "{column}").format(column=f"t.{c}") for c in columns]
        conn.execute(
            f"WITH RECURSIVE copies (n) AS (SELECT :start UNION ALL"  # noqa: S608
            f" SELECT n + 1 FROM copies WHERE n < :last)"
            f" INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
            f" FROM copies CROSS JOIN {table} AS t WHERE {_FIRST[table]}",
            sizes,
        )
    conn.execute("COMMIT")


_FIRST = {
    "documents": "t.id <= :documents",
    "pages": "t.document_id <= :documents",
    "readings": "t.document_id <= :documents",
    "delegates": "t.document_id <= :documents",
    "page_cache": "t.sha256 IN (SELECT sha256 FROM documents WHERE id <= :documents)",
}


def folder(path: Path, files: int, *, flat: bool = False, size: int = 200) -> None:
    """So many small files, each another one, a thousand a folder or all in one."""
    for n in range(files):
        place = path if flat else path / f"{n // FILES_A_FOLDER:05d}"
        if n % FILES_A_FOLDER == 0:
            place.mkdir(parents=True, exist_ok=True)
        (place / f"note-{n:07d}.pdf").write_bytes(b"%%PDF-1.4\n%%%d\n" % n + bytes(size) + b"%%EOF")


def mbox(path: Path, size: int, *, message: int = 200_000) -> int:
    """An mbox of so many bytes; the number of its messages."""
    count = 0
    with path.open("wb") as file:
        while file.tell() < size:
            count += 1
            file.write(b"From mission@example.org Mon Apr  1 10:00:00 2019\n")
            file.write(_mail(count, message))
            file.write(b"\n")
    return count


def maildir(path: Path, files: int, *, size: int = 200) -> None:
    """A Maildir of so many messages, half of them seen."""
    for part in ("cur", "new", "tmp"):
        (path / part).mkdir(parents=True, exist_ok=True)
    for n in range(files):
        name = f"cur/{n:010d}.x.host:2,S" if n % 2 else f"new/{n:010d}.x.host"
        (path / name).write_bytes(_mail(n, size))


def _mail(number: int, size: int) -> bytes:
    """A message without an attachment."""
    line = b"The Permanent Mission presents its compliments to the Secretariat. %d\n" % number
    header = (
        b"From: mission@example.org\nSubject: Reply %d\nMessage-ID: <%d@example.org>\n"
        b"Content-Type: text/plain\n\n" % (number, number)
    )
    return header + line * max(1, size // len(line))


def _commands() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "database", ("--documents", "--thin", "--pending")
    yield "folder", ("--files", "--flat")
    yield "mbox", ("--mb",)
    yield "maildir", ("--files",)


def main() -> int:
    """Makes one of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    what = parser.add_subparsers(dest="what", required=True)
    for name, options in _commands():
        command = what.add_parser(name)
        command.add_argument("path", type=Path)
        for option in options:
            if option in ("--flat", "--thin", "--pending"):
                command.add_argument(option, action="store_true")
            else:
                command.add_argument(option, type=int, required=True)
    asked = parser.parse_args()
    began = time.perf_counter()
    if asked.what == "database":
        with open_store(asked.path) as store:
            told = (
                f"{fill(store, asked.documents, pending=asked.pending, thin=asked.thin)} documents"
            )
    elif asked.what == "folder":
        folder(asked.path, asked.files, flat=asked.flat)
        told = f"{asked.files} files"
    elif asked.what == "mbox":
        told = f"{mbox(asked.path, asked.mb * 1_000_000)} messages"
    else:
        maildir(asked.path, asked.files)
        told = f"{asked.files} messages"
    print(f"{told}, {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
