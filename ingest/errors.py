# ruff: noqa: N818 - the names say what happened; 'Error' is left to the branches of the tree
"""Everything that can go wrong with the mail, as one tree of errors.

::

    NoteVerbaleError                every error of this program derives from it
    └── IngestError
        ├── MachineLacking          no process can be started: no message's fault
        ├── SourceUnreadable        a named file or folder is not there or cannot be read
        ├── MailboxError
        │   ├── MailboxUnreachable  no connection, or it broke: worth another try later
        │   │   ├── MailboxTimeout
        │   │   └── MailboxThrottled  the server asks us to wait; says for how long
        │   ├── CertificateNotTrusted
        │   ├── PlainTextRefused
        │   ├── LoginRefused        never tried again at once
        │   ├── FolderUnknown
        │   ├── ExtraMissing        OAuth2 is configured and its library not installed
        │   ├── ChangeRefused       flagging or moving is not allowed
        │   └── MailboxProtocolError
        │       ├── UidValidityChanged
        │       └── AnswerUnreadable
        └── MessageError
            ├── MessageTooLarge
            ├── MessageTimeout
            └── MessageCrashed

``reason`` is a stable code for scripts and the database; the text is for people.
"""

from __future__ import annotations


class NoteVerbaleError(Exception):
    """Base of all errors of this program.

    Attributes:
        reason: stable code, lower case with underscores; set by the class, or for one error.
    """

    reason: str = "error"

    def __init__(self, message: str, reason: str | None = None) -> None:
        super().__init__(message)
        if reason is not None:
            self.reason = reason


class IngestError(NoteVerbaleError):
    """Mail or files could not be taken in."""

    reason = "ingest_failed"


class MachineLacking(IngestError):
    """The machine lacks what it takes to take a message apart now; the message waits."""

    reason = "no_processes"


class SourceUnreadable(IngestError):
    """A file or folder that was named is not there, or may not be read."""

    reason = "source_unreadable"


class MailboxError(IngestError):
    """The mailbox could not be read.

    Attributes:
        retry_after_s: seconds to leave the server alone before the next try; None when the next
            poll of the schedule is soon enough.
    """

    reason = "mailbox_failed"
    retry_after_s: float | None = None


class MailboxUnreachable(MailboxError):
    """No connection, or it broke in the middle; worth another try later."""

    reason = "mailbox_unreachable"


class MailboxTimeout(MailboxUnreachable):
    """The server did not answer in time."""

    reason = "mailbox_timeout"


class MailboxThrottled(MailboxUnreachable):
    """The server is busy or limits us (RFC 5530, RFC 9585, Exchange); it asks for patience.

    Attributes:
        asked_s: seconds the server asks for; None when it names no time.
    """

    reason = "mailbox_busy"
    retry_after_s = 300.0

    def __init__(self, message: str, asked_s: float | None = None) -> None:
        super().__init__(message)
        self.asked_s = asked_s
        if asked_s is not None:
            self.retry_after_s = asked_s


class CertificateNotTrusted(MailboxError):
    """The server's certificate could not be verified; nothing was sent to it."""

    reason = "certificate_not_trusted"


class PlainTextRefused(MailboxError):
    """A connection without TLS was asked for to another machine than this one."""

    reason = "plain_text_refused"


class LoginRefused(MailboxError):
    """The server did not accept user name and password, or the token."""

    reason = "login_refused"
    retry_after_s = 3600.0
    """Accounts are locked after a few wrong log-ins; nothing gets better by itself."""


class FolderUnknown(MailboxError):
    """The mailbox has no such folder, or it may not be opened."""

    reason = "folder_unknown"


class ExtraMissing(MailboxError):
    """A library that only some need is not installed."""

    reason = "extra_missing"


class ChangeRefused(MailboxError):
    """The server does not let us flag or move messages."""

    reason = "change_refused"


class MailboxProtocolError(MailboxError):
    """The server answered something that cannot be understood."""

    reason = "mailbox_protocol"


class UidValidityChanged(MailboxProtocolError):
    """The folder was renumbered since its keys were listed; list them again."""

    reason = "uidvalidity_changed"


class AnswerUnreadable(MailboxProtocolError):
    """The server sent something in place of one message; the connection is still good."""

    reason = "answer_unreadable"


class MessageError(IngestError):
    """One message could not be parsed; the others are not affected."""

    reason = "message_unreadable"


class MessageTooLarge(MessageError):
    """The message, or its header, is over a limit."""

    reason = "message_too_large"


class MessageTimeout(MessageError):
    """Parsing took too long and was ended."""

    reason = "message_timeout"


class MessageCrashed(MessageError):
    """The parser's process ended in the middle, for want of memory for example."""

    reason = "message_crashed"
