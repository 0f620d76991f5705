"""File names of strangers, reduced to labels: shown and stored, never used as a path."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import Final

MAX_LENGTH: Final = 160
"""Characters of a label; the extension survives the cut."""

_SPACE: Final = re.compile(r"[\s\u2028\u2029]+")
_DRIVE_OR_ROOT: Final = re.compile(r"\A(?:[A-Za-z]:[\\/]|[\\/])")
# Control and format characters (bidi marks turn "gnp.fdp" around), lone surrogates, private use.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def shown(name: str) -> str:
    """The name of a file on the disk as UTF-8, whatever the locale says of its bytes."""
    return os.fsencode(name).decode("utf-8", "surrogateescape")


def label(name: str, fallback: str = "unnamed") -> str:
    """A harmless one-line label for a file name as sent.

    A path (``C:/Scans/note.pdf``, also with backslashes, ``../../note.pdf``) keeps
    its last component; a slash within a name (``Note 12/2019.pdf``) becomes an underscore.

    Args:
        name: anything at all.
        fallback: used when nothing readable is left.
    """
    # spaces last: what is not seen may stand between two of them
    shown = "".join(c for c in name if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    shown = unicodedata.normalize("NFC", _SPACE.sub(" ", shown))
    parts = re.split(r"[\\/]", shown)
    if len(parts) > 1 and (_DRIVE_OR_ROOT.match(shown) or {"..", "."} & set(parts)):
        shown = next((part for part in reversed(parts) if part.strip(" .")), "")
    else:
        shown = "_".join(parts)
    shown = shown.strip().lstrip(".").strip()
    return _shortened(shown) or fallback


def _shortened(name: str) -> str:
    if len(name) <= MAX_LENGTH:
        return name
    stem, dot, suffix = name.rpartition(".")
    if dot and len(suffix) <= 10:
        return stem[: MAX_LENGTH - len(suffix) - 2].rstrip() + "…." + suffix
    return name[: MAX_LENGTH - 1].rstrip() + "…"
