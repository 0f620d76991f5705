"""delegations: the table of delegates, as much of it as fits, or what needs review and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from noteverbale.commands import options
from noteverbale.reason_words import in_words

COLUMNS = (
    *("delegate_id", "state", "honorific", "name", "name_latin", "title", "organization", "email"),
    *("phone", "role", "confidence", "status", "note_date", "meeting", "document_id", "filename"),
    *("note_reference", "seq", "current", "sha256", "reasons"),
)
"""All of the view ``delegation_list``, in the order in which they are shown."""

SHOWN = COLUMNS[: COLUMNS.index("meeting")]
"""Of these, as many as there is room for."""

INDENT = "     "
"""Of what stands below a person's name."""

SPARE = (
    *("note_date", "phone", "name_latin", "confidence", "organization", "honorific", "role"),
    *("title", "email"),
)
"""Left out where the terminal is narrow, the first one first."""


@click.command()
@click.option("--meeting", help="Reference of the meeting, however typed; all without it.")
@click.option("--state", help="Only this State: a code like KEN, or its English name.")
@click.option("--review", is_flag=True, help="Only notes and rows that need review, and why.")
@click.option(
    "--wide", is_flag=True, help="All columns, nothing cut, however wide the terminal is."
)
@click.option("--columns", help="These columns of delegation_list, with commas between.")
@options.database
@options.as_json
def delegations(
    meeting: str | None,
    state: str | None,
    review: bool,
    wide: bool,
    columns: str | None,
    db: Path | None,
    config_path: Path | None,
    json_: bool,
) -> None:
    """The table of delegations, newest note of each State first, one line a person.

    It is as wide as the terminal, or as COLUMNS says; 80 where there is none.
    """
    from noteverbale.terminal_tables import WIDE, table, width
    from store.reports import listings

    chosen = _columns(columns)
    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        reference = options.any_meeting(store, meeting)
        code = options.one_state(store, state)
        if review:
            rows = listings.needs_review(store, reference, state=code)
        else:
            rows = listings.delegations(store, reference, state=code)
    if json_:
        kept = [{c: row[c] for c in chosen} for row in rows] if chosen else rows
        click.echo(json.dumps(kept, ensure_ascii=False, indent=2, default=str))
    elif review and not chosen:
        most = WIDE if wide else width()
        click.echo("\n\n".join(block(row, most) for row in rows))
    else:
        most = WIDE if wide else width()
        fitting = chosen or (COLUMNS if wide else SHOWN)
        click.echo(table(rows, fitting, most, spare=() if chosen or wide else SPARE))


def _columns(asked: str | None) -> tuple[str, ...]:
    """The columns that were asked for, none if there was no wish.

    Raises:
        click.UsageError: there is no such column; the nearest is named.
    """
    from difflib import get_close_matches

    found = tuple(name.strip() for name in (asked or "").split(",") if name.strip())
    for name in found:
        if name not in COLUMNS:
            near = get_close_matches(name, COLUMNS, 3)
            meant = f"Did you mean {' or '.join(near)}?" if near else ", ".join(COLUMNS)
            raise click.UsageError(f"There is no column {name!r}. {meant}")
    return found


def block(row: Mapping[str, object], most: int) -> str:
    """What needs review: who or which note, where it is from, and each reason on a line."""
    from noteverbale.terminal_tables import shown, wrapped

    place = f"document {row['document_id']}, {row['filename']}"
    state = row["state"] or "State unknown"
    if row["delegate_id"] is None:  # a note of which no row waits
        first, rest = f"{state}  {place}", []
    else:
        named = " ".join(str(row[f]) for f in ("honorific", "name") if row[f])
        who = ", ".join(str(part) for part in (named, row["title"], row["email"]) if part)
        first, rest = f"{row['delegate_id']}  {state}  {who}", [place]
    reasons = [in_words(code) for code in json.loads(str(row["reasons"] or "[]"))]
    lines = [wrapped(first, most, INDENT), *(INDENT + shown(r, most - len(INDENT)) for r in rest)]
    lines += [f"{INDENT}- {wrapped(why, most - len(INDENT) - 2, INDENT + '  ')}" for why in reasons]
    return "\n".join(lines)
