"""Secrets come from a file, the environment or systemd, and what expires is counted in days."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from noteverbale.config import Config, parse_config
from noteverbale.config_reader import ConfigError
from noteverbale.credentials import Expiry, account, expiries, require_source

MAILBOX = '[mailbox]\nhost = "mail.example.org"\nuser = "u@example.org"\n'
OAUTH2 = MAILBOX + 'auth = "oauth2"\n[mailbox.oauth2]\ntenant = "t"\nclient_id = "c"\n'


@pytest.fixture(autouse=True)
def _no_systemd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    file = tmp_path / "app.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 20"
    subprocess.run(
        [*command.split(), "-subj", "/CN=x", "-keyout", tmp_path / "key", "-out", file],
        check=True,
        capture_output=True,
    )
    file.write_text(file.read_text() + (tmp_path / "key").read_text())
    return file


def test_a_password_comes_from_a_file_the_environment_or_systemd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mailbox-password").write_text("from systemd\nsecond line\n")
    (tmp_path / "file").write_text("from a file\n")
    monkeypatch.setenv("MY_PASSWORD", "from the environment")
    with pytest.raises(ConfigError, match=r"mailbox\.password_file"):
        account(parse_config(MAILBOX))
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert account(parse_config(MAILBOX)).password == "from systemd"
    named = parse_config(f'{MAILBOX}password_file = "{tmp_path}/file"\n')
    assert account(named).password == "from a file"
    named = parse_config(MAILBOX + 'password_env = "MY_PASSWORD"\n')
    assert account(named).password == "from the environment"


def test_a_secret_comes_from_the_same_places_and_no_password_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificate: Path
) -> None:
    with pytest.raises(ConfigError, match=r"mailbox\.oauth2\.certificate_file"):
        account(parse_config(OAUTH2))
    monkeypatch.setenv("MY_SECRET", "x")
    found = account(parse_config(OAUTH2 + 'secret_env = "MY_SECRET"\n'))
    assert found.oauth2 is not None
    assert (found.password, found.oauth2.secret, found.oauth2.certificate) == ("", "x", None)
    (tmp_path / "mailbox-oauth2-secret").write_text("from systemd\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    found = account(parse_config(OAUTH2))
    assert found.oauth2 is not None
    assert found.oauth2.secret == "from systemd"
    certificate.rename(tmp_path / "mailbox-oauth2-certificate")
    found = account(parse_config(OAUTH2))  # a certificate goes before a secret
    assert found.oauth2 is not None
    assert found.oauth2.secret is None
    assert "PRIVATE KEY" in (found.oauth2.certificate or "")


def test_days_until_the_certificate_ends(certificate: Path) -> None:
    config = parse_config(f'{OAUTH2}certificate_file = "{certificate}"\n')
    (found,) = expiries(config)
    assert found.name == "certificate"
    assert found.days in (19, 20)
    assert found.day is not None
    (past,) = expiries(config, today=date.fromisoformat(found.day).replace(year=2100))
    assert past.days is not None
    assert past.days < 0


def test_days_until_the_secret_ends_if_somebody_wrote_the_day_down() -> None:
    config = parse_config(OAUTH2 + 'secret_env = "HOME"\n')
    assert expiries(config) == (Expiry("secret", None),)
    oauth2 = replace(config.mailbox.oauth2, expires=date(2027, 5, 31))
    config = replace(config, mailbox=replace(config.mailbox, oauth2=oauth2))
    assert expiries(config, today=date(2027, 5, 1)) == (Expiry("secret", 30, "2027-05-31"),)
    assert expiries(parse_config(MAILBOX)) == ()


def test_something_to_poll_must_be_configured(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"mailbox\.host"):
        require_source(Config())
    require_source(parse_config(f'[scanner]\nfolder = "{tmp_path}"\n'))
    with pytest.raises(ConfigError, match="password"):
        require_source(parse_config(f'{MAILBOX}[scanner]\nfolder = "{tmp_path}"\n'))
