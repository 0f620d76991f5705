"""Does the mail itself name people? Only scanned notes are accepted; somebody has to answer.

Nobody is read from here: the sentence "a person should look" is all that comes of it.
"""

from __future__ import annotations

import html
import re
from typing import Final

MOST_CHARACTERS: Final = 100_000
"""Characters looked at; a note written into a mail stands at its beginning."""

_MOST_LINE: Final = 2000
"""Characters of a line that are looked at: the patterns take time for each."""

_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_BREAK: Final = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?td)\b[^<>]{0,500}>", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"<(style|script|head)\b", re.IGNORECASE)

# What follows is somebody else's mail, most often our own invitation.
QUOTED: Final = re.compile(
    r"^(?:-{3,} ?(?:Original Message|Message d'origine|Mensaje original|Исходное сообщение)"
    r"|On .{5,120} wrote:|Le .{5,120} a écrit|El .{5,120} escribió)",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"^(?:dear|to|cc|attn|attention|cher|chère|estimad|distinguid|уважаем|尊敬|السيد.{0,40}المحترم)\b",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(
    r"nominat|designat|delegat|representative|participa|will attend|"
    r"désign|délég|représent|designa|delegad|delegaci|representante|"
    r"назнач|делегац|делегат|представит|участ|"
    r"代表|出席|参会|提名|وفد|مندوب|ممثل|مشارك|ترشيح",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(
    r"(?:\b(?:H\. ?E\.|Mr|Mrs|Ms|Miss|Dr|Prof|M|Mme|Mlle|S\. ?E\.|Sr|Sra|Srta|Excmo|Excma)\.?"
    r" {1,3}[A-ZÀ-ÖØ-Þ][\w'’-]+"
    r"|(?:г-н|г-жа|господин|госпожа) {1,3}[А-ЯЁ][а-яёА-ЯЁ]+"
    r"|[\u4e00-\u9fff]{2,4} ?(?:先生|女士|大使|阁下)"
    r"|(?:السيد|السيدة|الدكتور|سعادة) {1,3}[\u0621-\u064a]{2,})"
)


def names_people(texts: list[tuple[str, str]]) -> bool:
    """Whether a message's own text names somebody for something.

    Args:
        texts: media type and text of the parts that are the mail itself.
    """
    for kind, text in texts:
        text = text[:MOST_CHARACTERS]
        if kind == "text/html":
            text = plain(text)
        lines = _own_lines(text)
        if _any(_WORDS, lines) and _any(_PERSON, lines):
            return True
    return False


def _any(pattern: re.Pattern[str], lines: list[str]) -> bool:
    return any(pattern.search(line) for line in lines)


def _own_lines(text: str) -> list[str]:
    """The lines the sender wrote, without greetings and what is quoted."""
    lines: list[str] = []
    for line in text.splitlines():
        line = " ".join(line[:_MOST_LINE].split())
        if QUOTED.match(line):
            break
        if line and not line.startswith(">") and not _GREETING.match(line):
            lines.append(line)
    return lines


def plain(page: str) -> str:
    """What a person sees of a page, roughly."""
    seen: list[str] = []
    at = 0
    while found := _UNSEEN.search(page, at):
        end = page.lower().find(f"</{found[1].lower()}", found.end())
        seen.append(page[at : found.start()])
        at = found.end() if end < 0 else end
        if end < 0:
            break
    seen.append(page[at:])
    return html.unescape(_TAG.sub(" ", _BREAK.sub("\n", " ".join(seen))))
