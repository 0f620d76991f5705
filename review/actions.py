"""What can be done: each a form, sent by the page's script or by a browser without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from review import edits
from review.forms import number
from review.labels import LABELS
from review.pages import Context, show_certain, show_reply
from store.errors import EditRefused, EditStale
from store.fields import AS_PRINTED
from store.review import delegate_edits
from store.review import reply as review_reply
from store.review import undo as review_undo
from store.review.choices import Choice
from store.review.rows import EDITABLE_FACTS, is_there
from store.review.undo import Done
from store.review.values import Field, ReplyRow

_ON_ONE_ROW = frozenset({"accept", "reject", "reopen", "save"})

STALE = (
    "{} Nothing was written. Your values are in the fields below, what stands in the database now"
    " is beside them: choose, and accept again."
)


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit that was not made has to say, and the values that nobody may lose.

    ``delegate`` is the row concerned, None for the note; ``lost`` are the values of a row that
    is not there any more, or of one that was to be added, and ``theirs`` tells that somebody else
    was faster. ``at`` is the field that was refused, ``offered`` what may have been meant.
    """

    message: str
    delegate: int | None
    values: dict[str, str]
    theirs: bool = False
    lost: bool = False
    at: str | None = None
    offered: tuple[str, ...] = ()

    def wrong(self, delegate: int | None, field: str) -> str | None:
        """What is said at a field that was refused; None at all others."""
        here = field == self.at and delegate == self.delegate
        return self.message if here else None

    def row(self, row: ReplyRow) -> ReplyRow:
        """The row with the person's own values in it, and the stored ones to choose from."""
        if row.id != self.delegate:
            return row
        return replace(row, fields=tuple(self.field(field) for field in row.fields))

    def field(self, field: Field) -> Field:
        """The field with the person's own value in it."""
        mine = self.values.get(field.name)
        if mine is None or mine == (field.value or ""):
            return field
        readings: tuple[Choice, ...] = ()
        if field.name == self.at:
            readings = tuple(Choice(text, "meant") for text in self.offered)
        if self.theirs:
            readings = (Choice(mine, "yours"), Choice(field.value or "", "theirs"))
        return replace(field, value=mine, readings=readings or field.readings)


def delegate(context: Context) -> Response:
    """Accept, reject, edit, move, split or merge a delegate."""
    form = context.form
    row = context.request.path_params["delegate"]
    document = number(form.get("document"))
    action = edits.ON_DELEGATE.get(form.get("do", ""))
    if action is None:
        raise HTTPException(400)
    values = {field: form[field] for field in AS_PRINTED if field in form}
    # a proposal that nobody touched is not what a person wrote
    if form.get("name_latin") is not None and form["name_latin"] != form.get("latin_shown"):
        values["name_latin"] = form["name_latin"]
    return _try(context, document, row, values, lambda: action(context, row, values))


def note(context: Context) -> Response:
    """Edit the note's own fields, confirm it, say that it names nobody, comes twice or does not."""
    form = context.form
    document = context.request.path_params["document"]
    action = edits.ON_NOTE.get(form.get("do", ""))
    if action is None:
        raise HTTPException(400)
    columns = AS_PRINTED if form.get("do") == "add" else EDITABLE_FACTS
    values = {field: form[field] for field in columns if field in form}
    return _try(context, document, None, values, lambda: action(context, document, values))


def certain(context: Context) -> Response:
    """Accept, after a look at the list of them, rows of which nothing is doubtful."""
    meeting = context.request.path_params["meeting"]
    shown = dict(pair.partition(":")[::2] for pair in context.form.get("rows", "").split())
    rows = {number(row): version for row, version in shown.items()}
    try:
        done = delegate_edits.accept_certain(context.store, context.session.who, rows)
    except (EditStale, EditRefused) as error:
        return show_certain(context, meeting, f"Nothing was accepted. {error}", 409)
    context.desk.sessions.remember(context.session, done)
    return show_certain(context, meeting, f"{done.label.capitalize()}. Undo takes it back.")


def undo(context: Context) -> Response:
    """Take back the last edit of this person."""
    if not context.session.done:
        return _answer(context, None, "There is nothing to take back.")
    done = context.session.done.pop()
    try:
        review_undo.undo(context.store, done)
    except (EditStale, EditRefused) as error:
        return _answer(context, done.document, f"Not taken back ({done.label}). {error}", 409)
    return _answer(context, done.document, f"Taken back: {done.label}.")


def _try(
    context: Context,
    document: int,
    row: int | None,
    values: dict[str, str],
    action: Callable[[], Done],
) -> Response:
    """The edit, or the reply once more with what the person wrote in it."""
    try:
        done = action()
    except EditStale as error:
        lost = row is not None and not is_there(context.store, *error.row)
        edit = Edit(STALE.format(error), row, values, theirs=True, lost=lost)
        return _show(context, document, edit, 409)
    except EditRefused as error:
        edit = Edit(
            f"Not saved: {_in_words(error)}.",
            row,
            values,
            lost=context.form.get("do") == "add",
            at=error.field,
            offered=error.offered,
        )
        return _show(context, document, edit, 422)
    context.desk.sessions.remember(context.session, done)
    message = f"{done.label.capitalize()}."
    if row is not None and context.form.get("do") in _ON_ONE_ROW and _by_script(context):
        answer = _one_row(context, done.document, row, message)
        if answer is not None:
            return answer
    return _answer(context, done.document, message, focus=done.delegate)


def _in_words(error: EditRefused) -> str:
    """What was refused, with the field's name as the page has it."""
    said = str(error)
    if error.field and said.startswith(f"{error.field} "):
        return LABELS[error.field] + said.removeprefix(error.field)
    return said


def _one_row(
    context: Context, document: int | None, delegate: int, message: str
) -> Response | None:
    """The delegate's row alone, where the list is long; None where all of it may be shown."""
    if document is None:
        return None
    reply = review_reply.load(context.store, document, delegate, most=1)
    if len(reply.rows) <= review_reply.WHOLE:
        return None
    index, row = next((n, row) for n, row in enumerate(reply.rows) if row.id == delegate)
    above = reply.rows[index - 1] if index else None
    shown = context.page("card.html", reply=reply, row=row, index=index + 1, above=above, edit=None)
    html = bytes(shown.body).decode()
    return JSONResponse(
        {
            "card": html,
            "stamp": review_reply.stamp(context.store, document),
            "message": message,
            "document": document,
        }
    )


def _show(context: Context, document: int, edit: Edit, status: int) -> Response:
    template = "record.html" if _by_script(context) else "reply.html"
    answer = show_reply(context, document, status, template, edit=edit, focus=edit.delegate)
    if not _by_script(context):
        return answer
    html = bytes(answer.body).decode()
    return JSONResponse(
        {
            "html": html,
            "message": edit.message,
            "document": document,
            "focus": edit.delegate,
            "add": edit.lost,
        },
        status,
    )


def _answer(
    context: Context,
    document: int | None,
    message: str,
    status: int = 200,
    *,
    focus: int | None = None,
) -> Response:
    if not _by_script(context):
        place = f"#d{focus}" if focus else ""
        return RedirectResponse(f"/reply/{document}{place}" if document else "/queue", 303)
    html = None
    if document is not None:
        shown = show_reply(context, document, template="record.html", focus=focus)
        html = bytes(shown.body).decode()
    return JSONResponse(
        {"html": html, "message": message, "document": document, "focus": focus}, status
    )


def _by_script(context: Context) -> bool:
    return context.request.headers.get("x-review") == "1"
