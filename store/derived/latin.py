"""Names in Latin letters, proposed beside names in another script, with their source.

What a person wrote stays, and so does what was accepted with its row. Else the proposal follows
from the name, the State, the person's address, the pages of the note and what people approved.
"""

from __future__ import annotations

import sqlite3
from typing import cast, get_args

from store.db.database import Store
from store.rules.latin.cyrillic import Standard
from store.rules.latin.proposal import LatinStyle, Proposal, has_other_script, propose

TYPED = "typed"
"""Source of what a person wrote."""

_STYLE = "latin_style"
_LAST = "family name last"
_DECIDED = ("approved", "corrected")


def style(store: Store) -> LatinStyle:
    """How names are spelled, as the configuration last said."""
    row = store.one("SELECT value FROM settings WHERE key = ?", [_STYLE])
    standard, _, order = (row["value"] if row else "").partition(", ")
    known = standard in get_args(Standard)
    return LatinStyle(cast("Standard", standard) if known else "bgn", order == _LAST)


def set_style(store: Store, wanted: LatinStyle) -> None:
    """Spell names so from now on; rows that wait are spelled anew."""
    if wanted == style(store):
        return
    value = f"{wanted.cyrillic}, {_LAST if wanted.family_last else ''}"
    with store.writing() as conn:
        conn.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", [_STYLE, value])
        conn.execute(
            "INSERT OR IGNORE INTO stale (document_id)"
            " SELECT DISTINCT document_id FROM delegates WHERE name GLOB '*[Ѐ-ԯ㐀-鿿]*'"
        )


def latin_columns(
    store: Store, row: sqlite3.Row, state: str | None, edited: frozenset[str]
) -> dict[str, object]:
    """``name_latin``, ``latin_source`` and ``latin_confirmed`` of a delegate.

    Args:
        store: where other rows of the State, and the pages, are.
        row: the delegate.
        state: the sender.
        edited: columns of the row that a person has written.
    """
    given = row["origin"] == "added" and row["name_latin"] is not None
    given = given and row["latin_source"] in (None, TYPED)
    if given or "name_latin" in edited:
        return _written(store, row, state)
    accepted = row["status"] in _DECIDED and row["name_latin"] is not None
    if accepted and row["latin_source"] is not None:
        return {c: row[c] for c in ("name_latin", "latin_source", "latin_confirmed")}
    found = proposal_for(store, row, state)
    if found is None or (accepted and found.latin != row["name_latin"]):
        return _columns(row["name_latin"] if accepted else None, None, confirmed=False)
    return _columns(found.latin, found.source, confirmed=found.confirmed)


def _written(store: Store, row: sqlite3.Row, state: str | None) -> dict[str, object]:
    """What a person wrote; the proposal that was put back is a proposal again."""
    if row["name_latin"] is None:
        return _columns(None, None, confirmed=False)
    found = proposal_for(store, row, state)
    if found is not None and found.latin == row["name_latin"]:
        return _columns(found.latin, found.source, confirmed=found.confirmed)
    return _columns(row["name_latin"], TYPED, confirmed=True)


def proposal_for(store: Store, row: sqlite3.Row, state: str | None) -> Proposal | None:
    """What is proposed for a delegate, whatever a person wrote."""
    if not has_other_script(row["name"]):
        return None
    return propose(
        row["name"],
        state=state,
        email=row["email"],
        note=_pages(store, row["document_id"]),
        known=_known(store, row, state),
        style=style(store),
    )


def _columns(latin: str | None, source: str | None, *, confirmed: bool) -> dict[str, object]:
    return {
        "name_latin": latin,
        "latin_source": source,
        "latin_confirmed": None if source is None else int(confirmed),
    }


def _pages(store: Store, document: int) -> str:
    rows = store.rows("SELECT text FROM pages WHERE document_id = ? ORDER BY number", [document])
    return "\n".join(row["text"] for row in rows)


def _known(store: Store, row: sqlite3.Row, state: str | None) -> str | None:
    """How another row of that State and name is spelled that people approved, the latest one."""
    found = store.one(
        "SELECT d.name_latin FROM delegates AS d JOIN documents AS n ON n.id = d.document_id"
        " WHERE d.name = ? AND d.name_latin IS NOT NULL AND d.id <> ? AND n.state = ?"
        " AND d.status IN ('approved', 'corrected') ORDER BY d.id DESC LIMIT 1",
        [row["name"], row["id"], state],
    )
    return found["name_latin"] if found else None
