# ruff: noqa: N818 - the names say what happened; 'Error' is left to the branches of the tree
"""Everything that can go wrong with the database and the kept originals.

::

    NoteVerbaleError
    └── StoreError
        ├── DatabaseUnusable    not a database, damaged, or it cannot be opened
        ├── DatabaseTooNew      made by a newer version of this program
        ├── DatabaseLocked      another program held it for longer than we wait
        ├── DatabaseFull        no room on the disk, or a size limit was reached
        ├── OriginalUnusable    a kept original is missing or was changed
        ├── UnknownRecord       no document, message or meeting of that name
        ├── EditRefused         what a person wrote is not valid
        └── EditStale           what a person edited has changed meanwhile
"""

from __future__ import annotations

from ingest.errors import NoteVerbaleError


class StoreError(NoteVerbaleError):
    """The database or the kept originals could not be used."""

    reason = "store_failed"


class DatabaseUnusable(StoreError):
    """The file is no database, is damaged, or may not be opened."""

    reason = "database_unusable"


class DatabaseTooNew(StoreError):
    """The database was made by a newer version of this program."""

    reason = "database_too_new"


class DatabaseLocked(StoreError):
    """Another program held the database for longer than we wait."""

    reason = "database_locked"


class DatabaseFull(StoreError):
    """There was no room to write."""

    reason = "database_full"


class OriginalUnusable(StoreError):
    """A kept original is missing, or its bytes are not those that were kept."""

    reason = "original_unusable"


class UnknownRecord(StoreError):
    """There is no such document, message or meeting."""

    reason = "unknown_record"


class EditRefused(StoreError):
    """What a person wrote is not valid; the message says what is expected.

    Attributes:
        field: the column it stands in; None where it is about no single one.
        offered: what may have been meant, to choose from.
    """

    reason = "edit_refused"

    def __init__(
        self, message: str, field: str | None = None, offered: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.field = field
        self.offered = offered


class EditStale(StoreError):
    """What a person edited was changed by somebody else meanwhile; nothing was written.

    Attributes:
        row: the delegate or document concerned, as ``("delegates", 12)``.
    """

    reason = "edit_stale"

    def __init__(self, message: str, row: tuple[str, int]) -> None:
        super().__init__(message)
        self.row = row
