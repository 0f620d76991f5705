"""backup and restore: database and originals into a folder, and back."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode

if TYPE_CHECKING:
    from store.backup.folder import Contents

NOT_IN_IT = "not in it: configuration, passwords and certificates, images of pages"
"""Of the data folder's surroundings; said each time, as it is looked for when it is late."""

MEGABYTE = 1_000_000
"""Bytes."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--link",
    is_flag=True,
    help="Originals as hard links: they take no room, and are no second copy of the bytes.",
)
@options.database
@options.as_json
def backup(folder: Path, link: bool, db: Path | None, config_path: Path | None, json_: bool) -> int:
    """Copy the database and the originals into a new FOLDER, while everything runs.

    Every byte of the copy is looked at; the folder has its name only when all of it is right.
    """
    _, path = options.load(config_path, db)
    from store.backup.make import make

    contents = make(path, folder.absolute(), link=link)
    if json_:
        _as_json(contents)
    else:
        _told(f"{folder}: ", contents)
        click.echo(NOT_IN_IT)
    if not contents.unusable:
        return ExitCode.OK
    few = ", ".join(digest[:12] for digest in contents.unusable[:5])
    click.echo(
        f"{len(contents.unusable)} originals are missing or changed on the disk, and not in the"
        f" backup: {few}{', …' if len(contents.unusable) > 5 else ''}",
        err=True,
    )
    return ExitCode.SOME_FAILED


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="The folder to fill; else that of --db, else data.folder. It must be empty.",
)
@options.database
@options.as_json
def restore(
    folder: Path, target: Path | None, db: Path | None, config_path: Path | None, json_: bool
) -> int:
    """Put a backup back into an empty folder; every byte is looked at first."""
    _, path = options.load(config_path, db)
    from noteverbale.lock import run_lock
    from store.backup.folder import DATABASE, read_manifest
    from store.backup.put_back import put_back, require_empty

    if target is not None:
        if db is not None:
            raise click.UsageError("Either --to or --db.")
        path = target / DATABASE
    read_manifest(folder)  # neither makes a lock or a folder where nothing is put
    require_empty(path.absolute())
    with run_lock(path):
        contents = put_back(folder.absolute(), path.absolute())
    if json_:
        _as_json(contents)
    else:
        _told(f"{path}: ", contents)
        click.echo(f"what was forgotten since {contents.made_at} is in it again: forget it again")
        click.echo(NOT_IN_IT)
    return ExitCode.OK


def _told(where: str, contents: Contents) -> None:
    copied = contents.originals - contents.linked
    kinds = [
        f"{count} {word}"
        for count, word in ((copied, "copied"), (contents.linked, "linked"))
        if count
    ]
    click.echo(
        f"{where}{contents.documents} documents, {contents.delegates} delegates"
        f" ({contents.database_bytes / MEGABYTE:.1f} MB), {contents.originals} originals"
        f" ({', '.join([*kinds, f'{contents.originals_bytes / MEGABYTE:.1f} MB'])})"
    )
    click.echo("the database is whole, and every original has the bytes that were kept")


def _as_json(contents: Contents) -> None:
    click.echo(json.dumps(dataclasses.asdict(contents), indent=2))
