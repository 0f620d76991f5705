"""fetch, run, release: the configured mailbox."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale import early_lock
from noteverbale.commands import options
from noteverbale.commands.process import report, stopping
from noteverbale.exit_codes import ExitCode

if TYPE_CHECKING:
    from noteverbale.config import Config
    from store.service.polls import Part

READING_EVERY = "60s"
"""How often the half without a mailbox looks for what the other half has kept."""

KEEP_ONLY = click.option(
    "--keep-only",
    is_flag=True,
    help="Only talk to the mail servers: fetch, flag or move, drafts, digest; open nothing.",
)
NO_MAILBOX = click.option(
    "--no-mailbox", is_flag=True, help="Only read what is kept; no network, no credentials."
)


def _part(keep_only: bool, no_mailbox: bool) -> Part:
    if keep_only and no_mailbox:
        raise click.UsageError("--keep-only and --no-mailbox: nothing would be left to do")
    return "mailbox" if keep_only else "reading" if no_mailbox else "both"


@click.command()
@KEEP_ONLY
@NO_MAILBOX
@options.database
@options.workers
def fetch(
    keep_only: bool,
    no_mailbox: bool,
    db: Path | None,
    config_path: Path | None,
    jobs: int | None,
    cluster: str | None,
) -> int:
    """One poll of the configured mailbox and scanner folder: what is new is kept and read."""
    part = _part(keep_only, no_mailbox)
    first = early_lock.MAILBOX if part == "mailbox" else early_lock.RUN
    with options.writing(config_path, db, first) as (config, path), ExitStack() as held:
        from noteverbale.lock import run_lock
        from noteverbale.progress import TerminalProgress
        from noteverbale.rounds import go

        if part == "both":
            held.enter_context(run_lock(path, early_lock.MAILBOX))
        config = options.with_workers(config, jobs, cluster)
        _require(config, part)
        try:
            with options.opened(path) as store, stopping() as stop:
                tally = go(config, store, part, TerminalProgress(), stop)
                return report(store, tally)
        finally:
            if config.service.metrics_file is not None:
                from noteverbale import metrics

                metrics.refresh(config, path)


@click.command()
@KEEP_ONLY
@NO_MAILBOX
@options.database
@options.workers
def run(
    keep_only: bool,
    no_mailbox: bool,
    db: Path | None,
    config_path: Path | None,
    jobs: int | None,
    cluster: str | None,
) -> int:
    """Poll on the schedule until told to stop; SIGTERM finishes the page in hand."""
    part = _part(keep_only, no_mailbox)
    first, *others = early_lock.SERVICES[part]
    with options.writing(config_path, db, first) as (config, path), ExitStack() as held:
        # numpy, which sqlite-utils loads, would start threads; the service forks, so it has one.
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        from noteverbale import logs
        from noteverbale.lock import run_lock
        from noteverbale.service import Service

        for suffix in others:
            held.enter_context(run_lock(path, suffix))

        config = options.with_workers(config, jobs, cluster)
        logs.for_service(config.service.log)
        _require(config, part)
        if part == "reading":
            schedule = replace(config.schedule, every=READING_EVERY, cron=None)
            config = replace(config, schedule=schedule)
        Service(config, path, part).run()
    return ExitCode.OK


def _require(config: Config, part: Part) -> None:
    """What can be known to be wrong before the first poll ends the start, and not the poll.

    Raises:
        ConfigError: nothing to poll, no password, no such time, or a text that cannot be used.
    """
    if config.schedule.cron:
        from noteverbale.timetable import cron

        cron(config.schedule.cron)
    if part != "reading":
        from noteverbale.credentials import require_source, warn_of_exposed

        require_source(config)
        if config.digest.host or config.drafts.enabled:
            from noteverbale.texts_check import check

            check(config)
        warn_of_exposed(config)


@click.command()
@click.option(
    "--message",
    type=options.ROW,
    required=True,
    help="The message's number in messages (see status).",
)
@click.option("--reason", required=True, help="Why it need not be looked at; kept with it.")
@options.database
def release(message: int, reason: str, db: Path | None, config_path: Path | None) -> None:
    """Close a message that was set aside: nobody is asked about it again. Its original is kept."""
    with options.writing(config_path, db) as (_, path):
        import getpass

        from store.service import retries

        with options.opened(path, must_exist=True) as store:
            retries.release(store, message, reason, getpass.getuser())
            click.echo(f"message {message} is released", err=True)
