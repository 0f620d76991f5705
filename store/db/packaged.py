"""Tables that come with the program: the States, and the words of the reasons.

Each is filled anew when what is packaged has changed. Of the States ``store/data/states.csv`` is
the source: codes, names, and who is party to the Convention against Corruption; UNTC chapter
XVIII-14 is the authority. ``party_since`` is empty for those that joined before the first
meetings kept here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
from collections.abc import Callable
from importlib import resources

from store.db.database import Store
from store.reasons import REASONS


def bring_up_to_date(store: Store) -> None:
    """Fill the tables whose packaged content is not the one they were filled with."""
    _fill(store, "states_sha256", _packaged_states(), _write_states)
    words = repr(sorted(REASONS.items())).encode()
    _fill(store, "reasons_sha256", words, _write_reasons)


def _fill(
    store: Store, key: str, content: bytes, write: Callable[[sqlite3.Connection], None]
) -> None:
    """``key`` of the table ``settings`` tells by which content the table was filled."""
    digest = hashlib.sha256(content).hexdigest()
    found = store.one("SELECT value FROM settings WHERE key = ?", [key])
    if found is None or found["value"] != digest:
        with store.writing() as conn:
            write(conn)
            conn.execute(
                "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", [key, digest]
            )


def _packaged_states() -> bytes:
    return resources.files("store").joinpath("data", "states.csv").read_bytes()


def _write_states(conn: sqlite3.Connection) -> None:
    # csv leaves "NA" and "" alone: "NAM" and its neighbours are codes, not missing values
    for row in csv.DictReader(io.StringIO(_packaged_states().decode("utf-8"))):
        conn.execute(
            "INSERT INTO states (iso3, name_en, party, party_since, party_note)"
            " VALUES (:iso3, :name_en, :party, nullif(:party_since, ''), nullif(:party_note, ''))"
            " ON CONFLICT (iso3) DO UPDATE SET name_en = excluded.name_en,"
            " party = excluded.party, party_since = excluded.party_since,"
            " party_note = excluded.party_note",
            row,
        )


def _write_reasons(conn: sqlite3.Connection) -> None:
    conn.execute("DELETE FROM reason_words")
    conn.executemany("INSERT INTO reason_words (code, words) VALUES (?, ?)", REASONS.items())
