"""Who was approved before, beside a row that is nearly it: what is offered, and from where."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from store.db.database import Store
from store.review.choices import Choice
from store.rules.experience.letters import spelled_like
from store.rules.experience.persons import OFFERED

_KNOWN = """
SELECT k.code, k.field, k.read, k.known, n.note_reference, n.note_date, s.name_en AS state
  FROM known_persons AS k
  JOIN documents AS n ON n.id = k.known_document_id
  LEFT JOIN states AS s ON s.iso3 = n.state
 WHERE k.delegate_id = ?
"""


def shown(
    store: Store, row: sqlite3.Row, doubts: list[dict[str, str]]
) -> tuple[list[dict[str, str]], dict[str, Choice]]:
    """Doubts with what is known in place of the known row's number, and by field what is offered.

    The known row may be gone meanwhile: then nothing is.
    """
    if not any(doubt["code"].startswith("known_") for doubt in doubts):
        return doubts, {}
    found = {(k["code"], k["field"]): k for k in store.rows(_KNOWN, [row["id"]])}
    told: list[dict[str, str]] = []
    offered: dict[str, Choice] = {}
    for doubt in doubts:
        if not doubt["code"].startswith("known_"):
            told.append(doubt)
            continue
        known = found.get((doubt["code"], doubt["field"]))
        text = _text(known) if known is not None else ""
        if text and doubt["code"] in OFFERED:
            offered[doubt["field"]] = Choice(text, "known")
        told.append({**doubt, "detail": _told(text, known) if known is not None else ""})
    return told, offered


def with_known(
    readings: tuple[Choice, ...], stored: str | None, known: Choice | None
) -> tuple[Choice, ...]:
    """The readings of a field with what is known behind the stored one; it takes one key."""
    if known is None:
        return readings
    now = readings[:1] if readings else ((Choice(stored, "now"),) if stored else ())
    return (*now, known, *(r for r in readings[1:] if r.text != known.text))


def _text(known: sqlite3.Row) -> str:
    if known["field"] == "name":
        return spelled_like(known["known"], known["read"] or "")
    return str(known["state"] if known["field"] is None else known["known"] or "")


def _told(text: str, known: sqlite3.Row) -> str:
    note: Iterable[str] = filter(None, (known["note_reference"], known["note_date"]))
    where = ", ".join(note)
    return f"known: {text}" + (f", in note {where}" if where else "")
