"""What belongs to a person, to a meeting or to a time: found, and nothing done with it yet."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from store import sanitize
from store.db.database import Store
from store.errors import UnknownRecord
from store.rules.names import folded

What = Literal["person", "meeting", "older_than"]

IDS = "(SELECT value FROM json_each(:ids))"
"""Any number of ids as one parameter."""

MOST_SHOWN = 50
"""People shown by name before they are forgotten."""

_CHINESE = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows that are to be forgotten, by their ids.

    Of ``documents`` the pages, the reading and the original go, of ``messages`` the headers and
    the original, ``delegates`` go as rows. ``detail`` is the meeting's reference or the number
    of days. ``names`` (folded words) and ``emails`` tell a person.
    """

    what: What
    detail: str | None
    documents: tuple[int, ...]
    delegates: tuple[int, ...]
    messages: tuple[int, ...]
    names: frozenset[tuple[str, ...]] = frozenset()
    emails: frozenset[str] = frozenset()

    def mentioned_in(self, text: str) -> bool:
        """Whether a text names the person."""
        return _mentioned(self.names, self.emails, text)

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.documents or self.delegates or self.messages)


def person(
    store: Store, *, delegate: int | None = None, name: str | None = None, email: str | None = None
) -> Selection:
    """Everything that names one person, told by a row, a name or an address.

    A name is the same whatever its order, capitals and accents. All rows with it are meant, and
    of the notes of the same States, or of unknown ones, every page that says it.

    Raises:
        UnknownRecord: there is no such delegate.
    """
    names: set[tuple[str, ...]] = set()
    emails: set[str] = set()
    if delegate is not None:
        row = store.one("SELECT name, read_name, email FROM delegates WHERE id = ?", [delegate])
        if row is None:
            raise UnknownRecord(f"There is no delegate {delegate}.")
        names = {_words(row["name"]), _words(row["read_name"] or row["name"])}
        shared = store.rows("SELECT name FROM delegates WHERE email = ?", [row["email"]])
        if row["email"] and all(_words(other["name"]) in names for other in shared):
            emails.add(row["email"])  # a mailbox that others have too is not the person's
    if name is not None:
        names.add(_words(name))
    if email is not None:
        emails.add((sanitize.one_line(email) or "").lower())
    names.discard(())
    emails.discard("")
    rows = _rows_of(store, names, emails)
    # whom an address belongs to is meant by name as well
    if email is not None:
        names |= {_words(row_name) for _, row_name in rows} - {()}
        rows = _rows_of(store, names, emails)
    delegates = {row for row, _ in rows}
    own = _documents_of(store, delegates)
    states = {row["state"] for row in _states(store, own) if row["state"]}
    named, messages = _labelled(store, names, emails)
    documents = _copies(store, own | named | _mentioning(store, names, emails, states))
    messages |= _messages_of(store, documents)
    return _selection("person", None, documents, delegates, messages, names, emails)


def meeting(store: Store, reference: str) -> Selection:
    """All replies to a meeting, whole; the meeting itself stays.

    Raises:
        UnknownRecord: no such meeting is registered.
    """
    known = sanitize.text(reference)
    if store.one("SELECT 1 FROM meetings WHERE reference = ?", [known]) is None:
        raise UnknownRecord("No meeting is registered under this reference.")
    rows = store.rows(
        "SELECT id FROM documents WHERE meeting = ? AND forgotten_at IS NULL", [known]
    )
    return _whole(store, "meeting", known, {row["id"] for row in rows}, set())


def older_than(store: Store, days: int, today: date) -> Selection:
    """What was received more than so many days ago, whole.

    The days count from the end of the meeting where that is later: a delegation that was
    nominated long before its meeting is still needed.
    """
    limit = (today - timedelta(days=days)).isoformat()
    documents = store.rows(
        "SELECT n.id FROM documents AS n LEFT JOIN meetings AS m ON m.reference = n.meeting"
        " WHERE n.forgotten_at IS NULL"
        " AND max(substr(coalesce(n.received_at, n.kept_at), 1, 10),"
        "         coalesce(m.ends, m.starts, '')) < :limit",
        {"limit": limit},
    )
    ids = {row["id"] for row in documents}
    messages = store.rows(
        "SELECT id FROM messages AS m WHERE forgotten_at IS NULL"
        " AND substr(coalesce(received_at, kept_at), 1, 10) < :limit"
        " AND NOT EXISTS (SELECT 1 FROM documents AS n WHERE n.message = m.id"
        "   AND n.forgotten_at IS NULL AND n.id NOT IN (SELECT value FROM json_each(:ids)))",
        {"limit": limit, "ids": json.dumps(sorted(ids))},
    )
    return _whole(store, "older_than", str(days), ids, {row["id"] for row in messages})


def shown(store: Store, chosen: Selection) -> list[dict[str, object]]:
    """The first of the people who would be forgotten, for somebody to agree to."""
    rows = store.rows(
        "SELECT delegate_id, document_id, state, name, email FROM delegation_list"  # noqa: S608
        f" WHERE delegate_id IN {IDS} LIMIT :most",
        {"ids": json.dumps(chosen.delegates), "most": MOST_SHOWN},
    )
    return [dict(row) for row in rows]


def _whole(
    store: Store, what: What, detail: str, documents: set[int], messages: set[int]
) -> Selection:
    documents = _copies(store, documents | _inside(store, documents))
    sql = f"SELECT id FROM delegates WHERE document_id IN {IDS}"  # noqa: S608 - a constant
    delegates = _ids(store, sql, documents)
    messages = messages | _messages_of(store, documents)
    return _selection(what, detail, documents, delegates, messages, set(), set())


