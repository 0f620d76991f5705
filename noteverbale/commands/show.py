"""status, explain: how things stand, and where a value comes from."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.reason_words import in_words

if TYPE_CHECKING:
    from store.reports.health import Health
    from store.reports.status import MeetingStatus, Status
    from store.reports.waiting_notes import WaitingNote

NOT_ANSWERED_SHOWN = 12
"""States named on a terminal; ``status --all`` names them all."""

EXPLAINED = (
    *("seq", "field", "stored", "read", "page", "component", "rule", "pattern"),
    *("confidence", "by"),
)
INDENT = "    "
"""Of a line that goes on."""

NOTES_SHOWN = 20
"""Notes to look at on a terminal, about one screen."""


@click.command()
@click.option(
    "--all", "everything", is_flag=True, help="Name all who are missing and all to look at."
)
@options.database
@options.as_json
def status(everything: bool, db: Path | None, config_path: Path | None, json_: bool) -> None:
    """What came in, what waits, what failed and why, which States have not answered."""
    from noteverbale.metrics import expiries
    from store.reports.health import health
    from store.reports.status import summary

    config, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        found = summary(store)
        service = health(store)
    days = expiries(config)
    if json_:
        told = {**dataclasses.asdict(service), "expires_days": days}
        whole = {**dataclasses.asdict(found), "service": told}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        _print_status(found, everything)
        _print_health(service, days)


def _print_health(service: Health, days: dict[str, int]) -> None:
    """What the mailbox and the service are doing; nothing where there is neither."""
    if service.last_poll is None and not days:
        return
    click.echo("")
    if service.complete_poll_age_s is not None:
        ago = in_words_s(service.complete_poll_age_s)
        click.echo(f"mailbox    last complete poll {ago} ago ({service.complete_poll_at})")
    else:
        click.echo("mailbox    no complete poll yet")
    if service.failures and service.last_error is not None:
        polls = "1 poll" if service.failures == 1 else f"{service.failures} polls"
        why = in_words(service.last_error.reason)
        click.echo(f"  {polls} failed in a row: {why} ({service.last_error.at})")
    for count, text in (
        (service.waiting_messages, "messages wait to be taken apart"),
        (service.waiting_documents, "documents wait to be read"),
        (service.set_aside, "messages are set aside: `noteverbale retry` or `release`"),
        (service.retries, "will be tried again by themselves"),
        (service.drafts_waiting, "draft replies are not in the mailbox yet"),
    ):
        if count:
            click.echo(f"  {count} {text}")
    if service.digest_reason:
        click.echo(f"  the last digest was not sent: {in_words(service.digest_reason)}")
    for name, left in days.items():
        click.echo(f"  the {name} for the log-in expires in {left} days")


def in_words_s(seconds: int) -> str:
    """``90`` as ``1 minute``: the largest unit that fits."""
    for size, unit in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return f"{seconds} seconds"


def _print_status(found: Status, everything: bool) -> None:
    from noteverbale.terminal_tables import width, wrapped
    from store.reports.quality import silent_in_words

    for name, counts in (
        ("messages", found.messages),
        ("documents", found.documents),
        ("delegates", found.delegates),
    ):
        listed = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))
        click.echo(f"{name:10s} {listed or 'none'}")
    _print_notes(found, everything)
    if found.audits:
        said = silent_in_words(found.audits, found.silent)
        click.echo(f"audit      {wrapped(said, width() - 11, ' ' * 11)}")
    if found.reasons:
        click.echo("\nwhy rows need review:")
        for reason, count in sorted(found.reasons.items(), key=lambda r: -r[1]):
            click.echo(f"  {count:4d}  {in_words(reason)}")
    if found.problems:
        click.echo("\nnot processed:")
        for problem in found.problems:
            place = (
                f"document {problem.document} {problem.filename}"
                if problem.document
                else f"message {problem.message}"
            )
            told = f"{place}: {problem.outcome}, {in_words(problem.reason)}"
            click.echo(f"  {wrapped(told, width() - 2, INDENT)}")
    for meeting in found.meetings:
        _print_meeting(meeting, everything)


def _print_notes(found: Status, everything: bool) -> None:
    """Notes that no row speaks for come before everything else that waits."""
    from noteverbale.terminal_tables import width, wrapped

    counts = [
        f"{count} {what}"
        for count, what in (
            (found.notes.needs_review, "to look at"),
            (found.notes.nobody_found, "of them without anybody"),
            (found.notes.same_note_again, "came again"),
        )
        if count
    ]
    if counts:
        click.echo(f"{'notes':10s} {', '.join(counts)}")
    if found.to_look_at:
        click.echo("\nnotes to look at, no row of theirs asks:")
        most = len(found.to_look_at) if everything else NOTES_SHOWN
        for note in found.to_look_at[:most]:
            click.echo(f"  {wrapped(_note_in_words(note), width() - 2, INDENT)}")
        more = len(found.to_look_at) - most
        if more > 0:
            click.echo(f"  and {more} more: `noteverbale status --all`")


def _note_in_words(note: WaitingNote) -> str:
    why = "; ".join(in_words(reason) for reason in note.reasons)
    state = note.state_name or "State unknown"
    return f"document {note.document} {note.filename} ({state}): {why}"


def _print_meeting(meeting: MeetingStatus, everything: bool) -> None:
    from noteverbale.terminal_tables import width, wrapped

    click.echo(f"\n{wrapped(f'{meeting.reference}: {meeting.title}', width(), INDENT)}")
    told = (
        f"starts {meeting.starts or '?'}, deadline {meeting.deadline or '?'}: "
        f"{meeting.answered} of {meeting.parties} States Parties answered, {meeting.late} late; "
        f"{meeting.delegates} delegates, {meeting.needs_review} need review, "
        f"{meeting.unseen} more nobody has looked at"
    )
    click.echo(f"  {wrapped(told, width() - 2, INDENT)}")
    missing = meeting.not_answered
    if missing:
        most = len(missing) if everything else NOT_ANSWERED_SHOWN
        left = len(missing) - most
        more = f" and {left} more: `noteverbale status --all`" if left > 0 else ""
        told = f"not answered ({len(missing)}): {', '.join(missing[:most])}{more}"
        click.echo(f"  {wrapped(told, width() - 2, INDENT)}")


@click.command()
@click.option(
    "--document", type=options.ROW, required=True, help="The document's number (document_id)."
)
@click.option("--wide", is_flag=True, help="All columns, nothing cut.")
@options.database
@options.as_json
def explain(
    document: int, wide: bool, db: Path | None, config_path: Path | None, json_: bool
) -> None:
    """Which rule made which value from which words."""
    from noteverbale.terminal_tables import WIDE, table
    from store.errors import UnknownRecord
    from store.reports.explain import explain as explained

    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        try:
            found = explained(store, document)
        except UnknownRecord as error:
            raise click.UsageError(str(error)) from None
    if json_:
        records = [dataclasses.asdict(e) for e in found]
        click.echo(json.dumps(records, ensure_ascii=False, indent=2, default=str))
        return
    rows = [
        {
            "seq": item.seq,
            "field": item.field,
            "stored": item.stored,
            "read": " / ".join(e.text for e in item.evidence),
            "page": ",".join(sorted({str(e.page) for e in item.evidence})),
            "component": item.component,
            "rule": item.evidence[0].rule if item.evidence else "",
            "pattern": item.evidence[0].pattern if item.evidence else "",
            "confidence": f"{item.confidence:.2f}",
            "by": "a person" if item.corrected else "rule",
        }
        for item in found
    ]
    most = WIDE if wide else None
    click.echo(table(rows, EXPLAINED, most, spare=("pattern", "component", "by", "page")))
