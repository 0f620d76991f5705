"""check: what is installed and configured, each with ok or the way to mend it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.errors import NoteVerbaleError
from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode
from noteverbale.self_check import machine, sources
from noteverbale.self_check.finding import Finding, failed, tried

if TYPE_CHECKING:
    from noteverbale.config import Config


@click.command()
@options.database
@options.as_json
def check(db: Path | None, config_path: Path | None, json_: bool) -> int:
    """Tesseract and its languages, poppler, configuration, mailbox log-in, database."""
    findings: list[Finding] = []
    try:
        config, path = options.load(config_path, db)
    except NoteVerbaleError as error:
        findings.append(failed("configuration", error, "correct it"))
        return _print(findings, json_)
    findings.append(_configuration(config_path))
    findings.extend(machine.findings(config))
    findings.append(_schedule(config))
    findings.append(_database(path))
    if path.exists():
        findings.append(_originals(path))
    findings.extend(sources.findings(config))
    findings.append(_texts(config))
    findings.append(_digest(config))
    return _print(findings, json_)


def _configuration(path: Path | None) -> Finding:
    from noteverbale.config import CONFIG_VARIABLE, config_file

    file = config_file(path)
    if file is None:
        return Finding("configuration", ok=True, detail="defaults, no file")
    by = f" (named by {CONFIG_VARIABLE})" if path is None else ""
    return Finding("configuration", ok=True, detail=f"{file}{by}")


def _schedule(config: Config) -> Finding:
    def understood() -> str:
        from noteverbale.timetable import cron

        if config.schedule.cron:
            cron(config.schedule.cron)
        return config.schedule.cron or f"every {config.schedule.every or '10m'}"

    return tried("schedule", understood, "five fields: minute hour day month weekday")


def _database(path: Path) -> Finding:
    if not path.exists():
        from store.db.database import ORIGINALS

        if any((path.parent / ORIGINALS).glob("??/??/*")):
            mend = "put back a backup, or noteverbale process --kept"
            return Finding("database", False, f"{path} is gone, its originals are there", mend)
        return Finding("database", ok=True, detail=f"{path} is made at the first run")

    def opened() -> str:
        with options.opened(path, whole=True):
            return str(path)

    return tried("database", opened, "restore it from a backup")


def _originals(path: Path) -> Finding:
    def counted() -> str:
        from store.intake.orphans import without_row
        from store.opening import open_store

        with open_store(path, check=False) as store:
            count = len(without_row(store))
        if count:
            raise NoteVerbaleError(f"{count} have no row in the database")
        return "each has its row"

    return tried("kept originals", counted, "noteverbale process --kept")


def _texts(config: Config) -> Finding:
    def usable() -> str:
        from noteverbale.texts_check import check as check_texts

        check_texts(config)
        return str(config.templates.folder or "the program's own")

    return tried("texts", usable, "mend the line that is named")


def _digest(config: Config) -> Finding:
    if not config.digest.host:
        return Finding("digest", ok=True, detail="none configured")

    def reached() -> str:
        from noteverbale.digest import mail_server
        from noteverbale.smtp import probe

        probe(mail_server(config), config.digest.from_ or "")
        how = "log-in works" if config.digest.user else "reached, no log-in"
        return f"{how}, {len(config.digest.to)} recipients"

    return tried("digest", reached, "see [digest] in the configuration")


def _print(findings: list[Finding], json_: bool) -> int:
    from noteverbale.config_reader import ConfigError
    from store import sanitize

    if json_:
        click.echo(json.dumps([asdict(f) for f in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            mark = "ok  " if finding.ok else "MEND"
            click.echo(f"{mark}  {finding.what:28s} {sanitize.visible(finding.detail)}")
            if not finding.ok and finding.mend:
                click.echo(f"      {'':28s} → {finding.mend}")
    if all(f.ok for f in findings):
        return ExitCode.OK
    wrong = any(f.reason == ConfigError.reason for f in findings)
    return ExitCode.USAGE if wrong else ExitCode.SOME_FAILED
