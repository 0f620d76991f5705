"""The service's health as a text file for Prometheus' node exporter.

Format: prometheus.io/docs/instrumenting/exposition_formats. The file is replaced in one step, so
that nobody ever reads half of it, and may be read by all: it holds numbers only.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import NoteVerbaleError
from store import sanitize
from store.opening import open_store
from store.reports import health

if TYPE_CHECKING:
    from noteverbale.config import Config

log = logging.getLogger(__name__)

FILE_MODE = 0o644  # read by the node exporter, another user; holds counts only
PREFIX = "noteverbale_"
_NAME = re.compile(r"[^a-z0-9_]")


def refresh(config: Config, database: Path) -> None:
    """Writes the file anew; a failure is logged and harms nothing."""
    file = config.service.metrics_file
    if file is None:
        return
    try:
        with open_store(database, check=False) as store:
            found = health.health(store)
        write(file, rendered(found, expiries(config)))
    except NoteVerbaleError as error:
        log.error("metrics: %s", error.reason)  # noqa: TRY400
    except OSError as error:
        log.error("metrics: %s", error.strerror)  # noqa: TRY400


def expiries(config: Config) -> dict[str, int]:
    """Days left, by name, of what the log-in needs; empty when nothing expires or it is unknown."""
    from noteverbale import credentials

    try:
        found = credentials.expiries(config)
    except NoteVerbaleError:
        return {}
    return {item.name: item.days for item in found if item.days is not None}


def rendered(found: health.Health, days_left: dict[str, int]) -> str:
    """The file's text."""
    complete = sanitize.parsed_moment(found.complete_poll_at)
    gauges: list[tuple[str, str, float]] = [
        (
            "last_complete_poll_timestamp_seconds",
            "When the last complete poll ended; 0 before the first one.",
            complete.timestamp() if complete else 0,
        ),
        ("poll_failures", "Polls in a row that were not complete.", found.failures),
        ("waiting_messages", "Messages kept and not taken apart.", found.waiting_messages),
        ("waiting_documents", "Documents not read yet.", found.waiting_documents),
        ("set_aside_messages", "Messages a person has to look at.", found.set_aside),
        ("retries", "Messages and documents to be tried again.", found.retries),
        ("drafts_waiting", "Draft replies not in the mailbox yet.", found.drafts_waiting),
        ("digest_failed", "1 when the newest digest was not sent.", bool(found.digest_reason)),
        ("written_timestamp_seconds", "When this was written.", datetime.now(UTC).timestamp()),
    ]
    lines = []
    for name, text, value in gauges:
        lines += [*_head(name, text), f"{PREFIX}{name} {float(value)!r}"]
    if days_left:
        lines += _head("expires_days", "Days until a secret or certificate expires.")
        lines += [
            f'{PREFIX}expires_days{{name="{_NAME.sub("_", name)}"}} {days}'
            for name, days in days_left.items()
        ]
    return "\n".join(lines) + "\n"


def _head(name: str, text: str) -> list[str]:
    return [f"# HELP {PREFIX}{name} {text}", f"# TYPE {PREFIX}{name} gauge"]


def write(file: Path, text: str) -> None:
    """Replaces the file in one step.

    Raises:
        OSError: it cannot be written.
    """
    beside = file.with_name(f".{file.name}.new")  # the exporter reads *.prom only
    try:
        beside.write_text(text, encoding="utf-8")
        beside.chmod(FILE_MODE)
        os.replace(beside, file)  # noqa: PTH105 - Path.replace is the same call
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
