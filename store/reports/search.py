"""Search: people by name, post, organization or address, and what stands on the pages.

The indexes are in ``store/sql/0008_search.sql``; this finds the right one for a question and
takes every sign of it literally. People without this program use the views ``found`` and
``found_chinese``.
"""

from __future__ import annotations

import sqlite3

from store import sanitize
from store.db.database import Store
from store.rules.names import CHINESE

Hit = dict[str, object]
"""One hit: the columns of the view ``found`` but ``words``."""

COLUMNS = (
    "delegate_id, document_id, page_number, state, meeting, name, title, email, status, current,"
    " context"
)

_LONG = 3  # signs that the Chinese index needs at least


def find(store: Store, words: str, *, meeting: str | None = None, limit: int = 50) -> list[Hit]:
    """Delegates first, the newest at the top, then pages. All words must occur.

    A word with ``*`` behind it stands for every word that begins so. Case and accents do not
    count. Chinese is found wherever it stands in a text.

    Args:
        store: where to look.
        words: what a person typed; nothing in it is an operator but the ``*``.
        meeting: only hits in notes that answer this meeting.
        limit: hits at most.
    """
    asked = (sanitize.one_line(words) or "").split()
    signs = [word for word in asked if CHINESE.search(word)]
    plain = [word for word in asked if word not in signs]
    if not asked:
        return []
    if not signs:
        return _matching(store, "found", " ".join(map(_quoted, plain)), meeting, limit)
    if any(len(word) < _LONG for word in signs) or plain:
        return _containing(store, asked, meeting, limit)
    return _matching(store, "found_chinese", " ".join(map(_quoted, signs)), meeting, limit)


def _quoted(word: str) -> str:
    """The word as an FTS5 string; https://www.sqlite.org/fts5.html section 3.1."""
    stem = word.rstrip("*")
    return '"' + stem.replace('"', '""') + '"' + ("*" if stem != word else "")


def _matching(store: Store, view: str, question: str, meeting: str | None, limit: int) -> list[Hit]:
    rows = store.rows(
        f"SELECT {COLUMNS} FROM {view} WHERE words = :question"  # noqa: S608 - our own names
        " AND (:meeting IS NULL OR meeting = :meeting) LIMIT :limit",
        {"question": question, "meeting": meeting, "limit": limit},
    )
    return _records(rows)


def _containing(store: Store, asked: list[str], meeting: str | None, limit: int) -> list[Hit]:
    """One or two Chinese signs: too short for the index, so the Chinese rows are gone through."""
    texts = "coalesce(s.{0}, '')"
    text = " || ' ' || ".join(
        texts.format(column) for column in ("name", "title", "organization", "page")
    )
    conditions = " AND ".join(f"instr({text}, ?) > 0" for _ in asked)
    rows = store.rows(
        "SELECT d.id AS delegate_id, n.id AS document_id, p.number AS page_number, n.state,"  # noqa: S608 - our own names
        " n.meeting, d.name, d.title, d.email, d.status, d.current, substr(s.page,"
        " max(1, instr(s.page, ?) - 12), 25) AS context"
        " FROM search_chinese AS s LEFT JOIN delegates AS d ON d.id = -s.rowid"
        " LEFT JOIN pages AS p ON p.id = s.rowid"
        " JOIN documents AS n ON n.id = coalesce(d.document_id, p.document_id)"
        f" WHERE {conditions} AND (? IS NULL OR n.meeting = ?) LIMIT ?",
        [asked[0], *(word.rstrip("*") for word in asked), meeting, meeting, limit],
    )
    return _records(rows)


def _records(rows: list[sqlite3.Row]) -> list[Hit]:
    return [dict(row) for row in rows]
