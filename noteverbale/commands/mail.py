"""fetch and run: the configured mailbox."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from noteverbale.commands import options
from noteverbale.commands.process import JOBS, report, stopping
from noteverbale.exit_codes import ExitCode

SERVICE_LOCK = ".service.lock"


@click.command()
@options.database
@JOBS
def fetch(db: Path | None, config_path: Path | None, jobs: int | None) -> int:
    """One poll of the configured mailbox: new messages in, processed, done."""
    with options.writing(config_path, db) as (config, path):
        from noteverbale.poll import poll
        from noteverbale.progress import TerminalProgress

        config = options.with_jobs(config, jobs)
        with options.opened(path) as store, stopping() as stop:
            tally = poll(config, store, TerminalProgress(), stop)
            return report(store, tally)


@click.command()
@options.database
@JOBS
def run(db: Path | None, config_path: Path | None, jobs: int | None) -> int:
    """Poll on the schedule until told to stop; SIGTERM finishes the page in hand."""
    with options.writing(config_path, db, SERVICE_LOCK) as (config, path):
        from noteverbale.credentials import require_source
        from noteverbale.service import Service

        require_source(config)
        logging.getLogger().setLevel(logging.INFO)
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        Service(options.with_jobs(config, jobs), path).run()
    return ExitCode.OK
