"""What can be looked at: queue, reply, overview, two notes side by side, page images."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
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
from store.learn import audits as learn_audits
from store.reports import changes as report_changes
from store.reports import first_changes
from store.review import compare as review_compare
from store.review import overview as review_overview
from store.review import postponed
from store.review import queue as review_queue
from store.review import reply as review_reply
from store.review.accents import letters
from store.review.orphans import orphans
from store.review.progress import progress
from store.review.queue import Waiting, Wish
from store.service import answered, confirmations

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
    order = query.get("order", "")
    wish = Wish(
        query.get("q", "").strip(),
        query.get("why") or None,
        order if order in review_queue.ORDERS else "worth",
    )
    with store.reading():
        meetings = review_queue.meetings(store)
        meeting = _chosen(meetings, query.get("meeting"))
        offset = _offset(query.get("from"))
        reference = meeting.reference if meeting else None
        replies: tuple[Waiting, ...] = ()
        found = 0
        if meeting:
            replies = review_queue.waiting(store, reference, offset=offset, wish=wish)
            found = meeting.replies
            if not wish.is_all:
                found = review_queue.count_waiting(store, reference, wish)
        certain = review_queue.count_certain(store, reference) if meeting else 0
        unread = review_overview.count_problems(store)
        audits = learn_audits.audited(store, reference or "") if meeting else ()
        answers = answered.open_answers(store)
        far = progress(store, reference) if meeting else None
        reasons = review_queue.reasons_waiting(store, reference) if meeting else ()
    return context.page(
        "queue.html",
        meetings=meetings,
        meeting=meeting,
        replies=replies,
        found=found,
        wish=wish,
        reasons=sorted(reasons, key=context.desk.in_words),
        certain=certain,
        unread=unread,
        answers=answers,
        far=far,
        to_type=sum(one.waiting for one in audits),
        offset=offset,
        step=review_queue.PAGE,
        others=context.desk.sessions.others(context.session),
    )


def begin(context: Context) -> Response:
    """The first reply of a meeting's queue that nobody else has open."""
    sessions, session = context.desk.sessions, context.session
    meetings = review_queue.meetings(context.store)
    meeting = _chosen(meetings, context.request.query_params.get("meeting"))
    passed: frozenset[int] = sessions.taken(session)
    while meeting is not None:
        found = review_queue.first(context.store, meeting.reference, passed)
        if found is None:
            break
        if sessions.hold(session, found) or found in passed:  # everything is taken: share it
            return RedirectResponse(f"/reply/{found}", 303)
        passed |= {found}
    return RedirectResponse("/queue", 303)


def _chosen(
    meetings: tuple[review_queue.MeetingQueue, ...], chosen: str | None
) -> review_queue.MeetingQueue | None:
    """The meeting with this id in an address, else the most pressing one."""
    found = (m for m in meetings if str(m.id or "") == chosen)
    return next(found, next(iter(meetings), None))


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


def reply(context: Context) -> Response:
    """One reply."""
    return show_reply(context, context.request.path_params["document"])


def cards(context: Context) -> Response:
    """Delegates of a long reply, those around the one asked for whole."""
    return show_reply(context, context.request.path_params["document"], template="cards.html")


