"""Who changed what and when, a State at a time: the page, and its files."""

from __future__ import annotations

import io
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.responses import Response

from review.ids import row_id
from review.pages import Context
from store.errors import StoreError
from store.export.minutes import write_minutes
from store.reports import changes
from store.reports import history as report
from store.reports.history import Event
from store.review import overview
from store.review.overview import MeetingLine
from store.spreadsheet import write_csv

MOST = 500
"""Events on the page, the last ones; the files have all: a State has hundreds in many meetings."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page(context: Context) -> Response:
    """The history of a meeting's list, of all States or of one."""
    query = context.request.query_params
    try:
        meeting, found = _asked(context)
        message = None
    except StoreError as error:
        meeting, found, message = None, (), str(error)
    with context.store.reading():
        meetings, states = overview.meetings(context.store), overview.states(context.store)
    return context.page(
        "history.html",
        400 if message else 200,
        meetings=meetings,
        states=states,
        meeting=meeting,
        state=query.get("state", ""),
        since=query.get("since", ""),
        of_states=[(n, list(of)) for n, of in groupby(found[-MOST:], key=lambda e: e.state_name)],
        total=len(found),
        most=MOST,
        message=message,
        query=str(context.request.url.query),
    )


def file(context: Context) -> Response:
    """The same as a table or as a document to print."""
    meeting, found = _asked(context)
    rows = report.records(found)
    if context.request.path_params["kind"] == "docx":
        content = write_minutes(rows, meeting.reference if meeting else None)
        return _attached(content, "history.docx", WORD)
    if context.request.path_params["kind"] != "csv":
        raise HTTPException(404)
    text = io.StringIO()
    write_csv(rows, report.COLUMNS, text)
    return _attached(text.getvalue().encode("utf-8-sig"), "history.csv", "text/csv")


def _attached(content: bytes, name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


def _asked(context: Context) -> tuple[MeetingLine | None, tuple[Event, ...]]:
    """The meeting in the address, or the latest; of a State alone, all meetings.

    Raises:
        StoreError: what is asked for is no moment.
    """
    query, store = context.request.query_params, context.store
    meetings = overview.meetings(store)
    asked, state = query.get("meeting"), query.get("state") or None
    meeting = next((m for m in meetings if m.id == row_id(asked)), None)
    if asked is None and state is None:
        meeting = meetings[0] if meetings else None
    if meeting is None and state is None:
        return None, ()  # of everything there ever was, nobody reads the history
    since = changes.moment(query["since"]) if query.get("since") else None
    return meeting, report.history(store, state, meeting.reference if meeting else None, since)
