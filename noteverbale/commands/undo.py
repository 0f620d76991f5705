"""undo: takes back what people did, the last step or another, whichever tool it was done with."""

from __future__ import annotations

import dataclasses
import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode

if TYPE_CHECKING:
    from store.db.database import Store
    from store.records.steps import Step

LISTED = 20
"""Steps of ``--list``: about one screen."""

INDENT = "    "


@click.command()
@click.option("--list", "list_", is_flag=True, help="Show the last steps, and take nothing back.")
@click.option("--step", type=options.ROW, help="This step, by its number in --list; else the last.")
@click.option("--of", "of", help="The last step of this person; the name as --list shows it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--who", help="Your name in the record; else your name on this machine.")
@options.database
@options.as_json
def undo(
    list_: bool,
    step: int | None,
    of: str | None,
    yes: bool,
    who: str | None,
    db: Path | None,
    config_path: Path | None,
    json_: bool,
) -> int:
    """Take back the last edit, whole, after showing what it was.

    A step is what a person did at one go: a click on the page, a command, or all the rows that one
    statement of sqlite-utils wrote. It is taken back only while its rows are as it left them.
    Nothing is struck from the record, and a step that took something back can be taken back, too.
    """
    from store.errors import EditRefused, EditStale
    from store.records import steps
    from store.review.undo import take_back

    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        if list_:
            _list(store, steps.latest(store, LISTED, of), json_)
            return ExitCode.OK
        chosen = steps.last_that_holds(store, of) if step is None else steps.step(store, step)
        if chosen is None:
            click.echo("There is nothing to take back.", err=True)
            return ExitCode.OK
        if not (json_ and yes):
            _show(store, chosen, err=json_)
        if not yes:
            click.confirm("Take it back?", abort=True, err=True)
        try:
            number = take_back(store, chosen.number, who or getpass.getuser())
        except (EditStale, EditRefused) as error:
            said = str(error).rstrip(".")
            click.echo(f"noteverbale: not taken back: {said[:1].lower()}{said[1:]}", err=True)
            return ExitCode.SOME_FAILED
    if json_:
        click.echo(json.dumps({"taken_back": chosen.number, "by_step": number}))
    else:
        click.echo(f"Taken back, by step {number}: `noteverbale undo --step {number}` redoes it.")
    return ExitCode.OK


def _list(store: Store, found: tuple[Step, ...], json_: bool) -> None:
    from noteverbale.terminal_tables import local_moment, shown, width

    if json_:
        told = [{**dataclasses.asdict(s), "what": _in_words(store, s.number)} for s in found]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in found:
        note = f"  (taken back by step {one.undone})" if one.undone is not None else ""
        click.echo(shown(f"{one.number}  {local_moment(one.at)}  {one.who}{note}", width()))
        click.echo(INDENT + shown(_in_words(store, one.number), width() - len(INDENT)))


def _show(store: Store, chosen: Step, *, err: bool) -> None:
    from noteverbale.terminal_tables import local_moment, width, wrapped

    rows = "1 change" if chosen.edits == 1 else f"{chosen.edits} changes"
    click.echo(f"step {chosen.number}, {local_moment(chosen.at)}, {chosen.who}, {rows}:", err=err)
    click.echo(f"  {wrapped(_in_words(store, chosen.number), width() - 2, INDENT)}", err=err)


def _in_words(store: Store, number: int) -> str:
    from store.records import steps
    from store.reports.history import in_words

    return in_words(steps.of_step(store, number))
