"""What belongs to a person, to a meeting or to a time: found, and nothing done with it yet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from store import sanitize
from store.db.database import Store
from store.erasure import traces
from store.errors import UnknownRecord
from store.rules.names import name_key

What = Literal["person", "meeting", "older_than"]

MOST_SHOWN = 50
"""People shown by name before they are forgotten."""


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
        return traces.mentioned(self.names, self.emails, text)

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
        names = {
            name_key(row["name"]),
            name_key(row["read_name"] or row["name"]),
        }
        shared = store.rows("SELECT name FROM delegates WHERE email = ?", [row["email"]])
        if row["email"] and all(name_key(other["name"]) in names for other in shared):
            emails.add(row["email"])  # a mailbox that others have too is not the person's
    if name is not None:
        names.add(name_key(name))
    if email is not None:
        emails.add((sanitize.one_line(email) or "").lower())
    names.discard(())
    emails.discard("")
    rows = traces.rows_of(store, names, emails)
    # whom an address belongs to is meant by name as well
    if email is not None:
        names |= {name_key(row_name) for _, row_name in rows} - {()}
        rows = traces.rows_of(store, names, emails)
    delegates = {row for row, _ in rows}
    own = traces.documents_of(store, delegates)
    states = traces.states_of(store, own)
    named, messages = traces.labelled(store, names, emails)
    documents = traces.copies(store, own | named | traces.mentioning(store, names, emails, states))
    messages |= traces.messages_of(store, documents) | traces.confirmed_by(store, names, emails)
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
    answers = store.rows(
        "SELECT a.id FROM confirmation_answers AS a JOIN confirmation_drafts AS c ON c.id = a.draft"
        " JOIN meetings AS m ON m.id = c.meeting WHERE m.reference = ?",
        [known],
    )
    messages = traces.answers(store, (row["id"] for row in answers))
    return _whole(store, "meeting", known, {row["id"] for row in rows}, messages)


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
        f" WHERE delegate_id IN {traces.IDS} LIMIT :most",
        {"ids": json.dumps(chosen.delegates), "most": MOST_SHOWN},
    )
    return [dict(row) for row in rows]


def _whole(
    store: Store, what: What, detail: str, documents: set[int], messages: set[int]
) -> Selection:
    documents = traces.copies(store, documents | traces.inside(store, documents))
    sql = f"SELECT id FROM delegates WHERE document_id IN {traces.IDS}"  # noqa: S608 - a constant
    delegates = traces.ids_of(store, sql, documents)
    messages = messages | traces.messages_of(store, documents)
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
