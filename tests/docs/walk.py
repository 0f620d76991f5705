"""Walking a page of Markdown: its commands are typed, its keys pressed, what it shows compared.

Blocks that are walked::

    ```sh              commands; the last one may be followed by a block of what it prints
    ```sh exit=1       the same, ending with that code
    ```sh page         starts the review page, for the block of keys after it
    ```keys            a line a press: the key, text to type after it, an arrow, and which card is
                       then in hand

A line ``…`` in what is shown stands for any number of lines. With ``--golden-write`` what is shown
and the cards are written anew, blocks with ``…`` excepted; look at the diff.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Page, expect, sync_playwright
from sqlite_utils.cli import cli as sqlite_utils_cli

from tests.browser import CHROMIUM, FLAGS

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```([\w= ]*)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
ANY = "…"


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its word and options, its lines, and the line it begins at."""

    kind: str
    options: tuple[str, ...]
    body: str
    line: int
    start: int
    end: int

    @property
    def lines(self) -> list[str]:
        """What stands in it, without the spaces at the ends of lines."""
        return [line.rstrip() for line in self.body.strip("\n").splitlines()]

    @property
    def code(self) -> int:
        """The exit code its last command is to end with."""
        return next((int(o.partition("=")[2]) for o in self.options if o.startswith("exit=")), 0)


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a page."""
    found = []
    for match in BLOCK.finditer(text):
        kind, *options = match[1].split() or [""]
        line = text[: match.start()].count("\n") + 2
        found.append(Block(kind, tuple(options), match[2], line, match.start(), match.end()))
    return found


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether what is shown is what was printed, a line ``…`` being any lines."""
    if ANY not in shown:
        return shown == printed
    before = shown.index(ANY)
    if shown[:before] != printed[:before]:
        return False
    rest = shown[before + 1 :]
    return any(matches(rest, printed[at:]) for at in range(before, len(printed) + 1))


@dataclass(frozen=True, slots=True)
class Walker:
    """A person at a machine: a folder to stand in, the programs on the path."""

    folder: Path

    @classmethod
    def in_folder(cls, folder: Path) -> Walker:
        """Someone who stands in ``folder``, with the samples at hand."""
        (folder / "samples").symlink_to(ROOT / "samples")
        (folder / "bin").mkdir()
        for name, module in (("noteverbale", "noteverbale"), ("sqlite-utils", "sqlite_utils")):
            program = folder / "bin" / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
            program.chmod(0o755)
        return cls(folder)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of what is typed."""
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}

    def type(self, command: str) -> tuple[int, list[str]]:
        """Exit code and what is printed; of a refusal by sqlite-utils the last line alone.

        A plain ``sqlite-utils`` is called in this process, which saves half a second each.
        """
        program, *arguments = shlex.split(command)
        if program == "sqlite-utils" and "|" not in arguments:
            with chdir(self.folder):
                called = CliRunner().invoke(sqlite_utils_cli, arguments)
            if called.exception is not None and called.exit_code:
                error = called.exception
                return called.exit_code, [
                    f"{type(error).__module__}.{type(error).__name__}: {error}"
                ]
            return called.exit_code, _stripped(called.stdout)
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, _stripped(done.stdout)

    def press(self, command: str, presses: list[str]) -> list[str]:
        """Start the review page, press the keys in a browser; the lines with the cards in hand."""
        port = [] if "--port" in command else ["--port", "0"]
        program = [str(self.folder / "bin" / "noteverbale"), *shlex.split(command)[1:], *port]
        with subprocess.Popen(
            program, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, text=True
        ) as served:
            try:
                assert served.stdout is not None
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                    page = browser.new_page(viewport={"width": 1280, "height": 800})
                    page.set_default_timeout(20_000)
                    page.goto(served.stdout.readline().strip())
                    found = [_pressed(page, line) for line in presses]
                    browser.close()
            finally:
                served.terminate()
        return found


CARD = """() => {
    const title = document.querySelector(".card.active h2, #note.active h2");
    if (!title) return "";
    const words = title.cloneNode(true);
    words.querySelectorAll(".seq, kbd").forEach((inner) => inner.remove());
    return document.querySelector("h1").textContent.trim() + ": " + words.textContent.trim();
}"""
"""What is in hand: the State, and the delegate's name or "The note"."""


def _pressed(page: Page, line: str) -> str:
    """Press the key of a line and type its text; the line again, with what is then in hand."""
    keys, arrow, wanted = (part.strip(" ") for part in line.partition("→"))
    key, _, text = keys.partition(" ")
    before = page.evaluate(CARD)
    page.keyboard.press(key)
    if text:
        page.keyboard.type(text.strip())
    if not arrow:
        return line
    if wanted.endswith("."):  # what the page says
        expect(page.locator("#said")).to_have_text(wanted)
        return line
    page.wait_for_function(f"before => ({CARD})() !== before", arg=before)
    return f"{line.partition('→')[0]}→ {page.evaluate(CARD)}"


def _stripped(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def walk(page: Path, walker: Walker, *, write: bool = False) -> tuple[int, int]:
    """Walk a page from top to bottom; how many commands it has, and blocks of what is shown.

    With ``write`` the page is written anew instead of compared.
    """
    text = page.read_text(encoding="utf-8")
    replaced: list[tuple[Block, list[str]]] = []
    commands = shown = 0
    for block, after in _with_next(blocks(text)):
        where = f"{page.name} line {block.line}"
        if block.kind != "sh":
            continue
        commands += len(block.lines)
        if "page" in block.options:
            assert after is not None, f"{where}: no keys are pressed"
            printed = walker.press(block.body.strip(), after.lines)
        else:
            for number, command in enumerate(block.lines, 1):
                code, printed = walker.type(command)
                wanted = block.code if number == len(block.lines) else 0
                assert code == wanted, f"{where}: {command}\n" + "\n".join(printed)
        if after is not None and (after.kind == "keys" or after.start == block.end):
            shown += 1
            if write and ANY not in after.lines:
                replaced.append((after, printed))
            else:
                assert matches(after.lines, printed), f"{where} prints\n" + "\n".join(printed)
    for block, lines in reversed(replaced):
        opening = text[block.start :].partition("\n")[0]
        text = (
            f"{text[: block.start]}{opening}\n" + "\n".join(lines) + f"\n```\n{text[block.end :]}"
        )
    if write:
        page.write_text(text, encoding="utf-8")
    return commands, shown


def _with_next(found: list[Block]) -> Iterator[tuple[Block, Block | None]]:
    """Each block with the one after it, if that shows something and is no command of its own."""
    for block, after in zip(found, [*found[1:], None], strict=True):
        yield block, after if after is not None and after.kind in ("", "keys") else None
