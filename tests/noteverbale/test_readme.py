"""The README is run: what it tells people to type works on a database of sample replies."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlite_utils

from noteverbale import cli

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _section(title: str) -> str:
    return README.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def _commands(section: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``data/noteverbale.db`` in it and the programs on its path."""
    folder = tmp_path_factory.mktemp("readme")
    database = str(folder / "data" / "noteverbale.db")
    replies = sorted((ROOT / "samples" / "replies").glob("00[14]-*"))
    assert len(replies) == 2
    assert cli.run(["meeting", "add", str(ROOT / "samples/invitation.txt"), "--db", database]) == 0
    assert cli.run(["process", *map(str, replies), "--db", database, "--jobs", "2"]) == 0
    programs = folder / "bin"
    programs.mkdir()
    for name, code in (
        ("noteverbale", "from noteverbale.cli import main; main()"),
        ("sqlite-utils", "from sqlite_utils.cli import cli; cli()"),
    ):
        file = programs / name
        file.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{code}" "$@"\n')
        file.chmod(0o755)
    return folder


def _type(folder: Path, command: str) -> str:
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def test_what_the_readme_shows_for_reading_and_editing_works(folder: Path) -> None:
    commands = _commands(_section("Reading and editing the table"))
    assert len(commands) >= 8
    for command in commands:
        said = _type(folder, command)
        changes = re.search(r'"(update|insert|delete)', command) is not None
        assert changes or said.strip(), command
    db = sqlite_utils.Database(folder / "data" / "noteverbale.db")
    edits = {(row["action"], row["field"]) for row in db["corrections"].rows}
    db.close()
    assert {("update", "title"), ("update", "note_date")} <= edits
    assert any(action == "insert" for action, _ in edits)


def test_listings_of_the_readme_work(folder: Path) -> None:
    listings = [
        line
        for line in _commands(_section("Commands"))
        if line.split()[1] not in ("meeting", "process")
    ]
    assert listings
    for command in listings:
        assert _type(folder, command).strip(), command


def test_every_command_stands_in_the_readme() -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", _section("Commands"), re.MULTILINE))
    assert documented == set(cli.COMMANDS)


def test_every_make_target_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    named = set(re.findall(r"^make (\w+)|`make (\w+)`", README, re.MULTILINE))
    assert {a or b for a, b in named} <= targets | {"help"}


def test_every_path_that_architecture_names_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+(?:/[\w.]+)*/(?:\w+\.\w+)?)`", text))
    named |= set(re.findall(r"`([a-z_]+/[\w/]+\.(?:py|md|toml|sql|js))`", text))
    assert len(named) > 40
    lost = [
        name for name in named if not any((at / name).exists() for at in (ROOT, ROOT / "extract"))
    ]
    assert lost == []
