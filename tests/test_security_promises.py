"""Every promise in SECURITY.md names a test that exists, and every dependency has its line."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))
DEV_ONLY = ("test", "bench", "samples")


def test_promises_name_tests() -> None:
    promises = TEXT.partition("## What is promised")[2].partition("## Limits")[0]
    for promise in re.split(r"\n(?=- )", promises)[1:]:
        assert re.search(r"`tests/[\w/]+\.py::test_\w+`", promise), promise
    assert len(NAMED) >= 30


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_the_named_test_exists(file: str, test: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert test in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_dependency_was_looked_at() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    for extra, packages in project["optional-dependencies"].items():
        wanted += [] if extra in DEV_ONLY else packages
    table = TEXT.partition("## What the dependencies do")[2].partition("\n## ")[0]
    firsts = " ".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| "))
    words = set(re.findall(r"[\w-]+", firsts))
    names = {re.split(r"[<>=\[]", name)[0] for name in wanted}
    wrappers = {"opencv-python-headless": "opencv", "pdf2image": "poppler"}
    wrappers["pytesseract"] = "tesseract"
    assert {wrappers.get(name, name) for name in names} <= words


def test_the_readme_leads_here() -> None:
    assert "(SECURITY.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
