"""Tables and anchors of Markdown as GitHub shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence

MADE = "<!-- Written by `make reference`; change the code, not this page. -->\n"


def as_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; a bar inside a cell is escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines
    )


def slug(heading: str) -> str:
    """The anchor GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
