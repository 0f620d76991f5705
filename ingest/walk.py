"""The walk over the parts of a message: every stretch of its bytes is looked at by somebody.

The structure is found on the raw bytes (``header_repair``, ``boundaries``), since ``email`` does
not see parts behind an odd header line, behind the closing boundary, before the first one, or in an
encoded multipart; it is used for what the fields mean. What stands between the parts, and every
text, is searched for files (``carving``); what nobody has looked at in the end is told by
``leftover``.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from email.message import Message
from typing import Final

from ingest import (
    archives,
    boundaries,
    carving,
    embedded,
    header_repair,
    headers,
    leftover,
    magic,
    people_in_body,
    transfer,
)
from ingest.containers import Inner
from ingest.files import File, Finder
from ingest.limits import ParseLimits
from ingest.types import Attachment
from ingest.wrapping import unwrapped

_TEXTS: Final = ("text/plain", "text/html", "text/calendar")
_INCOMPLETE: Final = {
    # RFC 2046 sections 5.2.2 and 5.2.3: the rest is in other messages, or elsewhere
    "message/partial": "partial_message",
    "message/external-body": "external_body",
}
_MESSAGES: Final = (magic.MESSAGE, "message/global", "message/news", *_INCOMPLETE)
_TAG: Final = re.compile(rb"<[^<>]{0,2000}>")
_DIGEST: Final = "multipart/digest"
_HEAD: Final = 65536
"""Bytes of a part within which its header tells what it is."""

_LEAST_GAP: Final = 40
"""Bytes before or behind the parts that are looked at: no file is shorter."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part: its header as ``email`` reads it, its kind, and where its body is."""

    header: Message
    kind: str
    data: bytes
    start: int
    end: int

    @property
    def body(self) -> bytes:
        return self.data[self.start : self.end]

    @property
    def coding(self) -> str:
        return transfer.coding(headers.raw(self.header, "Content-Transfer-Encoding") or "")


