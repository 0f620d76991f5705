"""Where secrets are: a file, an environment variable, or systemd's credentials.

They are never taken from the command line or the configuration, and never logged.
"""

from __future__ import annotations

import logging
import os
import stat
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from noteverbale.config_reader import ConfigError

if TYPE_CHECKING:
    from ingest.imap import MailboxAccount
    from ingest.oauth2 import ClientCredentials
    from noteverbale.config import Config

log = logging.getLogger(__name__)

_taken: dict[str, str] = {}
"""Secrets that stood in the environment, by the variable's name."""

_MOST = 1_000_000
"""Characters of a password or certificate that are read; a device has no end."""

CREDENTIAL = "mailbox-password"
SECRET = "mailbox-oauth2-secret"  # noqa: S105 - the credential's name
CERTIFICATE = "mailbox-oauth2-certificate"
"""Names under which systemd hands credentials over (LoadCredential=)."""


def take(config: Config) -> None:
    """Takes secrets out of the environment, so that no program we start inherits them."""
    for variable in (
        config.mailbox.password_env,
        config.mailbox.oauth2.secret_env,
        config.digest.password_env,
    ):
        if variable and variable in os.environ:
            _taken[variable] = os.environ.pop(variable)


@dataclass(frozen=True, slots=True)
class Expiry:
    """Something that stops working on a day.

    ``name`` is ``certificate`` or ``secret``; ``days`` are whole days left, negative when past,
    None when nobody knows; ``day`` is ISO 8601.
    """

    name: str
    days: int | None
    day: str | None = None


def password(config: Config) -> str:
    """The password.

    Raises:
        ConfigError: it is in none of the places, or the place is empty.
    """
    mailbox = config.mailbox
    found = _found(mailbox.password_file, mailbox.password_env, CREDENTIAL, "password")
    if found is None:
        raise ConfigError("Set mailbox.password_file or mailbox.password_env.")
    return found


def _found(file: Path | None, variable: str | None, credential: str, what: str) -> str | None:
    """The first line of the file, else the variable, else systemd's credential."""
    if variable:
        found = os.environ.get(variable) or _taken.get(variable, "")
        if not found:
            raise ConfigError(f"The environment variable {variable} is not set.")
        return found
    file = file or _systemd(credential)
    if file is None:
        return None
    lines = _text(file, what).splitlines()
    if not lines or not lines[0]:
        raise ConfigError(f"{file}: the {what} file is empty.")
    return lines[0]


def _text(file: Path, what: str) -> str:
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, encoding="utf-8") as opened:
            return opened.read(_MOST) if stat.S_ISREG(os.fstat(handle).st_mode) else ""
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{file}: the {what} file cannot be read.") from None


def _systemd(name: str) -> Path | None:
    """The credential systemd hands over with LoadCredential=name."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    file = Path(folder) / name if folder else None
    return file if file and file.exists() else None


def _certificate(config: Config) -> str | None:
    """Private key and certificate as PEM text; None when a secret is used."""
    oauth2 = config.mailbox.oauth2
    if oauth2.secret_file or oauth2.secret_env:
        return None
    file = oauth2.certificate_file or _systemd(CERTIFICATE)
    return _text(file, "certificate") if file else None


def client_credentials(config: Config) -> ClientCredentials:
    """How the application proves itself to the token server.

    Raises:
        ConfigError: neither certificate nor secret is to be had.
    """
    from ingest.oauth2 import ClientCredentials

    mailbox, oauth2 = config.mailbox, config.mailbox.oauth2
    certificate = _certificate(config)
    secret = None
    if certificate is None:
        secret = _found(oauth2.secret_file, oauth2.secret_env, SECRET, "secret")
        if secret is None:
            raise ConfigError("Set mailbox.oauth2.certificate_file, secret_file or secret_env.")
    return ClientCredentials(
        client_id=oauth2.client_id or "",
        tenant=oauth2.tenant,
        secret=secret,
        certificate=certificate,
        authority=oauth2.authority,
        scope=oauth2.scope,
        ca_file=mailbox.ca_file,
        timeout_s=mailbox.timeout_s,
    )


def exposed(config: Config) -> tuple[Path, ...]:
    """The configured files with a secret that everybody on this machine can read or change."""
    mailbox, oauth2 = config.mailbox, config.mailbox.oauth2
    files = (
        mailbox.password_file,
        oauth2.secret_file,
        oauth2.certificate_file,
        config.digest.password_file,
    )
    return tuple(file for file in dict.fromkeys(files) if file is not None and _is_open(file))


def _is_open(file: Path) -> bool:
    try:
        return bool(file.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))
    except OSError:
        return False  # asking for the secret tells what is wrong


def warn_of_exposed(config: Config) -> None:
    """Said once, at the start of what uses the secrets."""
    for file in exposed(config):
        log.warning("%s: others can read this secret; chmod 600 it", file)


def account(config: Config) -> MailboxAccount:
    """The mailbox that a configuration describes, with its password or certificate.

    Raises:
        ConfigError: host or user is missing, or the secret is not to be had.
    """
    from ingest.imap import MailboxAccount

    mailbox = config.mailbox
    if not mailbox.host or not mailbox.user:
        missing = "mailbox.host" if not mailbox.host else "mailbox.user"
        raise ConfigError(f"No mailbox is configured: set {missing}.")
    by_token = mailbox.auth == "oauth2"
    return MailboxAccount(
        host=mailbox.host,
        port=mailbox.port,
        user=mailbox.user,
        password="" if by_token else password(config),
        tls=mailbox.tls == "tls",
        ca_file=mailbox.ca_file,
        folder=mailbox.folder,
        timeout_s=mailbox.timeout_s,
        oauth2=client_credentials(config) if by_token else None,
    )


def require_source(config: Config) -> None:
    """Asked before a poll: is there anything to poll, and can it be opened?

    Raises:
        ConfigError: neither mailbox nor scanner folder is configured, or a secret is missing.
    """
    if config.mailbox.host or config.mailbox.user or config.scanner.folder is None:
        account(config)


def expiries(config: Config, today: date | None = None) -> tuple[Expiry, ...]:
    """What the log-in needs that expires, and in how many days; nothing for a password.

    Raises:
        ConfigError: the certificate's file cannot be read.
        MailboxError: it is damaged, or the extra ``m365`` is not installed.
    """
    if config.mailbox.auth != "oauth2":
        return ()
    today = today or datetime.now(UTC).date()
    certificate = _certificate(config)
    if certificate is None:
        day = config.mailbox.oauth2.expires
        name = "secret"
    else:
        from ingest.oauth2 import certificate_ends

        day = certificate_ends(certificate).date()
        name = "certificate"
    if day is None:
        return (Expiry(name, None),)
    return (Expiry(name, (day - today).days, day.isoformat()),)


SMTP_CREDENTIAL = "smtp-password"


def smtp_password(config: Config) -> str:
    """The password for the digest's mail server.

    Raises:
        ConfigError: it is in none of the places, or the place is empty.
    """
    digest = config.digest
    found = _found(digest.password_file, digest.password_env, SMTP_CREDENTIAL, "password")
    if found is None:
        raise ConfigError("Set digest.password_file or digest.password_env.")
    return found
