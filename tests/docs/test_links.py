"""Every link, heading, picture and path that a page names is there."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
LISTED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.split()
PAGES = sorted({ROOT / name for name in LISTED if (ROOT / name).exists()})
IDS = [str(page.relative_to(ROOT)) for page in PAGES]
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
PATH = re.compile(
    r"`((?:ingest|ocr|extract|store|review|noteverbale|tests|benchmarks|samples|scripts|docs|deploy"
    r"|lexicon|language|layout|facts|delegates|judging|checks|\.ci)/[\w./*-]*)`"
)
MODULE = re.compile(
    r"`((?:ingest|ocr|extract|store|review|noteverbale)(?!\.(?:db|toml|service|py)\b)(?:\.[A-Za-z_]\w*)+)`"
)


def _without_code(text: str) -> str:
    return CODE.sub("", text)


@cache
def _anchors(page: Path) -> frozenset[str]:
    """The anchors GitHub gives the headings; the second of a name gets ``-1``, and so on."""
    found: dict[str, int] = {}
    anchors = set()
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for heading in re.findall(r"^#{1,6} +(.+?)(?: +#+)?$", text, re.MULTILINE):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
        count = found.get(slug, 0)
        found[slug] = count + 1
        anchors.add(f"{slug}-{count}" if count else slug)
    return frozenset(anchors)


def _broken(page: Path) -> list[str]:
    wrong = []
    for link in LINK.findall(_without_code(page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / unquote(name)).resolve() if name else page
        if (
            not target.is_relative_to(ROOT)
            or not target.exists()
            or (anchor and (target.suffix != ".md" or anchor not in _anchors(target)))
        ):
            wrong.append(link)
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    assert _broken(page) == []


def test_a_broken_link_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.docs.test_links.ROOT", tmp_path)
    page = tmp_path / "a.md"
    page.write_text(
        "# One & two\n# One & two\n[a](#one--two) [b](#one--two-1) [c](#three) [d](b.md)\n"
        "`[e](c.md)` [f](https://example.org/x.md) ![g](a.png) [h](../up.md)\n"
    )
    assert _broken(page) == ["#three", "b.md", "a.png", "../up.md"]


def _is_there(named: str, page: Path) -> bool:
    """A path from the top, from ``extract`` (whose floors are spoken of) or from the page."""
    places = (ROOT, ROOT / "extract", page.parent)
    if "*" in named:
        return any(True for place in places for _ in place.glob(named))
    return any((place / named).exists() for place in places)


def _module_is_there(named: str) -> bool:
    """``store.errors.Locked``: a module, and at most a class of it and a method of that."""
    parts = named.split(".")
    for length in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:length])
        if place.with_suffix(".py").exists():
            rest = parts[length : length + 1]
            text = place.with_suffix(".py").read_text(encoding="utf-8")
            return all(re.search(rf"\b{name}\b", text) for name in rest)
        if place.is_dir():
            return length == len(parts)
    return False


TOLD_OF_TODAY = [page for page in PAGES if page.name != "CHANGELOG.md"]
"""The changelog tells of files as they were."""


@pytest.mark.parametrize(
    "page", TOLD_OF_TODAY, ids=[str(p.relative_to(ROOT)) for p in TOLD_OF_TODAY]
)
def test_every_path_and_module_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [name for name in PATH.findall(text) if not _is_there(name, page)] == []
    assert [name for name in MODULE.findall(text) if not _module_is_there(name)] == []


def test_architecture_names_enough_to_be_worth_trying() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert len(set(PATH.findall(text))) > 30


def test_the_types_a_delegate_passes_are_types_of_the_code() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text.split("## One delegate, from the ink to the row\n")[1].split("\n\n")[1]
    named = {
        name
        for row in table.splitlines()[2:]
        for name in re.findall(r"`([A-Z]\w+)`", row.split("|")[2])
    }
    assert len(named) >= 12
    code = "".join(
        file.read_text(encoding="utf-8")
        for folder in ("ingest", "ocr", "extract", "store", "noteverbale")
        for file in (ROOT / folder).rglob("*.py")
    )
    assert {name for name in named if f"\nclass {name}" not in code} == set()


def test_the_floors_drawn_are_the_folders_there_are() -> None:
    """Each folder of the three stages that have floors stands in the picture, and no other."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    picture = text.split("## Floors\n")[1].split("```")[1]
    for stage in ("ocr", "extract", "store"):
        drawn = picture.split(f"{stage}/ ", 1)[1].split("\n\n")[0]
        there = {p.name for p in (ROOT / stage).iterdir() if p.is_dir() and p.name[0] != "_"}
        lost = {name for name in there - {"data"} if f"{name}/" not in drawn}
        assert lost == set(), stage
        inner = {p.name for f in there for p in (ROOT / stage / f).iterdir() if p.is_dir()}
        assert set(re.findall(r"\b(\w+)/", drawn)) <= there | inner, stage
