"""What IMAPClient and imaplib raise, as errors of ours that a secretary understands."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from typing import Final

from imapclient.exceptions import IMAPClientError, LoginError

from ingest.backoff import MOST_BACKOFF_S
from ingest.errors import (
    CertificateNotTrusted,
    ChangeRefused,
    LoginRefused,
    MailboxError,
    MailboxProtocolError,
    MailboxThrottled,
    MailboxTimeout,
    MailboxUnreachable,
)

NONSENSE: Final = (ValueError, KeyError, IndexError, TypeError, AttributeError)
"""What garbled answers make of IMAPClient's parser."""

RAISED: Final = (IMAPClientError, imaplib.IMAP4.error, OSError, *NONSENSE)
"""Everything the libraries raise; after any of it a connection is dead."""

_BUSY: Final = re.compile(
    r"\[(?:UNAVAILABLE|INUSE|LIMIT|THROTTLED|OVERQUOTA)\]|too many|throttl"
    r"|server (?:is )?(?:busy|unavailable)",
    re.IGNORECASE,
)
"""Refusals that have nothing to do with what was asked: RFC 5530, RFC 9585, Exchange, Gmail."""

_BACKOFF: Final = re.compile(
    r"back-?off time:? {0,3}(\d{1,9}) ?(ms|milliseconds|s\b|seconds)", re.I
)
"""Exchange Online says ``Request is throttled. Suggested Backoff Time: 299910 milliseconds``."""


def explained(error: Exception, host: str) -> MailboxError:
    """The error of ours for one of ``RAISED``; nothing of the server's text is quoted."""
    if isinstance(error, LoginError):
        return _login_explained(error, host)
    if (known := _connection_explained(error, host)) is not None:
        return known
    kind = type(error).__name__
    if isinstance(error, imaplib.IMAP4.readonly):
        return ChangeRefused("The mailbox may only be read: nothing can be flagged or moved.")
    if isinstance(error, IMAPClientError | imaplib.IMAP4.error) and is_busy(str(error)):
        return MailboxThrottled(f"{host} asks us to wait.", backoff_s(str(error)))
    if isinstance(error, imaplib.IMAP4.abort | OSError):
        return MailboxUnreachable(f"The connection to {host} broke ({kind}).")
    return MailboxProtocolError(f"{host} answered something unexpected ({kind}).")


def _connection_explained(error: Exception, host: str) -> MailboxError | None:
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = error.verify_message or "it cannot be verified"
        return CertificateNotTrusted(
            f"The certificate of {host} is not trusted ({reason}); see mailbox.ca_file."
        )
    if isinstance(error, TimeoutError):
        return MailboxTimeout(f"{host} did not answer in time.")
    if isinstance(error, socket.gaierror):
        return MailboxUnreachable(f"There is no host {host}; see mailbox.host.")
    if isinstance(error, ConnectionRefusedError):
        return MailboxUnreachable(f"{host} refuses connections on this port; see mailbox.port.")
    if isinstance(error, ssl.SSLError) and error.reason == "WRONG_VERSION_NUMBER":
        return MailboxUnreachable(f"{host} does not speak TLS on this port; see mailbox.port.")
    return None


def _login_explained(error: LoginError, host: str) -> MailboxError:
    """IMAPClient makes a LoginError of a broken connection and of a busy server, too."""
    cause = error.__context__
    said = f"{error} {cause or ''}"
    if is_busy(said) or "[SERVERBUG]" in said.upper():
        return MailboxThrottled(f"{host} lets nobody in at present.", backoff_s(said))
    if isinstance(cause, imaplib.IMAP4.abort | OSError):
        return explained(cause, host)
    return LoginRefused("The mail server refused the user name or password.")


def is_busy(said: str) -> bool:
    """Whether an answer means: later."""
    return bool(_BUSY.search(said[:2000]))


def backoff_s(said: str) -> float | None:
    """How many seconds the server asks us to wait, at most an hour; None if it names no time."""
    found = _BACKOFF.search(said[:2000])
    if found is None:
        return None
    number = float(found[1])
    return min(MOST_BACKOFF_S, number / 1000 if found[2].lower().startswith("m") else number)
