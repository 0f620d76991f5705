"""export: the list of participants of a meeting, for other programs and for print."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode

if TYPE_CHECKING:
    from store.export.files import Choices, ListFile
    from store.export.left_out import LeftOut

FORMATS = ("csv", "xlsx", "docx", "json", "indico")
BINARY = ("xlsx", "docx")
NAMES = ("as-written", "latin", "both")
CAPITALS = ("as-written", "family", "whole")
SEPARATORS = ("comma", "semicolon", "tab")


@click.command()
@click.option("--meeting", required=True, help="Reference of the meeting.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="csv",
    show_default=True,
    help="The kind of file.",
)
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; else stdout.")
@click.option("--all", "everything", is_flag=True, help="Rows that nobody has approved, too.")
@click.option("--final", is_flag=True, help="Not called provisional any more (docx, xlsx).")
@click.option("--complete", is_flag=True, help="Write nothing and end with 1 while anybody waits.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day the list tells of, as 2026-11-28; else today.",
)
@click.option("--symbol", help="The document's symbol; else the meeting's reference.")
@click.option(
    "--names",
    type=click.Choice(NAMES),
    default=NAMES[0],
    show_default=True,
    help="Which form of a name: as written, in Latin letters, or both (docx, xlsx, indico).",
)
@click.option(
    "--capitals",
    type=click.Choice(CAPITALS),
    default=CAPITALS[0],
    show_default=True,
    help="What of a name is put into capitals (docx, xlsx).",
)
@click.option(
    "--separator",
    type=click.Choice(SEPARATORS),
    default=SEPARATORS[0],
    show_default=True,
    help="What stands between the values of a row (csv).",
)
@options.database
def export(
    meeting: str,
    format_: str,
    out: Path | None,
    everything: bool,
    final: bool,
    complete: bool,
    as_of: datetime | None,
    symbol: str | None,
    names: str,
    capitals: str,
    separator: str,
    db: Path | None,
    config_path: Path | None,
) -> int:
    """The list of participants of a meeting; approved and corrected rows unless --all.

    States Parties, signatories, observers, then organizations, each in English alphabetical
    order, the head of delegation first. indico is the file for Indico's import of registrants.
    """
    from store.export.files import Choices
    from store.export.names import Style

    if format_ in BINARY and out is None and sys.stdout.isatty():
        raise click.UsageError(f"A {format_} file is no text: give its name with --out FILE.")
    if final and everything:
        raise click.UsageError("--final has reviewed rows alone: leave out --all.")
    if separator != SEPARATORS[0] and format_ != "csv":
        raise click.UsageError("--separator is for --format csv.")
    choices = Choices(
        everything=everything,
        final=final,
        as_of=as_of.date() if as_of else None,
        symbol=symbol,
        style=Style(names, capitals),
        separator=separator,
    )
    _, path = options.load(config_path, db)
    made, missing = _made(path, meeting, format_, choices)
    if complete and missing.open:
        _tell(missing, choices)
        click.echo("nothing was written: --complete", err=True)
        return ExitCode.SOME_FAILED
    if out is None:
        sys.stdout.buffer.write(made.content)
        sys.stdout.flush()
    else:
        out.write_bytes(made.content)
    _report(made, missing, choices, str(out or "the list"))
    return ExitCode.SOME_FAILED if made.refused else ExitCode.OK


def _made(path: Path, meeting: str, format_: str, choices: Choices) -> tuple[ListFile, LeftOut]:
    """The file and whom it leaves out, of one moment."""
    from store.export import files
    from store.export.left_out import left_out

    with options.opened(path, must_exist=True) as store, store.reading():
        meeting = options.one_meeting(store, meeting)
        return files.make(store, meeting, format_, choices), left_out(store, meeting)


def _report(made: ListFile, missing: LeftOut, choices: Choices, where: str) -> None:
    from store.export.heading import counted

    for remark in made.told:
        click.echo(str(remark), err=True)
    if made.refused:
        click.echo(f"not in the file: {made.refused}; mend them and export again", err=True)
    click.echo(f"{where}: {counted(made.count, 'participant')}", err=True)
    _tell(missing, choices)


def _tell(missing: LeftOut, choices: Choices) -> None:
    """On stderr, what the list does not show, so that nobody is missing in print unsaid."""
    from store.export.heading import counted

    told = missing.told(everything=choices.everything)
    if told:
        click.echo("not in it:", err=True)
        click.echo("\n".join(f"  {line}" for line in told), err=True)
    if choices.final and missing.open:
        click.echo("the list is called final, and somebody may be missing from it", err=True)
    if missing.waiting and choices.everything:
        said = counted(missing.waiting, "participant")
        click.echo(f"{said} in it that nobody has approved", err=True)
    elif missing.waiting or missing.notes:
        click.echo("`noteverbale review` shows what waits; --all prints it unreviewed", err=True)
