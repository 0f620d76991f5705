"""Which replies wait, in order; one file because its filters, counts and order share their SQL.

By meeting, the nearest deadline first; then where a minute is likely to find most errors
(``store.rules.worth``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from store import sanitize
from store.db.database import Store
from store.fields import AS_PRINTED
from store.review.postponed import PutOff, all_put_off
from store.review.rows import row_version
from store.rules.names import folded

PAGE = 50
"""Replies shown at once."""


MOST_CERTAIN = 200
"""Certain rows shown at once: nobody looks at more before accepting them."""

ORDERS = {
    "worth": "w.cost, w.document_id",
    "certainty": "w.confidence, w.document_id",
    "state": "s.name_en IS NULL, s.name_en COLLATE NOCASE, w.document_id",
    "received": "n.received_at IS NULL, n.received_at, w.document_id",
    "newest": "n.received_at DESC, w.document_id DESC",
    "delegates": "w.delegates DESC, w.document_id",
}
"""Orders of the queue; those that are put off come last in each."""

LONGEST_SEARCH = 100
"""Characters of a search."""

_COMMON = ("low_confidence", "readers_disagree", "low_ocr")

NOBODY = "no_delegate_found"
"""The reason that is told before all others."""


@dataclass(frozen=True, slots=True)
class MeetingQueue:
    """One meeting's share of the queue; ``reference`` is None for replies without a meeting.

    ``replies`` and ``delegates`` count what waits.
    """

    id: int | None
    reference: str | None
    title: str | None
    deadline: str | None
    replies: int
    delegates: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reply that waits. ``names`` are those of the first delegates that wait.

    ``reasons`` are stable codes, each once; ``look`` if some are about the note itself, and
    ``nobody`` if it nominates and names nobody.
    """

    document: int
    filename: str
    state: str | None
    state_name: str | None
    kind: str | None
    note_date: str | None
    received_at: str | None
    late: bool
    confidence: float
    delegates: int
    names: tuple[str, ...]
    reasons: tuple[str, ...]
    look: bool
    nobody: bool
    put_off: PutOff | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Which replies to show, and in which order.

    ``words`` are looked for in the State's name, the file's and its delegates' names; ``reason`` is
    a code, None for all. ``order`` is one of ``ORDERS``.
    """

    words: str = ""
    reason: str | None = None
    order: str = "worth"

    @property
    def is_all(self) -> bool:
        """Whether every reply is shown."""
        return not self.words and self.reason is None


_ALL = Wish()


@dataclass(frozen=True, slots=True)
class CertainRow:
    """A delegate of whom nothing is doubtful, as it is shown; ``values`` by field.

    ``latin_borne_out`` if the note or the address bears out the name in Latin letters.
    """

    delegate: int
    version: str
    document: int
    filename: str
    state_name: str | None
    values: Mapping[str, str | None]
    latin_borne_out: bool = False


def meetings(store: Store, today: str | None = None) -> tuple[MeetingQueue, ...]:
    """Meetings with replies that wait: deadlines to come first, the nearest at the top.

    Then those that have passed, the latest first; replies without a meeting come last.

    Args:
        store: where to look.
        today: ISO day; the present one if it is None.
    """
    day = today or datetime.now(UTC).date().isoformat()
    rows = store.rows(
        "SELECT m.id, nullif(w.meeting, '') AS reference, m.title, m.deadline, replies, delegates"
        " FROM (SELECT meeting, count(*) AS replies, sum(delegates) AS delegates"
        "         FROM review_waiting GROUP BY meeting) AS w"
        " LEFT JOIN meetings AS m ON m.reference = w.meeting"
        " ORDER BY w.meeting = '', coalesce(m.deadline, '') < :day,"
        " CASE WHEN m.deadline >= :day THEN m.deadline END, m.deadline DESC, w.meeting",
        {"day": day},
    )
    return tuple(
        MeetingQueue(
            row["id"],
            row["reference"],
            row["title"],
            row["deadline"],
            int(row["replies"]),
            int(row["delegates"]),
        )
        for row in rows
    )


def waiting(
    store: Store, meeting: str | None, *, limit: int = PAGE, offset: int = 0, wish: Wish = _ALL
) -> tuple[Waiting, ...]:
    """The replies to one meeting that wait; None: without a meeting.

    First where a minute is likely to find most errors, or as the wish has it.

    Those that are put off come after all others.
    """
    put_off = all_put_off(store)
    plain = wish.is_all and wish.order == "worth" and not put_off
    order = ORDERS.get(wish.order, ORDERS["worth"])
    late = "" if plain else f"{_in(put_off)}, "
    rows = store.rows(
        "SELECT w.document_id, w.confidence, w.delegates, n.filename, n.state, n.kind,"  # noqa: S608 - words of our own
        " n.note_date, n.received_at, n.needs_review, n.urgency, s.name_en AS state_name,"
        " coalesce(coalesce(f.received_at, n.received_at) >= m.deadline_ends, 0) AS late"
        " FROM review_waiting AS w JOIN documents AS n ON n.id = w.document_id"
        " LEFT JOIN documents AS f ON f.id = n.same_as"
        " LEFT JOIN states AS s ON s.iso3 = n.state"
        " LEFT JOIN meetings AS m ON m.reference = n.meeting"
        f" WHERE w.meeting = :meeting{_FILTER if not wish.is_all else ''}"
        f" ORDER BY {late}{order} LIMIT :limit OFFSET :offset",
        {**_asked(meeting, wish), "limit": limit, "offset": offset},
    )
    return tuple(
        Waiting(
            document=row["document_id"],
            filename=row["filename"],
            state=row["state"],
            state_name=row["state_name"],
            kind=row["kind"],
            note_date=row["note_date"],
            received_at=row["received_at"],
            late=bool(row["late"]),
            confidence=max(0.0, row["confidence"]),  # below 0: it comes before all others
            delegates=row["delegates"],
            names=_names(store, row["document_id"]),
            reasons=_reasons(store, row["document_id"]),
            look=bool(row["needs_review"]),
            nobody=bool(row["needs_review"]) and row["urgency"] == 0,
            put_off=put_off.get(row["document_id"]),
        )
        for row in rows
    )


def count_waiting(store: Store, meeting: str | None, wish: Wish) -> int:
    """How many replies to the meeting are shown."""
    sql = (
        "SELECT count(*) FROM review_waiting AS w JOIN documents AS n ON n.id = w.document_id"  # noqa: S608 - words of our own
        f" LEFT JOIN states AS s ON s.iso3 = n.state WHERE w.meeting = :meeting{_FILTER}"
    )
    return int(store.rows(sql, _asked(meeting, wish))[0][0])


def reasons_waiting(store: Store, meeting: str | None) -> tuple[str, ...]:
    """Codes of why replies to the meeting wait, to filter by."""
    rows = store.rows(
        "SELECT DISTINCT d.reasons FROM review_waiting AS w CROSS JOIN delegates AS d"
        " ON d.document_id = w.document_id"
        " WHERE w.meeting = :meeting AND d.current = 1 AND d.status = 'needs_review'"
        " UNION SELECT DISTINCT n.open_reasons FROM review_waiting AS w CROSS JOIN documents AS n"
        " ON n.id = w.document_id WHERE w.meeting = :meeting",
        {"meeting": meeting or ""},
    )
    return tuple(sorted({code for row in rows for code in json.loads(row[0])}))


_FILTER = (
    " AND (:words = '' OR instr(lower(coalesce(s.name_en, '') || ' ' || n.filename), :words) > 0"
    "  OR EXISTS (SELECT 1 FROM delegates AS d WHERE d.document_id = w.document_id"
    "   AND instr(lower(d.name || ' ' || coalesce(d.email, '')), :words) > 0))"
    " AND (:reason IS NULL OR instr(n.open_reasons, :reason) > 0"
    "  OR EXISTS (SELECT 1 FROM delegates AS d WHERE d.document_id = w.document_id"
    "   AND d.current = 1 AND d.status IN ('new', 'needs_review')"
    "   AND instr(d.reasons, :reason) > 0))"
)


def _asked(meeting: str | None, wish: Wish) -> dict[str, object]:
    words = " ".join(sanitize.text(wish.words)[:LONGEST_SEARCH].lower().split())
    reason = json.dumps(sanitize.text(wish.reason)) if wish.reason else None
    return {"meeting": meeting or "", "words": words, "reason": reason}


def _in(documents: Iterable[int]) -> str:
    """Whether a waiting reply is one of these, in SQL; the numbers are rows' ids."""
    return f"w.document_id IN ({','.join(str(int(one)) for one in documents)})"


