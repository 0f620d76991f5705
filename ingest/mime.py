"""A message taken apart: its facts, and every file found inside it.

A part is judged by its bytes, not by its disposition, extension or declared type. Everything is
bounded (``ParseLimits``). ``ingest.walk`` finds the parts; ``email`` gets their headers only, and
never a long one: it takes minutes or gigabytes over some (cpython #136063, #151857).
"""

from __future__ import annotations

import re
from email.message import Message
from typing import Final

from ingest import headers, leftover, magic, outlook, own_words, people_in_body
from ingest.automatic import skip_reason
from ingest.containers import NotOpened
from ingest.errors import MessageError, MessageTooLarge
from ingest.filenames import label
from ingest.files import CONTAINERS, File, Finder, default_name
from ingest.limits import DEFAULT_LIMITS, ParseLimits
from ingest.types import Attachment, ParsedMessage
from ingest.walk import Walk

_BOUNDARY: Final = re.compile(rb"^--", re.MULTILINE)


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
    walk = Walk(limits)
    _check_size(data, limits)
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
        MessageError: nothing could be made of it.
    """
    walk = Walk(limits)
    _check_size(data, limits)
    try:
        message = _walked_outlook(data, walk) if magic.is_compound(data) else walk.whole(data)
    except (*headers.ODD, MemoryError) as error:
        raise MessageError("The message could not be parsed.") from error
    hidden = walk.problem == leftover.REASON
    skipped = skip_reason(message, walk.found, hidden=hidden)
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
        answers=own_words.answered(message),
        text=own_words.own_words(walk.texts),
    )


def files_in(file: File, limits: ParseLimits = DEFAULT_LIMITS) -> list[Attachment]:
    """A file from inside a document: itself, or what is in it, where it is an archive or a mail.

    One that cannot be taken apart to its end is there itself as well, with the problem.
    """
    walk = Walk(limits)
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


def _walked_outlook(data: bytes, walk: Walk) -> Message:
    """A message that somebody saved from Outlook (.msg): no MIME, but the same facts and files."""
    header = b""
    try:
        header = outlook.header(data)
        walk.texts.append(("text/plain", outlook.text(data)[: people_in_body.MOST_CHARACTERS]))
    except NotOpened:
        pass  # the finder meets the same damage, and records it
    if len(header) > walk.limits.max_header_kb * 1000:
        raise MessageTooLarge("The header of the message is larger than the limit.")
    if magic.media_type(data) == magic.OUTLOOK:
        Finder(walk).take(File("message.msg", data, magic.OUTLOOK), 0)
    else:  # so damaged that nothing in it tells what it was
        walk.record(Attachment("message.msg", magic.OUTLOOK, data, "corrupt"))
    return headers.parsed(header)


def _named_without_scan(walk: Walk) -> str | None:
    """A reply in the mail's own words, where only scans are accepted: a person answers it."""
    if any(found.dropped is None for found in walk.found):
        return None
    return "names_in_body" if people_in_body.names_people(walk.texts) else None


def _check_size(data: bytes, limits: ParseLimits) -> None:
    if len(data) > limits.max_message_mb * 1_000_000:
        raise MessageTooLarge("The message is larger than the limit.")
    if len(_BOUNDARY.findall(data)) > 20 * limits.max_parts:
        raise MessageTooLarge("The message has more parts than the limit.")


def _message_id(message: Message) -> str | None:
    value = headers.raw(message, "Message-ID")
    return " ".join(value.split())[:998] or None if value else None
