"""One message to a mail server (SMTP, RFC 5321), in steps, so that it is known what was sent."""

from __future__ import annotations

import contextlib
import logging
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

from ingest.errors import NoteVerbaleError
from noteverbale.config_reader import ConfigError

log = logging.getLogger(__name__)


class NotSent(NoteVerbaleError):  # noqa: N818 - says what is so
    """The message was not sent; with ``maybe`` the server may have taken it after all."""

    reason = "smtp_failed"

    def __init__(self, reason: str, *, maybe: bool = False) -> None:
        super().__init__(f"The digest could not be sent ({reason}).", reason)
        self.maybe = maybe


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where and how. ``timeout_s`` is seconds for every answer."""

    host: str
    port: int
    tls: Literal["starttls", "tls", "none"]
    ca_file: Path | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout_s: float = 30.0


def send(
    server: MailServer,
    message: EmailMessage,
    sender: str,
    recipients: tuple[str, ...],
    before: Callable[[], None],
) -> None:
    """Sends ``message``; ``before`` is called when the server is about to be given the text.

    Raises:
        NotSent: with a stable reason.
    """
    given = False
    try:
        with contextlib.closing(_Session(server, sender)) as session:
            session.address(sender, recipients)
            before()
            given = True
            session.text(message)
    except smtplib.SMTPResponseException as error:  # the server said no: it has not taken it
        raise NotSent(_refused(error)) from None
    except smtplib.SMTPException as error:
        raise NotSent(_broken(error), maybe=given) from None
    except OSError as error:
        raise NotSent(_unreachable(error), maybe=given) from None


def probe(server: MailServer, sender: str) -> None:
    """Connects and logs in, and sends nothing.

    Raises:
        NotSent: with a stable reason.
    """
    try:
        with contextlib.closing(_Session(server, sender)):
            pass
    except smtplib.SMTPResponseException as error:
        raise NotSent(_refused(error)) from None
    except smtplib.SMTPException as error:
        raise NotSent(_broken(error)) from None
    except OSError as error:
        raise NotSent(_unreachable(error)) from None


class _Session:
    """A connection that has logged in."""

    def __init__(self, server: MailServer, sender: str) -> None:
        # EHLO with a name of our own: asking the resolver for ours may take a minute.
        name = sender.rpartition("@")[2] or "localhost"
        context = None if server.tls == "none" else _context(server.ca_file)
        if server.tls == "tls":
            self._smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, name, timeout=server.timeout_s, context=context
            )
        else:
            self._smtp = smtplib.SMTP(server.host, server.port, name, timeout=server.timeout_s)
        try:
            if server.tls == "starttls":
                self._smtp.starttls(context=context)
            if server.user is not None and server.password is not None:
                self._login(server.user, server.password)
        except BaseException:
            self.close()
            raise

    def _login(self, user: str, password: str) -> None:
        """One attempt with one mechanism.

        ``SMTP.login`` tries all it knows, which counts as so many wrong passwords, and servers
        hang up meanwhile.
        """
        smtp = self._smtp
        smtp.ehlo_or_helo_if_needed()
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        smtp.user, smtp.password = user, password
        if "PLAIN" in offered:
            smtp.auth("PLAIN", smtp.auth_plain)
        elif "LOGIN" in offered:
            smtp.auth("LOGIN", smtp.auth_login)
        else:
            raise smtplib.SMTPNotSupportedError("no way to log in that is known here")

    def address(self, sender: str, recipients: tuple[str, ...]) -> None:
        """MAIL and RCPT; one recipient who is known is enough."""
        self._smtp.ehlo_or_helo_if_needed()
        code, said = self._smtp.mail(sender)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, said, sender)
        answers = [self._smtp.rcpt(address) for address in recipients]
        refused = sum(answer[0] not in (250, 251) for answer in answers)
        if refused:
            log.warning("digest: %d of %d recipients refused", refused, len(answers))
        if refused == len(answers):
            raise smtplib.SMTPRecipientsRefused({})

    def text(self, message: EmailMessage) -> None:
        """DATA; the server's 250 makes it its own (RFC 5321 section 4.2.5)."""
        code, said = self._smtp.data(message.as_bytes())
        if code != 250:
            raise smtplib.SMTPDataError(code, said)

    def close(self) -> None:
        """QUIT, if anybody still listens."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._smtp.quit()
        self._smtp.close()


def _context(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(ca_file))
        except OSError:
            raise ConfigError(f"digest.ca_file {ca_file}: no certificate (PEM).") from None
    return context


def _refused(error: smtplib.SMTPResponseException) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "smtp_login_refused"
    return "smtp_sender_refused" if isinstance(error, smtplib.SMTPSenderRefused) else "smtp_refused"


def _broken(error: smtplib.SMTPException) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "smtp_recipient_refused"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "smtp_not_supported"
    return "smtp_unreachable"


def _unreachable(error: OSError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "smtp_certificate"
    return "smtp_timeout" if isinstance(error, TimeoutError) else "smtp_unreachable"
