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

    if format_ in BINARY and out is None and sys.stdout.isatty():
        raise click.UsageError(f"A {format_} file is no text: give its name with --out FILE.")
    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        rows = exporting.rows(store, meeting, approved_only=not everything)
        content, code = _content(store, meeting, format_, rows)
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    else:
        out.write_bytes(content)
        click.echo(f"{out}: {len(rows)} participants", err=True)
    return code


def _content(
    store: Store, meeting: str, format_: str, rows: list[Participant]
) -> tuple[bytes, ExitCode]:
    if format_ == "xlsx":
        from store.export.xlsx_file import write_xlsx

        return write_xlsx(rows), ExitCode.OK
    if format_ == "docx":
        from store import sanitize
        from store.export.docx_file import write_docx
        from store.records import meetings

        found = next(m for m in meetings.all(store) if m.reference == sanitize.text(meeting))
        return write_docx(rows, found), ExitCode.OK
    text = io.StringIO()
    code = _write_text(rows, format_, text)
    # Excel takes a CSV file for the system's own coding unless a byte order mark begins it
    coding = "utf-8-sig" if format_ == "csv" else "utf-8"
    return text.getvalue().encode(coding), code


def _write_text(rows: list[Participant], format_: str, text: io.StringIO) -> ExitCode:
    from store.export import indico
    from store.export import participants as exporting

    if format_ == "indico":
        found = indico.prepare(rows)
        indico.write(found.rows, text)
        return _report(found.problems)
    write = exporting.write_csv if format_ == "csv" else exporting.write_json
    write(rows, text)
    return ExitCode.OK


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
