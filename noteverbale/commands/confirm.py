"""confirm: drafts that tell missions what was registered, and what came back."""

from __future__ import annotations

import dataclasses
import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode
from noteverbale.reason_words import in_words

if TYPE_CHECKING:
    from store.service.answered import Confirmation

NAME_WIDTH = 32
"""Columns of a State's name; with what it has said a line has 80."""


@click.command()
@click.option("--meeting", help="Reference of the meeting; not needed where there is only one.")
@click.option("--state", metavar="STATE", help="This State alone (KEN, or its name).")
@click.option("--dry-run", is_flag=True, help="Say to whom and what; lay nothing.")
@click.option("--who", help="Who asks for it; else your name on this machine.")
@options.database
@options.as_json
def confirm(
    meeting: str | None,
    state: str | None,
    dry_run: bool,
    who: str | None,
    db: Path | None,
    config_path: Path | None,
    json_: bool,
) -> int:
    """Have missions confirm their lists: a draft to each whose review is finished, never sent.

    It is laid into the mailbox's drafts with the next poll, once, and again only when the list has
    changed. What came back stands beside the State.
    """
    from store.review.overview import states
    from store.service import answered, confirmations

    config, path = options.load(config_path, db)
    if config.drafts.confirm == "off" and not dry_run:
        raise click.UsageError('Drafts are laid by the service: set drafts.confirm = "asked".')
    with options.opened(path, must_exist=True) as store:
        reference = options.one_meeting(store, meeting)
        code = options.one_state(store, state)
        due = confirmations.due(store, reference, config.drafts.confirm_after, code)
        if not dry_run and due:
            name = who or getpass.getuser()
            with store.writing(name):  # all of them, or none
                for one in due:
                    confirmations.want(store, reference, one, name)
        found = answered.confirmations(store, reference, code)
        people = confirmations.registered(store, reference, code)
        names = dict(states(store))
    if json_:
        told = {
            "meeting": reference,
            "wanted": [] if dry_run else list(due),
            "would_want": list(due) if dry_run else [],
            "registered": {one: people[one] for one in due},
            "states": {
                one: {**dataclasses.asdict(it), "standing": it.standing}
                for one, it in found.items()
            },
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return ExitCode.OK
    verb = "would be laid" if dry_run else "are laid with the next poll"
    click.echo(f"{reference}: {len(due)} drafts {verb}")
    for one in due:
        _print_due(names[one], people[one])
    for one, it in found.items():
        if one not in due:
            _print_found(names[one], it)
    if code is not None and not due and code not in found:
        click.echo("its review is not finished, or nobody is approved")
        return ExitCode.SOME_FAILED
    return ExitCode.OK


def _print_due(state: str, people: tuple[dict[str, str | None], ...]) -> None:
    from noteverbale.terminal_tables import shown

    click.echo(shown(f"  {state}", 80))
    for row in people:
        told = ", ".join(
            text for text in (row["name"], row["name_latin"], row["role"], row["title"]) if text
        )
        click.echo(f"    {shown(told, 76)}")


def _print_found(state: str, found: Confirmation) -> None:
    from noteverbale.terminal_tables import shown
    from store.reports.chase import STANDINGS

    told = STANDINGS[found.standing]
    if found.standing == "given_up":
        told = f"{told}: {in_words(found.error)}"
    if found.changed:
        told += "; the list has changed since"
    if found.standing == "asked" and found.until:
        told += f", by {found.until}"
    click.echo(f"  {shown(state, NAME_WIDTH):{NAME_WIDTH}} {shown(told, 45)}")
