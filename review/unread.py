"""What no record was made of: its list, having it read anyway, asking for it again, its file."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from review.pages import Context
from store.errors import OriginalUnusable, StoreError, UnknownRecord
from store.intake import documents
from store.review import overview
from store.service import drafts


def page(context: Context) -> Response:
    """Rejected, failed, set aside; each with what can be done."""
    with context.store.reading():
        problems = overview.problems(context.store)
        asked = drafts.sent_again(context.store)
    return context.page(
        "unread.html",
        problems=problems,
        asked=asked,
        drafts=context.desk.drafts,
        original=context.desk.original is not None,
    )


def read_anyway(context: Context) -> Response:
    """What was rejected or failed is read after all, by whoever reads next."""
    document = context.request.path_params["document"]
    try:
        documents.accept(context.store, document, context.session.who)
    except UnknownRecord:
        raise HTTPException(404) from None
    except StoreError as error:  # somebody was faster
        return context.page("message.html", 409, title="Not done", text=str(error))
    return context.page(
        "message.html",
        title="It will be read",
        text=f"The service reads document {document} with its next poll. Without a service:"
        f" noteverbale accept --document {document}",
    )


def ask_again(context: Context) -> Response:
    """A draft that asks the sender for the file again; a person sends it, or does not."""
    if not context.desk.drafts:
        raise HTTPException(404)
    document = context.request.path_params["document"]
    try:
        drafts.want_again(context.store, document, context.session.who)
    except UnknownRecord as error:
        return context.page("message.html", 409, title="Not done", text=str(error))
    return RedirectResponse(f"/unread#n{document}", 303)


def warning(context: Context) -> Response:
    """What a file from outside may do, before it is handed over."""
    document = _allowed(context)
    try:
        filename = documents.filename_of(context.store, document)
    except UnknownRecord:
        raise HTTPException(404) from None
    return context.page("original.html", document=document, filename=filename)


def original(context: Context) -> Response:
    """The file as it was sent, to be saved and never shown by the browser."""
    document = _allowed(context)
    if context.form.get("sure") != "1":
        return warning(context)
    if context.desk.original is None:
        raise HTTPException(404)
    try:
        name, data = context.desk.original(document)
    except UnknownRecord:
        raise HTTPException(404) from None
    except OriginalUnusable:
        raise HTTPException(410) from None
    return Response(
        data,
        media_type="application/octet-stream",
        headers={  # RFC 6266; the name is a stranger's, so it goes encoded (RFC 8187)
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        },
    )


def _allowed(context: Context) -> int:
    if context.desk.original is None:
        raise HTTPException(404)
    return int(context.request.path_params["document"])
