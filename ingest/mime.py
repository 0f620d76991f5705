"""A message taken apart: its facts, and every file found inside it.

Our own walk instead of ``iter_attachments``, which misses parts in one odd message out of ten.
A part is judged by its bytes, not by its disposition, extension or declared type. Everything is
bounded (``ParseLimits``), and the raw bytes are looked at before ``email`` parses them: it takes
minutes or gigabytes over some headers (cpython #136063, #151857).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.message import Message
from typing import Final

from ingest import archives, body, embedded, headers, magic, outlook, transfer, uuencode
from ingest.automatic import skip_reason
from ingest.containers import NotOpened
from ingest.errors import MessageError, MessageTooLarge
from ingest.filenames import label
from ingest.files import CONTAINERS, File, Finder, default_name
from ingest.limits import DEFAULT_LIMITS, ParseLimits
from ingest.types import Attachment, ParsedMessage

_TEXTS: Final = ("text/plain", "text/html", "text/calendar")
_INCOMPLETE: Final = {
    # RFC 2046 sections 5.2.2 and 5.2.3: the rest is in other messages, or elsewhere
    "message/partial": "partial_message",
    "message/external-body": "external_body",
}
_DELIMITER: Final = re.compile(
    r"^--(?P<boundary>[^\s-][^\r\n]{0,69}|-+[^\s-][^\r\n]{0,60})\r?$", re.M
)
_BOUNDARY: Final = re.compile(rb"^--", re.MULTILINE)
_END_OF_HEADER: Final = re.compile(rb"\r?\n\r?\n")


@dataclass(slots=True)
class _Walk:
    """The state of one walk over a message."""

    limits: ParseLimits
    parts: int = 0
    unpacked: archives.Unpacked = field(default_factory=archives.Unpacked)
    found: list[Attachment] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    problem: str | None = None

    def may_go_on(self, depth: int) -> bool:
        """Counts a part; False beyond the limits, which is recorded."""
        self.parts += 1
        if self.parts > self.limits.max_parts or depth > self.limits.max_depth:
            self.problem = "too_many_parts"
            return False
        return True

    def message(self, data: bytes, depth: int) -> None:
        """A message found inside."""
        _walk_bytes(data, self, depth)


def parse_file(
    data: bytes, limits: ParseLimits = DEFAULT_LIMITS, name: str | None = None
) -> ParsedMessage:
    """Takes a message apart, or an archive that lies in a folder by itself, called ``name``.

    An archive in which nothing is to be found is a document itself, so that it is not forgotten.

    Raises:
        MessageTooLarge, MessageError: as ``parse_message``.
    """
    told = magic.media_type(data, name or "")
    if told not in CONTAINERS:
        return parse_message(data, limits)
    walk = _Walk(limits)
    _check_length(data, limits)
    Finder(walk).take(File(name, data), 0)
    if all(found.dropped is not None for found in walk.found):
        problem = walk.problem or "nothing_inside"
        walk.found.append(Attachment(label(name or default_name(told)), told, data, problem))
    return ParsedMessage(
        message_id=None,
        from_address=None,
        subject=None,
        sent_at=None,
        received_at=None,
        attachments=tuple(walk.found),
        problem=walk.problem,
    )


def parse_message(data: bytes, limits: ParseLimits = DEFAULT_LIMITS) -> ParsedMessage:
    """Takes a message apart.

    Raises:
        MessageTooLarge: it is over the limits before it is parsed.
        MessageError: ``email`` could make nothing of it.
    """
    walk = _Walk(limits)
    try:
        message = _walked_outlook(data, walk) if magic.is_compound(data) else _walked(data, walk)
    except (*headers.ODD, MemoryError) as error:
        raise MessageError("The message could not be parsed.") from error
    skipped = skip_reason(message, walk.found)
    return ParsedMessage(
        message_id=_message_id(message),
        from_address=headers.address(message),
        subject=headers.text(message, "Subject"),
        sent_at=headers.moment(headers.raw(message, "Date")),
        received_at=headers.received_at(message),
        recipients=headers.recipients(message),
        attachments=tuple(walk.found),
        skip_reason=skipped,
        problem=walk.problem or (None if skipped else _named_without_scan(walk)),
    )


def files_in(file: File, limits: ParseLimits = DEFAULT_LIMITS) -> list[Attachment]:
    """A file from inside a document: itself, or what is in it, where it is an archive or a mail.

    One that cannot be taken apart to its end is there itself as well, with the problem.
    """
    walk = _Walk(limits)
    try:
        Finder(walk).take(file, 0)
    except (MessageTooLarge, *headers.ODD, MemoryError):
        walk.problem = "message_unreadable"
    found = [one for one in walk.found if one.dropped is None]
    if found and walk.problem is None:
        return found
    told = magic.media_type(file.data, file.name or "")
    name = label(file.name or default_name(told))
    return [*found, Attachment(name, told, file.data, file.problem or walk.problem)]


def _walked(data: bytes, walk: _Walk) -> Message:
    _check_size(data, walk.limits)
    message = headers.parsed(data)
    _walk(message, walk, 0)
    return message


def _walked_outlook(data: bytes, walk: _Walk) -> Message:
    """A message that somebody saved from Outlook (.msg): no MIME, but the same facts and files."""
    _check_length(data, walk.limits)
    header = b""
    try:
        header = outlook.header(data)
        walk.texts.append(("text/plain", outlook.text(data)[: body.MOST_CHARACTERS]))
    except NotOpened:
        pass  # the finder meets the same damage, and records it
    _check_size(header, walk.limits)
    if magic.media_type(data) == magic.OUTLOOK:
        Finder(walk).take(File("message.msg", data, magic.OUTLOOK), 0)
    else:  # so damaged that nothing in it tells what it was
        walk.found.append(Attachment("message.msg", magic.OUTLOOK, data, "corrupt"))
    return headers.parsed(header)


def _named_without_scan(walk: _Walk) -> str | None:
    """A reply in the mail's own words, where only scans are accepted: a person answers it."""
    if any(found.dropped is None for found in walk.found):
        return None
    return "names_in_body" if body.names_people(walk.texts) else None


