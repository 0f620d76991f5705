"""A mailbox opened for changes: flags and moves, and nothing that touches other people's mail."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, Final

from ingest.errors import ChangeRefused, MailboxProtocolError, MailboxThrottled
from ingest.imap_client import CHUNK, Connection

ANY_KEYWORD: Final = rb"\*"
_SYSTEM: Final = (rb"\Seen", rb"\Answered", rb"\Flagged")


class ChangingConnection(Connection):
    """A connection that may write; everything is named by UID."""

    def select(self, folder: str) -> int:
        """Opens a folder for changes and returns its UIDVALIDITY.

        Raises:
            FolderUnknown: there is none of this name.
            ChangeRefused: it may be read only.
        """
        uidvalidity, answer = self._opened(folder, readonly=False)
        with self._translated():
            # a server that says nothing keeps all flags (RFC 9051 section 7.1)
            kept = answer.get(b"PERMANENTFLAGS", (ANY_KEYWORD, *_SYSTEM))
            self._flags = {bytes(flag).lower() for flag in kept}
        return uidvalidity

    def keeps_flag(self, flag: str) -> bool:
        """Whether the open folder remembers this flag or keyword (PERMANENTFLAGS)."""
        return flag.encode().lower() in self._flags or (
            ANY_KEYWORD in self._flags and not flag.startswith("\\")
        )

    def present(self, uids: tuple[int, ...]) -> frozenset[int]:
        """Which of these messages are in the open folder."""
        found: set[int] = set()
        for at in range(0, len(uids), CHUNK):
            named = ",".join(str(uid) for uid in uids[at : at + CHUNK])
            with self._translated():
                found.update(int(uid) for uid in self._client.search(["UID", named]))
        return frozenset(found)

    def next_uid(self, folder: str) -> tuple[int, int]:
        """UIDVALIDITY and UIDNEXT of a folder that is not open (STATUS).

        Raises:
            ChangeRefused: there is no such folder.
        """
        with self._refusable(f"The mailbox has no folder {folder!r}; see mailbox.move_to."):
            answer: dict[bytes, Any] = self._client.folder_status(
                folder, ["UIDVALIDITY", "UIDNEXT"]
            )
        with self._translated():
            return int(answer[b"UIDVALIDITY"]), int(answer[b"UIDNEXT"])

    def flag(self, uids: tuple[int, ...], flag: str) -> None:
        """Sets a flag or keyword.

        Raises:
            ChangeRefused: the server would not.
        """
        with self._refusable("The mail server does not let us flag messages."):
            self._client.add_flags(list(uids), [flag.encode()], silent=True)

    def move(self, uids: tuple[int, ...], folder: str) -> None:
        """UID MOVE (RFC 6851).

        Raises:
            ChangeRefused: the server would not; some may be moved all the same.
        """
        with self._refusable("The mail server does not let us move messages."):
            self._client.move(list(uids), folder)

    def copy(self, uids: tuple[int, ...], folder: str) -> None:
        """UID COPY.

        Raises:
            ChangeRefused: the server would not.
        """
        with self._refusable("The mail server does not let us copy messages."):
            self._client.copy(list(uids), folder)

    def remove(self, uids: tuple[int, ...]) -> None:
        r"""Flags as deleted and UID EXPUNGE (RFC 4315): these messages and no others.

        A plain EXPUNGE would take with it what other people have flagged as deleted.

        Raises:
            ChangeRefused: the server would not.
        """
        if not self.can("UIDPLUS"):
            raise ChangeRefused("The mail server has no UID EXPUNGE.")
        named = list(uids)
        with self._refusable("The mail server does not let us delete messages."):
            self._client.add_flags(named, [rb"\Deleted"], silent=True)
        try:
            with self._refusable("The mail server does not let us delete messages."):
                self._client.uid_expunge(named)
        except ChangeRefused:
            with self._refusable("The mail server does not let us flag messages."):
                self._client.remove_flags(named, [rb"\Deleted"], silent=True)
            raise

    @contextlib.contextmanager
    def _refusable(self, what: str) -> Iterator[None]:
        """NO and BAD leave the connection in step, which a NOOP shows."""
        try:
            with self._translated():
                yield
        except MailboxThrottled:
            raise
        except MailboxProtocolError:
            with self._translated():
                self._client.noop()
            self._dead = False
            raise ChangeRefused(what) from None
