"""The walk-through is walked: every command of it is run, in order, on real sample replies."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils.cli import cli as sqlite_utils_cli

from noteverbale import cli

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "review-with-sqlite-utils.md"


@dataclass(frozen=True, slots=True)
class Step:
    """One block of commands; ``shows`` is the block under it, what the last command prints."""

    line: int
    commands: tuple[str, ...]
    refused: bool
    shows: str | None


def steps(text: str) -> list[Step]:
    """The fenced blocks of a Markdown text: commands in ``sh``, their output without a name."""
    found: list[Step] = []
    end = -1
    for block in re.finditer(r"^```([a-z ]*)\n(.*?)^```\n", text, re.MULTILINE | re.DOTALL):
        kind, body = block[1], block[2]
        if kind.startswith("sh"):
            line = text[: block.start()].count("\n") + 2
            found.append(Step(line, tuple(body.splitlines()), "refused" in kind, None))
        elif block.start() == end:
            last = found[-1]
            found[-1] = Step(last.line, last.commands, last.refused, body)
        end = block.end()
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a reader of the guide would stand: the samples at hand, the programs on the path."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "sqlite-utils"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sqlite_utils "$@"\n')
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _type(folder: Path, command: str, *, refused: bool) -> tuple[int, str]:
    """Exit code, and what is printed: to stdout, or the last line of a refusal.

    A plain command is called in this process, which saves half a second each; what has a pipe in
    it or is refused runs in a shell, as a person would run it.
    """
    program, *arguments = shlex.split(command)
    if program == "noteverbale":
        return cli.run(arguments), ""
    if program == "sqlite-utils" and "|" not in arguments and not refused:
        called = CliRunner().invoke(sqlite_utils_cli, arguments, catch_exceptions=False)
        return called.exit_code, called.stdout
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.strip().splitlines()[-1] if refused else done.stdout


def _stripped(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def test_every_command_of_the_guide_works_and_prints_what_is_shown(folder: Path) -> None:
    walk = steps(GUIDE.read_text(encoding="utf-8"))
    assert sum(len(step.commands) for step in walk) >= 35
    assert sum(step.shows is not None for step in walk) >= 12
    for step in walk:
        printed = ""
        for command in step.commands:
            code, printed = _type(folder, command, refused=step.refused)
            assert (code != 0) is step.refused, f"{GUIDE.name} line {step.line}: {command}"
        if step.shows is not None:
            assert _stripped(printed) == _stripped(step.shows), f"{GUIDE.name} line {step.line}"
    assert (folder / "participants.docx").stat().st_size > 0
