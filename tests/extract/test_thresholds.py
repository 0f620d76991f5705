"""Every number that decides says what it counts: unit and meaning, in a comment or below it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import extract

ROOT = Path(extract.__file__).parent
LEAST = 100


def _numbers(file: Path) -> Iterator[tuple[str, bool]]:
    """Named numbers of a module, each with whether anything is said of it."""
    source = file.read_text(encoding="utf-8")
    lines = source.splitlines()
    body = ast.parse(source).body
    for node, following in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        value = node.value.operand if isinstance(node.value, ast.UnaryOp) else node.value
        if not isinstance(value, ast.Constant) or not isinstance(value.value, int | float):
            continue
        below = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
        above = lines[node.lineno - 2].startswith("#")
        yield node.targets[0].id, below or above or "#" in lines[node.lineno - 1]


def test_every_threshold_says_what_it_counts() -> None:
    found = [(f.stem, *item) for f in sorted(ROOT.rglob("*.py")) for item in _numbers(f)]
    assert len(found) > LEAST
    assert [f"{module}.{name}" for module, name, said in found if not said] == []
