"""The summary by e-mail: what came in, needs review, failed, and who has not answered.

It names States and documents, and no delegate: a summary is read in more places than the list.
"""

from __future__ import annotations

import dataclasses
import email.utils
import logging
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from noteverbale import templates
from noteverbale.reason_words import in_words
from store import sanitize
from store.learn import audits
from store.reports import changes, health, waiting_notes
from store.reports import digest as content
from store.reports.quality import silent_in_words
from store.service import digests

if TYPE_CHECKING:
    from noteverbale.config import Config
    from noteverbale.smtp import MailServer
    from store.db.database import Store

log = logging.getLogger(__name__)

TEMPLATE = "digest.txt"
MOST_SHOWN = 40
"""Entries of one list in a mail that somebody is to read to its end; the rest is a number."""

LONGEST_NAME = 60
"""Characters of a file's name: with the text beside it, one line of a mail."""


def send_due(config: Config, store: Store, poll: int, now: datetime | None = None) -> None:
    """Sends the digest that is due, if one is; a failure is recorded and tried again.

    Args:
        config: with ``[digest]``.
        store: what is told of, and what was told.
        poll: number of the poll that has just ended.
        now: local time.

    Raises:
        StoreError: it could not be recorded.
    """
    digests.unconfirmed(store)
    period = _period(config, poll, now or datetime.now().astimezone())
    if config.digest.when == "poll" and digests.waiting(store):
        period = None  # the rest of what this poll brought is still being read
    if period is not None and not digests.known(store, period) and digests.news(store):
        digests.open_period(store, period)
    waiting = digests.due(store)
    if waiting is not None:
        _send(config, store, waiting)


def _period(config: Config, poll: int, now: datetime) -> str | None:
    if config.digest.when == "poll":
        return f"poll-{poll}"
    return now.date().isoformat() if now.hour >= config.digest.hour else None


def _send(config: Config, store: Store, period: str) -> None:
    from noteverbale import smtp
    from noteverbale.config_reader import ConfigError

    try:
        text = templates.render(config, TEMPLATE, values(store, period))
        server = mail_server(config)
        smtp.send(
            server,
            message(config, text, period),
            config.digest.from_ or "",
            config.digest.to,
            lambda: digests.sending(store, period),
        )
    except smtp.NotSent as error:
        log.error("digest not sent: %s", error.reason)  # noqa: TRY400
        if error.maybe:
            digests.maybe_sent(store, period, error.reason)
        else:
            digests.failed(store, period, error.reason)
    except (templates.TemplateUnusable, ConfigError) as error:
        log.error("digest not sent: %s", error)  # noqa: TRY400 - names the house's own files
        digests.failed(store, period, error.reason)
    else:
        digests.sent(store, period)
        log.info("digest sent to %d recipients", len(config.digest.to))


def mail_server(config: Config) -> MailServer:
    """Where the digest is sent to, with the password.

    Raises:
        ConfigError: the password is not to be had.
    """
    from noteverbale.credentials import smtp_password
    from noteverbale.smtp import MailServer

    digest = config.digest
    return MailServer(
        host=digest.host or "",
        port=digest.port,
        tls=digest.tls,
        ca_file=digest.ca_file,
        user=digest.user,
        password=smtp_password(config) if digest.user else None,
        timeout_s=digest.timeout_s,
    )


def message(config: Config, text: templates.Text, period: str) -> EmailMessage:
    """The digest as a message that no machine answers (RFC 3834)."""
    sender = config.digest.from_ or ""
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = ", ".join(config.digest.to)
    made["Subject"] = text.subject
    made["Date"] = email.utils.localtime()
    made["Message-ID"] = email.utils.make_msgid(period, sender.rpartition("@")[2] or "localhost")
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text.body)
    return made


def values(store: Store, period: str) -> dict[str, object]:
    """What the template may use."""
    with store.reading():
        replies = content.replies(store, period)
        since = digests.told_until(store, period)
        changed = changes.counts(changes.changes(store, since)) if since else ()
        reviews = content.reviews(store)
        failures = content.failures(store, period)
        told_below = {f.number for f in failures if f.what == "document"}
        notes = [n for n in waiting_notes.waiting_notes(store) if n.document not in told_below]
        meetings = content.meetings(store)
        told = health.health(store)
        audited = audits.audited(store)
    last = told.last_poll
    return {
        "replies": _shown([{**dataclasses.asdict(r), "kind": in_words(r.kind)} for r in replies]),
        "changes": _shown([_changed(state, told) for state, told in changed]),
        "notes": _shown(
            [
                {
                    "document": n.document,
                    "state": n.state_name,
                    "filename": _label(n.filename),
                    "why": [in_words(code) for code in n.reasons],
                }
                for n in notes
            ]
        ),
        "review": {
            **_shown(
                [
                    {**dataclasses.asdict(r), "why": [in_words(code) for code in r.reasons]}
                    for r in reviews
                ]
            ),
            "total": sum(r.rows for r in reviews),
        },
        "failed": _shown(
            [
                {
                    **dataclasses.asdict(f),
                    "filename": _label(f.filename),
                    "why": in_words(f.reason),
                }
                for f in failures
            ]
        ),
        "meetings": [dataclasses.asdict(m) for m in meetings],
        "silent": silent_in_words(audited, audits.silent(audited)) if audited else "",
        "trouble": in_words(last.reason) if last is not None and last.outcome == "failed" else "",
    }


def _changed(state: str | None, told: dict[changes.ChangeKind, int]) -> dict[str, object]:
    what = [f"{told[kind]} {words}" for kind, words in changes.WORDS.items() if kind in told]
    return {"state": state, "what": what}


def _shown(items: Sequence[dict[str, object]]) -> dict[str, object]:
    return {
        "total": len(items),
        "shown": list(items[:MOST_SHOWN]),
        "more": max(0, len(items) - MOST_SHOWN),
    }


def _label(filename: str | None) -> str:
    """A stranger's file name, on one line and printable."""
    if filename is None:
        return ""
    shown = sanitize.visible(filename)
    return shown if len(shown) <= LONGEST_NAME else shown[: LONGEST_NAME - 1] + "…"


def try_template(config: Config) -> None:
    """Makes a digest of invented facts.

    Raises:
        TemplateUnusable: the template has a slip.
    """
    reply = content.DigestReply(1, "Kenya", None, "nomination", 2, late=True)
    review = content.DigestReview(1, "Kenya", 1, ("email_missing",))
    meeting = content.DigestMeeting("CU 1", "A meeting", None, 2, 1, ("Kenya",), ("Chile",))
    templates.render(
        config,
        TEMPLATE,
        {
            "replies": _shown([dataclasses.asdict(reply)]),
            "changes": _shown([_changed("Kenya", {"new": 1})]),
            "notes": _shown([{"document": 1, "state": None, "filename": "a.pdf", "why": ["x"]}]),
            "review": _shown([{**dataclasses.asdict(review), "why": ["no e-mail address"]}]),
            "failed": _shown([{"what": "document", "number": 1, "filename": "a.pdf", "why": "x"}]),
            "meetings": [dataclasses.asdict(meeting)],
            "silent": "Of 40 rows that nobody had to look at, 0.0 to 9.8 % are wrong.",
            "trouble": "login refused",
        },
    )