def certain(store: Store, meeting: int, *, limit: int = MOST_CERTAIN) -> tuple[CertainRow, ...]:
    """Delegates of a meeting of whom nothing is doubtful and at whom nobody has looked, by State.

    Args:
        store: where to look.
        meeting: id of a registered meeting.
        limit: at most so many.
    """
    rows = store.rows(
        "SELECT d.*, n.state, n.filename, s.name_en AS state_name"
        " FROM meetings AS m CROSS JOIN documents AS n ON n.meeting = m.reference"
        " CROSS JOIN delegates AS d ON d.document_id = n.id"
        " LEFT JOIN states AS s ON s.iso3 = n.state"
        " WHERE m.id = ? AND d.current = 1 AND d.status = 'new'"
        " AND NOT instr(d.reasons, '\"reading_changed\"') > 0"
        " ORDER BY s.name_en, n.id, d.seq, d.id LIMIT ?",
        [meeting, limit],
    )
    found = (
        CertainRow(
            delegate=row["id"],
            version=row_version(row),
            document=row["document_id"],
            filename=row["filename"],
            state_name=row["state_name"] or row["state"],
            values={field: row[field] for field in (*AS_PRINTED, "name_latin")},
            latin_borne_out=bool(row["latin_confirmed"]),
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda row: folded(row.state_name or "")))


