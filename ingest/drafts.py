"""Draft replies put into a mailbox's folder of drafts by APPEND (RFC 9051 section 6.3.12).

Nothing is ever sent. Each draft carries a token in a header of its own, and the folder is searched
for the tokens first, so that a run killed between APPEND and its record makes no second one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from imapclient.imapclient import DRAFT, DRAFTS

from ingest.errors import ChangeRefused
from ingest.imap_changes import ChangingConnection
from ingest.imap_client import CHUNK

if TYPE_CHECKING:
    from ingest.imap import MailboxAccount

log = logging.getLogger(__name__)

HEADER: Final = "X-Noteverbale-Draft"
MOST_LOOKED_AT: Final = 2000
"""Drafts whose header is fetched; Exchange's SEARCH HEADER does not find every header."""

_TOKEN: Final = re.compile(rb"X-Noteverbale-Draft:[ \t]*([0-9a-f]{32})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """One message to be laid into the folder; ``token`` are 32 hex digits."""

    token: str
    data: bytes


def place(
    account: MailboxAccount,
    folder: str | None,
    drafts: Iterable[Draft],
    placed: Callable[[str], None],
    refused: Callable[[str], None],
) -> None:
    """Lays drafts into the folder, those left out that are there already.

    Args:
        account: the mailbox.
        folder: None for the one that the server marks as its drafts (RFC 6154).
        drafts: what to lay.
        placed: told the token of each that is there now.
        refused: told the token of each that the server would not take.

    Raises:
        FolderUnknown, ChangeRefused: there is no such folder.
        MailboxError: the connection broke; the rest is for another time.
    """
    connection = account.connect_as(_DraftsConnection)
    try:
        name = folder or connection.drafts_folder()
        connection.examine(name)
        wanted = tuple(drafts)
        there = connection.tokens(frozenset(draft.token for draft in wanted))
        for draft in wanted:
            if draft.token not in there:
                try:
                    connection.append(name, draft.data)
                except ChangeRefused as error:
                    log.warning("a draft was refused: %s", error.reason)
                    refused(draft.token)
                    continue
            placed(draft.token)
    finally:
        connection.close()


class _DraftsConnection(ChangingConnection):
    def drafts_folder(self) -> str:
        """The folder marked as drafts (RFC 6154), or one of a usual name."""
        with self._translated():
            found = self._client.find_special_folder(DRAFTS)
        if found is None:
            raise ChangeRefused("The mailbox marks no folder as its drafts; set drafts.folder.")
        return str(found)

    def tokens(self, wanted: frozenset[str]) -> frozenset[str]:
        """Which tokens are on drafts in the open folder."""
        if self.exists > MOST_LOOKED_AT:
            return frozenset(token for token in wanted if self._found(token))
        found: set[str] = set()
        uids = self.uids()
        for at in range(0, len(uids), CHUNK):
            with self._translated():
                answer: dict[int, Any] = self._client.fetch(
                    list(uids[at : at + CHUNK]), [f"BODY.PEEK[HEADER.FIELDS ({HEADER})]"]
                )
                for data in answer.values():
                    for value in data.values():
                        if isinstance(value, bytes) and (match := _TOKEN.match(value)):
                            found.add(match[1].decode().lower())
        return frozenset(found & wanted)

    def _found(self, token: str) -> bool:
        with self._translated():
            return bool(self._client.search(["HEADER", HEADER, token]))

    def append(self, folder: str, data: bytes) -> None:
        """APPEND, flagged as a draft.

        Raises:
            ChangeRefused: the server would not take it.
        """
        with self._refusable("The mail server does not take drafts."):
            self._client.append(folder, data, flags=(DRAFT,))
