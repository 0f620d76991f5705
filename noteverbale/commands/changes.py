"""changes: what is different in the lists of delegates since a moment."""

from __future__ import annotations

import dataclasses
import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.reason_words import in_words

if TYPE_CHECKING:
    from store.reports.changes import Change


@click.command()
@click.option(
    "--since",
    default="yesterday",
    show_default=True,
    help="today, yesterday, '3 days', a day or a moment (ISO 8601).",
)
@click.option("--meeting", help="Reference of the meeting; all without it.")
@options.database
@options.as_json
def changes(
    since: str, meeting: str | None, db: Path | None, config_path: Path | None, json_: bool
) -> None:
    """New, changed, replaced and withdrawn delegates, by meeting and State."""
    from store.reports import changes as report

    moment = report.moment(since)
    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        reference = options.any_meeting(store, meeting)
        found = report.changes(store, moment, reference)
    if json_:
        told = {"since": moment, "changes": [dataclasses.asdict(one) for one in found]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"since {moment}: {len(found)} {'change' if len(found) == 1 else 'changes'}")
    for (reference, state), of_state in itertools.groupby(
        found, key=lambda one: (one.meeting, one.state_name)
    ):
        click.echo(f"\n{state or 'State unknown'}  {reference or 'no registered meeting fits'}")
        for one in of_state:
            _print(one)


def _print(one: Change) -> None:
    from noteverbale.terminal_tables import shown, width
    from store.reports.changes import WORDS

    what = in_words(one.kind) if one.what == "reply" else WORDS[one.what]
    parts = [what if one.name is None else f"{what}: {one.name}"]
    if one.earlier:
        parts.append(f"for {one.earlier}")
    parts.append(f"by {one.by}" if one.by else f"document {one.document}")
    click.echo(f"  {shown(', '.join(parts), width() - 2)}")
    for value in one.values:
        changed = f"{value.field}: {value.old or '–'} → {value.new or '–'}"
        click.echo(f"    {shown(changed, width() - 4)}")