def show_reply(
    context: Context,
    document: int,
    status: int = 200,
    template: str = "reply.html",
    **values: object,
) -> Response:
    """One reply, or only its record; ``values`` are what an edit has to say."""
    store, query = context.store, context.request.query_params
    at = values.get("focus") or row_id(query.get("at"))
    try:
        with store.reading():
            found = review_reply.load(store, document, at if isinstance(at, int) else None)
            version = review_reply.stamp(store, document)
            after = _next(context, document, hold=template == "reply.html")
            before = review_queue.following(store, document, back=True)
            done, total = review_queue.place(store, document)
            meetings = review_overview.meetings(store)
            states = review_overview.states(store)
            late = postponed.all_put_off(store).get(document)
            mission, can_ask = _mission(context, found)
    except UnknownRecord:
        raise HTTPException(404) from None
    missing = orphans(found)
    wanted = query.get("add")
    facts = found.facts
    state, language = facts["state"], facts["language"]
    return context.page(
        template,
        status,
        reply=found,
        stamp=version,
        next=after,
        previous=before,
        place=done + 1,
        total=total,
        meetings=meetings,
        states=states,
        put_off=late,
        days=[(postponed.today() + timedelta(days=n)).isoformat() for n in (1, 3, 7)],
        orphans=missing,
        adding=wanted is not None,
        orphan=next((m for n, m in enumerate(missing) if str(n) == wanted), None),
        letters=letters(str(state) if state else None, str(language) if language else None),
        original=context.desk.original is not None,
        drafts=context.desk.drafts,
        mission=mission,
        can_ask=can_ask,
        **{"edit": None, "focus": row_id(query.get("at")), **values},
    )


def _mission(
    context: Context, found: review_reply.Reply
) -> tuple[answered.Confirmation | None, bool]:
    """What the State said of its list; and whether it may be asked now."""
    state, meeting = found.facts["state"], found.facts["meeting"]
    if not state or not meeting:
        return None, False
    store, after = context.store, context.desk.confirm
    asked = answered.confirmations(store, str(meeting), str(state)).get(str(state))
    due = bool(after) and bool(confirmations.due(store, str(meeting), after or "notes", str(state)))
    return asked, due


def _next(context: Context, document: int, *, hold: bool) -> int | None:
    """The reply to go on to: nobody else has it open, or is about to."""
    sessions, session = context.desk.sessions, context.session
    passed = sessions.taken(session) | _left(context)
    while True:
        found = review_queue.following(context.store, document, passed)
        if found is None or not hold or sessions.hold(session, found):
            return found
        passed |= {found}


def look(context: Context) -> Response:
    """The reply is on somebody's screen now: is it still as it was, and who else has it open?"""
    document = context.request.path_params["document"]
    sessions, session = context.desk.sessions, context.session
    others = sessions.others(session)
    sessions.look(session, document)
    after = row_id(context.form.get("next"))
    if after is not None:
        sessions.hold(session, after)
    try:
        version = review_reply.stamp(context.store, document)
    except UnknownRecord:
        raise HTTPException(404) from None
    return JSONResponse({"stamp": version, "other": others.get(document)})


def image(context: Context) -> Response:
    """The pixels of a page; never the file that was sent."""
    document = context.request.path_params["document"]
    page = context.request.path_params["page"]
    own = context.request.query_params.get("tones") == "own"
    try:
        pixels = context.desk.page_image(document, page, own)
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
    store, query = context.store, context.request.query_params
    chosen = context.request.path_params.get("meeting")
    meetings = review_overview.meetings(store)
    if chosen is None and meetings:
        chosen = meetings[0].id
    found = review_overview.overview(store, chosen) if chosen is not None else None
    if chosen is not None and found is None:
        raise HTTPException(404)
    asked = {name: query.get(name, "")[:100] for name in ("q", "answer", "order")}
    states = found.states if found else ()
    if any(asked.values()):
        states = review_overview.chosen(states, asked["q"], asked["answer"] or None, asked["order"])
    return context.page(
        "overview.html",
        meetings=meetings,
        overview=found,
        states=states,
        asked=asked,
        plot=plot(found.replies, found.deadline) if found else None,
        problems=review_overview.problems(store),
    )


MOST_CHANGES = 2_000
"""Changes on one page, more than anybody reads; the command has all."""


def changes(context: Context) -> Response:
    """What is different since a moment, by meeting and State."""
    asked = context.request.query_params.get("since", "yesterday")
    try:
        since = report_changes.moment(asked)
    except StoreError as error:
        return context.page(
            "changes.html", 400, asked=asked, since=None, meetings=(), message=str(error)
        )
    found, more = first_changes.first(context.store, since, MOST_CHANGES)
    return context.page(
        "changes.html",
        asked=asked,
        since=since,
        total=len(found),
        more=more,
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
