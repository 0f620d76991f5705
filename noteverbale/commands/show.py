"""status, delegations, explain: what the database says."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.words import in_words

if TYPE_CHECKING:
    from store.status import MeetingStatus, Status

DELEGATION_COLUMNS = (
    "delegate_id",
    "state",
    "honorific",
    "name",
    "title",
    "email",
    "role",
    "confidence",
    "status",
)
REVIEW_COLUMNS = ("delegate_id", "state", "name", "why")
NOT_ANSWERED_SHOWN = 12


@click.command()
@options.database
@options.as_json
def status(db: Path | None, config_path: Path | None, json_: bool) -> None:
    """What came in, what waits, what failed and why, which States have not answered."""
    from store.status import summary

    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        found = summary(store)
    if json_:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2))
    else:
        _print_status(found)


def _print_status(found: Status) -> None:
    from noteverbale.tables import shown

    for name, counts in (
        ("messages", found.messages),
        ("documents", found.documents),
        ("delegates", found.delegates),
    ):
        listed = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))
        click.echo(f"{name:10s} {listed or 'none'}")
    if found.reasons:
        click.echo("\nwhy rows need review:")
        for reason, count in sorted(found.reasons.items(), key=lambda r: -r[1]):
            click.echo(f"  {count:4d}  {in_words(reason)}")
    if found.problems:
        click.echo("\nnot processed:")
        for problem in found.problems:
            place = (
                f"document {problem.document} {shown(problem.filename)}"
                if problem.document
                else f"message {problem.message}"
            )
            click.echo(f"  {place}: {problem.outcome}, {in_words(problem.reason)}")
    for meeting in found.meetings:
        _print_meeting(meeting)


def _print_meeting(meeting: MeetingStatus) -> None:
    click.echo(f"\n{meeting.reference}  {meeting.title}")
    click.echo(
        f"  starts {meeting.starts or '?'}, deadline {meeting.deadline or '?'}: "
        f"{meeting.answered} of {meeting.parties} States Parties answered, {meeting.late} late; "
        f"{meeting.delegates} delegates, {meeting.needs_review} need review"
    )
    missing = meeting.not_answered
    if missing:
        more = (
            f" and {len(missing) - NOT_ANSWERED_SHOWN} more"
            if len(missing) > NOT_ANSWERED_SHOWN
            else ""
        )
        click.echo(f"  not answered: {', '.join(missing[:NOT_ANSWERED_SHOWN])}{more}")


@click.command()
@click.option("--meeting", help="Reference of the meeting; all without it.")
@click.option("--review", is_flag=True, help="Only rows that need review, and why.")
@options.database
@options.as_json
def delegations(
    meeting: str | None, review: bool, db: Path | None, config_path: Path | None, json_: bool
) -> None:
    """The table of delegations, newest note of each State first."""
    from noteverbale.tables import table
    from store import queries

    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        find = queries.needs_review if review else queries.delegations
        rows = [dict(row) for row in find(store, meeting)]
    if json_:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return
    for row in rows:
        row["why"] = "; ".join(in_words(r) for r in json.loads(str(row.get("reasons") or "[]")))
    columns = REVIEW_COLUMNS if review else DELEGATION_COLUMNS
    click.echo(table(rows, columns, 100 if review else 40))


@click.command()
@click.option("--document", "document", type=int, required=True)
@options.database
@options.as_json
def explain(document: int, db: Path | None, config_path: Path | None, json_: bool) -> None:
    """Which rule made which value from which words."""
    from noteverbale.tables import table
    from store.explain import explain as explained

    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        if store.one("SELECT 1 FROM documents WHERE id = ?", [document]) is None:
            raise click.UsageError(f"There is no document {document}.")
        found = explained(store, document)
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
            "rule": item.evidence[0].rule if item.evidence else "",
            "confidence": f"{item.confidence:.2f}",
            "by": "a person" if item.corrected else "rule",
        }
        for item in found
    ]
    click.echo(table(rows, ("seq", "field", "stored", "read", "page", "rule", "confidence", "by")))
