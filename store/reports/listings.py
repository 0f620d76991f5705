"""Listings for the command line, thin over the contract's views."""

from __future__ import annotations

from store.db.database import Store

Record = dict[str, object]
"""One row of a view, its columns in the contract's order."""

_LOOK = (
    "current = 1 AND (status = 'needs_review'"
    " OR EXISTS (SELECT 1 FROM json_each(reasons) WHERE value = 'reading_changed'))"
)


def delegations(
    store: Store,
    meeting: str | None = None,
    *,
    state: str | None = None,
    current_only: bool = False,
    limit: int | None = None,
) -> list[Record]:
    """Rows of ``delegation_list``, newest note of each State first."""
    return _records(
        store,
        "SELECT * FROM delegation_list WHERE (:meeting IS NULL OR meeting = :meeting)"
        " AND (:state IS NULL OR state = :state) AND (NOT :current OR current = 1)"
        " LIMIT coalesce(:limit, -1)",
        {"meeting": meeting, "state": state, "current": current_only, "limit": limit},
    )


def needs_review(
    store: Store,
    meeting: str | None = None,
    *,
    state: str | None = None,
    limit: int | None = None,
) -> list[Record]:
    """What a person should look at, in the form of ``delegation_list``.

    First the notes of which no row waits, without a ``delegate_id``: nobody was found, a page was
    not read. Then rows, those first in which a look is likely to find most, as in the view
    ``review_queue``; also approved and corrected ones that a newer reading disagrees with.
    """
    notes = _records(
        store,
        "SELECT NULL AS delegate_id, n.id AS document_id, n.filename, n.sha256, n.state, n.meeting,"
        " n.note_reference, n.note_date, NULL AS seq, NULL AS honorific, NULL AS name,"
        " NULL AS name_latin, NULL AS title, NULL AS organization, NULL AS email, NULL AS phone,"
        " NULL AS role, NULL AS confidence, q.status, 1 AS current, n.open_reasons AS reasons"
        " FROM review_queue AS q CROSS JOIN documents AS n ON n.id = q.document_id"
        " WHERE q.delegate_id IS NULL AND (:meeting IS NULL OR q.meeting = :meeting)"
        " AND (:state IS NULL OR q.state = :state)"
        " ORDER BY n.urgency, n.id LIMIT coalesce(:limit, -1)",
        {"meeting": meeting, "state": state, "limit": limit},
    )
    rows = _records(
        store,
        f"SELECT * FROM delegation_list WHERE {_LOOK}"  # noqa: S608 - a constant
        " AND (:meeting IS NULL OR meeting = :meeting)"
        " AND (:state IS NULL OR state = :state)"
        " ORDER BY (SELECT d.halvings + julianday(coalesce(d.due, '9999-12-31')) / 14.0"
        "   FROM delegates AS d WHERE d.id = delegate_id), document_id, seq"
        " LIMIT coalesce(:limit, -1)",
        {"meeting": meeting, "state": state, "limit": limit},
    )
    return [*notes, *rows][:limit]


def _records(store: Store, sql: str, parameters: dict[str, object]) -> list[Record]:
    return [dict(row) for row in store.rows(sql, parameters)]
