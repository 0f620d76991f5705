"""Pictures pasted into the HTML of a mail as ``data:`` addresses (RFC 2397), as webmail does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ingest.containers import Inner
from ingest.transfer import base64_decoded

_DATA: Final = re.compile(
    rb"[\"'(]data:(?:image/[a-z+.-]{1,20}|application/pdf)(?:;[a-z0-9=-]{1,40}){0,3};base64,"
    rb"(?P<body>[A-Za-z0-9+/=\s]{16,})",
    re.IGNORECASE,
)


def files(page: bytes) -> Iterator[Inner]:
    """The files in a page; a small one is a logo like any other that the text shows."""
    for found in _DATA.finditer(page):
        data, problem = base64_decoded(found["body"])
        yield Inner(None, data, inline=True, problem=problem)
