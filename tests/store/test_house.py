"""What is said once in store: a class by its name, and why a file is long."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2] / "store"
FILES = sorted(ROOT.rglob("*.py"))
MOST_LINES = 300
"""Of a file that says no reason for more in its first line."""


def _named(file: Path) -> list[str]:
    body = ast.parse(file.read_text(encoding="utf-8")).body
    names = [node.name for node in body if isinstance(node, ast.ClassDef)]
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            names += [name] if name[0].isupper() and not name.isupper() else []
    return names


def test_no_two_classes_or_types_have_the_same_name() -> None:
    count = Counter(name for file in FILES for name in _named(file))
    assert {"Store", "ReplyRow", "StoredDelegate"} <= set(count)
    assert [name for name, times in count.items() if times > 1] == []


def test_no_file_is_long_without_a_reason() -> None:
    lines = {file: file.read_text(encoding="utf-8").splitlines() for file in FILES}
    long = [text[0] for text in lines.values() if len(text) > MOST_LINES]
    assert [first for first in long if "because" not in first] == []


def test_no_package_passes_names_on() -> None:
    packages = [file for file in FILES if file.name == "__init__.py"]
    assert len(packages) > 5
    for package in packages:
        assert len(ast.parse(package.read_text(encoding="utf-8")).body) == 1, package
