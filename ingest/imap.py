"""A mailbox as a source of messages: read-only, one body at a time, nothing changed there.

The order is the one of RFC 4549: EXAMINE, UIDVALIDITY, a list of all UIDs, and the caller's set
difference against what it has; no high-water mark, no flags.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, TypeVar

from ingest.backoff import Backoff
from ingest.errors import (
    AnswerUnreadable,
    MailboxError,
    MailboxProtocolError,
    MailboxThrottled,
    MailboxUnreachable,
    UidValidityChanged,
)
from ingest.imap_client import Connection
from ingest.limits import DEFAULT_LIMITS, ParseLimits
from ingest.login import Login, PasswordLogin, TokenLogin
from ingest.oauth2 import ClientCredentials
from ingest.oversize import header_only
from ingest.types import ItemKey, PassedOver, RawItem

log = logging.getLogger(__name__)

MOST_BREAKS: Final = 3
"""Messages one after the other over which the connection broke twice: then it is the network."""

C = TypeVar("C", bound=Connection)

_BROKEN: Final = (MailboxUnreachable, MailboxProtocolError)


@dataclass(frozen=True, slots=True)
class MailboxAccount:
    """Where a mailbox is and how to log in. ``timeout_s`` is seconds for every answer.

    With ``oauth2`` there is no password.
    """

    host: str
    port: int
    user: str
    password: str = field(default="", repr=False)
    tls: bool = True
    ca_file: Path | None = None
    folder: str = "INBOX"
    timeout_s: float = 60.0
    oauth2: ClientCredentials | None = None

    @property
    def account(self) -> str:
        """The account in an item's key."""
        return f"{self.user}@{self.host}:{self.port}"

    def login(self) -> Login:
        """How to log in, with a fresh token if that is how.

        Raises:
            MailboxError: no token is to be had.
        """
        if self.oauth2 is not None:
            return TokenLogin(self.user, self.oauth2.token())
        return PasswordLogin(self.user, self.password)

    def connect(self) -> Connection:
        """A connection that is logged in and can only read; the caller closes it.

        Raises:
            MailboxError: the mailbox cannot be reached, or refuses.
        """
        return self.connect_as(Connection)

    def connect_as(self, kind: type[C]) -> C:
        """Like ``connect``, of another kind."""
        login = self.login()  # before the connection: mail servers do not wait long for a log-in
        connection = kind(self.host, self.port, self.tls, self.ca_file, self.timeout_s)
        try:
            login(connection)
        except BaseException:
            connection.close()
            raise
        return connection


