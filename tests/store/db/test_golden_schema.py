"""``tests/golden/schema.sql``: the schema that all migrations together make, to be read in one go.

``make golden`` writes it anew after a migration was added.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from store.db.database import Store

pytestmark = pytest.mark.usefixtures("made_anew")

GOLDEN = Path(__file__).parents[2] / "golden" / "schema.sql"
OWN_TABLES = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master"
    " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY type, name"
)
"""SQLite's own tables and the indexes it makes for keys are left out."""

INNER = ("_config", "_content", "_data", "_docsize", "_idx")
"""What SQLite adds to the name of a search index for the tables it keeps it in."""


def _schema(store: Store) -> str:
    """Each table with its indexes and triggers, then the views with theirs."""
    found = [
        (row["type"], row["name"], row["tbl_name"], row["sql"]) for row in store.rows(OWN_TABLES)
    ]
    searched = [name for kind, name, _, sql in found if "USING fts5" in sql]
    inner = {name + end for name in searched for end in INNER}
    parts: list[str] = []
    for whole in ("table", "view"):
        for owner in [name for kind, name, _, _ in found if kind == whole and name not in inner]:
            mine = [sql for kind, name, _, sql in found if kind == whole and name == owner]
            mine += [
                sql for kind, _, of, sql in found if of == owner and kind in ("index", "trigger")
            ]
            parts.append("\n\n".join(sql + ";" for sql in mine))
    return "\n\n\n".join(parts) + "\n"


def test_the_schema_changes_only_on_purpose(store: Store, request: pytest.FixtureRequest) -> None:
    schema = _schema(store)
    if request.config.getoption("--golden-write"):
        GOLDEN.write_text(schema, encoding="utf-8")
    assert schema == GOLDEN.read_text(encoding="utf-8")


def test_the_golden_schema_holds_what_scripts_rely_on() -> None:
    schema = GOLDEN.read_text(encoding="utf-8")
    for view in ("delegation_list", "documents_list", "pages_list", "messages_list", "coverage"):
        assert f"CREATE VIEW {view} " in schema
