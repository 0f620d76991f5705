"""The list of participants: whom it has, whom it leaves out and why, and its files."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from review.chasing import reference_of
from review.pages import Context
from store import sanitize
from store.export import files, participants
from store.export.files import Choices
from store.export.heading import counts
from store.export.left_out import left_out, people
from store.export.names import CAPITALS, NAMES, Style
from store.review import overview
from store.review.progress import progress

KINDS = ("provisional", "final", "unreviewed")
"""What a list is called; the last has rows that nobody has approved, too."""

MOST_LOOKED_THROUGH = 1_000
"""Persons up to whom the page looks at every name and address by itself; beyond, when asked to."""


def page(context: Context) -> Response:
    """Who is in the list and who is not, and what there is to choose."""
    return _show(context)


def file(context: Context) -> Response:
    """The list in the format and with the choices of the address.

    One that is called final while somebody waits is asked about once.
    """
    query = context.request.query_params
    reference, format_ = reference_of(context), query.get("format", "")
    kind = query.get("kind", KINDS[0])
    if format_ not in files.FORMATS or kind not in KINDS:
        raise HTTPException(400)
    choices = _choices(context, kind)
    with context.store.reading():
        if kind == "final" and not query.get("sure") and left_out(context.store, reference).open:
            return _show(context, asked=True, status=409)
        made = files.make(context.store, reference, format_, choices)
    name = files.filename(reference, format_)
    return Response(
        made.content,
        headers={
            "Content-Type": files.MEDIA_TYPES[format_],
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


def _choices(context: Context, kind: str) -> Choices:
    """As the address has them; what is none of the choices is the usual one.

    Raises:
        HTTPException: the day is none.
    """
    query = context.request.query_params
    as_of = query.get("as_of", "")
    day = sanitize.parsed_day(as_of) if as_of else None
    if as_of and day is None:
        raise HTTPException(400)
    return Choices(
        everything=kind == "unreviewed",
        final=kind == "final",
        as_of=day,
        symbol=query.get("symbol", "").strip()[:100] or None,
        style=Style(
            _one_of(NAMES, query.get("names")),
            _one_of(CAPITALS, query.get("capitals")),
        ),
        separator=_one_of(tuple(files.SEPARATORS), query.get("separator")),
    )


def _one_of(choices: tuple[str, ...], asked: str | None) -> str:
    return asked if asked in choices else choices[0]


def _show(context: Context, *, asked: bool = False, status: int = 200) -> Response:
    store = context.store
    with store.reading():
        meetings = overview.meetings(store)
        if not meetings and "meeting" not in context.request.path_params:
            return context.page("list.html", meetings=(), meeting=None)
        reference = reference_of(context)
        rows = participants.rows(store, reference)
        missing = left_out(store, reference)
        looked = len(rows) <= MOST_LOOKED_THROUGH or "look" in context.request.query_params
        told, of_import = _remarks(context, reference, rows) if looked else ([], [])
        absent = people(store, reference)
        far = progress(store, reference)
    return context.page(
        "list.html",
        status,
        meetings=meetings,
        meeting=next(m for m in meetings if m.reference == reference),
        counts=counts(rows),
        missing=missing,
        far=far,
        people=absent,
        remarks=told,
        of_import=[remark for remark in of_import if remark not in told],
        looked=looked,
        most=files.MOST_NAMED,
        asked=dict(context.request.query_params) if asked else None,
    )


def _remarks(
    context: Context, reference: str, rows: list[participants.Participant]
) -> tuple[list[files.Remark], list[files.Remark]]:
    """What to know of the printed list and of the import."""
    return (
        files.remarks(context.store, reference, rows, "docx", Style("latin", "family")),
        files.remarks(context.store, reference, rows, "indico", Style()),
    )
