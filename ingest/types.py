"""What a source delivers: raw items, and the attachments found inside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, Protocol

ItemKind = Literal["message", "scan"]

FILE: Final = "file"
SCANNER: Final = "scanner"
"""Accounts of what came from a folder; see ``ItemKey``."""


@dataclass(frozen=True, slots=True, order=True)
class ItemKey:
    """Identity of an item at its source (RFC 9051 section 2.3.1.1).

    For a mailbox: account (``user@host:port``), folder, UIDVALIDITY, UID. For files: account
    is ``FILE`` or ``SCANNER``, folder the path of the file as given, uidvalidity 0, and uid the
    item's number in an mbox (from 1) or 0.
    """

    account: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class RawItem:
    """The bytes of one message or one bare scan, untouched.

    ``received_at`` is when the server or we received it (IMAP INTERNALDATE), timezone aware;
    None for files. ``filename`` is set for scans only, a label and never a path.
    ``problem`` is ``too_large`` when it is over the source's limit: ``data`` is then its header
    or beginning alone, enough to say whose it was; a message must be set aside, not parsed.
    """

    key: ItemKey
    kind: ItemKind
    data: bytes
    received_at: datetime | None = None
    filename: str | None = None
    problem: str | None = None
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


@dataclass(frozen=True, slots=True)
class WholeFile:
    """All items of a file were delivered, and it did not change meanwhile.

    ``print`` is a digest that will be another one when the file is another, ``sha256`` of its bytes
    where it is one item.
    """

    print: bytes
    items: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that was taken whole before, with so many items; it was not opened."""

    items: int


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Something at a source that was not delivered, and why.

    ``vanished``: gone between listing and reading, nothing to do. ``unreadable``: it may not be
    read, or the server's answer made no sense; it is delivered again by the next ``keys()``.
    ``link``, ``no_file``: a link, or a pipe or device, in a folder. The others are files that
    hold no reply by their names (``ingest.litter``) or are the program's own.
    """

    key: ItemKey
    reason: Literal[
        "vanished", "unreadable", "link", "no_file", "hidden", "litter", "unfinished", "own"
    ]

    @property
    def is_by_name(self) -> bool:
        """Whether nothing went wrong: what it is called says that it is to be left alone."""
        return self.reason in ("hidden", "litter", "unfinished", "own")


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file found in a message, or a bare scan.

    ``media_type`` is told from the bytes, not from what the sender declared. ``problem`` is a
    stable code when the part cannot be read (``too_large``, ``encrypted`` ...), ``dropped`` the
    reason why it is no document (``signature_logo``) - such a part is recorded, but not read.
    ``marks`` are stable codes of what was wrong with its packing (``damaged_base64``,
    ``encoding_mended`` ...): it is read all the same, and each of its rows is in doubt.
    """

    filename: str
    media_type: str
    data: bytes
    problem: str | None = None
    dropped: str | None = None
    marks: tuple[str, ...] = ()
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """The facts of a message that we keep in the database.

    ``skip_reason`` is set when the message is not to be processed (``auto_reply``, ``bounce``
    ...); ``problem`` when it could not be parsed in full. ``recipients`` are the addresses it was
    sent or delivered to, ``answers`` the Message-IDs it answers, ``text`` its sender's own words.
    """

    message_id: str | None
    from_address: str | None
    subject: str | None
    sent_at: datetime | None
    received_at: datetime | None
    attachments: tuple[Attachment, ...]
    skip_reason: str | None = None
    problem: str | None = None
    recipients: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    text: str = ""


class MessageSource(Protocol):
    """Where items come from. Reading never changes the source."""

    def keys(self) -> tuple[ItemKey, ...]:
        """Everything that is there now, in a stable order; no bodies are read."""

    def items(self, keys: tuple[ItemKey, ...]) -> Iterator[RawItem]:
        """The raw items of ``keys``, one at a time; those that vanished meanwhile are left out."""

    def passed_over(self) -> tuple[PassedOver, ...]:
        """What the last ``items`` left out so far, and why."""

    def close(self) -> None:
        """Let go of connections and files."""
