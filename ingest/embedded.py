"""Pictures pasted into the HTML of a mail as ``data:`` addresses (RFC 2397), as webmail does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ingest.base64_text import decoded
from ingest.containers import Inner

_DATA: Final = re.compile(
    rb"[\"'(]data:(?:image/[a-z+.-]{1,20}|application/pdf)(?:;[a-z0-9=-]{1,40}){0,3};base64,"
    rb"(?P<body>[A-Za-z0-9+/=\s]{16,})",
    re.IGNORECASE,
)


def files(page: bytes) -> Iterator[Inner]:
    """The files in a page; a small one is a logo like any other that the text shows."""
    for found in _DATA.finditer(page):
        data, mark = decoded(found["body"])
        yield Inner(None, data, inline=True, marks=(mark,) if mark else ())
