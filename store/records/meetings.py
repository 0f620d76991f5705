"""Registered meetings: the invitations that went out, and which documents answer them."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches

from extract.types import Invitation
from store import sanitize
from store.db.database import Store
from store.derived import corrected, refresh
from store.errors import StoreError, UnknownRecord

LISTED = 6
"""Meetings that an error names, the nearest or the latest ones: a few lines of a terminal."""


def add(store: Store, invitation: Invitation) -> None:
    """Register an invitation; one with the same reference is brought up to date.

    Raises:
        StoreError: it has no reference or no title.
    """
    reference, title = sanitize.one_line(invitation.reference), sanitize.one_line(invitation.title)
    if not reference or not title:
        raise StoreError("A meeting needs a reference and a title.", reason="invitation_incomplete")
    days = {
        field: day.isoformat() if (day := getattr(invitation, field)) else None
        for field in ("starts", "ends", "deadline", "issued")
    }
    with store.writing() as conn:
        conn.execute(
            "INSERT INTO meetings (reference, title, starts, ends, place, deadline,"
            " reply_address, office, issued) VALUES (:reference, :title, :starts, :ends, :place,"
            " :deadline, :reply_address, :office, :issued)"
            " ON CONFLICT (reference) DO UPDATE SET title = excluded.title,"
            " starts = excluded.starts, ends = excluded.ends, place = excluded.place,"
            " deadline = excluded.deadline, reply_address = excluded.reply_address,"
            " office = excluded.office, issued = excluded.issued",
            {
                **days,
                "reference": reference,
                "title": title,
                "place": sanitize.one_line(invitation.place),
                "reply_address": sanitize.one_line(invitation.reply_address),
                "office": sanitize.one_line(invitation.office),
            },
        )


def all(store: Store) -> tuple[Invitation, ...]:
    """Every registered meeting, in the order they were registered."""
    return tuple(
        Invitation(
            reference=row["reference"],
            title=row["title"],
            starts=sanitize.parsed_day(row["starts"]),
            ends=sanitize.parsed_day(row["ends"]),
            place=row["place"],
            deadline=sanitize.parsed_day(row["deadline"]),
            reply_address=row["reply_address"],
            office=row["office"],
            issued=sanitize.parsed_day(row["issued"]),
        )
        for row in store.rows("SELECT * FROM meetings ORDER BY id")
    )


def find(store: Store, asked: str) -> str:
    """The reference of a registered meeting, however it is typed: case, spaces, brackets.

    Raises:
        UnknownRecord: there is none, or several are meant; the message lists what there is.
    """
    known = [row["reference"] for row in store.rows("SELECT reference FROM meetings ORDER BY id")]
    if asked in known:
        return asked
    if not known:
        raise UnknownRecord("No meeting is registered: `noteverbale meeting add INVITATION`.")
    for key in (_without_brackets, _letters):
        if key(asked):
            found = [reference for reference in known if key(reference) == key(asked)]
            if len(found) == 1:
                return str(found[0])
    near = get_close_matches(_letters(asked), map(_letters, known), LISTED)
    listed = [r for n in near for r in known if _letters(r) == n] or known[-LISTED:]
    more = len(known) - len(listed)
    others = f"; and {more} more: `noteverbale meeting list`" if more else ""
    raise UnknownRecord(
        f"No meeting {sanitize.visible(asked)}. Registered: {'; '.join(listed)}{others}"
    )


def _without_brackets(reference: str) -> str:
    folded = unicodedata.normalize("NFKC", reference).casefold()
    return "".join(sign for sign in folded if not sign.isspace() and sign not in "()[]{}")


def _letters(reference: str) -> str:
    return "".join(sign for sign in _without_brackets(reference) if sign.isalnum())


def unmatched(store: Store) -> tuple[int, ...]:
    """Documents that were read and answer no meeting that is known."""
    rows = store.rows(
        "SELECT id FROM documents WHERE outcome = 'processed' AND meeting IS NULL ORDER BY id"
    )
    return tuple(row["id"] for row in rows)


def set_meeting(store: Store, document: int, reference: str | None) -> None:
    """Match a document anew; a meeting that a person has set stays.

    Raises:
        UnknownRecord: no such document, or no meeting with this reference.
    """
    if reference is not None and not store.one(
        "SELECT 1 FROM meetings WHERE reference = ?", [sanitize.text(reference)]
    ):
        raise UnknownRecord("No meeting is registered under this reference.")
    if store.one("SELECT 1 FROM documents WHERE id = ?", [document]) is None:
        raise UnknownRecord(f"There is no document {document}.")
    with store.writing() as conn:
        if "meeting" in corrected.edited_fields(store, "documents", document):
            return
        refresh.touch(conn, document)
        conn.execute(
            "UPDATE documents SET meeting = ? WHERE id = ?", [sanitize.text(reference), document]
        )
        refresh.touch(conn, document)
