"""One file found in a message: opened if it holds others, else an attachment or no document."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Protocol

from ingest import archives, cms, images, magic, mbox, outlook, tnef
from ingest.containers import Inner, NotOpened
from ingest.filenames import label
from ingest.limits import ParseLimits
from ingest.types import Attachment

_NO_DOCUMENTS: Final = {
    "application/pgp-signature": "signature",
    "text/calendar": "calendar",
    "text/vcard": "contact_card",
    magic.APPLE_DOUBLE: "resource_fork",
}
# What Exchange makes of text before and after an attachment: ATT00001.txt
_EXCHANGE_TEXT: Final = re.compile(r"ATT\d{3,10}\.(?:txt|html?)", re.IGNORECASE)
_SIGNED_NAME: Final = re.compile(r"(.+\.[A-Za-z]{2,5})\.p7[ms]", re.IGNORECASE)
_HEAD: Final = 65536  # bytes in which an mbox is told by its first lines

CONTAINERS: Final = (magic.ZIP, magic.GZIP, magic.TNEF, magic.SIGNED, magic.ENVELOPED)
"""Files that hold others; one in a folder is taken apart like one that came by mail."""

DAMAGED: Final = "damaged_container"
"""Mark: the archive that the file came in is damaged, and the file perhaps with it."""

_READ_ALL_THE_SAME: Final = ("image/tiff", "image/jpeg", "image/png", magic.PDF)
"""Damaged ones are read as far as they go; ``ocr`` says where it could not."""


@dataclass(frozen=True, slots=True)
class File:
    """Bytes, the name they came under, and what the sender declared them to be."""

    name: str | None
    data: bytes
    declared: str = ""
    inline: bool = False
    problem: str | None = None
    marks: tuple[str, ...] = ()


class Walk(Protocol):
    """The walk over the message that the file was found in."""

    limits: ParseLimits
    unpacked: archives.Unpacked

    def may_go_on(self, depth: int) -> bool:
        """Counts a part; False beyond the limits."""

    def message(self, data: bytes, depth: int, marks: tuple[str, ...] = ()) -> None:
        """Goes on in a message; what is found in it carries the marks."""

    def record(self, attachment: Attachment) -> None:
        """Takes what was found."""


class Finder:
    """Looks into one file after the other."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk

    def take(self, file: File, depth: int) -> None:
        """Records the file, or what is in it."""
        told = magic.media_type(file.data, file.name or "")
        if file.problem is not None and not file.data:
            self._record(file, told)
        elif mbox.is_mbox(file.data[:_HEAD]):
            self._open_mbox(file, depth)
        elif told == magic.MESSAGE:
            self._walk.message(file.data, depth + 1, file.marks)
        elif told == magic.ZIP:
            self._unpack(file, depth)
        elif told == magic.GZIP:
            self._unzip(file, depth)
        elif told == magic.SIGNED:
            self._open_signed(file, depth)
        elif told in (magic.TNEF, magic.OUTLOOK):
            inner = tnef.files(file.data) if told == magic.TNEF else outlook.files(file.data)
            self._open(file, told, inner, depth)
        else:
            self._record(file, told)

    def _record(self, file: File, told: str, problem: str | None = None) -> None:
        name = label(file.name or default_name(told))
        dropped = _why_dropped(file, told, name)
        marks = file.marks
        if dropped is None:
            problem = file.problem or problem or _locked(told)
            if problem == "corrupt" and told in _READ_ALL_THE_SAME:
                problem, marks = None, (*marks, DAMAGED)
        self._walk.record(Attachment(name, told, file.data, problem, dropped, marks))

    def _unpack(self, file: File, depth: int) -> None:
        walk = self._walk
        name = file.name or "archive.zip"
        for member in archives.members(file.data, walk.limits, walk.unpacked, name=name):
            if not walk.may_go_on(depth):
                return
            inner = File(
                member.name or file.name, member.data, problem=member.problem, marks=file.marks
            )
            if member.problem is None:
                self.take(inner, depth + 1)
            else:  # an archive that cannot be opened is not tried again
                self._record(inner, magic.media_type(inner.data, member.name))

    def _unzip(self, file: File, depth: int) -> None:
        walk = self._walk
        if walk.may_go_on(depth):
            name = file.name or default_name(magic.GZIP)
            found = archives.unzipped(file.data, name, walk.limits, walk.unpacked)
            problem = file.problem or found.problem
            inner = replace(file, name=found.name, data=found.data, declared="", problem=problem)
            self.take(inner, depth + 1)

    def _open(self, file: File, told: str, inner: Iterator[Inner], depth: int) -> None:
        """A container; one that cannot be opened to its end is recorded itself, as well."""
        count = 0
        try:
            for found in inner:
                count += 1
                if not self._walk.may_go_on(depth):
                    return
                self._walk.unpacked.size += len(found.data)
                marks = (*file.marks, *found.marks)
                inner_file = File(found.name, found.data, "", found.inline, found.problem, marks)
                self.take(inner_file, depth + 1)
        except NotOpened as error:
            self._record(file, told, error.problem)
        else:
            if not count:
                self._drop(file, told, "nothing_inside")

    def _open_signed(self, file: File, depth: int) -> None:
        try:
            inner = cms.content(file.data)
        except NotOpened as error:
            if _is_detached(file):
                self._drop(file, magic.SIGNED, "signature")
            else:
                self._record(file, magic.SIGNED, error.problem)
            return
        if inner is None:
            self._drop(file, magic.SIGNED, "signature")
            return
        if not self._walk.may_go_on(depth):
            return
        named = _SIGNED_NAME.fullmatch(file.name or "")
        told = magic.media_type(inner, named[1] if named else "")
        if named is None and told.startswith("text/") and magic.looks_like_message(inner, 1):
            self._walk.message(inner, depth + 1, file.marks)  # its header may be one line
        else:
            name = named[1] if named else None
            self.take(File(name, inner, problem=file.problem, marks=file.marks), depth + 1)

    def _open_mbox(self, file: File, depth: int) -> None:
        for span in mbox.spans(io.BytesIO(file.data)):
            if not self._walk.may_go_on(depth):
                return
            self._walk.message(file.data[span.start : span.end], depth + 1, file.marks)

    def _drop(self, file: File, told: str, why: str) -> None:
        name = label(file.name or default_name(told))
        self._walk.record(Attachment(name, told, file.data, None, why))


def default_name(told: str) -> str:
    """A name for a file that came without one."""
    suffix = told.rpartition("/")[2].split(";")[0].split(".")[-1]
    return f"attachment.{suffix}"


def _is_detached(file: File) -> bool:
    """Whether it calls itself a signature apart from what it signs."""
    name = (file.name or "").lower()
    return file.declared.endswith("pkcs7-signature") or name.endswith(".p7s")


def _locked(told: str) -> str | None:
    return "encrypted" if told in (magic.ENVELOPED, magic.PGP_ENCRYPTED) else None


def _why_dropped(file: File, told: str, name: str) -> str | None:
    """Why a file is no document: logos, calendars, cards."""
    if told in _NO_DOCUMENTS:
        return _NO_DOCUMENTS[told]
    if told.startswith("text/") and _EXCHANGE_TEXT.fullmatch(name):
        return "text_part"
    logo = images.is_logo(file.data, told, inline=file.inline)
    return "signature_logo" if logo else None
