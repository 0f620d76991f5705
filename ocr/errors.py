"""Everything that can go wrong between the bytes of a scan and its pages.

::

    ingest.errors.NoteVerbaleError
    └── OcrError
        ├── Rejected            a document that is not read, with the reason
        ├── Unavailable         the machine cannot do it now: says nothing about the document
        │   └── ToolMissing     a program, or its data, is not installed
        └── ChildError          a program we started did not do its work
            ├── ChildTimeout    over its processor time, or asleep for far too long
            └── ChildFailed     ended with an error, or over its own limit of memory
"""

from __future__ import annotations

from ingest.errors import NoteVerbaleError

MESSAGES: dict[str, str] = {
    "not_a_scan": "This is no scan, but a file made by a computer program.",
    "encrypted": "The file is protected by a password.",
    "corrupt": "The file is damaged and cannot be opened.",
    "undecodable": "No decoder could get a picture out of it.",
    "codec_missing": "Its coding needs a package that is not installed: 'noteverbale[formats]'.",
    "too_many_pages": "The document has more pages than the limit allows.",
    "too_large": "The file is larger than the limit allows.",
    "unsupported_type": "Files of this type cannot be read.",
    "timeout": "Looking into the file took longer than the limit allows.",
}


LACKS = frozenset(
    {"no_space", "no_memory", "no_processes", "tool_missing", "temporary_folder", "system_error"}
)
"""Reasons of ``Unavailable``: what the machine may lack."""


class OcrError(NoteVerbaleError):
    """A scan could not be read."""

    reason = "ocr_failed"


class Rejected(OcrError):  # noqa: N818
    """The document is not read; ``reason`` is one of the keys of ``MESSAGES``."""

    reason = "corrupt"

    def __init__(self, reason: str) -> None:
        super().__init__(MESSAGES.get(reason, "The document cannot be read."), reason)


class Unavailable(OcrError):  # noqa: N818
    """The machine lacks something: no verdict on a document, which waits and is tried again.

    ``reason`` is one of ``LACKS``.
    """

    reason = "system_error"


class ToolMissing(Unavailable):
    """The program is not installed or not on PATH, or data it needs are not."""

    reason = "tool_missing"


class ChildError(OcrError):
    """A program we started did not do its work."""

    reason = "child_failed"


class ChildTimeout(ChildError):  # noqa: N818
    """The program went over its processor time, or slept far beyond it, and was ended."""

    reason = "timeout"


class ChildFailed(ChildError):  # noqa: N818
    """The program ended with an error, or over its own limit of memory or file size."""

    reason = "child_failed"