def count_certain(store: Store, reference: str | None) -> int:
    """How many there are of the meeting with this reference."""
    sql = (
        "SELECT count(*) FROM documents AS n CROSS JOIN delegates AS d ON d.document_id = n.id"
        " WHERE n.meeting = ? AND d.current = 1 AND d.status = 'new'"
    )
    return int(store.rows(sql, [reference])[0][0])


def following(
    store: Store, document: int, passed: frozenset[int] = frozenset(), *, back: bool = False
) -> int | None:
    """The reply after this one in the order of the queue, None if there is none.

    Args:
        store: where to look.
        document: where we are; it need not wait itself.
        passed: replies to leave out, those that colleagues have open.
        back: the reply before this one instead.
    """
    here = store.one(
        "SELECT coalesce(w.meeting, n.meeting, '') AS meeting, coalesce(w.cost, 9e99) AS c"
        " FROM documents AS n LEFT JOIN review_waiting AS w ON w.document_id = n.id"
        " WHERE n.id = ?",
        [document],
    )
    if here is None:
        return None
    late = frozenset(all_put_off(store))
    left_out = passed | late | {document}
    sign, direction = ("<", "DESC") if back else (">", "ASC")
    beyond = store.rows(
        "SELECT document_id FROM review_waiting"  # noqa: S608 - two signs of our own
        f" WHERE meeting = ? AND (cost, document_id) {sign} (?, ?)"
        f" ORDER BY cost {direction}, document_id {direction} LIMIT ?",
        [here["meeting"], here["c"], document, len(left_out) + 1],
    )
    found = next((row[0] for row in beyond if row[0] not in left_out), None)
    if found is not None or back:
        return found
    order = [queue.reference or "" for queue in meetings(store)]
    place = order.index(here["meeting"]) if here["meeting"] in order else -1
    # the other meetings in their order, then what was passed over in this one
    places = [*order[place + 1 :], *order[: place + 1]]
    found = _first(store, places, left_out)
    # what was put off comes last of all
    return found if found is not None else _first(store, places, passed | {document})


def first(store: Store, meeting: str | None, passed: frozenset[int]) -> int | None:
    """Where to begin with a meeting: its first reply that nobody has open, if there is one."""
    late = frozenset(all_put_off(store))
    for left_out in (passed | late, passed, frozenset[int]()):
        found = _first(store, [meeting or ""], left_out)
        if found is not None:
            return found
    return None


def _first(store: Store, meetings_in_order: list[str], left_out: frozenset[int]) -> int | None:
    for meeting in meetings_in_order:
        rows = store.rows(
            "SELECT document_id FROM review_waiting WHERE meeting = ?"
            " ORDER BY cost, document_id LIMIT ?",
            [meeting, len(left_out) + 1],
        )
        for row in rows:
            if row[0] not in left_out:
                return int(row[0])
    return None


def place(store: Store, document: int) -> tuple[int, int]:
    """How many replies to the same meeting wait before this one, and how many in all."""
    row = store.one(
        "SELECT count(*) AS replies, total((w.cost, w.document_id)"
        "   < (coalesce(h.cost, 9e99), n.id)) AS before"
        " FROM documents AS n LEFT JOIN review_waiting AS h ON h.document_id = n.id"
        " JOIN review_waiting AS w ON w.meeting = coalesce(h.meeting, n.meeting, '')"
        " WHERE n.id = ?",
        [document],
    )
    return (int(row["before"]), int(row["replies"])) if row else (0, 0)


def _names(store: Store, document: int) -> tuple[str, ...]:
    rows = store.rows(
        "SELECT name FROM delegates WHERE document_id = ? AND current = 1"
        " AND status IN ('new', 'needs_review') ORDER BY seq, id LIMIT 4",
        [document],
    )
    return tuple(row["name"] for row in rows)


def _reasons(store: Store, document: int) -> tuple[str, ...]:
    rows = store.rows(
        "SELECT DISTINCT r.value FROM delegates AS d, json_each(d.reasons) AS r"
        " WHERE d.document_id = :id AND d.current = 1 AND d.status IN ('new', 'needs_review')"
        " UNION SELECT r.value FROM documents AS n, json_each(n.open_reasons) AS r"
        " WHERE n.id = :id",
        {"id": document},
    )
    # that a reading is not certain is said of most rows; what is odd about this one comes first
    return tuple(sorted((row[0] for row in rows), key=_place))


def _place(code: str) -> tuple[bool, bool, str]:
    return code != NOBODY, code in _COMMON, code
