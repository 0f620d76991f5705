"""What is to be done on the server with messages that are kept: see ``ingest.afterwards``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from ingest.types import ItemKey


@dataclass(frozen=True, slots=True)
class Copying:
    """Where a copy may be: in ``folder`` of that epoch, from ``uidnext`` upwards."""

    folder: str
    uidvalidity: int
    uidnext: int


@dataclass(frozen=True, slots=True)
class ServerAction:
    """One message that is to be flagged or moved; ``id`` is the ledger's."""

    id: int
    key: ItemKey
    sha256: str
    copying: Copying | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done: ``flag`` with a keyword, or ``move`` to a folder.

    ``keyword`` is also what a message gets that cannot be moved.
    """

    action: Literal["flag", "move"]
    keyword: str
    folder: str = ""


class Ledger(Protocol):
    """Where it stands what is done; each call is on the disk when it returns."""

    def begin(self, ids: tuple[int, ...], copying: Copying) -> None:
        """A COPY is about to be made."""

    def done(self, ids: tuple[int, ...], how: str) -> None:
        """The server has done it: moved, copied, flagged, flag_only, or gone before."""

    def refused(self, ids: tuple[int, ...], why: str) -> None:
        """The server would not."""
