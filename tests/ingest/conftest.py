"""The account that IMAP tests log in with."""

from __future__ import annotations

import pytest

from ingest import imap
from ingest.backoff import Backoff
from ingest.imap import MailboxAccount
from tests.mail_server import Mailbox


@pytest.fixture
def account(mailbox: Mailbox) -> MailboxAccount:
    """The account of the test's mailbox, over TLS."""
    server = mailbox.server
    return MailboxAccount(
        host="localhost",
        port=server.tls_port,
        user=mailbox.user,
        password=server.password,
        ca_file=server.ca_file,
        timeout_s=5,
    )


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses of milliseconds, as many as in earnest."""
    monkeypatch.setattr(imap, "Backoff", lambda: Backoff(first_s=0.01, most_s=0.05))