def _selection(
    what: What,
    detail: str | None,
    documents: set[int],
    delegates: set[int],
    messages: set[int],
    names: set[tuple[str, ...]],
    emails: set[str],
) -> Selection:
    return Selection(
        what,
        detail,
        tuple(sorted(documents)),
        tuple(sorted(delegates)),
        tuple(sorted(messages)),
        frozenset(names),
        frozenset(emails),
    )


def _states(store: Store, documents: set[int]) -> list[sqlite3.Row]:
    sql = f"SELECT DISTINCT state FROM documents WHERE id IN {IDS}"  # noqa: S608 - a constant
    return store.rows(sql, {"ids": json.dumps(sorted(documents))})


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(folded(name).split()))


def _rows_of(store: Store, names: set[tuple[str, ...]], emails: set[str]) -> list[tuple[int, str]]:
    return [
        (row["id"], row["name"])
        for row in store.rows("SELECT id, name, read_name, email FROM delegates")
        if _words(row["name"]) in names
        or (row["read_name"] and _words(row["read_name"]) in names)
        or row["email"] in emails
    ]


def _documents_of(store: Store, delegates: set[int]) -> set[int]:
    """Where the rows stand, and where they stood: a moved row leaves its name behind."""
    return _ids(
        store,
        f"SELECT document_id FROM delegates WHERE id IN {IDS}"  # noqa: S608 - a constant
        " UNION SELECT document_id FROM corrections WHERE table_name = 'delegates'"
        f" AND document_id IN (SELECT id FROM documents) AND row_id IN {IDS}",
        delegates,
    )


def _mentioning(
    store: Store, names: set[tuple[str, ...]], emails: set[str], states: set[str]
) -> set[int]:
    """Documents on whose pages the person stands, of these States if it is known of which."""
    found: set[int] = set()
    for question in [*map(_together, names), *map(_phrase, emails)]:
        rows = store.rows("SELECT document_id, state FROM found WHERE words = ?", [question])
        found |= {r["document_id"] for r in rows if not states or r["state"] in (None, *states)}
    for sign in ("".join(words) for words in names if _CHINESE.search("".join(words))):
        rows = store.rows(
            "SELECT p.document_id FROM search_chinese AS s JOIN pages AS p ON p.id = s.rowid"
            " WHERE instr(replace(s.page, ' ', ''), ?) > 0",
            [sign],
        )
        found |= {row["document_id"] for row in rows}
    return found


def _labelled(
    store: Store, names: set[tuple[str, ...]], emails: set[str]
) -> tuple[set[int], set[int]]:
    """Documents whose file name, messages whose subject or sender is the person's."""

    def chosen(sql: str) -> set[int]:
        return {row[0] for row in store.rows(sql) if _mentioned(names, emails, row[1])}

    documents = chosen("SELECT id, filename FROM documents WHERE forgotten_at IS NULL")
    messages = chosen(
        "SELECT id, coalesce(from_address, '') || ' ' || coalesce(subject, '') FROM messages"
        " WHERE forgotten_at IS NULL"
    ) | chosen("SELECT message, filename FROM dropped_parts")
    return documents, messages


def _mentioned(names: Iterable[tuple[str, ...]], emails: Iterable[str], text: str) -> bool:
    words = set(folded(text).split())
    return any(words.issuperset(name) for name in names) or any(
        address in text.lower() for address in emails
    )


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _together(words: tuple[str, ...]) -> str:
    """The words in any order, next to each other but for an initial (FTS5 section 3.5)."""
    phrases = " ".join(map(_phrase, words))
    return phrases if len(words) == 1 else f"NEAR({phrases}, {len(words) + 1})"


def _copies(store: Store, documents: set[int]) -> set[int]:
    """The documents, all with the same bytes, and those whose bytes hold theirs.

    Not those that are forgotten already.
    """
    found: set[int] = set()
    more = documents
    while not more <= found:
        found |= more
        more = _ids(
            store,
            "SELECT id FROM documents WHERE sha256 IN"  # noqa: S608 - a constant
            f" (SELECT sha256 FROM documents WHERE id IN {IDS})"
            f" UNION SELECT enclosed_in FROM documents WHERE id IN {IDS}"
            "   AND enclosed_in IS NOT NULL",
            found,
        )
    sql = f"SELECT id FROM documents WHERE forgotten_at IS NULL AND id IN {IDS}"  # noqa: S608
    return _ids(store, sql, found)


def _inside(store: Store, documents: set[int]) -> set[int]:
    """The documents that came inside these, at any depth."""
    return _ids(
        store,
        "WITH RECURSIVE inside (id) AS (SELECT id FROM documents"  # noqa: S608 - a constant
        f"  WHERE enclosed_in IN {IDS} UNION SELECT d.id FROM documents AS d"
        "   JOIN inside ON d.enclosed_in = inside.id) SELECT id FROM inside",
        documents,
    )


def _messages_of(store: Store, documents: set[int]) -> set[int]:
    """The messages that brought the documents, and their copies: they hold the same scans."""
    return _ids(
        store,
        "SELECT id FROM messages WHERE forgotten_at IS NULL AND sha256 IN"  # noqa: S608
        " (SELECT m.sha256 FROM messages AS m JOIN documents AS n ON n.message = m.id"
        f" WHERE n.id IN {IDS})",
        documents,
    )


def _ids(store: Store, sql: str, ids: Iterable[int]) -> set[int]:
    return {row[0] for row in store.rows(sql, {"ids": json.dumps(sorted(ids))})}
