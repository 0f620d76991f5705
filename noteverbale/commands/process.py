"""process, reprocess, accept, retry: documents go through the pipeline."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePath
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode
from noteverbale.reason_words import in_words
from noteverbale.tally import Tally

if TYPE_CHECKING:
    from ingest.folder import FolderSource
    from ingest.types import PassedOver
    from noteverbale.config import Config
    from noteverbale.tally import Tally
    from store.db.database import Store

MOST_NAMED = 5
"""Files left out that are named in one line."""


@contextmanager
def stopping() -> Iterator[Event]:
    """An event that SIGTERM and SIGINT set; pages in hand are then finished and kept.

    The second signal ends the run at once: it may be waiting for what never comes.
    """
    stop = Event()

    def set_it(number: int, frame: FrameType | None) -> None:
        del frame
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, set_it) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--kept",
    is_flag=True,
    help="Take in kept originals that the database has no row of (see check).",
)
@click.option("--again", is_flag=True, help="Take in files, too, that were forgotten (see forget).")
@options.database
@options.workers
def process(
    paths: tuple[Path, ...],
    kept: bool,
    again: bool,
    db: Path | None,
    config_path: Path | None,
    jobs: int | None,
    cluster: str | None,
) -> int:
    """Read scans (PDF, TIFF, JPEG, PNG), mail, mboxes, Maildirs, archives or folders of these.

    Every file of a folder gets its row; what is left out by its name is said.
    """
    if not (paths or kept):
        raise click.UsageError("Missing argument 'PATHS...'.")
    missing = [p for p in paths if not p.exists()]
    if missing:
        raise click.UsageError(f"{missing[0]}: there is no such file or folder")
    with options.writing(config_path, db) as (config, path):
        from ingest.folder import FolderSource
        from noteverbale import kept_again, pipeline
        from noteverbale.parsing import message_parser, parse_limits

        config = options.with_workers(config, jobs, cluster)
        tally = Tally()
        source = FolderSource(paths, parse_limits(config), _is_own(path))
        source.require()
        with options.opened(path) as store, stopping() as stop:
            with source:
                if again:
                    _allow_again(store, source)
                pipeline.keep(store, source, tally, stop)
            with message_parser(config) as parser:
                pipeline.parse(store, parser, tally, stop)
                if kept:
                    kept_again.take_in(store, parser, tally, stop)
            return read_waiting(store, config, tally, stop)


def _is_own(database: Path) -> Callable[[Path], bool]:
    """Tells of a full path whether it is the database or what the program keeps beside it."""
    from noteverbale.commands.review import USERS_FILE
    from noteverbale.page_images import FOLDER
    from store.db.database import ORIGINALS

    place = database.resolve()

    def found(path: Path) -> bool:
        named = path.name in (ORIGINALS, FOLDER, USERS_FILE) or path.name.startswith(place.name)
        return named and path.parent == place.parent

    return found


def _allow_again(store: Store, source: FolderSource) -> None:
    """A person asks for these files, forgotten or not."""
    from store.erasure import come_again

    for item in source.items(source.keys()):
        come_again.allow(store, item.sha256, item.filename)


def read_waiting(store: Store, config: Config, tally: Tally, stop: Event) -> int:
    """Reads what waits and says how it went."""
    from noteverbale import pipeline
    from noteverbale.hiring import hire
    from noteverbale.progress import TerminalProgress
    from store.derived import latin
    from store.erasure import come_again
    from store.learn import audits, switches

    latin.set_style(store, config.names.style)
    switches.switch(store, config.learning.switches)
    audits.set_plan(store, config.learning.plan)
    settings = pipeline.ocr_settings(config)
    pipeline.read(store, settings, partial(hire, config), tally, TerminalProgress(), stop)
    come_again.refuse_again(store)
    return report(store, tally)


def report(store: Store, tally: Tally) -> int:
    """What the run did; each document that was not processed by its reason, on stderr."""
    from store import sanitize
    from store.intake import documents, messages

    for document, filename, outcome, reason in sorted(tally.problems):
        name = sanitize.visible(filename)
        click.echo(f"document {document} {name}: {outcome}, {in_words(reason)}", err=True)
    for document, filename, reason in sorted(tally.waiting):
        name = sanitize.visible(filename)
        click.echo(f"document {document} {name}: waits, {in_words(reason)}", err=True)
    if tally.lacking is not None:
        click.echo(f"noteverbale: nothing more is read now: {in_words(tally.lacking)}", err=True)
    _report_left_out(tally.left_out)
    if tally.trouble is not None:
        click.echo(f"noteverbale: {sanitize.visible(tally.trouble)}", err=True)
    for message, reason in tally.set_aside:
        name = sanitize.visible(messages.filename(store, message) or "")
        click.echo(
            f"{f'message {message} {name}'.strip()}: set aside, {in_words(reason)}", err=True
        )
    for message, reason in tally.postponed:
        click.echo(f"message {message}: tried again later, {in_words(reason)}", err=True)
    waiting = documents.count_pending(store)
    counts = ", ".join(f"{n} {outcome}" for outcome, n in sorted(tally.outcomes.items()))
    click.echo(
        f"{tally.kept} new, {tally.known} known; documents read: {counts or 'none'}", err=True
    )
    if waiting:
        click.echo(f"{waiting} documents still wait; start again to go on", err=True)
    return ExitCode.OK if tally.all_done else ExitCode.SOME_FAILED


def _report_left_out(left_out: Sequence[PassedOver]) -> None:
    """What was not taken in: by name and reason, and what is never taken on one line."""
    from store import sanitize

    by_name: dict[str, list[str]] = {}
    for item in left_out:
        if item.is_by_name:
            by_name.setdefault(item.reason, []).append(PurePath(item.key.folder).name)
            continue
        place = f"{item.key.folder} message {item.key.uid}" if item.key.uid else item.key.folder
        click.echo(f"{sanitize.visible(place)}: not taken in, {in_words(item.reason)}", err=True)
    if by_name:
        told = [
            f"{len(names)} {in_words(reason)} ({sanitize.visible(', '.join(names[:MOST_NAMED]))}"
            + (", …)" if len(names) > MOST_NAMED else ")")
            for reason, names in sorted(by_name.items())
        ]
        total = sum(map(len, by_name.values()))
        click.echo(f"{total} left out: {'; '.join(told)}", err=True)


@click.command()
@click.option(
    "--document", type=options.ROW, required=True, help="The document's number (document_id)."
)
@options.database
def accept(document: int, db: Path | None, config_path: Path | None) -> int:
    """Overrule a rejection: the document is read after all, and its persons are kept."""
    with options.writing(config_path, db) as (config, path):
        from store.intake import documents

        with options.opened(path, must_exist=True) as store, stopping() as stop:
            documents.accept(store, document)
            return read_waiting(store, config, Tally(), stop)


@click.command()
@click.option(
    "--message", type=options.ROW, help="Only this one, by its number in messages; else all."
)
@options.database
def retry(message: int | None, db: Path | None, config_path: Path | None) -> int:
    """Try messages again that were set aside."""
    with options.writing(config_path, db) as (config, path):
        from noteverbale import pipeline
        from noteverbale.parsing import message_parser
        from store.intake import messages
        from store.service import retries

        tally = Tally()
        with options.opened(path, must_exist=True) as store, stopping() as stop:
            count = messages.retry(store, message)
            retries.forget(store, "message", message)
            click.echo(f"{count} messages tried again", err=True)
            with message_parser(config) as parser:
                pipeline.parse(store, parser, tally, stop)
            return read_waiting(store, config, tally, stop)
