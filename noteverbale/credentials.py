"""Where the mailbox's password is: a file, an environment variable, or systemd's credentials.

It is never taken from the command line or the configuration, and never logged.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from noteverbale.config_reader import ConfigError

if TYPE_CHECKING:
    from ingest.imap import MailboxAccount
    from noteverbale.config import Config

CREDENTIAL = "mailbox-password"


def password(config: Config) -> str:
    """The password.

    Raises:
        ConfigError: it is in none of the places, or the place is empty.
    """
    mailbox = config.mailbox
    if mailbox.password_env:
        found = os.environ.get(mailbox.password_env, "")
        if not found:
            raise ConfigError(f"The environment variable {mailbox.password_env} is not set.")
        return found
    file = mailbox.password_file or _systemd()
    if file is None:
        raise ConfigError("Set mailbox.password_file or mailbox.password_env.")
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{file}: the password file cannot be read.") from None
    if not lines or not lines[0]:
        raise ConfigError(f"{file}: the password file is empty.")
    return lines[0]


def _systemd() -> Path | None:
    """The credential systemd hands over with LoadCredential=mailbox-password."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    file = Path(folder) / CREDENTIAL if folder else None
    return file if file and file.exists() else None


def account(config: Config) -> MailboxAccount:
    """The mailbox that a configuration describes, with its password.

    Raises:
        ConfigError: host or user is missing, or the password is not to be had.
    """
    from ingest.imap import MailboxAccount

    mailbox = config.mailbox
    if not mailbox.host or not mailbox.user:
        missing = "mailbox.host" if not mailbox.host else "mailbox.user"
        raise ConfigError(f"No mailbox is configured: set {missing}.")
    return MailboxAccount(
        host=mailbox.host,
        port=mailbox.port,
        user=mailbox.user,
        password=password(config),
        tls=mailbox.tls == "tls",
        ca_file=mailbox.ca_file,
        folder=mailbox.folder,
        timeout_s=mailbox.timeout_s,
    )
