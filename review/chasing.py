"""Whom to write to before a meeting: the page, its file, and what can be noted on it."""

from __future__ import annotations

import io

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from review.pages import Context
from store.errors import StoreError, UnknownRecord
from store.records import missions
from store.reports import chase as report
from store.review import overview
from store.review.undo import doing
from store.service import drafts
from store.spreadsheet import write_csv

LABELS = {
    "remind": "reminder noted",
    "draft": "draft asked for",
    "keep": "address of a mission",
    "dismiss": "wrong address of a mission",
}
"""What can be noted, and what it is called when it is taken back."""


def page(context: Context) -> Response:
    """States by what is missing, with where to write to."""
    return _show(context)


def file(context: Context) -> Response:
    """The same list for a spreadsheet."""
    text = io.StringIO()
    write_csv(
        report.records(report.chase(context.store, reference_of(context))), report.COLUMNS, text
    )
    return Response(
        text.getvalue().encode("utf-8-sig"),
        media_type="text/csv",
        headers={"Content-Disposition": 'attachment; filename="chase.csv"'},
    )


def note(context: Context) -> Response:
    """A State was reminded, or an address of its mission is right or wrong."""
    reference, form = reference_of(context), context.form
    state, who = form.get("state", ""), context.session.who
    label = LABELS.get(form.get("do", ""))
    if label is None:
        raise HTTPException(400)
    try:
        with doing(context.store, who, label) as (_, done):
            _write(context, reference, state)
    except UnknownRecord:
        raise HTTPException(400) from None
    except StoreError as error:
        return _show(context, f"Nothing was written. {error}", 409)
    context.desk.sessions.remember(context.session, done)
    meeting = context.request.path_params["meeting"]
    return RedirectResponse(f"/chase/{meeting}#{state}", 303)


def _write(context: Context, reference: str, state: str) -> None:
    store, form, who = context.store, context.form, context.session.who
    match form.get("do"):
        case "remind":
            missions.remind(store, reference, state, who)
        case "draft":
            code = missions.known_state(store, state)
            drafts.want_reminder(store, reference, code, who)
        case "keep":
            missions.keep(store, state, form.get("email", ""), who)
        case _:
            missions.dismiss(store, state, form.get("email", ""), who)


def _show(context: Context, message: str | None = None, status: int = 200) -> Response:
    with context.store.reading():
        meetings = overview.meetings(context.store)
        if not meetings and "meeting" not in context.request.path_params:
            return context.page("chase.html", meetings=(), chase=None, message=None)
        found = report.chase(context.store, reference_of(context))
    return context.page(
        "chase.html",
        status,
        meetings=meetings,
        chase=found,
        message=message,
        kinds=report.WORDS,
        kinds_of_answer=report.STANDINGS,
        drafts=context.desk.drafts,
    )


def reference_of(context: Context) -> str:
    """Of the meeting in the address, or the latest one.

    Raises:
        HTTPException: there is none.
    """
    meetings = overview.meetings(context.store)
    chosen = context.request.path_params.get("meeting", meetings[0].id if meetings else None)
    for meeting in meetings:
        if meeting.id == chosen:
            return meeting.reference
    raise HTTPException(404)
