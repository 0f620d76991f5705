"""The same question in several rows, answered once: the page, and what its buttons do."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from review.chasing import reference_of
from review.forms import number
from review.pages import Context
from store.errors import EditRefused, EditStale
from store.review import overview, questions


def page(context: Context) -> Response:
    """What is asked in two rows or more, with all rows named."""
    return _show(context, _said(context))


def answer(context: Context) -> Response:
    """It is right, or another text is put in its place, in every row that was shown."""
    form, store, who = context.form, context.store, context.session.who
    shown = dict(pair.partition(":")[::2] for pair in form.get("rows", "").split())
    rows = {number(row): version for row, version in shown.items()}
    reference, key = reference_of(context), form.get("key", "")
    try:
        match form.get("do"):
            case "right":
                done = questions.is_right(store, who, reference, key, rows)
            case "other":
                text = form.get("text", "")
                done = questions.should_be(store, who, reference, key, rows, text)
            case _:
                raise HTTPException(400)
    except (EditStale, EditRefused) as error:
        return _show(context, f"Nothing was written. {error}", 409)
    context.desk.sessions.remember(context.session, done)
    meeting = context.request.path_params["meeting"]
    return RedirectResponse(f"/questions/{meeting}?said={done.step}", 303)


def _said(context: Context) -> str | None:
    """What was done last, as long as it holds."""
    done = context.session.done[-1] if context.session.done else None
    if done is None or str(done.step) != context.request.query_params.get("said"):
        return None
    return f"{done.label.capitalize()}. Undo takes it back."


def _show(context: Context, message: str | None = None, status: int = 200) -> Response:
    with context.store.reading():
        meetings = overview.meetings(context.store)
        if not meetings and "meeting" not in context.request.path_params:
            return context.page("questions.html", meetings=(), meeting=None, message=None)
        reference = reference_of(context)
        found = questions.same_questions(context.store, reference)
    return context.page(
        "questions.html",
        status,
        meetings=meetings,
        meeting=next(m for m in meetings if m.reference == reference),
        questions=found,
        message=message,
    )
