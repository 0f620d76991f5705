"""chase: States of which something is missing before a meeting, and where to write to."""

from __future__ import annotations

import dataclasses
import getpass
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.reason_words import in_words

if TYPE_CHECKING:
    from store.reports.chase import Chase, ChaseLine, Missing

NAME_WIDTH = 24
"""Columns of a State's name; with address and reminder a line has 80."""

ADDRESS_WIDTH = 32
"""Columns of its mission's address."""


@click.command()
@click.option("--meeting", help="Reference of the meeting; not needed where there is only one.")
@click.option("--csv", "csv_", is_flag=True, help="A file for a spreadsheet.")
@click.option(
    "--reminded",
    metavar="STATE",
    multiple=True,
    help="Write down that this State (KEN, or its name) was reminded today.",
)
@click.option(
    "--draft",
    metavar="STATE",
    multiple=True,
    help="Lay a reminder to this State into the mailbox's drafts with the next poll.",
)
@click.option(
    "--address",
    nargs=2,
    metavar="STATE EMAIL",
    multiple=True,
    help="An address of the State's mission; it counts before those that are seen.",
)
@click.option(
    "--wrong-address",
    "wrong",
    nargs=2,
    metavar="STATE EMAIL",
    multiple=True,
    help="An address that is seen and not to be used.",
)
@click.option("--who", help="Who reminded or corrected; else your name on this machine.")
@options.database
@options.as_json
def chase(
    meeting: str | None,
    csv_: bool,
    reminded: tuple[str, ...],
    draft: tuple[str, ...],
    address: tuple[tuple[str, str], ...],
    wrong: tuple[tuple[str, str], ...],
    who: str | None,
    db: Path | None,
    config_path: Path | None,
    json_: bool,
) -> None:
    """States without a reply, or with one that leaves something open, and where to write to."""
    from store.records import missions
    from store.reports import chase as report
    from store.service import drafts
    from store.spreadsheet import write_csv

    config, path = options.load(config_path, db)
    if draft and not config.drafts.enabled:
        raise click.UsageError("Drafts are laid by the service: set drafts.enabled.")
    with options.opened(path, must_exist=True) as store:
        reference = options.one_meeting(store, meeting)
        if address or wrong or reminded or draft:
            name = who or getpass.getuser()
            with store.writing(name):  # all of them, or none
                for state, email in address:
                    missions.keep(store, state, email, name)
                for state, email in wrong:
                    missions.dismiss(store, state, email, name)
                for state in reminded:
                    missions.remind(store, reference, state, name)
                for state in draft:
                    code = missions.known_state(store, state)
                    drafts.want_reminder(store, reference, code, name)
        found = report.chase(store, reference)
    if json_:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2))
    elif csv_:
        text = io.StringIO()
        write_csv(report.records(found), report.COLUMNS, text)
        # Excel takes a CSV file for the system's own coding unless a byte order mark begins it
        click.echo(text.getvalue().encode("utf-8-sig"), nl=False)
    else:
        _print(found)


def _print(found: Chase) -> None:
    from noteverbale.terminal_tables import shown
    from store.reports.chase import STANDINGS, WORDS

    click.echo(shown(f"{found.reference}  {found.title}", 80))
    click.echo(f"deadline {found.deadline or 'not known'}: {len(found.lines)} States to write to")
    for what, words in WORDS.items():
        lines = found.of(what)
        if lines:
            click.echo(f"\n{words} ({len(lines)})")
        for line in lines:
            _print_line(line, what)
    if found.confirmations:
        click.echo(f"\nasked to confirm their lists ({len(found.confirmations)})")
    for name, asked in found.confirmations:
        told = STANDINGS[asked.standing] + ("; the list has changed since" if asked.changed else "")
        click.echo(f"  {shown(name, NAME_WIDTH):{NAME_WIDTH}} {shown(told, 50)}")
    if found.unknown:
        click.echo(f"\nnot read, and of no State that is known ({len(found.unknown)})")
    for file in found.unknown:
        sender = f" from {file.from_address}" if file.from_address else ""
        click.echo(shown(f"  document {file.document} {file.filename}{sender}", 80))
        click.echo(shown(f"    {in_words(file.reason)}", 80))


def _print_line(line: ChaseLine, what: Missing) -> None:
    from noteverbale.terminal_tables import shown

    address = line.addresses[0].email if line.addresses else "no address seen"
    if len(line.addresses) > 1:
        address = f"{shown(address, ADDRESS_WIDTH - 3)} +{len(line.addresses) - 1}"
    name = shown(line.name, NAME_WIDTH)
    reminded = f"reminded {line.reminded.at[:10]}" if line.reminded else ""
    told = f"  {name:{NAME_WIDTH}} {shown(address, ADDRESS_WIDTH):{ADDRESS_WIDTH}} {reminded}"
    click.echo(told.rstrip())
    if what == "no_address":
        for one in line.names:
            click.echo(f"    {shown(one, 76)}")
    if what == "unreadable":
        for file in line.unread:
            told = f"document {file.document} {file.filename}: {in_words(file.reason)}"
            click.echo(f"    {shown(told, 76)}")
