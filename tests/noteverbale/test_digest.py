"""The digest reaches a real SMTP server, once a period, and a failure to send harms nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.types import Invitation
from noteverbale import cli, digest
from noteverbale.config import Config, ConfigError, DigestConfig, TemplatesConfig, parse_config
from noteverbale.templates import TemplateUnusable, check
from store import digests, intake, meetings
from store.database import Store
from tests.mail_server import certificate
from tests.smtp_server import PASSWORD, USER, Post, smtp_server
from tests.store.replies import MAY_2, add_note

MORNING = datetime(2019, 5, 6, 9, 0, tzinfo=UTC)
BROKEN = "{{ nothing.at.all }}"


@pytest.fixture(scope="module")
def certificate_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's own certificate."""
    folder = tmp_path_factory.mktemp("tls")
    certificate(folder)
    return folder / "cert.pem"


@pytest.fixture
def post(certificate_file: Path) -> Iterator[Post]:
    """The server."""
    with smtp_server(certificate_file) as running:
        yield running


@pytest.fixture
def config(post: Post, certificate_file: Path, tmp_path: Path) -> Config:
    """A daily digest over STARTTLS with a log-in."""
    (tmp_path / "password").write_text(PASSWORD + "\n")
    return Config(
        digest=DigestConfig(
            host="localhost",
            port=post.port,
            ca_file=certificate_file,
            user=USER,
            password_file=tmp_path / "password",
            from_="uncac@example.org",
            to=("registry@example.org", "chief@example.org"),
            timeout_s=1.0,
        )
    )


def _send(config: Config, store: Store, poll: int = 1, now: datetime = MORNING) -> None:
    digest.send_due(config, store, poll, now)


def _states(store: Store) -> list[tuple[str, str | None]]:
    return [
        (r["state"], r["reason"])
        for r in store.rows("SELECT state, reason FROM digests ORDER BY rowid")
    ]
