"""A token server on loopback (OAuth2 client credentials), and the introspection dovecot asks."""

from __future__ import annotations

import json
import secrets
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

TOKENS: dict[str, str] = {}
"""Tokens that are good at this moment, and the user each is for."""

Form = dict[str, str]


@dataclass
class TokenServer:
    """A server of Microsoft's kind: OpenID configuration, token endpoint.

    ``answer`` may be replaced: it gets the form and returns status, headers and JSON.
    """

    port: int = 0
    user: str = ""
    asked: list[Form] = field(default_factory=list)
    answer: Callable[[Form], tuple[int, Form, object]] | None = None

    @property
    def authority(self) -> str:
        """Its address."""
        return f"https://localhost:{self.port}"

    def token(self, form: Form) -> tuple[int, Form, object]:
        """What the token endpoint says."""
        self.asked.append(form)
        if self.answer is not None:
            return self.answer(form)
        token = secrets.token_urlsafe(1200)  # as long as Microsoft's
        TOKENS[token] = self.user
        return 200, {}, {"token_type": "Bearer", "expires_in": 3599, "access_token": token}

    def configuration(self) -> object:
        """The OpenID configuration."""
        return {
            "issuer": self.authority,
            "authorization_endpoint": f"{self.authority}/authorize",
            "token_endpoint": f"{self.authority}/tenant/oauth2/v2.0/token",
        }


@contextmanager
def token_server(folder: Path) -> Iterator[TokenServer]:
    """Serves over TLS with the certificate in ``folder``."""
    state = TokenServer()

    class Handler(_Quiet):
        def do_GET(self) -> None:
            self.say(200, {}, state.configuration())

        def do_POST(self) -> None:
            self.say(*state.token(self.form()))

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    with _serving(Handler, context) as state.port:
        yield state


@contextmanager
def introspection() -> Iterator[int]:
    """Tells whether a token is good (RFC 7662); plain HTTP, for dovecot on the same machine."""

    class Handler(_Quiet):
        def do_POST(self) -> None:
            user = TOKENS.get(self.form().get("token", ""))
            self.say(200, {}, {"active": user is not None, "username": user or ""})

    with _serving(Handler, None) as port:
        yield port


class _Quiet(BaseHTTPRequestHandler):
    def form(self) -> Form:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        return {name: values[0] for name, values in parse_qs(body).items()}

    def say(self, status: int, headers: Form, answer: object) -> None:
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written."""


@contextmanager
def _serving(
    handler: type[BaseHTTPRequestHandler], context: ssl.SSLContext | None
) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
