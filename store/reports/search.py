"""Search: people by name, post, organization or address, and what stands on the pages.

The indexes are in ``store/sql/0008_search.sql``; this finds the right one for a question and
takes every sign of it literally. People without this program use the views ``found`` and
``found_chinese``.
"""

from __future__ import annotations

import re
import sqlite3
from itertools import combinations

from store import sanitize
from store.db.database import Store
from store.rules.names import CHINESE

Hit = dict[str, object]
"""One hit: the columns of the view ``found`` but ``words``."""

COLUMNS = (
    "delegate_id, document_id, page_number, state, meeting, name, title, email, status, current,"
    " context"
)

_LONG = 3
"""Signs that the Chinese index needs at least, and letters of the beginning of a word."""

_STROKED = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"}
"""Letters that are no letter with an accent to Unicode, so that the index does not fold them.
Others like ``ð`` and ``ħ`` are too rare for another spelling of every word."""

_MOST = 48
"""Spellings of a word that are sought; each is one look into the index."""


def find(store: Store, words: str, *, meeting: str | None = None, limit: int = 50) -> list[Hit]:
    """Delegates first, the newest at the top, then pages. All words must occur.

    Where whole words find less than ``limit``, words that begin so follow; those of one or two
    letters must stand whole, unless ``*`` stands behind them. Case and accents do not count, nor
    does the stroke of ``ø`` or ``đ``. Chinese is found wherever it stands in a text.

    Args:
        store: where to look.
        words: what a person typed; nothing in it is an operator but the ``*``.
        meeting: only hits in notes that answer this meeting.
        limit: hits at most.
    """
    asked = (sanitize.one_line(words) or "").split()
    signs = [word for word in asked if CHINESE.search(word)]
    plain = [w for w in asked if w not in signs and any(map(str.isalnum, w))]
    if not signs and not plain:
        return []
    if not signs:
        found = _matching(store, "found", _question(plain), meeting, limit)
        if len(found) < limit and (begun := _question(plain, begun=True)) != _question(plain):
            known = {_place(hit) for hit in found}
            more = _matching(store, "found", begun, meeting, limit)
            found += [hit for hit in more if _place(hit) not in known][: limit - len(found)]
        return sorted(found, key=lambda hit: hit["delegate_id"] is None)
    if any(len(word) < _LONG for word in signs) or plain:
        return _containing(store, asked, meeting, limit)
    return _matching(store, "found_chinese", _question(signs), meeting, limit)


def _place(hit: Hit) -> tuple[object, ...]:
    return hit["delegate_id"], hit["document_id"], hit["page_number"]


def _question(words: list[str], *, begun: bool = False) -> str:
    """The words as an FTS5 query; https://www.sqlite.org/fts5.html sections 3.1 and 3.8."""
    return " AND ".join(_either(word, begun=begun) for word in words)


def _either(word: str, *, begun: bool) -> str:
    stem = word.rstrip("*")
    star = "*" if stem != word or (begun and len(stem) >= _LONG) else ""
    quoted = ['"' + one.replace('"', '""') + '"' + star for one in _spellings(stem)]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def _spellings(word: str) -> list[str]:
    """The word, and with the letters that Unicode does not take apart, either way.

    >>> _spellings("Bo"), _spellings("bjørnholm")[:3]
    (['Bo', 'bø'], ['bjørnholm', 'bjornholm', 'bjornhołm'])
    """
    bare = word.lower()
    for sign, plain in _STROKED.items():
        bare = bare.replace(sign, plain)
    places = [
        (match.start(), plain, sign)
        for sign, plain in _STROKED.items()
        for match in re.finditer(plain, bare)
    ]
    found = [word] if bare == word.lower() else [word, bare]
    for count in range(1, len(places) + 1):
        for chosen in combinations(places, count):
            if len(found) >= _MOST:
                return list(dict.fromkeys(found))
            spelt = bare
            for start, plain, sign in sorted(chosen, reverse=True):
                spelt = spelt[:start] + sign + spelt[start + len(plain) :]
            found.append(spelt)
    return list(dict.fromkeys(found))


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
