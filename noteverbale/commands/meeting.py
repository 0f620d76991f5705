"""meeting add, meeting list: the invitations that notes answer."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode


@click.group()
def meeting() -> None:
    """Register and list invitations."""


@meeting.command("add")
@click.argument("invitation", type=click.Path(path_type=Path))
@options.database
def add(invitation: Path, db: Path | None, config_path: Path | None) -> int:
    """Read an outgoing invitation (text, PDF, DOCX) and register its meeting."""
    if not invitation.is_file():
        raise click.UsageError(f"{invitation}: there is no such file")
    with options.writing(config_path, db) as (config, path):
        from extract.facts.invitation import read_invitation
        from noteverbale import pipeline
        from noteverbale.invitation_file import text_of
        from store.records import meetings

        found = read_invitation(text_of(invitation, pipeline.ocr_settings(config)))
        if found is None:
            click.echo(f"{invitation.name}: no reference like CU 2019/59/... was found", err=True)
            return ExitCode.SOME_FAILED
        with options.opened(path) as store:
            meetings.add(store, found)
            matched = pipeline.match_again(store)
    click.echo(f"{found.reference}: {found.title or 'no title found'}")
    click.echo(
        f"on {found.starts or '?'}, {found.place or 'place unknown'}; "
        f"deadline {found.deadline or '?'}; replies to {found.reply_address or '?'}"
    )
    missing = [
        name for name in ("title", "starts", "place", "deadline") if not getattr(found, name)
    ]
    if missing:
        click.echo(f"not found in the invitation: {', '.join(missing)}", err=True)
    if matched:
        click.echo(f"{matched} earlier notes answer it", err=True)
    return ExitCode.OK


@meeting.command("list")
@options.database
@options.as_json
def list_(db: Path | None, config_path: Path | None, json_: bool) -> None:
    """The registered meetings."""
    from noteverbale.terminal_tables import table
    from store.records import meetings

    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        records = [dataclasses.asdict(i) for i in meetings.all(store)]
    if json_:
        click.echo(json.dumps(records, ensure_ascii=False, indent=2, default=str))
        return
    click.echo(
        table(records, ("reference", "title", "starts", "place", "deadline"), spare=("place",))
    )
