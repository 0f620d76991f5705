"""A second run is told at once, however many start together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tomllib
from contextlib import ExitStack
from pathlib import Path

import pytest

from noteverbale import cli, early_lock
from noteverbale.exit_codes import ExitCode
from noteverbale.lock import Locked, run_lock
from store.service.polls import Part

ROOT = Path(__file__).parents[2]
STARTS = 20


def _together(arguments: list[str]) -> list[subprocess.Popen[bytes]]:
    return [
        subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PW": "secret"},
            stderr=subprocess.DEVNULL,
        )
        for _ in range(STARTS)
    ]


def _until_left(started: list[subprocess.Popen[bytes]], number: int) -> None:
    while sum(p.poll() is not None for p in started) < number:
        time.sleep(0.01)


def test_of_twenty_starts_one_works_and_the_others_leave(tmp_path: Path) -> None:
    config = tmp_path / "c.toml"
    config.write_text(
        f'[data]\nfolder = "{tmp_path}/data"\n'
        '[mailbox]\nhost = "127.0.0.1"\nport = 9\nuser = "u"\ntls = "none"\npassword_env = "PW"\n'
    )
    started = _together(["-m", "noteverbale", "run", "--config", str(config)])
    _until_left(started, STARTS - 1)
    working = [p for p in started if p.poll() is None]
    codes = {p.returncode for p in started if p.poll() is not None}
    for process in working:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    assert len(working) == 1
    assert codes == {ExitCode.LOCKED}


def test_who_finds_the_lock_taken_leaves_before_anything_is_imported(tmp_path: Path) -> None:
    config = tmp_path / "c.toml"
    config.write_text(f'[data]\nfolder = "{tmp_path}/data"\n')
    (tmp_path / "data").mkdir()
    with run_lock(tmp_path / "data" / "noteverbale.db", early_lock.SERVICES["both"][0]):
        left = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "noteverbale", "run", "--config", config],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert left.returncode == ExitCode.LOCKED
    imported = {line.rpartition("|")[2].strip() for line in left.stderr.splitlines()}
    assert {name for name in imported if name.startswith("noteverbale.")} == {
        "noteverbale.early_lock"
    }
    assert imported.isdisjoint({"click", "sqlite3", "tomllib", "logging", "pathlib"})


@pytest.mark.parametrize(
    ("arguments", "suffix"),
    [
        (["run"], ".fetcher.lock"),
        (["run", "--keep-only"], ".fetcher.lock"),
        (["run", "--no-mailbox"], ".reader.lock"),
        (["fetch"], ".lock"),
        (["fetch", "--keep-only"], ".mailbox.lock"),
        (["process", "x.pdf"], ".lock"),
    ],
)
def test_the_early_lock_is_the_one_the_command_takes(
    tmp_path: Path, arguments: list[str], suffix: str
) -> None:
    database = tmp_path / "n.db"
    words = [*arguments, "--db", str(database)]
    assert early_lock.busy(words) is None
    assert early_lock.busy(words) == str(database)
    with run_lock(database, suffix):  # takes over what was had early
        assert early_lock.busy(words) == str(database)
    with run_lock(database, suffix):
        pass


@pytest.mark.parametrize("half", ["--keep-only", "--no-mailbox"])
def test_a_service_and_one_of_its_halves_never_run_together(tmp_path: Path, half: str) -> None:
    (tmp_path / "scans").mkdir()
    config = tmp_path / "c.toml"
    config.write_text(
        f'[data]\nfolder = "{tmp_path}/data"\n[scanner]\nfolder = "{tmp_path}/scans"\n'
    )
    whole: list[str] = []
    other = [half]
    for first, second in ((whole, other), (other, whole)):
        held = [
            run_lock(tmp_path / "data" / "noteverbale.db", suffix)
            for suffix in early_lock.SERVICES[_part(first)]
        ]
        with ExitStack() as stack:
            for lock in held:
                stack.enter_context(lock)
            assert cli.run(["run", *second, "--config", str(config)]) == ExitCode.LOCKED


def _part(words: list[str]) -> Part:
    return "mailbox" if "--keep-only" in words else "reading" if words else "both"


def test_help_and_listings_take_no_lock(tmp_path: Path) -> None:
    for words in (["run", "--help"], ["status"], [], ["--version"]):
        assert early_lock.busy([*words, "--db", str(tmp_path / "n.db")]) is None
    assert list(tmp_path.iterdir()) == []


def test_a_configuration_that_cannot_be_read_is_left_to_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text("data = 3")
    assert early_lock.busy(["run", "--config", str(tmp_path / "c.toml")]) is None
    assert early_lock.busy(["run", "--config", str(tmp_path / "none.toml")]) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        '[data]\nfolder = "/srv/a b"  # here\n[mailbox]\nfolder = "INBOX"\n',
        '[mailbox]\nfolder = "INBOX"\n',
        '  [data]  # x\n  folder="a"\n',
        'data.folder = "dotted"\n',
        'data = { folder = "inline" }\n',
        "[data]\nfolder = 'literal'\n",
        '[data]\nfolder = "back\\\\slash"\n',
        '["data"]\nfolder = "quoted"\n',
        '[ data ]\nfolder = "spaces"\n',
        '[data]\n"folder" = "quoted key"\n',
        '[data]\nfolder = """\nlong"""\n',
        '[ocr]\nengine = """\n[data]\nfolder = "no"\n"""\n',
        '# [data]\n# folder = "no"\n',
        '[data]\n# folder = "no"\nfolder = "yes"\n',
        (ROOT / "config.example.toml").read_text(),
    ],
)
def test_the_folder_is_the_one_that_a_parser_of_toml_finds(text: str) -> None:
    assert early_lock.data_folder(text) == tomllib.loads(text).get("data", {}).get("folder")


def test_a_lock_held_elsewhere_is_an_error_that_names_the_database(tmp_path: Path) -> None:
    with (
        run_lock(tmp_path / "n.db"),
        pytest.raises(Locked, match=r"n\.db"),
        run_lock(tmp_path / "n.db"),
    ):
        pass
