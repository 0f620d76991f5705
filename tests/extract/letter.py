"""A plain note around what a test is about: its head with the nomination, and its closing."""

from __future__ import annotations

from collections.abc import Callable

from ocr.types import Page

PageOf = Callable[..., Page]
"""The fixture ``page_of``: lines of text to a page."""

HEAD = [
    "EMBASSY OF THE REPUBLIC OF KENYA",
    "Note No. 12/2019",
    "",
    "The Embassy of the Republic of Kenya presents its compliments to the Secretariat and has "
    "the honour to nominate the following delegates:",
    "",
]
TAIL = [
    "",
    "The Embassy avails itself of this opportunity to renew the assurances of its highest "
    "consideration.",
    "Vienna, 3 April 2019",
]
