"""Every reason code that the program can give has a sentence: found in the code itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.reasons import REASONS

ROOT = Path(__file__).parents[2]
PACKAGES = ("ingest", "ocr", "extract", "store", "review", "noteverbale")
CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
GIVING = re.compile(r"(^|_)(reason|refusal|problem|why_not|error_of|unusable)s?($|_)")
TOLD = re.compile(r"\b(why|reason|code of)\b")
"""Functions that return a code, by their name or what they say of themselves."""

MAKING = {"Doubt": 0, "Rejected": 0, "PassedOver": 1}
"""What holds a code, and the place of it among the arguments."""

OUTCOMES = {"processed", "duplicate", "rejected", "failed", "pending", "skipped", "set_aside"}
PAGES = {"read", "warned", "failed"}
"""Words of their own that stand where a reason may."""


def _modules() -> list[ast.Module]:
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    assert len(files) > 300
    return [ast.parse(file.read_text(encoding="utf-8")) for file in files]


@pytest.fixture(scope="module")
def modules() -> list[ast.Module]:
    return _modules()


def _constants(modules: list[ast.Module]) -> dict[str, set[str]]:
    """Text constants of all modules, by name: a code is often one."""
    found: dict[str, set[str]] = {}
    for module in modules:
        for node in module.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                for target in node.targets:
                    if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                        found.setdefault(target.id, set()).add(node.value.value)
    return found


def _texts(node: ast.expr | None, constants: dict[str, set[str]]) -> set[str]:
    """What an expression can be, where that can be told."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.Name) and node.id.isupper():
        return constants.get(node.id, set())
    if isinstance(node, ast.Attribute) and node.attr.isupper():
        return constants.get(node.attr, set())
    if isinstance(node, ast.IfExp):
        return _texts(node.body, constants) | _texts(node.orelse, constants)
    if isinstance(node, ast.BoolOp):
        return {text for value in node.values for text in _texts(value, constants)}
    return set()


def _given(node: ast.AST) -> Iterator[ast.expr | None]:
    """The expressions of a node that are reasons."""
    if isinstance(node, ast.Call):
        place = MAKING.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
        if place is not None:
            yield from node.args[place : place + 1]
        yield from (k.value for k in node.keywords if k.arg in ("reason", "code"))
    elif isinstance(node, ast.ClassDef):
        for inner in node.body:
            if isinstance(inner, ast.Assign) and getattr(inner.targets[0], "id", "") == "reason":
                yield inner.value
    elif isinstance(node, ast.FunctionDef) and (
        GIVING.search(node.name) or TOLD.search(ast.get_docstring(node) or "")
    ):
        yield from (inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return))


def test_every_reason_has_a_sentence(modules: list[ast.Module]) -> None:
    constants = _constants(modules)
    given = (e for module in modules for node in ast.walk(module) for e in _given(node))
    found = {text for expression in given for text in _texts(expression, constants)}
    codes = {text for text in found if CODE.fullmatch(text)} - OUTCOMES - PAGES
    assert {"not_needed", "address_unusable", "name_odd", "corrupt", "locked"} <= codes
    assert sorted(codes - set(REASONS)) == []
    assert len(codes) > 90


def test_every_reason_of_the_database_has_a_sentence() -> None:
    sql = "\n".join(file.read_text("utf-8") for file in sorted((ROOT / "store/sql").glob("*.sql")))
    found = set(re.findall(r"SELECT '([a-z_]+)', ''", sql))
    found |= set(re.findall(r"coalesce\(\w+\.reason, '([a-z_]+)'\)", sql))
    assert {"no_delegate_found", "unreadable"} <= found
    assert sorted(found - set(REASONS)) == []


def test_a_sentence_is_one_line_without_a_full_stop() -> None:
    for code, words in REASONS.items():
        assert words.strip() == words, code
        assert "\n" not in words, code
        assert not words.endswith("."), code
