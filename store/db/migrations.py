"""The database's schema, as numbered steps that are applied once each and never edited.

``sqlite_utils.migrations`` keeps the record in the table ``_sqlite_migrations``, one
transaction for a step and its record. ``store.opening`` runs it inside BEGIN IMMEDIATE, so that
of two programs opening a new database at once the second finds the work done.

A change of the schema is a new file in ``store/sql`` and a new function here.
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


def _run(db: Database, script: str) -> None:
    sql = resources.files("store").joinpath("sql", script).read_text(encoding="utf-8")
    for statement in statements(sql):
        db.conn.execute(statement)


@MIGRATIONS(name="0001_tables")
def _tables(db: Database) -> None:
    _run(db, "0001_tables.sql")


@MIGRATIONS(name="0002_views")
def _views(db: Database) -> None:
    _run(db, "0002_views.sql")


@MIGRATIONS(name="0003_meetings")
def _meetings(db: Database) -> None:
    _run(db, "0003_meetings.sql")


@MIGRATIONS(name="0004_corrections")
def _corrections(db: Database) -> None:
    _run(db, "0004_corrections.sql")


@MIGRATIONS(name="0005_statistics")
def _statistics(db: Database) -> None:
    _run(db, "0005_statistics.sql")


@MIGRATIONS(name="0006_arrivals")
def _arrivals(db: Database) -> None:
    _run(db, "0006_arrivals.sql")


@MIGRATIONS(name="0007_service")
def _service(db: Database) -> None:
    _run(db, "0007_service.sql")


@MIGRATIONS(name="0008_search")
def _search(db: Database) -> None:
    _run(db, "0008_search.sql")


@MIGRATIONS(name="0008_review")
def _review(db: Database) -> None:
    _run(db, "0008_review.sql")
    # whoever edits by hand may have a name: see the table reviewer
    _amend(
        db,
        "'command line')",
        "(SELECT nullif(trim(name), '') FROM reviewer), 'command line')",
    )
    # a doubt about a value that a person writes is settled at once
    _amend(
        db,
        "WHERE value <> 'reading_changed')",
        "WHERE value <> 'reading_changed' AND value NOT IN"
        " (SELECT s.reason FROM settled_reasons AS s WHERE s.delegate_id = NEW.id))",
    )


def _amend(db: Database, old: str, new: str) -> None:
    """Make every trigger that contains ``old`` again, with ``new`` in its place."""
    triggers = db.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, sql in triggers.fetchall():
        if old in sql and new not in sql:
            db.conn.execute(f'DROP TRIGGER "{name}"')
            db.conn.execute(sql.replace(old, new))


@MIGRATIONS(name="0008_revisions")
def _revisions(db: Database) -> None:
    _run(db, "0008_revisions.sql")


@MIGRATIONS(name="0008_forget")
def _forget(db: Database) -> None:
    _run(db, "0008_forget.sql")


@MIGRATIONS(name="0009_review")
def _review_page(db: Database) -> None:
    _run(db, "0009_review.sql")


@MIGRATIONS(name="0010_enclosed")
def _enclosed(db: Database) -> None:
    _run(db, "0010_enclosed.sql")


@MIGRATIONS(name="0010_arrival_marks")
def _arrival_marks(db: Database) -> None:
    _run(db, "0010_arrival_marks.sql")


@MIGRATIONS(name="0010_notes")
def _notes(db: Database) -> None:
    _run(db, "0010_notes.sql")


def known_names() -> frozenset[str]:
    """The steps that this version of the program knows."""
    empty = Database(memory=True)
    try:
        return frozenset(step.name for step in MIGRATIONS.pending(empty))
    finally:
        empty.close()
