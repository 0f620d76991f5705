"""The README is run: what it tells people to type works, what it shows is what comes out."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path

import pytest
import sqlite_utils

from extract.facts.meeting import match
from extract.types import DocumentReading
from noteverbale import cli
from noteverbale.commands.delegations import block
from noteverbale.terminal_tables import table
from store.db import codec
from store.opening import open_store
from store.records import meetings, saving
from tests.docs.walk import ROOT, Walker, blocks
from tests.golden_pages import pages_of
from tests.store.replies import scan

README = (ROOT / "README.md").read_text(encoding="utf-8")
MOST_WORDS = 1200
HEADINGS = ("DELEGATIONS", "NEEDS REVIEW, AND WHY", "SUMMARY, AND WHAT WAS NOT PROCESSED")
MAILS = sorted((ROOT / "samples" / "truth").glob("mail-*.json"))


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


@pytest.fixture(scope="module")
def samples_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of ``make run``, from the golden notes; the messages bring copies only."""
    path = tmp_path_factory.mktemp("samples") / "n.db"
    assert cli.run(["meeting", "add", str(ROOT / "samples/invitation.txt"), "--db", str(path)]) == 0
    with open_store(path) as store:
        invitations = tuple(meetings.all(store))
        for file in sorted((ROOT / "samples" / "replies").iterdir()):
            reading = _reading(file.stem)
            meeting = match(reading.note, invitations) if reading.note else None
            document = scan(store, file.read_bytes(), file.name)
            saving.save_reading(store, document, reading, meeting, "1")
    return path


def _reading(sample: str) -> DocumentReading:
    """What a sample is read as; of what no page was read, the outcome it must have."""
    golden = ROOT / "tests" / "golden" / "notes" / f"{sample}.json"
    if golden.exists():
        told = json.loads(golden.read_text("utf-8"))
        note = codec.note_from_json(json.dumps(told["note"]))
        return DocumentReading(told["outcome"], told["reason"], pages_of(sample), note)
    truth = json.loads((ROOT / "samples" / "truth" / f"{sample}.json").read_text("utf-8"))
    return DocumentReading(truth["outcome"], truth["reason"], (), None)


WIDTH = 80
COLUMNS = ("delegate_id", "state", "honorific", "name", "title", "email", "status")
DELEGATES = (
    "Grégoire BONVALLAT-REY",
    "Thibault LEFAUCHEUX-VIDAL",
    "Ezekiel Ochwang'i",
    "Lavender Mutukaa",
)
WAITING = ("Lavender Mutukaa", "Luís Filipe Gonçalves Pintassilgo", "Fiammetta BELLACAMPAGNA")
SUMMARY = ("documents ", "delegates ", "notes ", "", "not processed:")
NAMED = ("  document 43 ", "  document 44 ")
"""Rows and lines of what ``make run`` prints that the README has room for."""


def _printed(database: Path, *command: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert cli.run([*command, "--db", str(database)]) == 0
    return out.getvalue()


def _as_make_run_ends(database: Path) -> str:
    """The README's excerpt of it: some rows, some columns, and texts cut where the table cuts."""
    everybody = json.loads(_printed(database, "delegations", "--json"))
    waiting = json.loads(_printed(database, "delegations", "--review", "--json"))
    said = _printed(database, "status").splitlines()
    copies = sum(len(json.loads(p.read_text("utf-8"))["attachments"]) for p in MAILS)
    summary = [
        next(line for line in said if line.startswith(start)) if start else ""
        for start in (*SUMMARY, *NAMED)
    ]
    summary[0] = summary[0].replace("documents  ", f"documents  {copies} duplicate, ")
    shown = [row for name in DELEGATES for row in everybody if row["name"] == name]
    asked = [row for name in WAITING for row in waiting if row["name"] == name]
    blocks_of = "\n\n".join(block(row, WIDTH) for row in asked)
    tables = (table(shown, COLUMNS, WIDTH), blocks_of, "\n".join(summary))
    parts = [f"{head}\n\n{text}" for head, text in zip(HEADINGS, tables, strict=True)]
    return "\n".join(line.rstrip() for line in "\n\n".join(parts).splitlines()) + "\n"


def test_golden_what_it_shows_of_make_run_is_what_comes_out(
    samples_read: Path, request: pytest.FixtureRequest
) -> None:
    shown = next(block for block in blocks(README) if not block.kind)
    now = _as_make_run_ends(samples_read)
    if request.config.getoption("--golden-write"):
        page = README.replace(shown.body, now)
        (ROOT / "README.md").write_text(page, encoding="utf-8")
    else:
        assert shown.body == now
    assert now.count("\n") >= 20


def _figures(text: str) -> dict[str, list[str]]:
    """Rows of the first table under "How good it is": label to the last number of each cell."""
    section = text.split("## How good it is\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:2] == "| "]
    return {
        re.sub(r"^F1 |: precision.*", "", label): [re.findall(r"[\d.]+", c)[-1] for c in cells]
        for label, *cells in rows
        if cells and all(re.search(r"\d", c) for c in cells)
    }


def test_its_figures_are_those_of_the_benchmarks() -> None:
    all_figures = _figures((ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8"))
    shown = _figures(README)
    assert len(shown) >= 5
    for label, figures in shown.items():
        assert all_figures[label] == figures, label


def test_make_run_has_the_headings_it_shows() -> None:
    script = (ROOT / "scripts" / "run-samples").read_text(encoding="utf-8")
    assert re.findall(r'^heading "(.+)"$', script, re.MULTILINE) == [*HEADINGS, "GO ON WITH"]
