"""What is to be learnt, by the configuration's ``[learning]``: kept in the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from store.db.database import Store

Switch = Literal["known_persons", "words", "calibration"]
SWITCHES: tuple[Switch, ...] = get_args(Switch)
"""Each on unless it was switched off."""

_KEY = "learning.{}"
_OFF = "off"
_OPEN = (
    "INSERT OR IGNORE INTO stale (document_id) SELECT DISTINCT document_id FROM delegates"
    " WHERE status IN ('new', 'needs_review') UNION SELECT document_id FROM notes_to_answer"
)


def wanted(store: Store) -> dict[Switch, bool]:
    """Which are on, as the configuration last said."""
    rows = store.rows("SELECT key, value FROM settings WHERE key GLOB 'learning.*'")
    said = {row["key"]: row["value"] for row in rows}
    return {switch: said.get(_KEY.format(switch)) != _OFF for switch in SWITCHES}


def switch(store: Store, on: Mapping[Switch, bool]) -> None:
    """Learn so from now on; rows that wait are judged anew if that is a change."""
    if wanted(store) == on:
        return
    with store.writing() as conn:
        conn.executemany(
            "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)",
            [[_KEY.format(key), "on" if value else _OFF] for key, value in on.items()],
        )
        judge_again(store)


def judge_again(store: Store) -> None:
    """Judge all open rows, and notes that ask, anew; run inside a transaction."""
    store.conn.execute(_OPEN)
