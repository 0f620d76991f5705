"""The same answer whatever the locale; clear words where the machine does not play along."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils

from noteverbale import cli, logs
from noteverbale.exit_codes import ExitCode

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def _run(
    *arguments: str, before: tuple[str, ...] = (), more: dict[str, str] | None = None
) -> tuple[int, str, str]:
    done = subprocess.run(
        [*before, sys.executable, "-m", "noteverbale", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(more or {})},
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_accents_in_paths_and_names_are_the_same_in_an_ascii_locale(tmp_path: Path) -> None:
    folder = tmp_path / "réponses №1"
    folder.mkdir()
    shutil.copy(SAMPLES / "replies/043-nam-born-digital.pdf", folder / "nöte.pdf")
    for number, more in enumerate((ASCII, {})):
        database = folder / f"{number}.db"
        code, _, said = _run("process", str(folder / "nöte.pdf"), "--db", str(database), more=more)
        assert code == ExitCode.SOME_FAILED
        # a path that a library cannot open would have made it "damaged"
        assert "document 1 nöte.pdf: rejected, not a scan" in said
        code, out, _ = _run("status", "--json", "--db", str(database), more=more)
        assert code == ExitCode.OK
        assert json.loads(out)["problems"][0]["filename"] == "nöte.pdf"
        db = sqlite_utils.Database(database)
        assert [row["filename"] for row in db["documents_list"].rows] == ["nöte.pdf"]
        db.close()


@pytest.mark.parametrize("more", [ASCII, {}], ids=["ascii", "utf-8"])
def test_wrong_arguments_leave_no_database(tmp_path: Path, more: dict[str, str]) -> None:
    database = str(tmp_path / "data" / "n.db")
    good = str(SAMPLES / "replies/043-nam-born-digital.pdf")
    for path in ("/nowhere/ça→.pdf", "/dev/null"):
        code, out, said = _run("process", good, path, "--db", database, more=more)
        assert (code, out) == (ExitCode.USAGE, "")
        assert path in said
        assert "Traceback" not in said
    assert list(tmp_path.rglob("*.db")) == []


@pytest.fixture
def on_the_disk() -> Iterator[Path]:
    """A folder that is not in shared memory, wherever the tests have theirs."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        yield Path(folder)


def test_without_shared_memory_it_is_said_and_the_documents_wait(
    on_the_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(on_the_disk))
    alone = ("unshare", "--mount", "--map-root-user", "sh", "-c")
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this kernel lets nobody have mounts of their own")
    before = (*alone, 'mount -t tmpfs -o ro tmpfs /dev/shm && exec "$@"', "sh")
    database = on_the_disk / "n.db"
    scan = str(SAMPLES / "replies/043-nam-born-digital.pdf")
    code, _, said = _run("process", scan, "--db", str(database), before=before)
    assert code == ExitCode.SOME_FAILED
    assert "They need /dev/shm, where this user must be able to write: mount -t tmpfs" in said
    code, out, _ = _run("check", "--json", "--db", str(database), before=before)
    found = {f["what"]: f for f in json.loads(out)}
    assert not found["worker processes"]["ok"]
    code, _, said = _run("process", scan, "--db", str(database))
    assert "1 known; documents read: 1 rejected" in said


def test_check_ends_with_2_for_a_wrong_configuration_and_names_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = ["--db", str(tmp_path / "n.db")]
    file = tmp_path / "noteverbale.toml"
    file.write_text("[mailbx]\n")
    for arguments in (["--config", str(file)], []):
        monkeypatch.setenv("NOTEVERBALE_CONFIG", str(file))
        assert cli.run(["check", *arguments, *database]) == ExitCode.USAGE
        assert f"MEND  configuration                {file}: unknown key" in capsys.readouterr().out
    file.write_text('[mailbox]\nhost = "127.0.0.1"\nport = 9\ntls = "none"\nuser = "u"\n')
    assert cli.run(["check", *database]) == ExitCode.USAGE  # no password: `fetch` would say so
    assert f"{file} (named by NOTEVERBALE_CONFIG)" in capsys.readouterr().out
    file.write_text("")
    cli.run(["check", "--json", "--config", str(file), *database])
    found = json.loads(capsys.readouterr().out)
    assert (found[0]["detail"], found[0]["reason"]) == (str(file), "")
    monkeypatch.delenv("NOTEVERBALE_CONFIG")
    cli.run(["check", "--json", *database])
    assert json.loads(capsys.readouterr().out)[0]["detail"] == "defaults, no file"


@pytest.mark.parametrize(("mode", "warned"), [(0o644, True), (0o602, True), (0o640, False)])
def test_a_secret_that_others_can_read_is_told_by_check_and_once_at_the_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mode: int, *, warned: bool
) -> None:
    secret = tmp_path / "password"
    secret.write_text("correct horse\n")
    secret.chmod(mode)
    file = tmp_path / "c.toml"
    file.write_text(
        '[mailbox]\nhost = "127.0.0.1"\nport = 9\ntls = "none"\nuser = "u"\n'
        f'password_file = "{secret}"\n'
    )
    arguments = ["--config", str(file), "--db", str(tmp_path / "n.db")]
    cli.run(["check", "--json", *arguments])
    out = capsys.readouterr().out
    found = [(f["ok"], f["mend"]) for f in json.loads(out) if f["what"] == "secret"]
    assert found == ([(False, f"chmod 600 {secret}")] if warned else [])
    code, said, err = _run("fetch", *arguments)
    assert code == ExitCode.SOME_FAILED
    assert err.count("others can read this secret") == warned
    assert "correct horse" not in out + said + err


def _logged(formatter: logging.Formatter, text: str) -> str:
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "x.py", 1, text, None, None)
    return formatter.format(record)


@pytest.mark.parametrize("formatter", [logs.TextLines(), logs.JsonLines()])
def test_a_line_of_the_log_is_cut_and_touches_no_terminal(formatter: logging.Formatter) -> None:
    line = _logged(formatter, "/reply/" + "9" * 5000)
    assert len(line) < logs.LONGEST + 200
    line = _logged(formatter, "\x1b[2J\nERROR forged\u202e")
    assert not {"\x1b", "\n", "\u202e"} & set(line)
