"""Decided rows as numbers: what was right of each, kept so that nobody reads all notes to sum up.

The table ``verdicts`` holds no value of anybody; ``tallies`` counts it (0020_quality.sql).
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from store import sanitize
from store.db.database import Store
from store.db.statements import insert
from store.fields import DELEGATE_VALUES
from store.learn.decided import Decided, decided
from store.rules.experience.doubted import Marks, marks_of
from store.rules.experience.judged import REVIEWED, UNSURE, reviewed

_DIGITS = 4  # of a chance as it is kept

_BEST = 0.99  # of a page's mean confidence: a perfect page is of the last tenth, too


def write(store: Store, document: int) -> None:
    """Bring the verdicts of one document to what its rows say; run inside a transaction."""
    there = {
        row["delegate_id"]: dict(row)
        for row in store.rows("SELECT * FROM verdicts WHERE document_id = ?", [document])
    }
    now = {one.delegate: _row(one) for one in _decided(store, document)}
    for delegate, row in there.items():
        if now.get(delegate) != row:
            store.conn.execute("DELETE FROM verdicts WHERE delegate_id = ?", [delegate])
    for delegate, new in now.items():
        if there.get(delegate) != new:
            insert(store.conn, "verdicts", new)


def _decided(store: Store, document: int) -> list[Decided]:
    waits = store.one(
        "SELECT 1 FROM delegates WHERE document_id = ?"
        " AND status IN ('approved', 'corrected', 'rejected') LIMIT 1",
        [document],
    )
    return list(decided(store, document)) if waits else []


def _row(one: Decided) -> dict[str, object]:
    marks = Marks() if one.how == "missed" else marks_of(one.doubts, one.beside)
    return {
        "delegate_id": one.delegate,
        "document_id": one.document,
        "meeting": one.meeting or "",
        "week": _week(one.at),
        "language": one.language or "",
        "layout": one.layout or "",
        "quality": "" if one.quality is None else f"{int(min(one.quality, _BEST) * 10) / 10:.1f}",
        "version": one.version or "",
        "how": one.how,
        "way": one.way,
        "marked": int(one.marked),
        "doubted": int(any(doubt.code != UNSURE for doubt in one.doubts)),
        "own": marks.own,
        "beside": int(marks.beside),
        "asks": int(marks.asks),
        "sound": int(_sound(one)),
        "seconds": one.seconds,
        "fields": json.dumps(_fields(one)),
    }


def _sound(one: Decided) -> bool:
    """Whether name, title, address and all that was doubted are right."""
    doubted = (d.field for d in one.doubts if d.field in DELEGATE_VALUES)
    return one.how in ("right", "wrong") and all(map(one.right, {*REVIEWED, *doubted}))


def _fields(one: Decided) -> dict[str, list[object]]:
    """By field, and for ``row`` and ``reviewed``: chance, right (None: nothing there), found."""
    if one.how == "missed":
        return {}
    if one.how == "nobody":
        right = {field: False if field == "name" else None for field in DELEGATE_VALUES}
    else:
        right = {
            field: one.right(field) if one.read[field] or one.written[field] else None
            for field in DELEGATE_VALUES
        }
    found: dict[str, list[object]] = {
        field: [round(one.chances[field], _DIGITS), right[field], bool(one.read[field])]
        for field in DELEGATE_VALUES
    }
    whole = one.how != "nobody" and all(right[field] is not False for field in REVIEWED)
    every = one.how == "right"
    found["row"] = [round(one.row, _DIGITS), every, True]
    found["reviewed"] = [round(reviewed(one.chances), _DIGITS), whole, True]
    return found


def _week(at: str) -> str:
    """The Monday of the week of a moment, ISO 8601."""
    moment = sanitize.parsed_moment(at)
    day = (moment or datetime.now(UTC)).date()
    monday: date = day - timedelta(days=day.weekday())
    return monday.isoformat()
