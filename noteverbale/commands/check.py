"""check: what is installed and configured, each with ok or the way to mend it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.errors import NoteVerbaleError
from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode

if TYPE_CHECKING:
    from noteverbale.config import Config
    from noteverbale.credentials import Expiry

PACKS = {"en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara", "zh": "chi_sim"}

EXPIRY_DAYS = 30
"""Certificates and secrets that end sooner are to be renewed now."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``mend`` says what to do when it is not ok.

    ``reason`` is the code of the error that was met.
    """

    what: str
    ok: bool
    detail: str
    mend: str = ""
    reason: str = ""


@click.command()
@options.database
@options.as_json
def check(db: Path | None, config_path: Path | None, json_: bool) -> int:
    """Tesseract and its languages, poppler, configuration, mailbox log-in, database."""
    findings: list[Finding] = []
    try:
        config, path = options.load(config_path, db)
    except NoteVerbaleError as error:
        findings.append(_failed("configuration", error, "correct it"))
        return _print(findings, json_)
    findings.append(_configuration(config_path))
    findings.extend(_programs())
    findings.append(_page_reader(config))
    findings.append(_second_reader())
    findings.append(_pictures())
    findings.append(_workers())
    findings.extend(_privacy())
    findings.append(_schedule(config))
    findings.append(_database(path))
    if path.exists():
        findings.append(_originals(path))
    findings.extend(_sources(config))
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


def _programs() -> list[Finding]:
    from ocr.engines import tesseract

    findings: list[Finding] = []
    if shutil.which("tesseract") is None:
        mend = "apt-get install tesseract-ocr"
        findings.append(Finding("tesseract", ok=False, detail="not installed", mend=mend))
        installed: frozenset[str] = frozenset()
    else:
        findings.append(Finding("tesseract", ok=True, detail=tesseract.version()))
        installed = frozenset(tesseract.installed_models())
    for language, pack in {**PACKS, "page orientation": "osd"}.items():
        package = "apt-get install tesseract-ocr-" + pack.replace("_", "-")
        there = pack in installed
        findings.append(
            Finding(f"tesseract {language}", there, pack if there else "missing", package)
        )
    for program in ("pdftoppm", "pdfinfo", "pdftotext"):
        found = shutil.which(program) is not None
        detail = "installed" if found else "not installed"
        findings.append(Finding(program, found, detail, "apt-get install poppler-utils"))
    return findings


def _page_reader(config: Config) -> Finding:
    def named() -> str:
        from noteverbale.pipeline import ocr_settings
        from ocr.children.limits import Limits
        from ocr.engines.selection import page_engine

        return page_engine(ocr_settings(config), Limits()).name

    own = config.ocr.engine == "tesseract"
    extra = f"pip install 'noteverbale[{config.ocr.engine}]'"
    return _tried("page reader", named, "apt-get install tesseract-ocr" if own else extra)


def _second_reader() -> Finding:
    from ocr.engines import rapid

    there = rapid.is_installed()
    detail = "installed" if there else "not installed: more rows will need review"
    return Finding("second reader", there, detail, "pip install 'noteverbale[second-reader]'")


def _pictures() -> Finding:
    from ocr.opening import formats

    there = formats.rare_codings_known()
    detail = "all kinds" if there else "rare codings in TIFF and JPEG are not read"
    return Finding("pictures", there, detail, "pip install 'noteverbale[formats]'")


def _privacy() -> list[Finding]:
    """Whether anything could leave this machine; that the kernel keeps the network is no fault."""
    from ingest import isolation
    from ocr.engines import rapid

    off = rapid.reports_are_off()
    detail = "off: no part of the program reports its use" if off else "on"
    reports = Finding("usage reports", off, detail, "set ORT_DISABLE_TELEMETRY=1")
    why = isolation.why_not()
    told = "cut off from it while they read"
    if why is not None:
        told = f"not cut off ({why}); SECURITY.md says what that means"
        if not isolation.has_network():
            told = "there is none here"
    return [reports, Finding("readers' network", ok=True, detail=told)]


def _workers() -> Finding:
    def started() -> str:
        from noteverbale.scheduler import require_workers

        require_workers()
        return "can be started"

    return _tried("worker processes", started, "see deploy/README.md")


def _schedule(config: Config) -> Finding:
    def understood() -> str:
        from noteverbale.timetable import cron

        if config.schedule.cron:
            cron(config.schedule.cron)
        return config.schedule.cron or f"every {config.schedule.every or '10m'}"

    return _tried("schedule", understood, "five fields: minute hour day month weekday")


def _database(path: Path) -> Finding:
    if not path.exists():
        from store.db.database import ORIGINALS

        if any((path.parent / ORIGINALS).glob("??/??/*")):
            mend = "put back a backup, or noteverbale process --kept"
            return Finding("database", False, f"{path} is gone, its originals are there", mend)
        return Finding("database", ok=True, detail=f"{path} is made at the first run")

    def opened() -> str:
        with options.opened(path):
            return str(path)

    return _tried("database", opened, "restore it from a backup")


def _originals(path: Path) -> Finding:
    def counted() -> str:
        from store.intake.orphans import without_row
        from store.opening import open_store

        with open_store(path, check=False) as store:
            count = len(without_row(store))
        if count:
            raise NoteVerbaleError(f"{count} have no row in the database")
        return "each has its row"

    return _tried("kept originals", counted, "noteverbale process --kept")


def _sources(config: Config) -> list[Finding]:
    """Mailbox and scanner folder, and what their log-in needs that expires."""
    found = [_mailbox(config)]
    # a refused log-in is not tried twice
    if found[0].ok and config.mailbox.host and config.mailbox.after != "leave":
        found.append(_afterwards(config))
    found.extend(_expiries(config))
    found.extend(_secrets(config))
    if config.scanner.folder is not None:
        found.append(_scanner(config))
    return found


def _mailbox(config: Config) -> Finding:
    if not config.mailbox.host:
        return Finding("mailbox", ok=True, detail="none configured")

    def listed() -> str:
        from ingest.imap import ImapSource
        from noteverbale.credentials import account

        with ImapSource(account(config)) as source:
            return f"log-in works, {len(source.keys())} messages"

    return _tried("mailbox", listed, "see [mailbox] in the configuration")


def _afterwards(config: Config) -> Finding:
    wished = config.mailbox

    def possible() -> str:
        from ingest import afterwards
        from ingest.server_actions import Wish
        from noteverbale.credentials import account

        if wished.after == "leave":
            return "the mailbox is left as it is"
        wish = Wish(wished.after, wished.keyword, wished.move_to or "")
        return afterwards.promised(account(config), wish)

    return _tried("after the commit", possible, "see mailbox.after in the configuration")


def _expiries(config: Config) -> list[Finding]:
    from noteverbale.credentials import expiries

    try:
        return [_expiry(found) for found in expiries(config)]
    except NoteVerbaleError as error:
        return [_failed("log-in", error, "see [mailbox.oauth2]")]


def _secrets(config: Config) -> list[Finding]:
    from noteverbale.credentials import exposed

    return [
        Finding("secret", ok=False, detail=f"{file}: others can read it", mend=f"chmod 600 {file}")
        for file in exposed(config)
    ]


def _expiry(found: Expiry) -> Finding:
    if found.days is None:
        detail = f"nobody knows when the {found.name} expires: set mailbox.oauth2.expires"
        return Finding(found.name, ok=True, detail=detail)
    ends = "expired" if found.days < 0 else "expires"
    detail = f"{ends} on {found.day}, {found.days} days from now"
    if found.days < 0:
        detail = f"{ends} on {found.day}"
    return Finding(found.name, found.days >= EXPIRY_DAYS, detail, f"make a new {found.name}")


def _scanner(config: Config) -> Finding:
    def listed() -> str:
        from noteverbale.scanner_poll import looked_at

        return looked_at(config.scanner)

    return _tried("scanner folder", listed, "see [scanner] in the configuration")


def _texts(config: Config) -> Finding:
    def usable() -> str:
        from noteverbale.texts_check import check as check_texts

        check_texts(config)
        return str(config.templates.folder or "the program's own")

    return _tried("texts", usable, "mend the line that is named")


def _digest(config: Config) -> Finding:
    if not config.digest.host:
        return Finding("digest", ok=True, detail="none configured")

    def reached() -> str:
        from noteverbale.digest import mail_server
        from noteverbale.smtp import probe

        probe(mail_server(config), config.digest.from_ or "")
        how = "log-in works" if config.digest.user else "reached, no log-in"
        return f"{how}, {len(config.digest.to)} recipients"

    return _tried("digest", reached, "see [digest] in the configuration")


def _tried(what: str, attempt: Callable[[], str], mend: str) -> Finding:
    try:
        return Finding(what, ok=True, detail=attempt())
    except NoteVerbaleError as error:
        return _failed(what, error, mend)


def _failed(what: str, error: NoteVerbaleError, mend: str) -> Finding:
    return Finding(what, ok=False, detail=str(error), mend=mend, reason=error.reason)


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
