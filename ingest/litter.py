"""Files of a folder that are nobody's reply, told by their names alone.

They are left out and counted, never in silence: a person may have hidden a scan by mistake.
"""

from __future__ import annotations

import re
from fnmatch import translate
from typing import Final, Literal

Litter = Literal["hidden", "litter", "unfinished"]

LITTER: Final = (
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    ".ds_store",
    "__macosx",
    "._*",  # AppleDouble (RFC 1740), beside the file itself
    "~$*",  # Word's and Excel's note of who has the file open
    ".~lock.*#",  # LibreOffice's
)
"""What systems and office programs put beside files, in lower case."""

UNFINISHED: Final = (
    "*.part",
    "*.partial",
    "*.filepart",
    "*.tmp",
    "*.temp",
    "*.crdownload",
    "*.download",
    "*~",
)
"""What scanners, browsers and copying programs call a file while they write it."""


_LITTER: Final = re.compile("|".join(map(translate, LITTER)))
_UNFINISHED: Final = re.compile("|".join(map(translate, UNFINISHED)))


def told(name: str) -> Litter | None:
    """Why a file or folder of that name is left out; None for one that is to be taken."""
    lower = name.lower()
    if _LITTER.match(lower):
        return "litter"
    if _UNFINISHED.match(lower):
        return "unfinished"
    return "hidden" if name.startswith(".") else None