def _check_size(data: bytes, limits: ParseLimits) -> None:
    _check_length(data, limits)
    most = limits.max_header_kb * 1000
    end = _END_OF_HEADER.search(data[: most + 4])
    if end is None and len(data) > most:
        raise MessageTooLarge("The header of the message is larger than the limit.")
    if len(_BOUNDARY.findall(data)) > 20 * limits.max_parts:
        raise MessageTooLarge("The message has more parts than the limit.")


def _check_length(data: bytes, limits: ParseLimits) -> None:
    if len(data) > limits.max_message_mb * 1_000_000:
        raise MessageTooLarge("The message is larger than the limit.")


def _message_id(message: Message) -> str | None:
    value = headers.raw(message, "Message-ID")
    return " ".join(value.split())[:998] or None if value else None


def _walk(part: Message, walk: _Walk, depth: int) -> None:
    if not walk.may_go_on(depth):
        return
    if headers.size(part) > walk.limits.max_header_kb * 1000:
        raise MessageTooLarge("The header of a part is larger than the limit.")
    kind = headers.content_type(part)
    walk.problem = walk.problem or _INCOMPLETE.get(kind)
    payload = transfer.undecoded(part)
    if kind == magic.MESSAGE and transfer.coding(part) in ("base64", "quoted-printable"):
        _walk_encoded(part, walk, depth)
    elif isinstance(payload, list):
        for child in payload:
            if isinstance(child, Message):
                _walk(child, walk, depth + 1)
    elif kind.startswith("multipart/"):
        _walk_undivided(part, str(payload), walk, depth)
    else:
        _take(part, kind, walk, depth)


def _walk_encoded(part: Message, walk: _Walk, depth: int) -> None:
    """An encoded message/rfc822 (against RFC 2046 5.2.1): ``email`` does not decode it."""
    inner = transfer.undecoded(part)
    first = inner[0] if isinstance(inner, list) and inner else inner
    if isinstance(first, Message) and (first.items() or first.is_multipart()):
        _walk(first, walk, depth + 1)  # declared encoded, but it is not
        return
    text = transfer.undecoded(first) if isinstance(first, Message) else first
    leaf = Message()
    leaf["Content-Transfer-Encoding"] = transfer.coding(part)
    leaf.set_payload(str(text))
    data, problem = transfer.content(leaf)
    walk.problem = walk.problem or problem
    _walk_bytes(data, walk, depth + 1)


def _walk_undivided(part: Message, body: str, walk: _Walk, depth: int) -> None:
    """A multipart whose boundary is missing or wrong: the first delimiter line tells it."""
    found = _DELIMITER.search(body)
    declared = headers.raw(part, "Content-Type") or ""
    if found is None or f'"{found["boundary"]}"' in declared:
        before = len(walk.found)
        _take(part, "application/octet-stream", walk, depth)  # the file itself, perhaps
        if len(walk.found) == before:
            walk.problem = walk.problem or "no_parts"
        return
    boundary = found["boundary"].rstrip().replace("\\", "\\\\").replace('"', '\\"')
    header = f'Content-Type: multipart/mixed; boundary="{boundary}"\n\n'
    _walk_bytes((header + body).encode("utf-8", "surrogateescape"), walk, depth + 1)


def _walk_bytes(data: bytes, walk: _Walk, depth: int) -> None:
    try:
        _walk(headers.parsed(data), walk, depth)
    except headers.ODD:
        walk.problem = "message_unreadable"


def _take(part: Message, kind: str, walk: _Walk, depth: int) -> None:
    data, problem = transfer.content(part)
    name = headers.filename(part)
    if not data and name is None:
        return
    told = magic.media_type(data, name or "")
    quoted = told == magic.MESSAGE and kind == "text/plain"  # a text that begins with a header
    if name is None and (quoted or (told != magic.MESSAGE and _is_text(part, kind, told))):
        _take_text(part, kind, data, walk, depth)
        return
    disposition = (headers.raw(part, "Content-Disposition") or "").strip().lower()
    shown = headers.raw(part, "Content-ID") is not None and not disposition.startswith("attach")
    Finder(walk).take(File(name, data, kind, inline=shown, problem=problem), depth)


def _take_text(part: Message, kind: str, data: bytes, walk: _Walk, depth: int) -> None:
    """The mail itself; files may be written into it."""
    for inner in embedded.files(data) if kind == "text/html" else uuencode.files(data):
        if not walk.may_go_on(depth):
            return
        Finder(walk).take(File(inner.name, inner.data, "", inner.inline, inner.problem), depth)
    if sum(len(text) for _, text in walk.texts) < body.MOST_CHARACTERS:
        shown = headers.body_text(part, data[: 4 * body.MOST_CHARACTERS])
        walk.texts.append((kind, shown))


def _is_text(part: Message, kind: str, told: str) -> bool:
    """Whether a part without a name is what the sender wrote, and no file.

    The bytes decide. Where they tell nothing (UTF-16, stray control signs), a declared text is
    believed; a part that was never declared and needed base64 is a file, however damaged.
    """
    if told.startswith("text/"):
        return True
    if kind not in _TEXTS or told not in (magic.OCTET_STREAM, magic.MESSAGE):
        return False
    declared = headers.raw(part, "Content-Type") is not None
    return declared or told == magic.MESSAGE or transfer.coding(part) != "base64"
