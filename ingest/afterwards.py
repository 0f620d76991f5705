"""After the commit: kept messages are flagged or moved on the server, if that is configured.

Everything that is to be done stands in a ledger (the outbox) beforehand and is marked afterwards,
so that whoever is killed in between does it again, and doing it again changes nothing:

- a flag that is set is set once more;
- a message that is not there any more was moved (MOVE is all or nothing, RFC 6851);
- before a COPY, the ledger notes which UID the copy cannot be below. After a crash the target is
  searched from there for the same bytes, and a copy that is found is not made twice.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal

from ingest.errors import ChangeRefused, UidValidityChanged
from ingest.imap_changes import ChangingConnection
from ingest.server_actions import Copying, Ledger, ServerAction, Wish

if TYPE_CHECKING:
    from ingest.imap import MailboxAccount

log = logging.getLogger(__name__)

Way = Literal["move", "copy", "flag"]

CHUNK: Final = 50
"""Messages changed by one command."""


def do(
    account: MailboxAccount,
    wish: Wish,
    actions: tuple[ServerAction, ...],
    ledger: Ledger,
    stopped: Callable[[], bool] = lambda: False,
) -> Counter[str]:
    """Does the actions of one folder and epoch.

    Returns:
        How many ended how.

    Raises:
        UidValidityChanged: the folder was renumbered; nothing was touched.
        ChangeRefused: the folder may only be read, the target is missing, or the server keeps
            no such keyword.
        MailboxError: the connection broke; what was not marked is done at the next poll.
    """
    if not actions:
        return Counter()
    connection = account.connect_as(ChangingConnection)
    try:
        if connection.select(account.folder) != actions[0].key.uidvalidity:
            raise UidValidityChanged("The folder's UIDVALIDITY has changed: nothing was touched.")
        doer = _Doer(account, connection, wish, ledger)
        doer.prepare(actions)
        for at in range(0, len(actions), CHUNK):
            if stopped():
                break
            doer.chunk(actions[at : at + CHUNK])
        return doer.counts
    finally:
        connection.close()


def promised(account: MailboxAccount, wish: Wish) -> str:
    """How a wish would be fulfilled, in words; nothing is changed.

    Raises:
        MailboxError: it cannot be.
    """
    connection = account.connect_as(ChangingConnection)
    try:
        connection.select(account.folder)
        way = _way(connection, wish)
    finally:
        connection.close()
    if wish.action == "flag":
        return f"messages are flagged {wish.keyword}"
    by = {"move": "MOVE", "copy": "COPY and UID EXPUNGE"}
    if way == "flag":
        return f"the server cannot move single messages: they are flagged {wish.keyword} instead"
    return f"messages are moved to {wish.folder} ({by[way]})"


def _way(connection: ChangingConnection, wish: Wish) -> Way:
    """The best way the server offers to do what is wished.

    Raises:
        ChangeRefused: the target is missing, or the keyword would not be kept.
    """
    way: Way = "flag"
    if wish.action == "move":
        connection.next_uid(wish.folder)
        if connection.can("MOVE"):
            return "move"
        way = "copy" if connection.can("UIDPLUS") else "flag"
    if way == "flag" and not connection.keeps_flag(wish.keyword):
        raise ChangeRefused(
            f"The mail server does not keep the flag {wish.keyword!r}; see mailbox.keyword."
        )
    return way


class _Doer:
    def __init__(
        self,
        account: MailboxAccount,
        connection: ChangingConnection,
        wish: Wish,
        ledger: Ledger,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._account = account
        self._connection = connection
        self._wish = wish
        self._ledger = ledger
        self._way = _way(connection, wish)
        if wish.action == "move" and self._way == "flag":
            log.warning("the server can neither MOVE nor UID EXPUNGE: messages are flagged instead")
        self._copies: set[int] = set()  # ids of actions whose copy was made before a crash

    def prepare(self, actions: tuple[ServerAction, ...]) -> None:
        """Looks once at what an earlier run left half done."""
        self._copies = _copies_made(self._account, tuple(e for e in actions if e.copying))

    def chunk(self, actions: tuple[ServerAction, ...]) -> None:
        """One command's worth of messages."""
        there = self._connection.present(tuple(e.key.uid for e in actions))
        self._done(tuple(e for e in actions if e.key.uid not in there), "gone")
        left = tuple(e for e in actions if e.key.uid in there)
        copied = tuple(e for e in left if e.id in self._copies)
        self._remove_copied(copied)
        left = tuple(e for e in left if e.id not in self._copies)
        if self._way == "move":
            left = self._move(left)
        if self._way == "copy":
            self._copy(left)
        elif self._way == "flag":
            self._flag(left)

    def _move(self, actions: tuple[ServerAction, ...]) -> tuple[ServerAction, ...]:
        """Moves; what is left when the server would not after all (Exchange answers BAD)."""
        if not actions:
            return ()
        uids = tuple(e.key.uid for e in actions)
        refused = False
        try:
            self._connection.move(uids, self._wish.folder)
        except ChangeRefused:
            refused = True
        there = self._connection.present(uids)
        self._done(tuple(e for e in actions if e.key.uid not in there), "moved")
        left = tuple(e for e in actions if e.key.uid in there)
        if not refused:
            self._refused(left)
            return ()
        self._way = "copy" if self._connection.can("UIDPLUS") else "flag"
        log.warning("the server refuses MOVE: going on with %s", self._way)
        return left

    def _copy(self, actions: tuple[ServerAction, ...]) -> None:
        if not actions:
            return
        folder = self._wish.folder
        uidvalidity, uidnext = self._connection.next_uid(folder)
        ids = tuple(e.id for e in actions)
        self._ledger.begin(ids, Copying(folder, uidvalidity, uidnext))
        try:
            self._connection.copy(tuple(e.key.uid for e in actions), folder)
        except ChangeRefused:
            self._refused(actions)
            return
        self._remove_copied(actions)

    def _remove_copied(self, actions: tuple[ServerAction, ...]) -> None:
        """Takes away the messages whose copies are made."""
        if not actions:
            return
        uids = tuple(e.key.uid for e in actions)
        try:
            self._connection.remove(uids)
        except ChangeRefused:
            self._refused(actions)
            return
        there = self._connection.present(uids)
        self._done(tuple(e for e in actions if e.key.uid not in there), "copied")
        self._refused(tuple(e for e in actions if e.key.uid in there))

    def _flag(self, actions: tuple[ServerAction, ...]) -> None:
        if not actions:
            return
        try:
            self._connection.flag(tuple(e.key.uid for e in actions), self._wish.keyword)
        except ChangeRefused:
            self._refused(actions)
            return
        self._done(actions, "flagged" if self._wish.action == "flag" else "flag_only")

    def _done(self, actions: tuple[ServerAction, ...], how: str) -> None:
        if actions:
            self._ledger.done(tuple(e.id for e in actions), how)
            self.counts[how] += len(actions)

    def _refused(self, actions: tuple[ServerAction, ...]) -> None:
        if actions:
            log.warning("the server would not change %d messages", len(actions))
            self._ledger.refused(tuple(e.id for e in actions), "refused")
            self.counts["refused"] += len(actions)


def _copies_made(account: MailboxAccount, actions: tuple[ServerAction, ...]) -> set[int]:
    """Which actions have a copy in the target already, told by the bytes.

    Equal messages have equal copies: each copy that is found stands for one of them.
    """
    made: set[int] = set()
    for folder in {e.copying.folder for e in actions if e.copying}:
        asked = [e for e in actions if e.copying and e.copying.folder == folder]
        lowest = min(e.copying.uidnext for e in asked if e.copying)
        connection = account.connect()
        try:
            uidvalidity = connection.examine(folder)
            found: Counter[str] = Counter()
            for uid in connection.uids():
                if uid >= lowest and (body := connection.body(uid)) is not None:
                    found[hashlib.sha256(body[0]).hexdigest()] += 1
        finally:
            connection.close()
        for action in asked:
            same_epoch = action.copying is not None and action.copying.uidvalidity == uidvalidity
            if same_epoch and found[action.sha256] > 0:
                found[action.sha256] -= 1
                made.add(action.id)
    return made
