"""The tables about where replies come from: ``[mailbox]``, ``[scanner]``, ``[filters]``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from ingest.filters import Filters
from noteverbale.config_reader import ConfigError

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_KEYWORD = re.compile(r"[!#$&'+\-./0-9:;<=>?@A-Z^_`a-z|~]{1,100}")
"""A keyword is an atom of RFC 9051 section 9."""

_SYSTEM_FLAGS = ("\\Flagged", "\\Seen", "\\Answered")
MOST_PATTERN = 200
"""Characters of a pattern; an address has at most 254 (RFC 5321)."""


@dataclass(frozen=True, slots=True)
class OAuth2Config:
    """``[mailbox.oauth2]``: log-in as an application, with a certificate or a secret.

    ``certificate_file`` is PEM with private key and certificate. ``authority`` is the token
    server; with a ``tenant`` one of Microsoft's kind. ``expires`` is the day the secret expires,
    which no program can ask for.
    """

    tenant: str | None = None
    client_id: str | None = None
    secret_file: Path | None = None
    secret_env: str | None = None
    certificate_file: Path | None = None
    authority: str = "https://login.microsoftonline.com"
    scope: str = "https://outlook.office365.com/.default"
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class MailboxConfig:
    """``[mailbox]``: the IMAP account that is polled.

    ``port`` is a TCP port, ``timeout_s`` seconds for every answer of the server. ``tls`` may be
    ``none`` for loopback addresses only. ``password_file`` is a file whose first line is the
    password, ``password_env`` the name of an environment variable. ``after`` is what happens on
    the server with a message that is kept: nothing, ``keyword`` is set, or it goes to the folder
    ``move_to``. ``idle`` lets the server wake the service between two polls (RFC 2177).
    """

    host: str | None = None
    port: int = 993
    tls: Literal["tls", "none"] = "tls"
    ca_file: Path | None = None
    user: str | None = None
    auth: Literal["password", "oauth2"] = "password"
    password_file: Path | None = None
    password_env: str | None = None
    folder: str = "INBOX"
    after: Literal["leave", "flag", "move"] = "leave"
    keyword: str = "NoteVerbale"
    move_to: str | None = None
    idle: bool = False
    timeout_s: float = 60.0
    oauth2: OAuth2Config = field(default_factory=OAuth2Config)


@dataclass(frozen=True, slots=True)
class ScannerConfig:
    """``[scanner]``: a folder into which the house's scanner writes.

    A file is taken when it has not changed for ``settle_s`` seconds and is whole. ``after`` is
    what happens with it once it is kept: nothing, ``delete``, or ``move`` to the folder
    ``move_to``.
    """

    folder: Path | None = None
    settle_s: float = 10.0
    after: Literal["leave", "delete", "move"] = "leave"
    move_to: Path | None = None


def check_mailbox(mailbox: MailboxConfig) -> None:
    """What a single key of ``[mailbox]`` cannot tell.

    Raises:
        ConfigError: keys that do not fit together.
    """
    if mailbox.tls == "none" and mailbox.host not in LOOPBACK:
        raise ConfigError("mailbox.tls = 'none' is accepted for loopback addresses only")
    if mailbox.password_file and mailbox.password_env:
        raise ConfigError("mailbox.password_file and mailbox.password_env: set only one of them")
    if not 1 <= mailbox.port <= 65535:
        raise ConfigError(f"mailbox.port = {mailbox.port} is not a port number")
    if not (_KEYWORD.fullmatch(mailbox.keyword) or mailbox.keyword in _SYSTEM_FLAGS):
        allowed = ", ".join(_SYSTEM_FLAGS)
        raise ConfigError(
            f"mailbox.keyword = {mailbox.keyword!r} must be one word of letters and digits,"
            f" or {allowed}"
        )
    if mailbox.after == "move" and not mailbox.move_to:
        raise ConfigError("mailbox.after = 'move' needs mailbox.move_to, the name of a folder")
    if mailbox.move_to is not None and mailbox.move_to == mailbox.folder:
        raise ConfigError("mailbox.move_to is the folder that is polled; name another")
    if mailbox.auth == "oauth2":
        _check_oauth2(mailbox.oauth2)


def _check_oauth2(oauth2: OAuth2Config) -> None:
    if not oauth2.client_id:
        raise ConfigError("mailbox.auth = 'oauth2' needs mailbox.oauth2.client_id")
    ways = (oauth2.secret_file, oauth2.secret_env, oauth2.certificate_file)
    if sum(way is not None for way in ways) > 1:
        raise ConfigError(
            "mailbox.oauth2: set only one of certificate_file, secret_file and secret_env"
        )
    address = urlsplit(oauth2.authority)
    if address.scheme != "https" or not address.hostname:
        raise ConfigError(
            f"mailbox.oauth2.authority = {oauth2.authority!r} must be an https address"
        )
    if oauth2.tenant is None and not address.path.strip("/"):
        # another token server's address names its realm; Microsoft's wants the directory
        raise ConfigError("mailbox.oauth2.tenant is missing: the directory's name or id")


def check_filters(filters: Filters) -> None:
    """What a single key of ``[filters]`` cannot tell.

    Raises:
        ConfigError: keys that do not fit together.
    """
    for key in ("only_to", "only_from", "only_subject", "not_to", "not_from", "not_subject"):
        for pattern in getattr(filters, key):
            if not pattern.strip() or len(pattern) > MOST_PATTERN:
                raise ConfigError(
                    f"filters.{key}: a pattern has 1 to {MOST_PATTERN} characters: {pattern!r}"
                )
    if filters.since and filters.until and filters.since > filters.until:
        raise ConfigError("filters.since is later than filters.until: nothing would be read")


def check_scanner(scanner: ScannerConfig) -> None:
    """What a single key of ``[scanner]`` cannot tell.

    Raises:
        ConfigError: keys that do not fit together.
    """
    if scanner.after == "move" and scanner.move_to is None:
        raise ConfigError("scanner.after = 'move' needs scanner.move_to, a folder")
    if scanner.after != "leave" and scanner.folder is None:
        raise ConfigError(f"scanner.after = {scanner.after!r} needs scanner.folder")
    if scanner.move_to is not None and scanner.move_to == scanner.folder:
        raise ConfigError("scanner.move_to is the folder that is watched; name another")