class ImapSource:
    """One folder of a mailbox as a ``MessageSource``; connects at the first call.

    Args:
        account: the mailbox.
        limits: a message over ``max_message_mb`` is delivered as its header alone.
        backoff: how often and how long a broken connection is waited for.
        wait: sleeps so many seconds, or less when the program is to stop.
    """

    def __init__(
        self,
        account: MailboxAccount,
        limits: ParseLimits = DEFAULT_LIMITS,
        backoff: Backoff | None = None,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._account = account
        self._max_bytes = limits.max_message_mb * 1_000_000
        self._backoff = backoff or Backoff()
        self._wait = wait
        self._connection: Connection | None = None
        self._uidvalidity: int | None = None
        self._uidnext = 0
        self._passed_over: list[PassedOver] = []
        self._breaks = 0
        self._reconnected = 0

    def __enter__(self) -> ImapSource:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def uidvalidity(self) -> int:
        """UIDVALIDITY of the folder, known after ``keys``."""
        if self._uidvalidity is None:
            raise MailboxProtocolError("The folder has not been listed yet.")
        return self._uidvalidity

    @property
    def account(self) -> MailboxAccount:
        """The mailbox."""
        return self._account

    @property
    def uidnext(self) -> int:
        """The UID of the next new message, known after ``keys``; 0 if the server does not say."""
        return self._uidnext

    def keys(self) -> tuple[ItemKey, ...]:
        """Every message of the folder by UID; no bodies are read.

        Raises:
            MailboxError: the mailbox cannot be reached, or refuses.
        """
        return tuple(self.key(uid) for uid in self.uids())

    def uids(self) -> tuple[int, ...]:
        """Like ``keys``, as bare numbers: there may be very many, and few of them new.

        Raises:
            MailboxError: the mailbox cannot be reached, or refuses.
        """
        self._reconnected = 0
        return self._open().uids()

    def _open(self) -> Connection:
        self.close()
        connection = self._account.connect()
        self._connection = connection
        self._uidvalidity = connection.examine(self._account.folder)
        self._uidnext = connection.uidnext
        return connection

    def key(self, uid: int) -> ItemKey:
        """The key of a message listed by ``uids``."""
        return ItemKey(self._account.account, self._account.folder, self.uidvalidity, uid)

    def items(self, keys: tuple[ItemKey, ...]) -> Iterator[RawItem]:
        """The messages of ``keys``, one FETCH each.

        A message over the limit is delivered as its header alone, so that it is recorded. One
        that the server will not give, or breaks the connection over, is passed over.

        Raises:
            MailboxError: the connection broke for good; what came before it is whole.
            UidValidityChanged: a key is of another epoch.
        """
        self._passed_over = []
        self._breaks = 0
        if self._connection is None:
            raise MailboxProtocolError("The folder has not been listed yet.")
        if any(key.uidvalidity != self.uidvalidity for key in keys):
            raise UidValidityChanged("The folder's UIDVALIDITY has changed: list it again.")
        sizes = self._sizes(tuple(key.uid for key in keys))
        for key in keys:
            try:
                item = self._insisted(key, sizes.get(key.uid))
            except AnswerUnreadable:
                log.warning("message with UID %d cannot be read from the server", key.uid)
                self._passed_over.append(PassedOver(key, "unreadable"))
                continue
            if item is None:
                self._passed_over.append(PassedOver(key, "vanished"))
            else:
                yield item

    def _sizes(self, uids: tuple[int, ...]) -> dict[int, int]:
        try:
            return self._live().sizes(uids)
        except _BROKEN as error:
            self._reconnect(error)
            return {}

    def _insisted(self, key: ItemKey, size: int | None) -> RawItem | None:
        """One message, asked for again on a new connection if the old one breaks over it.

        Raises:
            AnswerUnreadable: it cannot be had, but the others can.
            MailboxError: nothing more can be had.
        """
        for again in (False, True):
            connection = self._live()
            try:
                item = self._item(connection, key, size)
            except AnswerUnreadable:
                self._breaks = 0
                raise
            except _BROKEN as error:
                self._breaks += again
                if self._breaks >= MOST_BREAKS or (again and isinstance(error, MailboxThrottled)):
                    raise
                self._reconnect(error)
            else:
                self._breaks = 0
                return item
        raise AnswerUnreadable("The connection broke twice over this message.")

    def _live(self) -> Connection:
        if self._connection is None:
            raise MailboxProtocolError("The mailbox was closed.")
        return self._connection

    def _reconnect(self, error: MailboxError) -> None:
        """A new connection after a pause, which grows while the server cannot be reached.

        Raises:
            MailboxError: the server wants to be left alone for long, or it broke too often.
            UidValidityChanged: the folder was renumbered meanwhile.
        """
        before = self.uidvalidity
        for failed in range(self._backoff.tries):
            pause = self._backoff.pause_s(failed, error)
            if pause is None or self._reconnected >= self._backoff.reconnects:
                raise error
            self._reconnected += 1
            log.warning("the connection to the mailbox broke (%s): made anew", error.reason)
            self._wait(pause)
            try:
                self._open()
                break
            except MailboxUnreachable as again:
                error = again
        else:
            raise error
        if self.uidvalidity != before:
            raise UidValidityChanged("The folder's UIDVALIDITY has changed: list it again.")

    def _item(self, connection: Connection, key: ItemKey, size: int | None) -> RawItem | None:
        if size is None:
            size = connection.sizes((key.uid,)).get(key.uid, 0)
        large = size > self._max_bytes and connection.is_longer(key.uid, self._max_bytes)
        found = connection.header(key.uid) if large else connection.body(key.uid)
        if found is None:
            return None
        data, received_at = found
        if not large and len(data) > self._max_bytes:
            data, large = header_only(data), True
        return RawItem(key, "message", data, received_at, problem="too_large" if large else None)

    def passed_over(self) -> tuple[PassedOver, ...]:
        """What the last ``items`` left out so far, and why."""
        return tuple(self._passed_over)

    def close(self) -> None:
        """Ends the connection; it is not kept while pages are read."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
