"""Ways to log in to a mailbox; each is given the wrapped client and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


class Client(Protocol):
    """What a log-in may call."""

    def login(self, user: str, password: str) -> None:
        """LOGIN or AUTHENTICATE PLAIN."""

    def login_with_token(self, user: str, token: str) -> None:
        """AUTHENTICATE XOAUTH2."""


class Login(Protocol):
    """A way to log in."""

    def __call__(self, client: Client) -> None:
        """Logs in, or raises what the client raises."""


@dataclass(frozen=True, slots=True)
class PasswordLogin:
    """User and password; the password never appears in a representation."""

    user: str
    password: str = field(repr=False)

    def __call__(self, client: Client) -> None:
        """Logs in with the password."""
        client.login(self.user, self.password)


@dataclass(frozen=True, slots=True)
class TokenLogin:
    """User and an access token, which is good for this one connection."""

    user: str
    token: str = field(repr=False)

    def __call__(self, client: Client) -> None:
        """Logs in with the token."""
        client.login_with_token(self.user, self.token)
