"""Only ``store`` speaks SQL: the other packages call functions that say what is asked."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("ingest", "ocr", "extract", "review", "noteverbale")

RUNS_SQL = ("execute", "executemany", "executescript", "query")
"""Methods of a connection, a cursor or sqlite-utils."""

OF_A_STORE = ("one", "rows")
"""Methods of ``store.db.database.Store`` that take SQL."""

STATEMENT = re.compile(
    r"\s*(select\b.*\bfrom\b|select\s+(\d|count|exists|max|min)|insert\s+(or\s+\w+\s+)?into\b"
    r"|update\s+\S+\s+set\b|delete\s+from\b|with\s+(recursive\s+)?\w+\s+as\b|pragma\s+\w"
    r"|(create|drop|alter)\s+(temp\s+)?(table|view|index|trigger)\b|vacuum\b|begin\s+immediate\b)",
    re.IGNORECASE | re.DOTALL,
)


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    """What a literal says, a name in place of what is put into it."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(
        _text(part) if isinstance(part, ast.Constant) else "name" for part in node.values
    )


def _sql(source: str) -> Iterator[tuple[int, str]]:
    """Line and words of everything that looks like SQL or runs it."""
    tree = ast.parse(source)
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in docs:
            if STATEMENT.match(_text(node)):
                yield node.lineno, _text(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called, of = node.func.attr, ast.unparse(node.func.value)
            if called in RUNS_SQL or (called in OF_A_STORE and of.endswith("store")):
                yield node.lineno, f"{of}.{called}"


def test_no_other_package_speaks_sql() -> None:
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    assert {file.relative_to(ROOT).parts[0] for file in files} == set(PACKAGES)
    found = [
        f"{file.relative_to(ROOT)}:{line}: {words}"
        for file in files
        for line, words in _sql(file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'store.one("SELECT 1 FROM documents WHERE id = ?", [document])',
        "self._store.rows(sql)",
        "conn.executemany(sql, rows)",
        'ASKED = "select count(*) from documents"',
        'sql = f"UPDATE {table} SET seq = 1"',
        'sql = f"SELECT 1 FROM {table}"',
        "db.query(question)",
    ],
)
def test_a_statement_elsewhere_is_found(source: str) -> None:
    assert list(_sql(source))


def test_english_and_docstrings_are_no_sql() -> None:
    source = '"""select a row from the table"""\nsay("Select the State, then update the record.")'
    assert list(_sql(source)) == []


def test_store_itself_would_be_found() -> None:
    source = (ROOT / "store" / "intake" / "documents.py").read_text(encoding="utf-8")
    assert len(list(_sql(source))) > 10
