"""``noteverbale check`` about mailbox, scanner folder and what expires, as a person reads it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from noteverbale import cli
from noteverbale.config import Config
from noteverbale.self_check import machine
from ocr.engines import tesseract
from tests.mail_server import Mailbox


@pytest.fixture
def lines(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("MAIL_PASSWORD", mailbox.server.password)
    mailbox.deliver(b"Subject: x\r\n\r\nx")
    return (
        f'[mailbox]\nhost = "127.0.0.1"\nport = {mailbox.server.port}\ntls = "none"\n'
        f'user = "{mailbox.user}"\npassword_env = "MAIL_PASSWORD"\n'
    )


def _checked(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> dict[str, tuple[bool, str]]:
    file = folder / "config.toml"
    file.write_text(text)
    cli.run(["check", "--json", "--config", str(file), "--db", str(folder / "n.db")])
    found = json.loads(capsys.readouterr().out)
    return {f["what"]: (f["ok"], f["detail"]) for f in found}


def test_the_way_messages_will_be_moved_is_told(
    mailbox: Mailbox, tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: str
) -> None:
    moving = lines + 'after = "move"\nmove_to = "Processed"\n'
    ok, detail = _checked(tmp_path, capsys, moving)["after the commit"]
    assert not ok
    assert "'Processed'" in detail
    mailbox.make_folder("Processed")
    found = _checked(tmp_path, capsys, moving)
    assert found["mailbox"] == (True, "log-in works, 1 messages")
    assert found["after the commit"] == (True, "messages are moved to Processed (MOVE)")
    found = _checked(tmp_path, capsys, lines + 'after = "flag"\n')
    assert found["after the commit"] == (True, "messages are flagged NoteVerbale")
    assert "after the commit" not in _checked(tmp_path, capsys, lines)
    assert len(mailbox.contents()) == 1


def test_missing_models_of_names_are_named_with_the_way_to_install_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = tesseract.installed_models()
    monkeypatch.setattr(tesseract, "installed_models", lambda: there - {"vie", "srp", "tur"})
    (found,) = [f for f in machine.findings(Config()) if f.what == "letters of names"]
    assert (found.ok, found.mend) == (False, "apt-get install tesseract-ocr-tur tesseract-ocr-vie")
    monkeypatch.undo()
    (found,) = [f for f in machine.findings(Config()) if f.what == "letters of names"]
    assert (found.ok, found.detail) == (True, "all languages")


@pytest.mark.parametrize(("days", "ok"), [(20, False), (100, True)])
def test_a_certificate_that_ends_soon_is_to_be_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], days: int, *, ok: bool
) -> None:
    command = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x"
    names = ["-days", str(days), "-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "pem")]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    (tmp_path / "pem").write_text((tmp_path / "pem").read_text() + (tmp_path / "key").read_text())
    text = (
        '[mailbox]\nhost = "localhost"\nport = 1\nuser = "u"\nauth = "oauth2"\n[mailbox.oauth2]\n'
        f'tenant = "t"\nclient_id = "c"\ncertificate_file = "{tmp_path}/pem"\n'
        'authority = "https://localhost:1"\n'
    )
    found = _checked(tmp_path, capsys, text)
    assert found["certificate"][0] is ok
    assert "expires on 20" in found["certificate"][1]
    assert not found["mailbox"][0]
    assert "token server localhost cannot be reached" in found["mailbox"][1]


def test_a_scanner_folder_that_cannot_be_used_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scans").mkdir()
    text = f'[scanner]\nfolder = "{tmp_path}/scans"\n'
    assert _checked(tmp_path, capsys, text)["scanner folder"] == (True, "0 files")
    moving = text + f'after = "move"\nmove_to = "{tmp_path}/done"\n'
    ok, detail = _checked(tmp_path, capsys, moving)["scanner folder"]
    assert not ok
    assert "/done" in detail
    text = f'[scanner]\nfolder = "{tmp_path}/nowhere"\n'
    assert not _checked(tmp_path, capsys, text)["scanner folder"][0]
