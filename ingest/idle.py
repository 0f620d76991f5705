"""IDLE (RFC 2177): the server says at once that mail has come, between two polls.

A wake-up and nothing more. What is new is found by the next poll, which does not trust it: where
the server knows no IDLE, the connection breaks or a notice is lost, the schedule still comes.
"""

from __future__ import annotations

import logging
import time
from threading import Event
from typing import TYPE_CHECKING, Any, Final

from ingest.backoff import Backoff
from ingest.errors import MailboxError, MailboxUnreachable
from ingest.imap_client import Connection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.imap import MailboxAccount

log = logging.getLogger(__name__)

FIRST_PAUSE_S: Final = 5.0  # at most, see Backoff
LONGEST_PAUSE_S: Final = 120.0
"""Between tries to be woken again: nothing is lost meanwhile, the schedule polls."""

RENEW_S: Final = 540.0
"""IDLE is begun anew: servers end it after 30 minutes (RFC 2177), firewalls forget it earlier."""

TICK_S: Final = 1.0
"""How soon a stop is noticed."""


class IdlingConnection(Connection):
    """A read-only connection that waits for news of its folder."""

    def begin(self) -> None:
        """IDLE."""
        with self._translated():
            self._client.idle()

    def news(self, timeout_s: float) -> bool:
        """Whether a message has come within that time."""
        with self._translated():
            return self._more(self._client.idle_check(timeout=timeout_s))

    def end(self) -> bool:
        """DONE; whether a message has come meanwhile."""
        with self._translated():
            return self._more(self._client.idle_done()[1])

    def _more(self, notices: Iterable[tuple[Any, ...]]) -> bool:
        """Follows the number of messages: EXISTS says the new one, EXPUNGE takes one away."""
        come = False
        for notice in notices:
            if notice[1:2] == (b"EXISTS",):
                come = come or int(notice[0]) > self._exists
                self._exists = int(notice[0])
            elif notice[1:2] == (b"EXPUNGE",):
                self._exists = max(0, self._exists - 1)
        return come


def wait_for_mail(
    account: MailboxAccount, timeout_s: float, stop: Event, *, uidnext: int = 0
) -> bool:
    """Waits for a new message, without ever failing.

    Args:
        account: the mailbox.
        timeout_s: seconds to wait at most.
        stop: ends the waiting within about a second.
        uidnext: UIDNEXT at the last poll; what came since then wakes at once. 0 if not known.

    Returns:
        True when mail has come; False when the time is up or ``stop`` is set.
    """
    deadline = time.monotonic() + timeout_s
    backoff = Backoff(first_s=FIRST_PAUSE_S, most_s=LONGEST_PAUSE_S)
    for failed in range(backoff.tries):
        try:
            return _idled(account, deadline, stop, uidnext)
        except MailboxUnreachable as error:
            log.warning("waiting for mail was interrupted: %s", error.reason)
            pause = backoff.pause_s(failed, error)
            if pause is None or stop.wait(min(pause, _left(deadline))):
                break
        except MailboxError as error:
            log.warning("the mail server cannot wake us: %s", error.reason)
            break
    stop.wait(_left(deadline))
    return False


def _left(deadline: float) -> float:
    return max(0.0, deadline - time.monotonic())


def _idled(account: MailboxAccount, deadline: float, stop: Event, uidnext: int) -> bool:
    connection = account.connect_as(IdlingConnection)
    try:
        connection.examine(account.folder)
        if 0 < uidnext < connection.uidnext:
            return True
        if not connection.can("IDLE"):
            log.info("the mail server knows no IDLE: the schedule alone decides")
            stop.wait(_left(deadline))
            return False
        while _left(deadline) > 0 and not stop.is_set():
            if _one_idle(connection, min(deadline, time.monotonic() + RENEW_S), stop):
                return True
        return False
    finally:
        connection.close()


def _one_idle(connection: IdlingConnection, until: float, stop: Event) -> bool:
    """One IDLE command from its beginning to DONE."""
    connection.begin()
    while (left := _left(until)) > 0 and not stop.is_set():
        if connection.news(min(TICK_S, left)):
            connection.end()
            return True
    return connection.end()
