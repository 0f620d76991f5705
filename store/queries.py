"""Listings for the command line, thin over the contract's views."""

from __future__ import annotations

from store.database import Store

Record = dict[str, object]
"""One row of a view, its columns in the contract's order."""

_LOOK = (
    "(status = 'needs_review'"
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
    store: Store, meeting: str | None = None, *, limit: int | None = None
) -> list[Record]:
    """Rows of ``delegation_list`` that a person should look at, least trusted first.

    Also approved and corrected rows that a newer reading disagrees with.
    """
    return _records(
        store,
        f"SELECT * FROM delegation_list WHERE {_LOOK}"  # noqa: S608 - a constant
        " AND (:meeting IS NULL OR meeting = :meeting)"
        " ORDER BY confidence, document_id, seq LIMIT coalesce(:limit, -1)",
        {"meeting": meeting, "limit": limit},
    )


def documents(store: Store, *outcomes: str) -> list[Record]:
    """Rows of ``documents_list``, with these outcomes if any are named."""
    marks = ", ".join("?" * len(outcomes))
    where = f"WHERE outcome IN ({marks})" if outcomes else ""
    return _records(store, f"SELECT * FROM documents_list {where}", outcomes)  # noqa: S608


def failed_documents(store: Store) -> list[Record]:
    """Rows of ``documents_list`` that were rejected or failed."""
    return documents(store, "rejected", "failed")


def messages(store: Store, *outcomes: str) -> list[Record]:
    """Rows of ``messages_list``, with these outcomes if any are named."""
    marks = ", ".join("?" * len(outcomes))
    where = f"WHERE outcome IN ({marks})" if outcomes else ""
    return _records(store, f"SELECT * FROM messages_list {where}", outcomes)  # noqa: S608


def failed_messages(store: Store) -> list[Record]:
    """Rows of ``messages_list`` that were set aside."""
    return messages(store, "set_aside")


def coverage(store: Store, meeting: str | None = None) -> list[Record]:
    """Rows of ``coverage``: one a State Party and meeting."""
    return _records(
        store,
        "SELECT * FROM coverage WHERE :meeting IS NULL OR meeting = :meeting",
        {"meeting": meeting},
    )


def _records(
    store: Store, sql: str, parameters: dict[str, object] | tuple[str, ...]
) -> list[Record]:
    return [dict(row) for row in store.rows(sql, parameters)]
