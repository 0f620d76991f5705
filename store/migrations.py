"""The database's schema, as numbered steps that are applied once each and never edited.

``sqlite_utils.migrations`` keeps the record in the table ``_sqlite_migrations``, one
transaction for a step and its record. ``Store.open`` runs it inside BEGIN IMMEDIATE, so that
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


@MIGRATIONS(name="0009_review")
def _review(db: Database) -> None:
    _run(db, "0009_review.sql")


def known_names() -> frozenset[str]:
    """The steps that this version of the program knows."""
    empty = Database(memory=True)
    try:
        return frozenset(step.name for step in MIGRATIONS.pending(empty))
    finally:
        empty.close()
