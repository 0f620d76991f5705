"""Every number that decides has a name and says what it counts: unit, meaning, and why so much.

What is said stands in a comment or in a string below it. Where no measurement is named, none was
made.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LEAST = {"ingest": 70, "ocr": 300, "extract": 100, "store": 30, "review": 20, "noteverbale": 30}
"""Numbers that are found in a package, at least: the test looks where they are."""

PLAIN = frozenset({0.0, 0.5, 1.0, 2.0, 255.0})
"""Fractions that decide nothing by themselves: halves, wholes, the brightest byte."""

TINY = 1e-5
"""Below it a number only keeps a division from failing."""


def _is_number(value: ast.expr) -> bool:
    """True for a number, and for some of them together."""
    if isinstance(value, ast.UnaryOp):
        return _is_number(value.operand)
    if isinstance(value, ast.BinOp):
        return _is_number(value.left) and _is_number(value.right)
    if isinstance(value, ast.Tuple):
        return any(_is_number(part) for part in value.elts)
    return isinstance(value, ast.Constant) and type(value.value) in {int, float}


def _assigned(node: ast.stmt) -> tuple[ast.expr, ast.expr] | None:
    """Target and value of an assignment."""
    if isinstance(node, ast.Assign):
        return node.targets[0], node.value
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        return node.target, node.value
    return None


def _numbers(file: Path) -> Iterator[tuple[str, bool]]:
    """Named numbers of a module, each with whether anything is said of it."""
    source = file.read_text(encoding="utf-8")
    lines = source.splitlines()
    body = ast.parse(source).body
    for node, following in zip(body, [*body[1:], None], strict=True):
        found = _assigned(node)
        if found is None or not _is_number(found[1]):
            continue
        below = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
        above = lines[node.lineno - 2].startswith("#")
        yield ast.unparse(found[0]), below or above or "#" in lines[node.lineno - 1]


@pytest.mark.parametrize("package", LEAST)
def test_every_threshold_says_what_it_counts(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    found = [(file.stem, *item) for file in files for item in _numbers(file)]
    assert len(found) > LEAST[package]
    assert [f"{module}.{name}" for module, name, said in found if not said] == []


def _fractions(file: Path) -> Iterator[str]:
    for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, float) and value not in PLAIN and value > TINY:
                yield f"{file.stem}.{function.name}: {value}"


@pytest.mark.parametrize("package", sorted(LEAST.keys() - {"extract"}))
def test_no_fraction_decides_without_a_name(package: str) -> None:
    """Shares of a page or of a line's height, confidences, likenesses, seconds."""
    found = [item for file in sorted((ROOT / package).rglob("*.py")) for item in _fractions(file)]
    assert found == []


def test_numbers_without_a_word_are_noticed(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        'A, B = 1, 2\nC: int = -3\nD = 4\n"""Pixels."""\n\n\ndef f():\n    return 0.3\n'
    )
    assert list(_numbers(module)) == [("(A, B)", False), ("C", False), ("D", True)]
    assert list(_fractions(module)) == ["module.f: 0.3"]
