"""reprocess: kept originals read again, or only compared with what is in the database."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.commands.process import read_waiting, stopping
from noteverbale.exit_codes import ExitCode
from noteverbale.tally import Tally

if TYPE_CHECKING:
    from store.reports.differences import Difference

COLUMNS = ("document", "delegate", "state", "name", "change", "field", "now", "read")
MEANING = {
    "note": "note",
    "new": "new row",
    "gone": "row goes",
    "changed": "changes",
    "kept": "stays, but differs",
}


@click.command()
@click.option("--document", "ids", type=options.ROW, multiple=True, help="Only these documents.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Received since that day.")
@click.option("--all", "everything", is_flag=True, help="All documents.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@options.database
@options.as_json
@options.workers
def reprocess(
    ids: tuple[int, ...],
    since: datetime | None,
    everything: bool,
    dry_run: bool,
    db: Path | None,
    config_path: Path | None,
    json_: bool,
    jobs: int | None,
    cluster: str | None,
) -> int:
    """Read kept originals again with today's code; what a person corrected stays.

    Approved and corrected rows that the new reading disagrees with are listed, and wait in the
    review queue.
    """
    if not (ids or since or everything):
        raise click.UsageError("Say which: --document ID, --since DAY or --all.")
    day: date | None = since.date() if since else None
    with options.writing(config_path, db) as (config, path):
        from noteverbale import pipeline
        from store.intake import documents
        from store.reports import differences

        config = options.with_workers(config, jobs, cluster)
        with options.opened(path, must_exist=True) as store, stopping() as stop:
            if dry_run:
                from noteverbale import comparing
                from noteverbale.hiring import hire
                from noteverbale.progress import TerminalProgress

                chosen = documents.ids_for_reprocess(store, ids, day, everything)
                settings = pipeline.ocr_settings(config)
                changes: Sequence[Difference] = comparing.differences(
                    store, chosen, settings, partial(hire, config), TerminalProgress(), stop
                )
                _print(changes, json_)
                click.echo(f"differences: {len(changes)}; nothing was written", err=True)
                return ExitCode.OK
            named = frozenset(documents.ids_for_reprocess(store, ids))
            documents.mark_pending(store, tuple(named))
            if everything or day is not None:
                documents.mark_pending_since(store, None if everything else day)
            code = read_waiting(store, config, Tally(), stop)
            kept = [
                found
                for found in differences.disagreements(store)
                if everything
                or found.document in named
                or (day is not None and documents.is_since(store, found.document, day))
            ]
    _print(kept, json_)
    if kept:
        rows = len({difference.delegate for difference in kept})
        click.echo(
            f"{rows} approved or corrected rows differ from the new reading; they are unchanged"
            " and wait in the review queue",
            err=True,
        )
    return code


def _print(found: Sequence[Difference], json_: bool) -> None:
    records = [dataclasses.asdict(difference) for difference in found]
    if json_:
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return
    if not records:
        return
    from noteverbale.terminal_tables import table

    for record in records:
        record["change"] = MEANING[str(record["change"])]
    click.echo(table(records, COLUMNS))
