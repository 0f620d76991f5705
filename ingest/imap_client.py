"""IMAPClient behind types and errors of ours; nothing else of the program imports it.

It ships no types. imaplib, below it, raises ``IMAP4.error``, ``IMAP4.abort`` and ``OSError``;
after any of them the connection is dead and is shut down.
"""

from __future__ import annotations

import contextlib
import imaplib
import ipaddress
import logging
import re
import ssl
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from ingest.errors import (
    AnswerUnreadable,
    CertificateNotTrusted,
    FolderUnknown,
    LoginRefused,
    MailboxProtocolError,
    PlainTextRefused,
)
from ingest.imap_errors import RAISED, explained

CHUNK: Final = 500
"""UIDs named in one command: a server refuses lines that are too long."""

SPAN: Final = 50_000
"""Messages asked about in one SEARCH."""

_LITERAL8: Final = re.compile(rb"~\{\d+\}")
"""What IMAPClient 4.1 returns in place of a body sent as literal8 (RFC 3516)."""

# At level DEBUG these write the dialogue with the server down, and with it subjects and names.
for _name in ("imapclient", "imapclient.imaplib", "imapclient.imapclient"):
    logging.getLogger(_name).setLevel(logging.WARNING)


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
        context = tls_context(ca_file) if tls else None
        self._host = host
        self._client: Any = None
        self._dead = False
        self._exists = 0
        self._uidnext = 0
        with self._translated():
            self._client = IMAPClient(
                host,
                port=port,
                ssl=tls,
                ssl_context=context,
                timeout=SocketTimeout(timeout_s, timeout_s),
            )
            self._client.normalise_times = False  # with its zone, not as local time without

    def login(self, user: str, password: str) -> None:
        """Logs in.

        Raises:
            LoginRefused: the server does not know this user and password.
        """
        with self._translated():
            # LOGIN takes ASCII only; both are equally safe inside TLS (RFC 4616 takes UTF-8),
            # and there are servers that know PLAIN without saying so.
            if not (user + password).isascii() or self._client.has_capability("AUTH=PLAIN"):
                self._client.plain_login(user, password)
            else:
                self._client.login(user, password)

    def login_with_token(self, user: str, token: str) -> None:
        """Logs in with an access token of OAuth2 (SASL mechanism XOAUTH2).

        Raises:
            LoginRefused: the server does not take this token for this mailbox.
        """
        try:
            with self._translated():
                self._client.oauth2_login(user, token)
        except LoginRefused:
            raise LoginRefused(
                "The mail server refused the token: has the application the permission"
                " IMAP.AccessAsApp, and access to this mailbox?",
                "token_refused",
            ) from None

    def can(self, capability: str) -> bool:
        """Whether the server announces a capability (MOVE, UIDPLUS, IDLE ...)."""
        with self._translated():
            return bool(self._client.has_capability(capability))

    def examine(self, folder: str) -> int:
        """Opens a folder read-only (EXAMINE) and returns its UIDVALIDITY.

        Raises:
            FolderUnknown: there is none of this name, or it may not be opened.
            MailboxProtocolError: the server names no UIDVALIDITY; nothing could be told apart.
        """
        return self._opened(folder, readonly=True)[0]

    def _opened(self, folder: str, *, readonly: bool) -> tuple[int, dict[bytes, Any]]:
        try:
            with self._translated():
                answer: dict[bytes, Any] = self._client.select_folder(folder, readonly=readonly)
        except MailboxProtocolError as error:
            raise FolderUnknown(
                f"The mailbox has no folder {folder!r}, or it may not be opened."
            ) from error
        with self._translated():
            self._exists = int(answer[b"EXISTS"])
            self._uidnext = int(answer.get(b"UIDNEXT", 0))
            uidvalidity = int(answer.get(b"UIDVALIDITY", 0))
        if uidvalidity <= 0:  # nz-number, RFC 9051 section 9
            raise MailboxProtocolError(
                f"{self._host} gives no UIDVALIDITY for the folder: messages cannot be told apart."
            )
        return uidvalidity, answer

    @property
    def exists(self) -> int:
        """Messages in the folder when it was opened."""
        return self._exists

    @property
    def uidnext(self) -> int:
        """The UID the next new message would get; 0 if the server does not say."""
        return self._uidnext

    def uids(self) -> tuple[int, ...]:
        """All UIDs of the folder, ascending.

        Asked for in ranges of sequence numbers, since imaplib takes no line over a million
        bytes; from the top down, since numbers only ever sink when somebody deletes meanwhile.
        """
        found: set[int] = set()
        top = "*"
        for low in range((self._exists - 1) // SPAN * SPAN + 1, 0, -SPAN):
            with self._translated():
                found.update(int(uid) for uid in self._client.search([f"{low}:{top}"]))
            top = str(low - 1)
        return tuple(sorted(found))

    def sizes(self, uids: tuple[int, ...]) -> dict[int, int]:
        """RFC822.SIZE by UID; a hint only, some servers are far off.

        One message may spoil the answer for all that were asked about with it: those are left
        out, and may be asked about one by one.
        """
        found: dict[int, int] = {}
        for at in range(0, len(uids), CHUNK):
            with contextlib.suppress(AnswerUnreadable):
                answer = self._fetch(uids[at : at + CHUNK], "RFC822.SIZE")
                with self._translated():
                    found.update({u: int(d[b"RFC822.SIZE"]) for u, d in answer.items()})
        return found

    def body(self, uid: int) -> tuple[bytes, datetime | None] | None:
        """The raw message and when the server received it; None when it is gone.

        BODY.PEEK leaves the flag Seen as it is.

        Raises:
            AnswerUnreadable: the answer is no message; the connection is still good.
        """
        data = self._fetch((uid,), "BODY.PEEK[]", "INTERNALDATE").get(uid, {})
        raw = data.get(b"BODY[]")
        if raw is None:
            return None
        if not isinstance(raw, bytes) or _LITERAL8.fullmatch(raw):
            raise AnswerUnreadable("The server's answer to FETCH is no message.")
        return raw, _aware(data.get(b"INTERNALDATE"))

    def is_longer(self, uid: int, most: int) -> bool:
        """Whether a message has more than ``most`` bytes: asks for the byte behind them.

        RFC822.SIZE is a hint only; Exchange says three times the size for some messages.
        """
        data = self._fetch((uid,), f"BODY.PEEK[]<{most}.1>").get(uid, {})
        return any(key.startswith(b"BODY[]<") and value for key, value in data.items())

    def header(self, uid: int) -> tuple[bytes, datetime | None] | None:
        """The header of a message that is too large to take; None when it is gone."""
        data = self._fetch((uid,), "BODY.PEEK[HEADER]", "INTERNALDATE").get(uid, {})
        raw = data.get(b"BODY[HEADER]")
        return (raw, _aware(data.get(b"INTERNALDATE"))) if isinstance(raw, bytes) else None

    def _fetch(self, uids: tuple[int, ...], *what: str) -> dict[int, Any]:
        """FETCH. A refusal (NO, BAD) leaves the connection in step, which a NOOP shows.

        Raises:
            AnswerUnreadable: the server does not answer this; the connection is still good.
            MailboxError: the connection is dead.
        """
        try:
            with self._translated():
                answer: dict[int, Any] = self._client.fetch(list(uids), list(what))
                return answer
        except MailboxProtocolError as refused:
            with self._translated():
                self._client.noop()
            self._dead = False
            raise AnswerUnreadable(str(refused)) from None

    def close(self) -> None:
        """Logs out; a connection that is dead already is let go without a word."""
        if self._client is None:
            return
        client, self._client = self._client, None
        with contextlib.suppress(IMAPClientError, imaplib.IMAP4.error, OSError, ValueError):
            if not self._dead:
                client.logout()
                return
        with contextlib.suppress(IMAPClientError, imaplib.IMAP4.error, OSError):
            client.shutdown()

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """Turns what the libraries raise into errors a secretary understands.

        After any of them the connection is dead: a late answer would be taken for another's.
        """
        try:
            yield
        except RAISED as error:
            self._dead = True
            raise explained(error, self._host) from None


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """The system's authorities, and the one that was configured besides.

    Kept until one of the files changes: reading the system's takes longer than a log-in.
    """
    paths = ssl.get_default_verify_paths()
    system = [Path(p) for p in (paths.cafile, paths.capath) if p]
    files = [*system, ca_file] if ca_file is not None else system
    return _context(ca_file, tuple((str(file), _changed(file)) for file in files))


def _changed(file: Path) -> int | None:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return None


@lru_cache(maxsize=4)
def _context(ca_file: Path | None, files: tuple[tuple[str, int | None], ...]) -> ssl.SSLContext:
    del files  # part of the key
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(ca_file))
        except OSError as error:  # ssl.SSLError is one
            junk = isinstance(error, ssl.SSLError)
            why = "no PEM certificate" if junk else error.strerror or "cannot be read"
            raise CertificateNotTrusted(f"mailbox.ca_file {ca_file}: {why}.") from None
    return context


def _aware(moment: object) -> datetime | None:
    return moment if isinstance(moment, datetime) and moment.tzinfo else None
