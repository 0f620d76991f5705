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
        └── UnknownRecord       no document, message or meeting of that name
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
