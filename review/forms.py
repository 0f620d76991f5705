"""The body of a request: small, and form fields only."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from review.ids import row_id

MOST_BYTES = 256 * 1024
"""Of a request's body: every field of a delegate at its longest, many times over."""

MOST_FIELDS = 100
"""Fields of a form; ours send one delegate, or one note, at a time."""


async def read(request: Request) -> dict[str, str]:
    """The fields of an ``application/x-www-form-urlencoded`` body; the last of a name counts.

    Raises:
        HTTPException: 413 or 415, or 400 for what is no form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                raise HTTPException(413)
    except ClientDisconnect:  # gone, or too slow: nobody reads the answer
        raise HTTPException(400) from None
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
            errors="replace",
        )
    except ValueError:
        raise HTTPException(400) from None
    return dict(pairs)


def number(text: str | None) -> int:
    """A row's id.

    Raises:
        HTTPException: 400, it is none.
    """
    found = row_id(text)
    if found is None:
        raise HTTPException(400)
    return found
