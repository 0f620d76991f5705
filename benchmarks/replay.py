"""Kept readings put into a database as if the replies had just come in."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from benchmarks.kept import Kept, Truth
from extract.facts.meeting import match
from extract.types import Invitation
from store.db.database import Store
from store.db.statements import insert
from store.derived import refresh
from store.records import meetings
from store.records.saving import save_reading
from store.rules.revisions import GroupVerdict

DAYS_ON_THE_WAY = 3
"""From the date of a note to its arrival."""


def each_for_itself() -> None:
    """From now on no note of a State says anything of another of the same meeting.

    Three hundred invented replies are four of each State; in life it is one or two. Left alone,
    most rows would wait because there is a second note, and nothing else could be seen.
    """

    def nothing(*_: Any) -> GroupVerdict:  # noqa: ANN401
        return GroupVerdict()

    setattr(refresh, "resolve_group", nothing)  # noqa: B010


def receive(store: Store, kept: Iterable[Kept], invitation: Invitation) -> dict[int, Truth]:
    """Save each reading as the pipeline does; the truth of each document, by its id."""
    kept = list(kept)
    answered = sorted({one.truth["meeting"] for one in kept if one.truth["meeting"]})
    for called in (invitation, *(Invitation(reference, reference) for reference in answered)):
        if called.reference not in {one.reference for one in meetings.all(store)}:
            meetings.add(store, called)
    known = meetings.all(store)
    truths = {}
    for one in kept:
        number = _taken_in(store, one, invitation)
        meeting = match(one.reading.note, known) if one.reading.note else None
        save_reading(store, number, one.reading, meeting, one.settings_version)
        truths[number] = one.truth
        if len(truths) % 50 == 0:
            print(f"  {len(truths)} replies", file=sys.stderr, flush=True)
    return truths


def _taken_in(store: Store, one: Kept, invitation: Invitation) -> int:
    written = one.truth.get("note_date")
    day = date.fromisoformat(written) if written else invitation.issued or date(2019, 4, 1)
    moment = f"{day + timedelta(days=DAYS_ON_THE_WAY)}T10:00:00Z"
    with store.writing() as conn:
        return insert(
            conn,
            "documents",
            {
                "sha256": one.sha256,
                "bytes": one.file.stat().st_size,
                "filename": one.file.name,
                "media_type": one.media_type,
                "received_at": moment,
                "kept_at": moment,
            },
        )
