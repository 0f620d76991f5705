"""``docs/schema.md``: the tables and how they hang together, drawn from the schema itself.

``make golden`` writes it anew after a migration was added.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.db.database import Store

PAGE = Path(__file__).parents[3] / "docs" / "schema.md"
INNER = ("_config", "_content", "_data", "_docsize", "_idx")
"""What SQLite adds to the name of a search index for the tables it keeps it in."""

HEAD = """# The schema

Drawn from the database by `tests/store/db/test_golden_diagram.py`, written by `make golden`. The
picture has the keys only; [tests/golden/schema.sql](../tests/golden/schema.sql) has every
statement. A line reads "refers to", by the column on it, a ring at its end "or to nothing". States,
meetings and what people edited are told by their codes, without a key.

"""


def _names(store: Store, kind: str) -> list[str]:
    rows = store.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite!_%'"
        " ESCAPE '!' AND name NOT LIKE '!_sqlite%' ESCAPE '!' ORDER BY name",
        [kind],
    )
    indexes = {row["name"] for row in rows if "USING fts5" in row["sql"]}
    inner = {name + end for name in indexes for end in INNER}
    return [row["name"] for row in rows if row["name"] not in inner]


def _columns(store: Store, table: str) -> list[tuple[str, str, bool]]:
    rows = store.rows("SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid", [table])
    return [(row["name"], row["type"] or "ANY", bool(row["pk"])) for row in rows]


def _keys(store: Store, table: str) -> dict[str, str]:
    """Columns that refer to another table, and which."""
    sql = 'SELECT "from", "table" FROM pragma_foreign_key_list(?) ORDER BY "from"'
    return {row[0]: row[1] for row in store.rows(sql, [table])}


def _filled(store: Store, table: str) -> set[str]:
    """Columns that are never null."""
    sql = 'SELECT name FROM pragma_table_info(?) WHERE "notnull" OR pk'
    return {row["name"] for row in store.rows(sql, [table])}


def _diagram(store: Store) -> Iterator[str]:
    yield "```mermaid"
    yield "erDiagram"
    linked = {table: _keys(store, table) for table in _names(store, "table")}
    drawn = {table for table, keys in linked.items() if keys}
    drawn |= {other for keys in linked.values() for other in keys.values()}
    for table in sorted(drawn):
        yield f"    {table} {{"
        for name, kind, primary in _columns(store, table):
            if primary or name in linked[table]:
                marks = ", ".join(
                    mark for mark, of in (("PK", primary), ("FK", name in linked[table])) if of
                )
                yield f"        {kind} {name} {marks}"
        yield "    }"
    for table, keys in linked.items():
        for column, other in keys.items():
            end = "||" if column in _filled(store, table) else "o|"
            yield f"    {table} }}o--{end} {other} : {column}"
    yield "```"


def _listed(store: Store, kind: str) -> Iterator[str]:
    yield f"| {kind} | columns |"
    yield "| --- | --- |"
    for name in _names(store, kind):
        columns = ", ".join(column for column, _, _ in _columns(store, name))
        yield f"| `{name}` | {columns} |"


def _page(store: Store) -> str:
    parts = ("\n".join(_diagram(store)), "## Tables", "\n".join(_listed(store, "table")))
    views = ("## Views", "\n".join(_listed(store, "view")))
    return HEAD + "\n\n".join((*parts, *views)) + "\n"


def test_the_drawing_is_that_of_the_schema(store: Store, request: pytest.FixtureRequest) -> None:
    page = _page(store)
    if request.config.getoption("--golden-write"):
        PAGE.write_text(page, encoding="utf-8")
    assert page == PAGE.read_text(encoding="utf-8")


def test_the_drawing_has_every_reference_and_every_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "    delegates }o--|| documents : document_id" in page
    assert "    documents }o--o| documents : same_as" in page
    for name in ("corrections", "delegation_list", "coverage", "search_words"):
        assert f"| `{name}` | " in page
