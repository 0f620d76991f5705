"""export: the list of participants of a meeting, for other programs and for print."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode

if TYPE_CHECKING:
    from store.db.database import Store
    from store.export.indico import ImportProblem
    from store.export.left_out import LeftOut
    from store.export.participants import Participant

FORMATS = ("csv", "xlsx", "docx", "json", "indico")
BINARY = ("xlsx", "docx")


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
@options.database
def export(
    meeting: str,
    format_: str,
    out: Path | None,
    everything: bool,
    db: Path | None,
    config_path: Path | None,
) -> int:
    """The list of participants of a meeting; approved and corrected rows unless --all.

    States stand in English alphabetical order, the head of delegation first. indico is the file
    for Indico's import of registrants.
    """
    from store.export import participants as exporting
    from store.export.left_out import left_out

    if format_ in BINARY and out is None and sys.stdout.isatty():
        raise click.UsageError(f"A {format_} file is no text: give its name with --out FILE.")
    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store, store.reading():
        meeting = options.one_meeting(store, meeting)
        rows = exporting.rows(store, meeting, approved_only=not everything)
        content, count, code = _content(store, meeting, format_, rows)
        missing = left_out(store, meeting)
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    else:
        out.write_bytes(content)
    click.echo(f"{out or 'the list'}: {_counted(count, 'participant')}", err=True)
    _tell(missing, everything)
    return code


def _tell(missing: LeftOut, everything: bool) -> None:
    """On stderr, what the list does not show, so that nobody is missing in print unsaid."""
    undecided = (
        (missing.doubtful, "delegate", "to be reviewed, because something is doubtful"),
        (missing.unseen, "delegate", "that nobody has looked at; nothing is doubtful"),
    )
    others = (
        (missing.homeless, "delegate", "of notes whose meeting is not known"),
        (missing.rejected, "delegate", "rejected by a person"),
        (missing.replaced, "delegate", "replaced by a later note, or in a second scan"),
        (missing.notes, "note", "to be looked at: somebody may be missing from the list"),
        (missing.unread, "file", "of all meetings, not read: `noteverbale status` names them"),
    )
    told = [
        f"  {_counted(count, what)} {why}"
        for count, what, why in (*(() if everything else undecided), *others)
        if count
    ]
    if told:
        click.echo("not in it:", err=True)
        click.echo("\n".join(told), err=True)
    if missing.waiting and everything:
        said = _counted(missing.waiting, "participant")
        click.echo(f"{said} in it that nobody has approved", err=True)
    elif missing.waiting or missing.notes:
        click.echo("`noteverbale review` shows what waits; --all prints it unreviewed", err=True)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _content(
    store: Store, meeting: str, format_: str, rows: list[Participant]
) -> tuple[bytes, int, ExitCode]:
    """The file, how many stand in it, and how the command ends."""
    if format_ == "xlsx":
        from store.export.xlsx_file import write_xlsx

        return write_xlsx(rows), len(rows), ExitCode.OK
    if format_ == "docx":
        from store import sanitize
        from store.export.docx_file import write_docx
        from store.records import meetings

        found = next(m for m in meetings.all(store) if m.reference == sanitize.text(meeting))
        return write_docx(rows, found), len(rows), ExitCode.OK
    text = io.StringIO()
    count, code = _write_text(rows, format_, text)
    # Excel takes a CSV file for the system's own coding unless a byte order mark begins it
    coding = "utf-8-sig" if format_ == "csv" else "utf-8"
    return text.getvalue().encode(coding), count, code


def _write_text(rows: list[Participant], format_: str, text: io.StringIO) -> tuple[int, ExitCode]:
    from store.export import indico
    from store.export import participants as exporting

    if format_ == "indico":
        found = indico.prepare(rows)
        indico.write(found.rows, text)
        return len(found.rows), _report(found.problems)
    write = exporting.write_csv if format_ == "csv" else exporting.write_json
    write(rows, text)
    return len(rows), ExitCode.OK


def _report(problems: tuple[ImportProblem, ...]) -> ExitCode:
    """Who is left out and what Indico will change, each thing once with all it is true of."""
    told: dict[str, list[str]] = {}
    for problem in problems:
        said = "left out, " if problem.left_out else ""
        who = f"{problem.delegate} {problem.state or ''}".strip()
        told.setdefault(said + problem.what, []).append(who)
    for what, delegates in told.items():
        click.echo(f"delegate {', '.join(delegates)}: {what}", err=True)
    left_out = sum(problem.left_out for problem in problems)
    if left_out:
        click.echo(f"not in the file: {left_out}; mend them and export again", err=True)
    return ExitCode.SOME_FAILED if left_out else ExitCode.OK
