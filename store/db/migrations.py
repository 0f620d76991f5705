"""The database's schema, as numbered steps that are applied once each and never edited.

``sqlite_utils.migrations`` keeps the record in the table ``_sqlite_migrations``, one
transaction for a step and its record. ``store.opening`` runs it inside BEGIN IMMEDIATE, so that
of two programs opening a new database at once the second finds the work done.

A change of the schema is a new file in ``store/sql`` and its name here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib import resources

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("noteverbale")


def statements(sql: str) -> Iterator[str]:
    """The single statements of a script, triggers whole.

    ``sqlite3.Connection.executescript`` would commit the open transaction first.
    """
    statement = ""
    for line in sql.splitlines(keepends=True):
        if not statement and (not line.strip() or line.startswith("--")):
            continue
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


STEPS = (
    "0001_tables",
    "0002_views",
    "0003_meetings",
    "0004_corrections",
    "0005_statistics",
    "0006_arrivals",
    "0007_service",
    "0008_search",
    "0008_review",
    "0008_revisions",
    "0008_forget",
    "0009_review",
    "0010_enclosed",
    "0010_arrival_marks",
    "0010_notes",
    "0011_page_unread",
    "0011_settled",
    "0011_settled_again",
    "0012_name_latin",
    "0013_unseen_rows",
    "0014_chase",
    "0015_turns",
    "0016_reminder_drafts",
    "0017_postponed",
    "0018_latin_source",
    "0019_steps",
    "0020_quality",
    "0021_audit",
    "0022_known",
    "0024_confirmations",
    "0024_worth",
    "0024_questions",
    "0025_backlog",
    "0026_large",
    "0027_scale",
    "0028_write",
    "0029_doubts",
    "0030_notes_learnt",
)
"""In the order in which they are applied; each is a file of ``store/sql``."""

_OF_NOTE = """FROM {} AS c WHERE c.table_name = 'documents'
                              AND c.row_id = n.id AND c.field = '{}')"""

AMENDED = {
    "0008_review": (
        # whoever edits by hand may have a name: see the table reviewer
        ("'command line')", "(SELECT nullif(trim(name), '') FROM reviewer), 'command line')"),
        # a doubt about a value that a person writes is settled at once
        (
            "WHERE value <> 'reading_changed')",
            "WHERE value <> 'reading_changed' AND value NOT IN"
            " (SELECT s.reason FROM settled_reasons AS s WHERE s.delegate_id = NEW.id))",
        ),
    ),
    "0011_settled": (
        # why a person should look at a note: by what is settled, and not by what was written
        (
            """FROM corrections AS c
                            WHERE c.table_name = 'documents' AND c.row_id = n.id
                              AND c.action = 'update'
""",
            """FROM settled_fields AS c
                            WHERE c.table_name = 'documents' AND c.row_id = n.id
""",
        ),
        *(
            (_OF_NOTE.format("corrections", field), _OF_NOTE.format("settled_fields", field))
            for field in ("state", "meeting")
        ),
        (
            """FROM corrections AS c
                                     WHERE c.table_name = 'documents' AND c.row_id = n.id
                                       AND c.field = 'outcome'""",
            """FROM settled_fields AS c
                                     WHERE c.table_name = 'documents' AND c.row_id = n.id
                                       AND c.field = 'outcome'""",
        ),
    ),
    "0019_steps": (
        # a deleted row can come back as it was
        (
            "'read_seq', OLD.read_seq, 'read_name', OLD.read_name)",
            "'read_seq', OLD.read_seq, 'read_name', OLD.read_name,"
            " 'confidence', OLD.confidence, 'doubts', OLD.doubts, 'name_latin', OLD.name_latin)",
        ),
        # whoever touches a row has seen that its reading changed; this, too, can be taken back
        (
            "UNION ALL SELECT 'current', OLD.current, NEW.current)",
            "UNION ALL SELECT 'current', OLD.current, NEW.current"
            " UNION ALL SELECT 'reading_changed',"
            " CASE WHEN instr(OLD.reasons, '\"reading_changed\"') > 0 THEN 1 END, NULL)",
        ),
    ),
    "0026_large": (
        # where the pipeline writes, a note is looked at once, at the end of its transaction
        (
            "INSTEAD OF INSERT ON note_refresh\nBEGIN",
            "INSTEAD OF INSERT ON note_refresh\n"
            "WHEN NOT EXISTS (SELECT 1 FROM writer WHERE later = 1)\nBEGIN",
        ),
        (
            "INSTEAD OF INSERT ON review_refresh\nBEGIN",
            "INSTEAD OF INSERT ON review_refresh\n"
            "WHEN NOT EXISTS (SELECT 1 FROM writer WHERE later IS NOT NULL)\nBEGIN",
        ),
    ),
    "0027_scale": (
        # what records an edit is made anew, to come before what only follows from one: of triggers
        # SQLite fires the latest first, and a step is told by what the connection changed before
        ("INSERT INTO corrections (table_name,", "INSERT INTO corrections(table_name,"),
    ),
    "0028_write": (
        ("INSERT INTO corrections(table_name,", "INSERT INTO corrections (table_name,"),
    ),
    "0030_notes_learnt": (
        ("INSERT INTO corrections (table_name,", "INSERT INTO corrections(table_name,"),
    ),
}
"""Steps after which triggers are made again, one text in place of another: what a step changes in
many of them, or in one that others change too."""


def _apply(name: str, db: Database) -> None:
    sql = resources.files("store").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    for statement in statements(sql):
        db.conn.execute(statement)
    for old, new in AMENDED.get(name, ()):
        _amend(db, old, new)


def _amend(db: Database, old: str, new: str) -> None:
    """Make every trigger that contains ``old`` again, with ``new`` in its place."""
    triggers = db.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, sql in triggers.fetchall():
        if old in sql and new not in sql:
            db.conn.execute(f'DROP TRIGGER "{name}"')
            db.conn.execute(sql.replace(old, new))


def _register(name: str) -> None:
    @MIGRATIONS(name=name)
    def step(db: Database) -> None:
        _apply(name, db)


for _name in STEPS:
    _register(_name)


def known_names() -> frozenset[str]:
    """The steps that this version of the program knows."""
    empty = Database(memory=True)
    try:
        return frozenset(step.name for step in MIGRATIONS.pending(empty))
    finally:
        empty.close()
