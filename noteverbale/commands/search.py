"""search: people and pages by any word."""

from __future__ import annotations

import json
from pathlib import Path

import click

from noteverbale.commands import options

COLUMNS = ("delegate_id", "document_id", "page_number", "state", "name", "email", "context")
SPARE = ("state", "page_number", "email")
"""Left out where the terminal is narrow."""


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--meeting", help="Only replies to this meeting, by its reference.")
@click.option(
    "--limit", type=click.IntRange(1), default=50, show_default=True, help="Rows at most."
)
@options.database
@options.as_json
def search(
    words: tuple[str, ...],
    meeting: str | None,
    limit: int,
    db: Path | None,
    config_path: Path | None,
    json_: bool,
) -> None:
    """Names, titles, organizations, addresses and page text; all WORDS must occur.

    Case and accents do not count; odhi* finds what begins so.
    """
    from noteverbale.terminal_tables import table
    from store.reports.search import find

    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        reference = options.any_meeting(store, meeting)
        rows = find(store, " ".join(words), meeting=reference, limit=limit)
    if json_:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    click.echo(table(rows, COLUMNS, spare=SPARE))
