"""forget: personal data removed for good."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode

if TYPE_CHECKING:
    from store.db.database import Store
    from store.erasure.forget import Forgotten
    from store.erasure.selection import Selection


@click.command()
@click.option("--delegate", type=options.ROW, help="The person of this row (delegate_id).")
@click.option("--name", help="The person of this name; order, capitals and accents do not count.")
@click.option("--email", help="The person of this address.")
@click.option("--meeting", help="All replies to the meeting with this reference.")
@click.option(
    "--older-than",
    type=click.IntRange(0),
    metavar="DAYS",
    help="What came in longer ago, its meeting over.",
)
@click.option("--dry-run", is_flag=True, help="Only show what would be removed.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.database
@options.as_json
def forget(
    delegate: int | None,
    name: str | None,
    email: str | None,
    meeting: str | None,
    older_than: int | None,
    dry_run: bool,
    yes: bool,
    db: Path | None,
    config_path: Path | None,
    json_: bool,
) -> int:
    """Remove a person, a meeting or what is old: rows, pages, originals, and their bytes.

    The scans that name a person go as a whole; the rows of the other people on them stay. Files
    that were forgotten are not taken in again, unless by `process --again`.
    """
    if sum(value is not None for value in (delegate, name, email, meeting, older_than)) != 1:
        raise click.UsageError(
            "Say what, by one of --delegate, --name, --email, --meeting and --older-than."
        )
    with options.writing(config_path, db) as (_, path):
        from store.erasure import forget as forgetting
        from store.erasure import selection

        with options.opened(path, must_exist=True) as store:
            if meeting is not None:
                chosen = selection.meeting(store, options.one_meeting(store, meeting))
            elif older_than is not None:
                today = datetime.now(UTC).date()
                chosen = selection.older_than(store, older_than, today)
            else:
                chosen = selection.person(store, delegate=delegate, name=name, email=email)
            if dry_run and json_:
                click.echo(json.dumps(_counts(chosen), indent=2))
            elif dry_run or not yes:
                _show(store, chosen, err=json_)
            if chosen.empty or dry_run:
                return ExitCode.OK
            if not yes:
                click.confirm("Remove all this for good?", abort=True, err=True)
            done = forgetting.apply(store, chosen)
    return _report(done, json_)


def _counts(chosen: Selection) -> dict[str, int]:
    return {name: len(getattr(chosen, name)) for name in ("delegates", "documents", "messages")}


def _show(store: Store, chosen: Selection, *, err: bool) -> None:
    """Tells who and how much it is; beside ``--json`` on standard error."""
    from noteverbale.terminal_tables import table
    from store.erasure.selection import shown

    people = shown(store, chosen)
    if people:
        click.echo(table(people, tuple(people[0])), err=err)
        if len(chosen.delegates) > len(people):
            click.echo(f"and {len(chosen.delegates) - len(people)} more", err=err)
    click.echo(
        "{delegates} delegates, {documents} documents and {messages} messages with their pages"
        " and originals".format(**_counts(chosen)),
        err=err,
    )


def _report(done: Forgotten, json_: bool) -> int:
    if json_:
        click.echo(json.dumps(dataclasses.asdict(done), indent=2))
    else:
        click.echo(
            f"removed: {done.delegates} delegates, {done.documents} documents with {done.pages}"
            f" pages, {done.messages} messages, {done.corrections} corrections,"
            f" {done.originals} originals"
        )
    if done.clean:
        return ExitCode.OK
    click.echo(
        "another program has the database open: traces stay in its log until the next poll, or"
        " until this command runs again",
        err=True,
    )
    return ExitCode.SOME_FAILED
