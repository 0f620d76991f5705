"""What the pages show could be typed: commands, options, make targets, programs, configuration."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from noteverbale import cli
from noteverbale.config import parse_config
from tests.docs.test_links import IDS, PAGES, ROOT
from tests.docs.walk import blocks

TARGETS = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


def _typed(page: Path) -> list[str]:
    """The lines of a page's command blocks, continued lines joined."""
    shown = [b.body for b in blocks(page.read_text(encoding="utf-8")) if b.kind == "sh"]
    return [
        line for body in shown for line in body.replace("\\\n", " ").splitlines() if line.strip()
    ]


def _calls(line: str) -> list[list[str]]:
    """The calls of our program in a line, whatever stands before it or after a ``|`` or ``>``."""
    words = shlex.split(line, comments=True)
    starts = [
        n
        for n, word in enumerate(words)
        if word.rsplit("/", 1)[-1] == "noteverbale" and words[n - 1] != "-u"
    ]
    calls = []
    for at in starts:
        rest = words[at + 1 :]
        end = next((n for n, word in enumerate(rest) if word in ("|", ">", "&&", ";")), len(rest))
        calls.append(rest[:end])
    return [call for call in calls if call and (call[0] in cli.COMMANDS or call[0][0] != "-")]


def _alone(command: click.Group, arguments: list[str]) -> bool:
    """Whether a group is called without one of its commands, as those that then list are."""
    return command.invoke_without_command and (not arguments or arguments[0].startswith("-"))


def _try(arguments: list[str]) -> None:
    """Parse as the program would, without running it."""
    command: click.Command = cli.cli
    context = click.Context(cli.cli, info_name="noteverbale")
    while isinstance(command, click.Group) and not _alone(command, arguments):
        found = command.get_command(context, arguments[0])
        assert found is not None, f"no command {arguments[0]}"
        command, arguments = found, arguments[1:]
    if "--help" not in arguments:
        command.make_context(command.name, list(arguments))


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_command_shown_is_one_that_the_program_takes(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in _typed(page):
        for call in _calls(line):
            try:
                _try(call)
            except click.ClickException as error:
                pytest.fail(f"{line}: {error.format_message()}")


def test_commands_enough_are_shown() -> None:
    assert sum(len(_calls(line)) for page in PAGES for line in _typed(page)) > 35


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_target_and_program_shown_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"^make (\w+)|`make (\w+)`", text, re.MULTILINE))
    assert {a or b for a, b in named} <= TARGETS
    for program in re.findall(
        r"python (?:-m )?((?:benchmarks|samples|scripts|tests)[/.][\w./]+)", text
    ):
        if program.endswith(".py"):
            assert (ROOT / program).exists(), program
        else:
            place = ROOT / program.replace(".", "/")
            assert place.with_suffix(".py").exists() or (place / "__main__.py").exists(), program


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_configuration_shown_is_understood(page: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.kind == "toml" and "lexicon" not in str(page):
            parse_config(block.body)
