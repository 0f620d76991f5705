"""history: who changed what and when, a State at a time; the minutes of the list."""

from __future__ import annotations

import dataclasses
import io
import itertools
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options

if TYPE_CHECKING:
    from store.reports.history import Event

FORMATS = ("text", "csv", "docx", "json")


@click.command()
@click.option("--state", help="Only this State: a code like KEN, or its English name.")
@click.option("--meeting", help="Reference of the meeting, however typed; all without it.")
@click.option("--since", help="today, yesterday, '3 days', a day or a moment (ISO 8601).")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="The kind of file.",
)
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; else stdout.")
@options.database
@options.as_json
def history(
    state: str | None,
    meeting: str | None,
    since: str | None,
    format_: str,
    out: Path | None,
    db: Path | None,
    config_path: Path | None,
    json_: bool,
) -> None:
    """What came in, what people changed and took back, in words, by State and time.

    Times are those of this machine's clock; csv and json have them in UTC.
    """
    from store.reports import changes
    from store.reports import history as report

    format_ = "json" if json_ else format_
    if format_ == "docx" and out is None and sys.stdout.isatty():
        raise click.UsageError("A docx file is no text: give its name with --out FILE.")
    moment = changes.moment(since) if since else None
    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        reference = options.any_meeting(store, meeting)
        code = options.one_state(store, state)
        found = report.history(store, code, reference, moment)
    content = _content(found, format_, reference)
    if out is not None:
        out.write_bytes(content)
        click.echo(f"{out}: {len(found)} events", err=True)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()


def _content(found: tuple[Event, ...], format_: str, meeting: str | None) -> bytes:
    from store.export.minutes import write_minutes
    from store.reports.history import COLUMNS, records
    from store.spreadsheet import write_csv

    if format_ == "json":
        told = [dataclasses.asdict(event) for event in found]
        return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode()
    if format_ == "csv":
        text = io.StringIO()
        write_csv(records(found), COLUMNS, text)
        return text.getvalue().encode("utf-8-sig")  # without the mark Excel takes another coding
    if format_ == "docx":
        return write_minutes(records(found), meeting)
    return _text(found).encode()


def _text(found: tuple[Event, ...]) -> str:
    """A heading a State, and under it a day, a time, who, and what."""
    from noteverbale.terminal_tables import local_moment, width, wrapped

    lines: list[str] = []
    for name, of_state in itertools.groupby(found, key=lambda e: e.state_name):
        lines += ["", name or "State unknown"] if lines else [name or "State unknown"]
        for event in of_state:
            note = "" if event.document is None else f" [document {event.document}]"
            gone = " (taken back later)" if event.taken_back else ""
            told = f"{local_moment(event.at)} {event.who}: {event.what}{note}{gone}"
            lines.append(f"  {wrapped(told, width() - 2, '      ')}")
    return "\n".join([*lines, ""]) if lines else "Nothing has happened.\n"
