"""Draft replies, laid into the mailbox's drafts for a person to check and send.

Only a draft, and never sent by us. What goes into its header comes from a stranger's message, so
each value must have the form its field allows, or is left out.
"""

from __future__ import annotations

import email.utils
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email

from ingest.drafts import HEADER, Draft, place
from ingest.errors import MailboxError
from noteverbale import confirming, templates
from noteverbale.credentials import account
from store.intake import answers
from store.service import confirmations, drafts

if TYPE_CHECKING:
    from noteverbale.config import Config
    from store.db.database import Store
    from store.records.missions import Address

log = logging.getLogger(__name__)

MOST_NAMES = 50
"""Persons of whom an address is asked in one reply."""

REMINDER = "reminder"
"""The text that asks a State for what is missing, as a reason of a draft is named."""

LONGEST_LABEL = 120
"""Characters of a name or file name from the mail; longer ones are not meant to be read."""

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,120}@[!-;=?-~]{1,120}>")
_NOBODY = re.compile(r"(no-?reply|do-?not-?reply|mailer-daemon|postmaster)[@+]", re.IGNORECASE)


def place_wanted(config: Config, store: Store) -> None:
    """Lays all drafts that are wanted into the mailbox; what fails is recorded and tried again.

    Raises:
        StoreError: it could not be recorded.
        ConfigError: the mailbox's secret is not to be had.
    """
    drafts.want(store)
    if config.drafts.confirm == "finished":
        today = datetime.now(UTC).date().isoformat()
        confirmations.want_finished(store, config.drafts.confirm_after, today)
    ready = []
    for wanted in drafts.wanted(store):
        ready += _ready(store, wanted.token, partial(_message, config, store, wanted))
    for reminder in drafts.wanted_reminders(store):
        ready += _ready(store, reminder.token, partial(_reminder, config, store, reminder))
    for asked in confirmations.wanted(store):
        ready += _ready(store, asked.token, partial(_confirmation, config, store, asked))
    if not ready:
        return
    try:
        place(
            account(config),
            config.drafts.folder,
            ready,
            lambda token: drafts.placed(store, token),
            lambda token: drafts.refused(store, token),
        )
    except MailboxError as error:
        log.error("drafts: %s", error.reason)  # noqa: TRY400
        drafts.unreachable(store, error.reason)
    else:
        log.info("drafts: %d handed over", len(ready))


def _message(config: Config, store: Store, wanted: drafts.Wanted) -> bytes | str:
    """The draft's bytes, or the code of why there shall be none."""
    to = _address(wanted.to)
    if to is None or _NOBODY.match(to) or to.lower() == (config.mailbox.user or "").lower():
        return "address_unusable"
    names = drafts.without_email(store, wanted.document)
    if wanted.reason == "email_missing" and not names:
        return "not_needed"
    values: dict[str, object] = {
        "names": [_label(name) for name in names[:MOST_NAMES]],
        "filename": _label(wanted.filename),
        "meeting": _label(wanted.meeting or ""),
        "note_reference": _label(wanted.note_reference or ""),
        "subject": _label(wanted.subject or ""),
    }
    text = templates.render(config, _template(config, wanted.reason, wanted.language), values)
    return draft(text, _sender(config), to, wanted.message_id, wanted.token)


def _ready(store: Store, token: str, make: Callable[[], bytes | str]) -> list[Draft]:
    """The draft, if it is to be laid; else why not is written down."""
    try:
        data = make()
    except templates.TemplateUnusable as error:
        log.error("draft: %s", error)  # noqa: TRY400 - names the house's own files
        drafts.unreachable(store, error.reason)
        return []
    if isinstance(data, str):
        drafts.given_up(store, token, data)
        return []
    return [Draft(token, data)]


