"""Messages that no person wrote: bounces, receipts, out-of-office notices."""

from __future__ import annotations

from email.message import Message
from typing import Final

from ingest import headers, images
from ingest.types import Attachment

_REPLIERS: Final = ("X-Autoreply", "X-Autorespond", "X-Autoresponder")
# X-Auto-Response-Suppress is no sign: Exchange puts it on what people write, too.
_DAEMONS: Final = ("mailer-daemon@", "postmaster@")


def skip_reason(message: Message, found: list[Attachment], *, hidden: bool) -> str | None:
    """Why a message is no reply to an invitation, or None.

    A report about our own message (RFC 3464, RFC 8098) is never a reply, whatever it carries:
    what it carries is ours. Anything else with a file is taken whatever its header says, since
    scanners and forwarding rules mark their mail as automatic too; a picture too small for a
    page, or text, is no such file.

    Args:
        message: the message; only its header is read.
        found: the files in it.
        hidden: it holds a scan that could not be taken out.
    """
    if reason := _report(message):
        return reason
    if hidden or any(_may_be_a_scan(a) for a in found):
        return None
    automatic = (headers.raw(message, "Auto-Submitted") or "no").strip().lower()  # RFC 3834
    precedence = (headers.raw(message, "Precedence") or "").strip().lower()
    if (
        not automatic.startswith("no")
        or precedence in ("auto_reply", "auto-reply")
        or any(headers.raw(message, name) for name in _REPLIERS)
    ):
        return "auto_reply"
    return None


def _may_be_a_scan(attachment: Attachment) -> bool:
    if attachment.dropped is not None or attachment.media_type.startswith("text/"):
        return False
    return not images.is_logo(attachment.data, attachment.media_type, inline=True)


def _report(message: Message) -> str | None:
    kind = headers.content_type(message)
    declared = (headers.raw(message, "Content-Type") or "").lower()
    if kind == "multipart/report":
        return "read_receipt" if "disposition-notification" in declared else "bounce"
    sender = (headers.address(message) or "").lower()
    failed = headers.raw(message, "X-Failed-Recipients") is not None
    nobody = (headers.raw(message, "Return-Path") or "").strip() == "<>"
    return "bounce" if sender.startswith(_DAEMONS) and (failed or nobody) else None
