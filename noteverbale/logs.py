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
from typing import Literal

TEXT = "%(levelname)s %(name)s: %(message)s"


class JsonLines(logging.Formatter):
    """``{"at": …, "level": …, "logger": …, "message": …}``, on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "pid": record.process,
        }
        if record.exc_info and record.exc_info[0] is not None:
            entry["error"] = record.exc_info[0].__name__
            places = traceback.extract_tb(record.exc_info[2])
            if places:
                entry["place"] = f"{Path(places[-1].filename).name}:{places[-1].lineno}"
        return json.dumps(entry, ensure_ascii=True)


def for_service(kind: Literal["text", "json"]) -> None:
    """A service says what it does, on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if kind == "json" else logging.Formatter(TEXT))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