def _reminder(config: Config, store: Store, wanted: drafts.WantedReminder) -> bytes | str:
    """What is missing of the State now, asked for in its language; or why there shall be none."""
    from store.reports.chase import chase

    found = chase(store, wanted.meeting)
    line = next((one for one in found.lines if one.state == wanted.state), None)
    if line is None or set(line.missing) <= {"late", "unconfirmed"}:
        return "not_needed"
    to = _first_usable(line.addresses)
    if to is None:
        return "address_unusable"
    values: dict[str, object] = {
        "meeting": _label(found.reference),
        "title": _label(found.title),
        "deadline": found.deadline or "",
        "missing": list(line.missing),
        "names": [_label(name) for name in line.names[:MOST_NAMES]],
    }
    language = line.language if line.language in drafts.LANGUAGES else drafts.FALLBACK
    text = templates.render(config, _template(config, REMINDER, language), values)
    return draft(text, _sender(config), to, None, wanted.token)


def _confirmation(
    config: Config, store: Store, wanted: confirmations.WantedConfirmation
) -> bytes | str:
    """What is registered of the State now; or why there shall be none."""
    from store.records.missions import Mission, missions

    people = confirming.people_of(store, wanted, config)
    if isinstance(people, str):
        return people
    mission = missions(store).get(wanted.state, Mission())
    to = _first_usable(mission.addresses)
    if to is None:
        return "address_unusable"
    by = confirming.until(config.drafts.confirm_days, wanted.starts)
    text = confirming.text(config, wanted, people, mission.language or drafts.FALLBACK, by)
    confirmations.tell(store, wanted.token, people, by)
    sender = _sender(config)
    own = answers.message_id(wanted.token, sender.rpartition("@")[2]) if sender else None
    return draft(text, sender, to, wanted.message_id, wanted.token, own)


def _first_usable(addresses: tuple[Address, ...]) -> str | None:
    """The best address that a person reads."""
    usable = (to for one in addresses if (to := _address(one.email)) and not _NOBODY.match(to))
    return next(usable, None)


def draft(
    text: templates.Text,
    sender: str | None,
    to: str,
    answered: str | None,
    token: str,
    own: str | None = None,
) -> bytes:
    """A reply to the message with the Message-ID ``answered`` (RFC 5322 section 3.6.4).

    ``own`` is its own Message-ID, for drafts whose answers are looked for.
    """
    made = EmailMessage(policy=SMTP)
    if sender:
        made["From"] = sender
    made["To"] = to
    made["Subject"] = text.subject
    made["Date"] = email.utils.localtime()
    if own is not None and _MESSAGE_ID.fullmatch(own):
        made["Message-ID"] = own
    if answered is not None and _MESSAGE_ID.fullmatch(answered):
        made["In-Reply-To"] = answered
        made["References"] = answered
    made[HEADER] = token
    made.set_content(text.body)
    return made.as_bytes()


def try_templates(config: Config) -> None:
    """Makes each draft once, of invented facts.

    Raises:
        TemplateUnusable: a template has a slip.
    """
    values: dict[str, object] = {
        "names": ["Amina Otieno"],
        "filename": "note.pdf",
        "meeting": "CU 1",
        "note_reference": "12/2019",
        "subject": "Reply",
    }
    reminder: dict[str, object] = {
        "meeting": "CU 1",
        "title": "A meeting",
        "deadline": "2019-05-10",
        "missing": ["no_reply"],
        "names": ["Amina Otieno"],
    }
    if config.drafts.confirm != "off":
        confirming.try_templates(config)
    for language in drafts.LANGUAGES:
        templates.render(config, _template(config, REMINDER, language), reminder)
    for reason in drafts.REASONS:
        for language in drafts.LANGUAGES:
            templates.render(config, _template(config, reason, language), values)


def _template(config: Config, reason: str, language: str) -> str:
    name = f"drafts/{reason}.{language}.txt"
    if templates.exists(config, name):
        return name
    return f"drafts/{reason}.{drafts.FALLBACK}.txt"


def _sender(config: Config) -> str | None:
    named = config.drafts.from_ or config.mailbox.user
    return _address(named) if named else None


def _address(text: str) -> str | None:
    """The address alone, if it is one."""
    try:
        return str(validate_email(text.strip(), check_deliverability=False).normalized)
    except EmailNotValidError:
        return None


def _label(text: str) -> str:
    """A stranger's words, on one line, printable and not too long."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return shown if len(shown) <= LONGEST_LABEL else shown[: LONGEST_LABEL - 1] + "…"
