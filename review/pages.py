"""What can be looked at: queue, reply, overview, two notes side by side, page images."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from review import render
from review.desk import Desk
from review.ids import row_id
from review.plot import plot
from review.sessions import Session
from store.db.database import Store
from store.errors import OriginalUnusable, StoreError, UnknownRecord
from store.reports import changes as report_changes
from store.review import compare as review_compare
from store.review import overview as review_overview
from store.review import queue as review_queue
from store.review import reply as review_reply
from store.review.reply import Reply

MOST_PAGES_BACK = 100_000
"""Entries that a list may be paged forward: the database counts past each of them."""


@dataclass(frozen=True, slots=True)
class Context:
    """One request: who asks, with which database; ``form`` are the fields of a write."""

    desk: Desk
    env: Environment
    session: Session
    store: Store
    request: Request
    form: dict[str, str]

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """A page, with what every page shows."""
        return render.html(
            self.env,
            template,
            status,
            who=self.session.who,
            can_log_out=self.desk.users is not None,
            **values,
        )


def home(context: Context) -> Response:
    """The queue is where work begins."""
    del context
    return RedirectResponse("/queue", 303)


def queue(context: Context) -> Response:
    """What waits, by meeting."""
    store, query = context.store, context.request.query_params
    with store.reading():
        meetings = review_queue.meetings(store)
        chosen = query.get("meeting")
        meeting = next((m for m in meetings if str(m.id or "") == chosen), None)
        if meeting is None:
            meeting = next(iter(meetings), None)
        offset = _offset(query.get("from"))
        replies = review_queue.waiting(store, meeting.reference, offset=offset) if meeting else ()
        certain = review_queue.count_certain(store, meeting.reference) if meeting else 0
        unread = review_overview.count_problems(store)
    return context.page(
        "queue.html",
        meetings=meetings,
        meeting=meeting,
        replies=replies,
        certain=certain,
        unread=unread,
        offset=offset,
        step=review_queue.PAGE,
        others=context.desk.sessions.others(context.session),
    )


def certain(context: Context) -> Response:
    """Delegates of whom nothing is doubtful, all in one list: a look, and they are accepted."""
    return show_certain(context, context.request.path_params["meeting"])


def show_certain(
    context: Context, meeting: int, message: str | None = None, status: int = 200
) -> Response:
    """The same, with what an edit has to say."""
    with context.store.reading():
        rows = review_queue.certain(context.store, meeting)
        known = {m.id: m for m in review_overview.meetings(context.store)}
    if meeting not in known:
        raise HTTPException(404)
    return context.page("certain.html", status, rows=rows, meeting=known[meeting], message=message)


def unread(context: Context) -> Response:
    """What no record was made of: rejected, failed, set aside; each with what can be done."""
    return context.page("unread.html", problems=review_overview.problems(context.store))


def reply(context: Context) -> Response:
    """One reply."""
    return show_reply(context, context.request.path_params["document"])


def show_reply(
    context: Context,
    document: int,
    status: int = 200,
    template: str = "reply.html",
    **values: object,
) -> Response:
    """One reply, or only its record; ``values`` are what an edit has to say."""
    store = context.store
    try:
        with store.reading():
            found = review_reply.load(store, document)
            passed = frozenset(context.desk.sessions.others(context.session)) | _left(context)
            after = review_queue.following(store, document, passed)
            before = review_queue.following(store, document, back=True)
            done, total = review_queue.place(store, document)
            meetings = review_overview.meetings(store)
            states = review_overview.states(store)
    except UnknownRecord:
        raise HTTPException(404) from None
    return context.page(
        template,
        status,
        reply=found,
        stamp=stamp(found),
        next=after,
        previous=before,
        place=done + 1,
        total=total,
        meetings=meetings,
        states=states,
        **{"edit": None, "focus": None, **values},
    )


def stamp(found: Reply) -> str:
    """Changes whenever anything that can be edited in the reply does."""
    facts = [found.version, found.order_version, *(row.version for row in found.rows)]
    facts.append(str((found.reviewed, found.facts["needs_review"], found.facts["same_as"])))
    return hashlib.sha256(" ".join(facts).encode()).hexdigest()[:16]


def look(context: Context) -> Response:
    """The reply is on somebody's screen now: is it still as it was, and who else has it open?"""
    document = context.request.path_params["document"]
    others = context.desk.sessions.others(context.session)
    context.desk.sessions.look(context.session, document)
    try:
        found = review_reply.load(context.store, document)
    except UnknownRecord:
        raise HTTPException(404) from None
    return JSONResponse({"stamp": stamp(found), "other": others.get(document)})


def image(context: Context) -> Response:
    """The pixels of a page; never the file that was sent."""
    document = context.request.path_params["document"]
    page = context.request.path_params["page"]
    try:
        pixels = context.desk.page_image(document, page)
    except UnknownRecord:
        raise HTTPException(404) from None
    except OriginalUnusable:
        raise HTTPException(410) from None
    except Exception as error:  # a scan that cannot be opened is an outcome, not a fault
        reason = getattr(error, "reason", None)
        if reason is None:
            raise
        return Response(status_code=422, headers={"X-Reason": str(reason)})
    return Response(pixels, media_type="image/png")


def overview(context: Context) -> Response:
    """Who has answered for a meeting."""
    store = context.store
    chosen = context.request.path_params.get("meeting")
    meetings = review_overview.meetings(store)
    if chosen is None and meetings:
        chosen = meetings[0].id
    found = review_overview.overview(store, chosen) if chosen is not None else None
    if chosen is not None and found is None:
        raise HTTPException(404)
    return context.page(
        "overview.html",
        meetings=meetings,
        overview=found,
        plot=plot(found.replies, found.deadline) if found else None,
        problems=review_overview.problems(store),
    )


def changes(context: Context) -> Response:
    """What is different since a moment, by meeting and State."""
    asked = context.request.query_params.get("since", "yesterday")
    try:
        since = report_changes.moment(asked)
    except StoreError as error:
        return context.page(
            "changes.html", 400, asked=asked, since=None, meetings=(), message=str(error)
        )
    found = report_changes.changes(context.store, since)
    return context.page(
        "changes.html",
        asked=asked,
        since=since,
        total=len(found),
        meetings=[(m, list(of)) for m, of in groupby(found, key=lambda one: one.meeting)],
        message=None,
        words=report_changes.WORDS,
    )


def compare(context: Context) -> Response:
    """Two notes of one State side by side."""
    document = context.request.path_params["document"]
    other = context.request.query_params.get("with")
    try:
        old = row_id(other) or review_compare.earlier(context.store, document)
        found = review_compare.compare(context.store, old, document) if old else None
        if found and _day(found.new) < _day(found.old):  # whichever arrived first
            found = review_compare.compare(context.store, document, old or 0)
        note = review_reply.load(context.store, document)
    except StoreError:
        raise HTTPException(404) from None
    return context.page("compare.html", found=found, note=note)


def _left(context: Context) -> frozenset[int]:
    """The reply in hand while the next one is fetched: it will be done by then."""
    left = row_id(context.request.headers.get("x-from"))
    return frozenset(() if left is None else (left,))


def _day(note: dict[str, object]) -> str:
    return str(note["note_date"] or note["received_at"] or "9999")[:10]


def _offset(text: str | None) -> int:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        return 0
    return min(int(text), MOST_PAGES_BACK)
