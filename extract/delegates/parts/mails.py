"""The addresses in a part of a run, those only the second reader could make out included."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.language.emails import EmailMatch, find_emails
from extract.language.emails_in_cell import find_emails_in_cell
from extract.layout.seen_signs import covers

if TYPE_CHECKING:
    from extract.layout.text_run import TextRun
    from ocr.types import Box

BY_SECOND = "second_reader"
_FOR_AT = "oeaQGO0"  # what an @ is read as
ROW = 16  # lines before and after one that may be cells of its row


def find_mails(run: TextRun, start: int, end: int, *, cell: bool = False) -> list[EmailMatch]:
    """Addresses between two characters, as spans of the run, in order.

    ``cell`` allows an address to be cut anywhere by the edge of a cell. Where the page reader saw
    none because it misread the @ (``jane.doeQjustice.gov``), the second reader's address stands
    for the words it covers; its ``damaged`` says so.
    """
    text = run.text[start:end]
    found = [
        EmailMatch(m.start + start, m.end + start, m.text, m.damaged)
        for m in (find_emails_in_cell(text) if cell else find_emails(text))
    ]
    found.extend(_without_sign(run, start, end))
    found.extend(_only_second(run, start, end, found))
    found = [replace(m, start=_begin(run, start, m)) for m in found]
    return sorted(found, key=lambda m: m.start)


def _begin(run: TextRun, start: int, mail: EmailMatch) -> int:
    """Where an address begins by the second reader: ``diop r7@``, printed ``diop_r7@``."""
    before = run.text[start : mail.start].casefold()
    for line, _, _ in run.pieces(mail.start, mail.end):
        for seen in (m for r in line.second for m in find_emails(r.text)):
            lost = seen.text.removesuffix(mail.text).rstrip("._-")
            if seen.text.endswith(mail.text) and lost and before.rstrip().endswith(f" {lost}"):
                return start + before.rindex(lost)
    return mail.start


def _without_sign(run: TextRun, start: int, end: int) -> list[EmailMatch]:
    """``tlimomfa.gov.xx`` where other addresses of the page end in ``@mfa.gov.xx``."""
    if not (domains := _domains(run.document.text)):
        return []
    pattern = rf"(?<![\w@.-])([a-z0-9][\w.-]{{1,40}})[{_FOR_AT}]({domains})(?![\w@-]|\.\w)"
    matches = re.compile(pattern, re.ASCII).finditer(run.text, start, end)
    return [EmailMatch(*m.span(), f"{m[1]}@{m[2]}".casefold(), ("at_sign",)) for m in matches]


@lru_cache(maxsize=4)
def _domains(text: str) -> str:
    """A pattern of the domains of a page's addresses."""
    return "|".join(re.escape(d) for d in sorted({m.domain for m in find_emails(text)}))


def _only_second(run: TextRun, start: int, end: int, known: list[EmailMatch]) -> list[EmailMatch]:
    result: list[EmailMatch] = []
    for index, at in zip(run.lines, run.starts, strict=True):
        line = run.document.lines[index]
        for reading in line.second:
            seen = find_emails(reading.text)
            places = [
                (s + at, s + at + len(w.text))
                for w, s in zip(line.words, line.starts, strict=True)
                if covers(reading.box, w.box) and start <= s + at < end
            ]
            if len(seen) != 1 or not places:
                continue
            if any(m.text.endswith(seen[0].text) for m in find_emails(line.text)):
                continue  # both saw it or its end, beside this part of the line
            if _is_beside(run, index, reading.box):
                continue
            left, right = places[0][0], min(places[-1][1], end)
            if not any(m.start < right and left < m.end for m in (*known, *result)):
                text = _with_sign(reading.text[: seen[0].start], seen[0], run.text[left:right])
                result.append(EmailMatch(left, right, text, (BY_SECOND,)))
    return result


def _is_beside(run: TextRun, index: int, seen: Box) -> bool:
    """The page reader has a sign in another cell of the row that the second reader read whole."""
    lines = run.document.lines
    around = range(max(0, index - ROW), min(len(lines), index + ROW + 1))
    return any(
        "@" in word.text and covers(seen, word.box)
        for n in around
        if n != index and lines[n].page == lines[index].page
        for word in lines[n].words
    )


def _with_sign(before: str, seen: EmailMatch, printed: str) -> str:
    """``ana moreno@``, which the page reader has as one word, ``ana_morenoO...``: with its sign.

    The second reader sees no stroke at the foot of a line.
    """
    lost = before.split()[-1].casefold() if before[-1:].isspace() and before.strip() else ""
    whole = re.match(rf"{re.escape(lost)}[_.-]{re.escape(seen.local)}", printed.casefold())
    return f"{whole.group()}@{seen.domain}" if lost and whole else seen.text
