"""The pages of the database and of reasons: a new database, and ``docs/metadata.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from scripts.reference.markdown import MADE, as_table, slug
from store.db.database import Store

METADATA = Path(__file__).parents[2] / "docs" / "metadata.yml"
PROMISED = ("delegation_list", "documents_list", "pages_list", "messages_list", "coverage")
"""The views that scripts may rely on, and the table beside them."""
PROMISED_TABLE = "corrections"

Described = dict[str, Any]


def described() -> dict[str, Described]:
    """Of every table and view what ``docs/metadata.yml`` says."""
    metadata = yaml.safe_load(METADATA.read_text(encoding="utf-8"))
    found: dict[str, Described] = metadata["databases"]["noteverbale"]["tables"]
    return found


def columns_of(store: Store, name: str) -> list[tuple[str, str]]:
    """Column names and their types, which computed columns of views do not have."""
    rows = store.rows("SELECT name, type FROM pragma_table_info(?)", [name])
    return [(row["name"], row["type"].lower()) for row in rows]


def names(store: Store, kind: str) -> list[str]:
    """Tables or views, as ``sqlite_master`` has them, inner tables of search indexes left out."""
    rows = store.rows("SELECT name, sql FROM sqlite_master WHERE type = ? ORDER BY name", [kind])
    searched = [row["name"] for row in rows if "USING fts5" in (row["sql"] or "")]
    return [
        row["name"]
        for row in rows
        if not any(row["name"].startswith(f"{index}_") for index in searched)
    ]


def database_page(store: Store) -> str:
    """The views with their columns, and the tables."""
    words = described()
    views = [name for name in words if name in names(store, "view") and "columns" in words[name]]
    tables = names(store, "table")
    parts = [
        f"# The database\n\n{MADE}\n",
        "One SQLite file. The views marked with a star, and the table `corrections`, are a promise"
        " to scripts; all else may change with the program. How to read and edit them is shown in"
        " [review-with-sqlite-utils.md](../review-with-sqlite-utils.md). Days are ISO 8601, moments"
        " UTC, pages count from 1. A JSON list without entries is `[]`.\n\n",
        as_table(
            ("view", "one row"),
            [
                (f"[`{v}`](#{slug(v)}){' ★' if v in PROMISED else ''}", words[v]["description"])
                for v in views
            ],
        ),
    ]
    for name in (*views, PROMISED_TABLE):
        columns = words[name]["columns"]
        rows = [(f"`{c}`", kind or "–", columns.get(c, "")) for c, kind in columns_of(store, name)]
        parts.append(f"\n## {name}\n\n{words[name]['description']}.\n\n")
        parts.append(as_table(("column", "type", "means"), rows))
    listed = [(f"`{t}`", words.get(t, {}).get("description", "")) for t in tables]
    parts.append(
        "\n## Tables\n\nThe program's own. Edits go to `delegates`, `documents` and `reviewer`, or"
        " through the views above. [schema.md](../schema.md) draws how they hang together.\n\n"
    )
    parts.append(as_table(("table", "holds"), listed))
    return "".join(parts)


def reasons_page(store: Store) -> str:
    """Every code with its sentence."""
    rows = store.rows("SELECT code, words FROM reason_words ORDER BY code")
    return (
        f"# Reasons\n\n{MADE}\n"
        "Why something was not processed, or why a person should look: the codes that stand in"
        " `reason` and `reasons`, and what people see instead. What a reviewer does about each"
        " doubt stands in [reviewer.md](../reviewer.md#what-each-doubt-means).\n\n"
    ) + as_table(("code", "words"), [(f"`{row['code']}`", row["words"]) for row in rows])
