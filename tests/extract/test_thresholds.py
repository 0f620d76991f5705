"""Every number that decides says what it counts: unit and meaning, in a comment or below it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _numbers(file: Path) -> Iterator[tuple[str, bool]]:
    """Named numbers of a module, each with whether anything is said of it."""
    source = file.read_text(encoding="utf-8")
    lines = source.splitlines()
    body = ast.parse(source).body
    for node, following in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        name = node.targets[0] if isinstance(node, ast.Assign) else node.target
        value = node.value.operand if isinstance(node.value, ast.UnaryOp) else node.value
        if not isinstance(name, ast.Name) or not isinstance(value, ast.Constant):
            continue
        if not isinstance(value.value, int | float):
            continue
        below = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
        above = lines[node.lineno - 2].startswith("#")
        yield name.id, below or above or "#" in lines[node.lineno - 1]


@pytest.mark.parametrize(("package", "least"), [("extract", 100), ("store", 25)])
def test_every_threshold_says_what_it_counts(package: str, least: int) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    found = [(file.stem, *item) for file in files for item in _numbers(file)]
    assert len(found) > least
    assert [f"{module}.{name}" for module, name, said in found if not said] == []
