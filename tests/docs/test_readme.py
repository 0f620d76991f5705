"""The README is run: what it tells people to type works, what it shows is what comes out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import sqlite_utils

from store.opening import open_store
from tests.docs.walk import ROOT, Walker, blocks

README = (ROOT / "README.md").read_text(encoding="utf-8")
MOST_WORDS = 1200
GOLDEN = json.loads((ROOT / "tests" / "golden" / "readings.json").read_text(encoding="utf-8"))


def _section(title: str) -> str:
    return README.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def _commands(section: str) -> list[str]:
    return [line for block in blocks(section) if block.kind == "sh" for line in block.lines]


@pytest.fixture(scope="module")
def walker(tmp_path_factory: pytest.TempPathFactory) -> Walker:
    """Someone who has read two samples into ``data/noteverbale.db``."""
    walker = Walker.in_folder(tmp_path_factory.mktemp("readme"))
    scans = " ".join(
        str(p.relative_to(ROOT)) for p in sorted((ROOT / "samples/replies").glob("00[14]-*"))
    )
    for command in ("meeting add samples/invitation.txt", f"process {scans} --jobs 2"):
        code, printed = walker.type(f"noteverbale {command}")
        assert code == 0, printed
    return walker


def test_it_is_short() -> None:
    assert len(README.split()) < MOST_WORDS


def test_what_it_shows_for_reading_and_editing_works(walker: Walker) -> None:
    commands = _commands(_section("The table"))
    assert len(commands) >= 6
    for command in commands:
        code, printed = walker.type(command)
        assert code == 0, printed
        assert printed, command
    db = sqlite_utils.Database(walker.folder / "data" / "noteverbale.db")
    edits = {(row["action"], row["field"]) for row in db["corrections"].rows}
    db.close()
    assert {("update", "title"), ("update", "note_date")} <= edits


def test_the_list_goes_out_as_it_says(walker: Walker) -> None:
    (command,) = [c for c in _commands(_section("What comes out")) if " export " in c]
    code, printed = walker.type(command)
    assert code == 0, printed
    assert (walker.folder / "participants.xlsx").stat().st_size > 0


def test_the_views_it_promises_are_all_there(tmp_path: Path) -> None:
    named = re.findall(r"^\| `(\w+)` \|", _section("The table"), re.MULTILINE)
    with open_store(tmp_path / "n.db") as store:
        views = store.db.view_names()
    assert len(named) == 5
    assert set(named) <= set(views)


def _shown_table(heading: str) -> list[dict[str, str]]:
    """Rows of a table of ``make run``, by the columns' names; columns are cut by their rules."""
    text = README.split(f"{heading}\n\n", 1)[1].split("\n\n", 1)[0]
    head, rule, *rows = text.splitlines()
    spans = [m.span() for m in re.finditer(r"-+", rule)]
    # the last column of a row may be longer than its rule
    ends = [*(end for _, end in spans[:-1]), None]
    return [
        {head[a:b].strip(): row[a:end].strip() for (a, b), end in zip(spans, ends, strict=True)}
        for row in rows
    ]


def test_the_rows_it_shows_are_what_the_samples_are_read_as() -> None:
    read = {
        person["name"]: {**person, "state": note["state"]}
        for note in GOLDEN.values()
        for person in note["delegates"]
    }
    rows = _shown_table("DELEGATIONS")
    assert len(rows) >= 4
    for row in rows:
        person = read[row["name"]]
        for field in ("state", "honorific", "title", "email", "status"):
            assert row[field] == (person[field] or ""), f"{row['name']}: {field}"
    for row in _shown_table("NEEDS REVIEW, AND WHY"):
        assert read[row["name"]]["status"] == "needs_review", row["name"]


def test_make_run_has_the_headings_it_shows() -> None:
    script = (ROOT / "scripts" / "run-samples").read_text(encoding="utf-8")
    headings = re.findall(r'^heading "(.+)"$', script, re.MULTILINE)
    shown = re.findall(r"^([A-Z][A-Z ,]+)$", _section("What comes out"), re.MULTILINE)
    assert shown == [h for h in headings if h != "GO ON WITH"]
