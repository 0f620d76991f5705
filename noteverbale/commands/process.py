"""process, reprocess, accept, retry: documents go through the pipeline."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode
from noteverbale.words import in_words

if TYPE_CHECKING:
    from ingest.folder import FolderSource
    from noteverbale.config import Config
    from noteverbale.pipeline import Tally
    from store.database import Store

JOBS = click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes.")


@contextmanager
def stopping() -> Iterator[Event]:
    """An event that SIGTERM and SIGINT set; pages in hand are then finished and kept."""
    stop = Event()
    before = {s: signal.signal(s, lambda *_: stop.set()) for s in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--again", is_flag=True, help="Also files that were forgotten (see forget).")
@options.database
@JOBS
def process(
    paths: tuple[Path, ...],
    again: bool,
    db: Path | None,
    config_path: Path | None,
    jobs: int | None,
) -> int:
    """Read scans (PDF, TIFF, JPEG, PNG), .eml, .msg, mboxes, Maildirs or folders of these."""
    missing = [p for p in paths if not p.exists()]
    if missing:
        raise click.UsageError(f"{missing[0]}: there is no such file or folder")
    with options.writing(config_path, db) as (config, path):
        from ingest.folder import FolderSource
        from noteverbale import pipeline
        from noteverbale.parsing import message_parser, parse_limits

        config = options.with_jobs(config, jobs)
        tally = pipeline.Tally()
        with options.opened(path) as store, stopping() as stop:
            with FolderSource(paths, parse_limits(config)) as source:
                if again:
                    _allow_again(store, source)
                pipeline.keep(store, source, tally, stop)
            with message_parser(config) as parser:
                pipeline.parse(store, parser, tally, stop)
            return read_waiting(store, config, tally, stop)


def _allow_again(store: Store, source: FolderSource) -> None:
    """A person asks for these files, forgotten or not."""
    from store import forget

    for item in source.items(source.keys()):
        forget.allow(store, item.sha256, item.filename)


def read_waiting(store: Store, config: Config, tally: Tally, stop: Event) -> int:
    """Reads what waits and says how it went."""
    from noteverbale import pipeline
    from noteverbale.progress import TerminalProgress
    from store import forget

    settings = pipeline.ocr_settings(config)
    pipeline.read(store, settings, config.ocr.workers, tally, TerminalProgress(), stop)
    forget.refuse_again(store)
    return report(store, tally)


def report(store: Store, tally: Tally) -> int:
    """What the run did; each document that was not processed by its reason, on stderr."""
    for document, filename, outcome, reason in sorted(tally.problems):
        name = "".join(c if c.isprintable() else "?" for c in filename)
        click.echo(f"document {document} {name}: {outcome}, {in_words(reason)}", err=True)
    for item in tally.left_out:
        place = f"{item.key.folder} message {item.key.uid}" if item.key.uid else item.key.folder
        click.echo(f"{place}: not taken in, {in_words(item.reason)}", err=True)
    if tally.trouble is not None:
        click.echo(f"noteverbale: {tally.trouble}", err=True)
    for message, reason in tally.set_aside:
        click.echo(f"message {message}: set aside, {in_words(reason)}", err=True)
    for message, reason in tally.postponed:
        click.echo(f"message {message}: tried again later, {in_words(reason)}", err=True)
    waiting = store.one("SELECT count(*) FROM documents WHERE outcome = 'pending'")
    counts = ", ".join(f"{n} {outcome}" for outcome, n in sorted(tally.outcomes.items()))
    click.echo(
        f"{tally.kept} new, {tally.known} known; documents read: {counts or 'none'}", err=True
    )
    if waiting is not None and waiting[0]:
        click.echo(f"{waiting[0]} documents still wait; start again to go on", err=True)
    return ExitCode.OK if tally.all_done else ExitCode.SOME_FAILED


@click.command()
@click.option("--document", "document", type=int, required=True)
@options.database
def accept(document: int, db: Path | None, config_path: Path | None) -> int:
    """A person overrules a rejection: the document is processed after all."""
    with options.writing(config_path, db) as (config, path):
        from noteverbale import pipeline
        from store import documents

        with options.opened(path, must_exist=True) as store, stopping() as stop:
            documents.accept(store, document)
            return read_waiting(store, config, pipeline.Tally(), stop)


@click.command()
@click.option("--message", type=int, help="Only this message (its number in messages).")
@options.database
def retry(message: int | None, db: Path | None, config_path: Path | None) -> int:
    """Try messages again that were set aside."""
    with options.writing(config_path, db) as (config, path):
        from noteverbale import pipeline
        from noteverbale.parsing import message_parser
        from store import intake, retries

        tally = pipeline.Tally()
        with options.opened(path, must_exist=True) as store, stopping() as stop:
            count = intake.retry(store, message)
            retries.forget(store, "message", message)
            click.echo(f"{count} messages tried again", err=True)
            with message_parser(config) as parser:
                pipeline.parse(store, parser, tally, stop)
            return read_waiting(store, config, tally, stop)
