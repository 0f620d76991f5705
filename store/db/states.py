"""The table of States: codes, names, and who is party to the Convention against Corruption.

Filled from ``store/data/states.csv`` when that file has changed; UNTC chapter XVIII-14 is the
authority. ``party_since`` is empty for those that joined before the first meetings kept here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
from importlib import resources

_KEY = "states_sha256"


def _packaged() -> bytes:
    return resources.files("store").joinpath("data", "states.csv").read_bytes()


def outdated(conn: sqlite3.Connection) -> bool:
    """Whether the table differs from the packaged file."""
    row = conn.execute("SELECT value FROM settings WHERE key = ?", [_KEY]).fetchone()
    return row is None or row[0] != hashlib.sha256(_packaged()).hexdigest()


def refresh(conn: sqlite3.Connection) -> None:
    """Bring the table to the packaged file's content; run inside a transaction."""
    data = _packaged()
    # csv leaves "NA" and "" alone: "NAM" and its neighbours are codes, not missing values
    for row in csv.DictReader(io.StringIO(data.decode("utf-8"))):
        conn.execute(
            "INSERT INTO states (iso3, name_en, party, party_since, party_note)"
            " VALUES (:iso3, :name_en, :party, nullif(:party_since, ''), nullif(:party_note, ''))"
            " ON CONFLICT (iso3) DO UPDATE SET name_en = excluded.name_en,"
            " party = excluded.party, party_since = excluded.party_since,"
            " party_note = excluded.party_note",
            row,
        )
    conn.execute(
        "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)",
        [_KEY, hashlib.sha256(data).hexdigest()],
    )