@dataclass(slots=True)
class Walk:
    """The state of one walk over a message."""

    limits: ParseLimits
    parts: int = 0
    unpacked: archives.Unpacked = field(default_factory=archives.Unpacked)
    found: list[Attachment] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    problem: str | None = None
    _seen: list[bytes] = field(default_factory=list)
    _marks: tuple[str, ...] = ()
    _undivided: bool = False

    def may_go_on(self, depth: int) -> bool:
        """Counts a part; False beyond the limits, which is recorded."""
        self.parts += 1
        if self.parts > self.limits.max_parts or depth > self.limits.max_depth:
            self.problem = "too_many_parts"
            return False
        return True

    def record(self, attachment: Attachment) -> None:
        """Takes what was found, with the marks of what it was found in."""
        marks = tuple(dict.fromkeys((*self._marks, *attachment.marks)))
        self.found.append(replace(attachment, marks=marks))

    def message(self, data: bytes, depth: int, marks: tuple[str, ...] = ()) -> None:
        """Walks over a message found inside."""
        outer, self._marks = self._marks, (*self._marks, *marks)
        try:
            self.whole(data, depth)
        except headers.ODD:
            self.problem = "message_unreadable"
        self._marks = outer

    def whole(self, data: bytes, depth: int = 0) -> Message:
        """Walks over a message and looks for what was left out; its header.

        Raises:
            MessageTooLarge: a header is over the limit.
            Exception: one of ``headers.ODD``.
        """
        data = unwrapped(data, self.limits, self.unpacked)
        begun = len(self._seen)
        header = self._entity(data, 0, len(data), depth, part=False)
        if self._undivided and all(found.dropped for found in self.found):
            self.problem = self.problem or "no_parts"
        if self.problem is None and leftover.has_untaken(data, self._seen[begun:]):
            self.problem = leftover.REASON
        return header

    def _entity(
        self,
        data: bytes,
        start: int,
        end: int,
        depth: int,
        *,
        part: bool = True,
        default: str = "text/plain",
    ) -> Message:
        """A message or part, from the first byte of its header on."""
        most = self.limits.max_header_kb * 1000
        split = header_repair.split(data, start, end, most, part=part)
        header = headers.parsed(split.header)
        if not self.may_go_on(depth):
            return header
        declared = headers.raw(header, "Content-Type")
        kind = headers.content_type(header) if declared else default
        self.problem = self.problem or _INCOMPLETE.get(kind)
        here = _Part(header, kind, data, split.body, end)
        if kind in _MESSAGES:
            self._inner_message(here, depth)
        elif kind.startswith("multipart/") or self._has_parts(here, declared):
            self._multipart(here, declared or "", depth)
        else:
            self._leaf(here, depth)
        return header

    def _has_parts(self, part: _Part, declared: str | None) -> bool:
        """Whether a part that calls itself something else is a multipart."""
        known = boundaries.declared(declared or "")
        return bool(known) and any(boundaries.sections(part.data, part.start, part.end, known))

    def _inner_message(self, part: _Part, depth: int) -> None:
        """A message/rfc822; encoded ones (against RFC 2046 5.2.1) are met as well as plain ones."""
        coding = part.coding
        plain = magic.looks_like_message(part.data[part.start : part.start + _HEAD], 1)
        if plain and not (coding == "quoted-printable" and transfer.is_quoted(part.body)):
            self._entity(part.data, part.start, part.end, depth + 1, part=False)
            return
        content = transfer.content(coding, part.body)
        self._seen.extend((content.data, *content.stages))
        self.message(content.data, depth + 1, content.marks)

    def _multipart(self, part: _Part, declared: str, depth: int) -> None:
        known = boundaries.declared(declared)
        coding = part.coding
        plain = any(boundaries.sections(part.data, part.start, part.end, known))
        packed = coding == "quoted-printable" and transfer.is_quoted(part.body)
        if packed or (coding == "base64" and not plain):
            content = transfer.content(coding, part.body)
            inner = _Part(part.header, part.kind, content.data, 0, len(content.data))
            outer, self._marks = self._marks, (*self._marks, *content.marks)
            found = self._sections(inner, known, depth) or self._guessed(inner, depth)
            self._marks = outer
            if found:
                self._seen.append(part.body)
                return
        if plain and self._sections(part, known, depth):
            return
        if self._guessed(part, depth):
            return
        before = len(self.found)
        self._leaf(replace(part, kind=magic.OCTET_STREAM), depth)  # the file itself, perhaps
        self._undivided = self._undivided or len(self.found) == before

    def _guessed(self, part: _Part, depth: int) -> bool:
        """A multipart whose boundary is missing or wrong: the delimiter lines tell it."""
        known = boundaries.guessed(part.body) or boundaries.first_line(part.body)
        return bool(known) and self._sections(part, known, depth)

    def _sections(self, part: _Part, known: tuple[bytes, ...], depth: int) -> bool:
        """The parts of a multipart, and what stands around them; whether there were any."""
        default = magic.MESSAGE if part.kind == _DIGEST else "text/plain"
        any_part = False
        for section in boundaries.sections(part.data, part.start, part.end, known):
            if self.parts > self.limits.max_parts:
                break
            any_part = True
            if section.delimited:
                self._entity(part.data, section.start, section.end, depth + 1, default=default)
            else:
                self._gap(part.data[section.start : section.end], depth)
        return any_part

    def _gap(self, text: bytes, depth: int) -> None:
        """What stands before the first part or behind the last: nothing, or parts gone astray."""
        self._seen.append(text)
        if len(text.strip()) < _LEAST_GAP:
            return
        if depth > self.limits.max_depth:
            self.problem = "too_many_parts"
            return
        if self._is_part(text):
            undivided = self._undivided
            self._entity(text, 0, len(text), depth + 1)
            self._undivided = undivided  # a header whose parts follow behind the stretch
        elif known := boundaries.guessed(text):
            self._sections(_Part(Message(), "", text, 0, len(text)), known, depth + 1)
        else:
            self._carve(text, depth)

    def _is_part(self, text: bytes) -> bool:
        """Whether a stretch begins with a header of a part, and has a body."""
        head = text[:_HEAD]
        split = header_repair.split(head, 0, len(head), len(head), part=True)
        names = header_repair.field_names(split.header)
        return bool(names & header_repair.STRUCTURE) and bool(text[split.body :].strip())

    def _leaf(self, part: _Part, depth: int) -> None:
        content = transfer.content(part.coding, part.body)
        data = content.data
        self._seen.extend((data, *content.stages))
        name = headers.filename(part.header)
        if not data and name is None:
            return
        told = magic.media_type(data, name or "")
        quoted = told == magic.MESSAGE and part.kind == "text/plain"  # a text that quotes a header
        late = told == magic.PDF and not data.startswith(b"%PDF-")
        unknown = told.startswith("text/") or told == magic.OCTET_STREAM or quoted or late
        if unknown and (known := boundaries.guessed(data)):
            before = len(self.found)
            self._sections(_Part(part.header, part.kind, data, 0, len(data)), known, depth)
            if name is None or any(found.dropped is None for found in self.found[before:]):
                return
        if name is None and (quoted or (told != magic.MESSAGE and _is_text(part, told))):
            self._text(part, data, depth)
            return
        disposition = (headers.raw(part.header, "Content-Disposition") or "").strip().lower()
        has_id = headers.raw(part.header, "Content-ID") is not None
        shown = has_id and not disposition.startswith("attach")
        file = File(name, data, part.kind, inline=shown, marks=content.marks)
        Finder(self).take(file, depth)
        if told in ("text/plain", magic.OCTET_STREAM):
            self._carve(data, depth)

    def _text(self, part: _Part, data: bytes, depth: int) -> None:
        """The mail itself; files may be written into it."""
        if part.kind == "text/html":
            for inner in embedded.files(data):
                if not self.may_go_on(depth):
                    return
                Finder(self).take(_as_file(inner), depth)
        self._carve(_TAG.sub(b"\n", data) if part.kind == "text/html" else data, depth)
        if sum(len(text) for _, text in self.texts) < people_in_body.MOST_CHARACTERS:
            shown = headers.body_text(part.header, data[: 4 * people_in_body.MOST_CHARACTERS])
            self.texts.append((part.kind, shown))

    def _carve(self, text: bytes, depth: int) -> None:
        """Files written into a stretch that is no file itself."""
        known = {found.sha256 for found in self.found}
        inner = None
        for inner in carving.files(text):
            if not self.may_go_on(depth):
                return
            if hashlib.sha256(inner.data).hexdigest() not in known:
                Finder(self).take(_as_file(inner), depth)
        if inner is None and carving.is_packed(text):
            self.problem = self.problem or leftover.REASON


def _as_file(inner: Inner) -> File:
    return File(inner.name, inner.data, "", inner.inline, inner.problem, inner.marks)


def _is_text(part: _Part, told: str) -> bool:
    """Whether a part without a name is what the sender wrote, and no file.

    The bytes decide. Where they tell nothing (UTF-16, stray control signs), a declared text is
    believed; a part that was never declared and needed base64 is a file, however damaged.
    """
    if told.startswith("text/"):
        return True
    if part.kind not in _TEXTS or told not in (magic.OCTET_STREAM, magic.MESSAGE):
        return False
    declared = headers.raw(part.header, "Content-Type") is not None
    return declared or told == magic.MESSAGE or part.coding != "base64"
