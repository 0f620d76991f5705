"""What the sender wrote in a mail, without the mail it answers and what is quoted of that."""

from __future__ import annotations

import re
from email.message import Message
from typing import Final

from ingest import headers
from ingest.people_in_body import QUOTED, plain

MOST: Final = 10_000
"""Characters that are kept: an answer to a short letter is short."""

MOST_IDS: Final = 50
"""Message-IDs of a thread that are looked at, the last ones (RFC 5322 section 3.6.4)."""

_ID: Final = re.compile(r"<[^<>\s]{1,250}>")


def own_words(texts: list[tuple[str, str]]) -> str:
    """Lines as they were written, with single blank lines between paragraphs.

    Args:
        texts: media type and text of the parts that are the mail itself; the plain one counts.
    """
    shown = next((text for kind, text in texts if kind == "text/plain" and text.strip()), None)
    if shown is None:
        shown = plain(next((text for kind, text in texts if kind == "text/html"), ""))
    lines: list[str] = []
    for line in shown[: 4 * MOST].splitlines():
        words = " ".join(line.split())
        if QUOTED.match(words):
            break
        if not words.startswith(">") and (words or (lines and lines[-1])):
            lines.append(words)
    return "\n".join(lines).strip()[:MOST]


def answered(message: Message) -> tuple[str, ...]:
    """Message-IDs that a message says it answers, the nearest first."""
    found: list[str] = []
    for field in ("In-Reply-To", "References"):
        found += reversed(_ID.findall(headers.raw(message, field) or "")[-MOST_IDS:])
    return tuple(dict.fromkeys(found))
