"""IMAPClient behind types and errors of ours; nothing else of the program imports it.

It ships no types. imaplib, below it, raises ``IMAP4.error``, ``IMAP4.abort`` and ``OSError``;
after any of them the connection is dead and is shut down.
"""

from __future__ import annotations

import contextlib
import imaplib
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from ingest.errors import (
    CertificateNotTrusted,
    FolderUnknown,
    LoginRefused,
    MailboxError,
    MailboxProtocolError,
    MailboxTimeout,
    MailboxUnreachable,
    PlainTextRefused,
)

CHUNK: Final = 500
"""UIDs named in one command: a server refuses lines that are too long."""

_LITERAL8: Final = b"~{"


def is_loopback(host: str) -> bool:
    """True for this machine itself, the only place plain text is spoken to."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Connection:
    """One connection to a mailbox, read-only."""

    def __init__(
        self, host: str, port: int, tls: bool, ca_file: Path | None, timeout_s: float
    ) -> None:
        if not tls and not is_loopback(host):
            raise PlainTextRefused(
                f"{host} is not this machine: mail is fetched over TLS only. Set mailbox.tls."
            )
        context = None
        if tls:
            context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
        with _translated(host):
            self._client: Any = IMAPClient(
                host,
                port=port,
                ssl=tls,
                ssl_context=context,
                timeout=SocketTimeout(timeout_s, timeout_s),
            )
        self._host = host

    def login(self, user: str, password: str) -> None:
        """Logs in.

        Raises:
            LoginRefused: the server does not know this user and password.
        """
        with _translated(self._host):
            self._client.login(user, password)

    def examine(self, folder: str) -> int:
        """Opens a folder read-only (EXAMINE) and returns its UIDVALIDITY."""
        try:
            with _translated(self._host):
                answer: dict[bytes, Any] = self._client.select_folder(folder, readonly=True)
        except MailboxProtocolError as error:
            raise FolderUnknown(f"The mailbox has no folder {folder!r}.") from error
        return int(answer[b"UIDVALIDITY"])

    def uids(self) -> tuple[int, ...]:
        """All UIDs of the folder, ascending."""
        with _translated(self._host):
            return tuple(sorted(int(uid) for uid in self._client.search(["ALL"])))

    def sizes(self, uids: tuple[int, ...]) -> dict[int, int]:
        """RFC822.SIZE by UID; a hint only, some servers are far off."""
        found: dict[int, int] = {}
        for at in range(0, len(uids), CHUNK):
            with _translated(self._host):
                answer = self._client.fetch(list(uids[at : at + CHUNK]), ["RFC822.SIZE"])
            found.update({uid: int(data.get(b"RFC822.SIZE", 0)) for uid, data in answer.items()})
        return found

    def body(self, uid: int) -> tuple[bytes, datetime | None] | None:
        """The raw message and when the server received it; None when it is gone.

        BODY.PEEK leaves the flag Seen as it is.

        Raises:
            MailboxProtocolError: the answer is no message.
        """
        with _translated(self._host):
            answer = self._client.fetch([uid], ["BODY.PEEK[]", "INTERNALDATE"])
        data = answer.get(uid, {})
        raw = data.get(b"BODY[]")
        if raw is None:
            return None
        if not isinstance(raw, bytes) or raw.startswith(_LITERAL8):
            raise MailboxProtocolError("The server's answer to FETCH is no message.")
        return raw, _aware(data.get(b"INTERNALDATE"))

    def header(self, uid: int) -> tuple[bytes, datetime | None] | None:
        """The header of a message that is too large to take; None when it is gone."""
        with _translated(self._host):
            answer = self._client.fetch([uid], ["BODY.PEEK[HEADER]", "INTERNALDATE"])
        data = answer.get(uid, {})
        raw = data.get(b"BODY[HEADER]")
        return (raw, _aware(data.get(b"INTERNALDATE"))) if isinstance(raw, bytes) else None

    def close(self) -> None:
        """Logs out; a connection that is dead already is just let go."""
        with contextlib.suppress(IMAPClientError, imaplib.IMAP4.error, OSError):
            self._client.logout()
        with contextlib.suppress(IMAPClientError, imaplib.IMAP4.error, OSError):
            self._client.shutdown()


def _aware(moment: object) -> datetime | None:
    """IMAPClient gives INTERNALDATE as naive local time."""
    if not isinstance(moment, datetime):
        return None
    return moment.astimezone(UTC)


@contextlib.contextmanager
def _translated(host: str) -> Iterator[None]:
    """Turns what the libraries raise into errors a secretary understands."""
    try:
        yield
    except MailboxError:
        raise
    except LoginError:
        raise LoginRefused("The mail server refused the user name or password.") from None
    except ssl.SSLCertVerificationError as error:
        reason = error.verify_message or "it cannot be verified"
        raise CertificateNotTrusted(
            f"The certificate of {host} is not trusted ({reason}); see mailbox.ca_file."
        ) from None
    except TimeoutError:
        raise MailboxTimeout(f"{host} did not answer in time.") from None
    except socket.gaierror:
        raise MailboxUnreachable(f"There is no host {host}; see mailbox.host.") from None
    except ConnectionRefusedError:
        raise MailboxUnreachable(f"{host} refuses connections on this port.") from None
    except (imaplib.IMAP4.abort, OSError) as error:
        raise MailboxUnreachable(
            f"The connection to {host} broke ({type(error).__name__})."
        ) from None
    except (IMAPClientError, imaplib.IMAP4.error) as error:
        raise MailboxProtocolError(
            f"{host} answered something unexpected ({type(error).__name__})."
        ) from None
