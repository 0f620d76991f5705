"""Log lines as text, or as one JSON object each, for programs that gather them.

Messages carry codes, numbers and hashes. Of an exception only kind and place are told: its text
may quote a message or a page.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

TEXT = "%(levelname)s %(name)s: %(message)s"


LONGEST = 2000
"""Characters of a line; what a library quotes of a request or a file is cut there."""


class TextLines(logging.Formatter):
    """One line a record that no terminal has to fear, whatever a library quotes in it."""

    def __init__(self) -> None:
        super().__init__(TEXT)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the base's name
        """The record on one line."""
        return _harmless(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802  as in the base
        """An exception's lines stay lines."""
        lines = super().formatException(ei).splitlines()
        return "\n".join("  " + _harmless(line) for line in lines)


def _harmless(text: str) -> str:
    from store.sanitize import visible

    return _cut(visible(text))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


class JsonLines(logging.Formatter):
    """``{"at": …, "level": …, "logger": …, "message": …}``, on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _cut(record.getMessage()),
            "pid": record.process,
        }
        if record.exc_info and record.exc_info[0] is not None:
            entry["error"] = record.exc_info[0].__name__
            places = traceback.extract_tb(record.exc_info[2])
            if places:
                entry["place"] = f"{Path(places[-1].filename).name}:{places[-1].lineno}"
        return json.dumps(entry, ensure_ascii=True)


def for_command() -> None:
    """A command tells of warnings, on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(TextLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.raiseExceptions = False  # a line that cannot be written is not quoted elsewhere


def for_service(kind: Literal["text", "json"]) -> None:
    """A service says what it does, on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if kind == "json" else TextLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.raiseExceptions = False
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
