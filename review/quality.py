"""How good the readings are here: the page; and the blind audit of rows nobody had to look at."""

from __future__ import annotations

from typing import cast

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from review import quality_plots
from review.forms import number
from review.ids import row_id
from review.pages import Context
from store.errors import EditRefused, EditStale, UnknownRecord
from store.learn import audits
from store.reports import quality as report
from store.review import audit as review_audit
from store.review import overview
from store.review.audit import Verdict
from store.rules.experience.judged import REVIEWED

GROUPS = (
    ("marked", "Marked or not"),
    ("language", "Language of the note"),
    ("layout", "Way of listing"),
    ("quality", "Quality of the page"),
    ("way", "How it came to be decided"),
    ("version", "Version of the rules"),
)

FIELDS = {
    "row": "Whole row",
    "reviewed": "Name, title, address",
    "name": "Name",
    "title": "Title",
    "email": "E-mail",
    "honorific": "Honorific",
    "organization": "Organization",
    "phone": "Telephone",
    "role": "Role",
}

COLUMNS = ("row", "name", "title", "email")
"""Of the tables by kind of row."""

VALUES = {
    "marked": "to be looked at",
    "unmarked": "nobody had to look",
    "audit": "audited",
    "alone": "unmarked, looked at alone",
    "together": "unmarked, accepted with others",
}
"""Of kinds of rows, in words."""


def page(context: Context) -> Response:
    """One meeting's, or all."""
    store = context.store
    chosen = context.request.path_params.get("meeting")
    with store.reading():
        meetings = overview.meetings(store)
        meeting = next((m for m in meetings if m.id == chosen), None)
        if chosen is not None and meeting is None:
            raise HTTPException(404)
        found = report.quality(store, meeting.reference if meeting else None)
    return context.page(
        "quality.html",
        meetings=meetings,
        meeting=meeting,
        quality=found,
        fields=FIELDS,
        groups=[(name, text, found.groups[name]) for name, text in GROUPS],
        columns=COLUMNS,
        values=VALUES,
        told=report.in_words,
        short=report.in_short,
        silent=report.silent_in_words(found.audits, found.silent),
        chances={name: quality_plots.chances(bins) for name, bins in found.bins.items()},
        weeks=quality_plots.over_time(found.groups["week"]),
        of_meetings=quality_plots.over_time(found.meetings),
        waiting=sum(one.waiting for one in found.audits),
        few=report.FEW,
    )


def begin(context: Context) -> Response:
    """The row to be typed next: of the meeting in the address, else of the first that has one."""
    asked = row_id(context.request.query_params.get("meeting"))
    store = context.store
    found = audits.audited(store)
    if asked is not None:
        reference = next((m.reference for m in overview.meetings(store) if m.id == asked), None)
        found = tuple(one for one in found if one.meeting == reference)
    for one in found:
        row = audits.next_to_type(store, one.meeting) if one.waiting else None
        if row is not None:
            return RedirectResponse(f"/audit/{row}", 303)
    return context.page("audit.html", row=None, after=None, left=0, message=None, fields=FIELDS)


def row(context: Context) -> Response:
    """One row: the scan and empty fields; once they were typed, both beside each other."""
    return _show(context, context.request.path_params["delegate"])


def write(context: Context) -> Response:
    """What was typed is kept; or it is said which of the two was wrong."""
    delegate, form = context.request.path_params["delegate"], context.form
    who = context.session.who
    try:
        if form.get("do") == "settle":
            wrong = {f: cast("Verdict", form[f]) for f in REVIEWED if form.get(f) in _VERDICTS}
            review_audit.settle(context.store, who, delegate, wrong)
            return RedirectResponse(f"/audit?meeting={row_id(form.get('meeting')) or ''}", 303)
        if form.get("do") not in ("type", "nobody"):
            raise HTTPException(400)
        nobody = form["do"] == "nobody"
        typed = {} if nobody else {f: form.get(f, "") for f in REVIEWED}
        if not nobody and not typed["name"].strip():
            said = "Type the name, or say that nobody stands there."
            return _show(context, delegate, said, 422, typed)
        review_audit.write(context.store, who, delegate, typed)
    except UnknownRecord:
        raise HTTPException(404) from None
    except (EditRefused, EditStale) as error:
        return _show(context, delegate, f"Not saved: {error}", 422)
    return RedirectResponse(f"/audit/{delegate}", 303)


_VERDICTS = ("row", "typed")


def _show(
    context: Context,
    delegate: int,
    message: str | None = None,
    status: int = 200,
    typed: dict[str, str] | None = None,
) -> Response:
    store = context.store
    try:
        blind, after = review_audit.load(store, number(str(delegate)))
    except UnknownRecord:
        raise HTTPException(404) from None
    left = sum(one.waiting for one in audits.audited(store, blind.meeting))
    meetings = {m.reference: m.id for m in overview.meetings(store)}
    return context.page(
        "audit.html",
        status,
        row=blind,
        after=after,
        left=left,
        meeting=meetings.get(blind.meeting),
        message=message,
        typed=typed or {},
        fields=FIELDS,
    )
