"""Whatever goes wrong is one line in plain words, with the exit code scripts rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from noteverbale import cli
from noteverbale.exit_codes import ExitCode

SAMPLES = Path(__file__).parents[2] / "samples"
DAMAGED = (
    b"From: mission@example.org\r\nTo: meetings@example.org\r\nSubject: Note\r\n"
    b"Message-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain\r\n\r\nPlease find the note attached.\r\n"
    b'--b\r\nContent-Type: application/pdf; name="note.pdf"\r\n'
    b'Content-Disposition: attachment; filename="note.pdf"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n"
    b"JVBERi0xLjQKJcOkw7zDtsOfCjIgMCBvYmo\xa7JVBERi0xLjQKJcOkw7zDtsOfCjIgMCBvYmo\r\n"
    b"--b--\r\n"
)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "No such command"),
        (["process"], "PATHS"),
        (["process", "/nowhere"], "no such file"),
        (["process", "README.md", "--db", "/proc/none/n.db"], "cannot be made there"),
        (["read", "/nowhere.pdf"], "no such file"),
        (["reprocess"], "--document"),
        (["status", "--db", "/nowhere.db"], "no database"),
        (["status", "--config", "/nowhere.toml"], "cannot be read"),
        (["fetch"], "mailbox.host"),
        (["run"], "mailbox.host"),
        (["export", "--format", "odt", "--meeting", "x"], "odt"),
    ],
)
def test_wrong_usage_is_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(arguments) == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert said in err


@pytest.mark.parametrize("command", [["process"], ["read"], ["fetch"], ["run"]])
def test_a_page_reader_that_is_not_installed_is_named_before_anything_is_read(
    command: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ocr.engines.selection.is_installed", lambda engine: engine == "tesseract")
    configuration = tmp_path / "c.toml"
    configuration.write_text('[ocr]\nengine = "tesserocr"\n', encoding="utf-8")
    scan = [str(SAMPLES / "replies/001-ken-numbered.pdf")] if command[0] in "process read" else []
    database = ["--db", str(tmp_path / "n.db"), "--config", str(configuration)]
    assert cli.run([*command, *scan, *database]) == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert "not installed: pip install 'noteverbale[tesserocr]'" in err
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "n.db").exists()

    assert cli.run(["check", "--json", *database]) == ExitCode.SOME_FAILED
    found = {f["what"]: f for f in json.loads(capsys.readouterr().out)}
    assert not found["page reader"]["ok"]
    assert found["page reader"]["detail"] == "tesserocr is not installed."


def test_check_names_the_page_reader_that_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ocr.engines.selection.is_installed", lambda engine: engine != "tesserocr")
    monkeypatch.setattr("ocr.engines.selection.tesserocr_works", lambda: False)
    configuration = tmp_path / "c.toml"
    configuration.write_text("", encoding="utf-8")
    cli.run(["check", "--json", "--db", str(tmp_path / "n.db"), "--config", str(configuration)])
    found = {f["what"]: f for f in json.loads(capsys.readouterr().out)}["page reader"]
    assert found["ok"]
    assert found["detail"].startswith("tesseract ")
    assert "noteverbale[tesserocr] is not installed" in found["detail"]


def test_an_error_nobody_foresaw_is_one_line_without_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise KeyError("Jane Doe")

    monkeypatch.setattr("noteverbale.config.load_config", stumble)
    assert cli.run(["status"]) == ExitCode.SOME_FAILED
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "KeyError in test_plain_errors.py" in said
    assert "Jane Doe" not in said


def test_an_attachment_that_arrived_damaged_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = tmp_path / "m.eml"
    message.write_bytes(DAMAGED)
    database = str(tmp_path / "n.db")
    assert cli.run(["process", str(message), "--db", database]) == ExitCode.SOME_FAILED
    assert "document 1 note.pdf: failed, the attachment arrived damaged" in capsys.readouterr().err
    assert cli.run(["status", "--json", "--db", database]) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["documents"] == {"failed": 1}


def test_explaining_an_unknown_document_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = str(tmp_path / "n.db")
    assert cli.run(["meeting", "add", str(SAMPLES / "invitation.txt"), "--db", database]) == 0
    capsys.readouterr()
    assert cli.run(["explain", "--document", "9", "--db", database]) == ExitCode.USAGE
    assert "no document 9" in capsys.readouterr().err
