"""A real SMTP server (aiosmtpd) on loopback that can refuse, hang or break off."""

from __future__ import annotations

import asyncio
import email
import email.policy
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from tests.mail_server import free_port

USER = "digest"
PASSWORD = "tell nobody"


@dataclass
class Post:
    """What arrived, and how the server is to behave."""

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    tried: int = 0
    answer: str = "250 OK"
    hang_s: float = 0.0
    vanish: bool = False
    unknown: set[str] = field(default_factory=set)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self,
        server: object,
        session: object,
        envelope: Envelope,
        address: str,
        options: object,
    ) -> str:
        """Takes known recipients."""
        del server, session, options
        if address in self.unknown:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: object, envelope: Envelope
    ) -> str:
        """Takes the text, as it was told to."""
        del session
        self.tried += 1
        if self.hang_s:
            time.sleep(self.hang_s)  # the whole server hangs, as a stuck one does
        if self.answer.startswith("250"):
            found = email.message_from_bytes(_bytes(envelope.content), policy=email.policy.default)
            assert isinstance(found, EmailMessage)
            self.received.append(found)
            self.recipients.append(list(envelope.rcpt_tos))
        if self.vanish:
            transport = server.transport
            assert isinstance(transport, asyncio.WriteTransport)
            transport.abort()
        return self.answer


def _bytes(content: bytes | str | None) -> bytes:
    return content.encode() if isinstance(content, str) else content or b""


@contextmanager
def smtp_server(certificate: Path, *, login: bool = True) -> Iterator[Post]:
    """The server with STARTTLS, its certificate and key in ``certificate``'s folder."""
    post = Post()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))

    def known(
        server: object, session: object, envelope: object, mechanism: str, given: LoginPassword
    ) -> AuthResult:
        del server, session, envelope, mechanism
        right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=right, auth_data=given if right else None)

    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        auth_required=login,
        auth_require_tls=True,
        authenticator=known if login else None,
    )
    post.port = controller.port
    controller.start()
    try:
        yield post
    finally:
        controller.stop()
