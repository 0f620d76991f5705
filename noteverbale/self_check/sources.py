"""Whether replies can be had: the mailbox, what its log-in needs, the scanner folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.errors import NoteVerbaleError
from noteverbale.self_check.finding import Finding, failed, tried

if TYPE_CHECKING:
    from noteverbale.config import Config
    from noteverbale.credentials import Expiry

EXPIRY_DAYS = 30
"""Certificates and secrets that end sooner are to be renewed now."""


def findings(config: Config) -> list[Finding]:
    """Mailbox and scanner folder, and what their log-in needs that expires."""
    found = [_mailbox(config)]
    # a refused log-in is not tried twice
    if found[0].ok and config.mailbox.host and config.mailbox.after != "leave":
        found.append(_afterwards(config))
    found.extend(_expiries(config))
    found.extend(_secrets(config))
    if config.scanner.folder is not None:
        found.append(_scanner(config))
    return found


def _mailbox(config: Config) -> Finding:
    if not config.mailbox.host:
        return Finding("mailbox", ok=True, detail="none configured")

    def listed() -> str:
        from ingest.imap import ImapSource
        from noteverbale.credentials import account

        with ImapSource(account(config)) as source:
            return f"log-in works, {len(source.keys())} messages"

    return tried("mailbox", listed, "see [mailbox] in the configuration")


def _afterwards(config: Config) -> Finding:
    wished = config.mailbox

    def possible() -> str:
        from ingest import afterwards
        from ingest.server_actions import Wish
        from noteverbale.credentials import account

        if wished.after == "leave":
            return "the mailbox is left as it is"
        wish = Wish(wished.after, wished.keyword, wished.move_to or "")
        return afterwards.promised(account(config), wish)

    return tried("after the commit", possible, "see mailbox.after in the configuration")


def _expiries(config: Config) -> list[Finding]:
    from noteverbale.credentials import expiries

    try:
        return [_expiry(found) for found in expiries(config)]
    except NoteVerbaleError as error:
        return [failed("log-in", error, "see [mailbox.oauth2]")]


def _secrets(config: Config) -> list[Finding]:
    from noteverbale.credentials import exposed

    return [
        Finding("secret", ok=False, detail=f"{file}: others can read it", mend=f"chmod 600 {file}")
        for file in exposed(config)
    ]


def _expiry(found: Expiry) -> Finding:
    if found.days is None:
        detail = f"nobody knows when the {found.name} expires: set mailbox.oauth2.expires"
        return Finding(found.name, ok=True, detail=detail)
    ends = "expired" if found.days < 0 else "expires"
    detail = f"{ends} on {found.day}, {found.days} days from now"
    if found.days < 0:
        detail = f"{ends} on {found.day}"
    return Finding(found.name, found.days >= EXPIRY_DAYS, detail, f"make a new {found.name}")


def _scanner(config: Config) -> Finding:
    def listed() -> str:
        from noteverbale.scanner_poll import looked_at

        return looked_at(config.scanner)

    return tried("scanner folder", listed, "see [scanner] in the configuration")
