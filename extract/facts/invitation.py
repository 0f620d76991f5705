"""An outgoing invitation: reference, title, date, place, deadline, reply address, office."""

from __future__ import annotations

import re
from datetime import date

from extract.language import terms
from extract.language.dates import find_dates
from extract.language.emails import find_emails
from extract.types import Invitation

_MARKUP = re.compile(r"\*\*|__|<|>")
_SPACE = re.compile(r"\s+")
_LABELLED = re.compile(
    r"(?:reference|ref\.?|our ref\.?)\s*(?:no\.?)?\s*:?\s*(CU[^\n]{4,60})", re.IGNORECASE
)
_TITLE = re.compile(
    r"(?:participate in|attend|take part in|be represented at|invitation to|invite\w* to|"
    r"inform\w*(?: \w+){0,6} that|announce that)\s+"
    r"(?:the\s+)?"
    r"(?P<title>[^.]{10,300}?)\s*,?\s+(?:which\s+(?:will|is)|to be|that will|scheduled|will be)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:held|convened|take place|hosted|organized)\s+(?P<where>(?:in|at)\s+[^.]{2,120}?)\s*,?\s+"
    r"(?:on|from|between)\s+(?P<when>[^.(]{6,80})",
    re.IGNORECASE,
)
_HELD_WHEN_FIRST = re.compile(
    r"\b(?:held|convened|take place)\s+(?:on|from|between)\s+(?P<when>[^.(]{6,60}?)\s*,?\s+"
    r"(?P<where>(?:in|at)\s+[^.]{2,100}?)(?=[.,;(])",
    re.IGNORECASE,
)
_ROOM = re.compile(r"\((?P<room>[^()]{3,80})\)")
_DEADLINE = re.compile(
    r"(?:not later than|no later than|by|before|until|deadline[^.]{0,40}?(?:is|:))\s+"
    r"(?P<when>[^.;]{6,40})",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^\s*(?:the\s+)?(?P<office>[A-Z][^.]{8,220}?)\s+presents?\s+(?:its|their)\s+compliments",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?P<d1>\d{1,2})(?:\s+(?P<m1>[^\W\d_]{3,10}))?\s?,?\s?(?:to|-|–|and|until)\s?"
    r"(?:[^\W\d_]{5,10},?\s)?(?P<rest>\d{1,2}\s+[^\W\d_]{3,10}\s+\d{4})",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"(?P<m1>[^\W\d_]{3,10})\s+(?P<d1>\d{1,2})\s?(?:to|-|–|and)\s?(?P<d2>\d{1,2}),?\s+(?P<y>\d{4})",
    re.IGNORECASE,
)


def read_invitation(text: str) -> Invitation | None:
    """Reads an invitation's text; None when it bears no reference of ours.

    The reference must be a symbol of the form ``CU 2019/59/(A)/DTA/CEB/CSS``.
    """
    plain = _MARKUP.sub("", text.replace("\r\n", "\n"))
    reference = _reference(plain)
    if reference is None:
        return None
    flat = _SPACE.sub(" ", plain)
    starts, ends, place = _held(flat)
    title = _TITLE.search(flat)
    return Invitation(
        reference=reference,
        title=title["title"].strip(" ,") if title else "",
        starts=starts,
        ends=ends,
        place=place,
        deadline=_deadline(flat),
        reply_address=_reply_address(plain),
        office=_office(plain),
        issued=_issued(plain),
    )


def _reference(plain: str) -> str | None:
    labelled = _LABELLED.search(plain)
    if labelled:
        for pattern in terms.patterns("invitation_symbol_re"):
            match = pattern.search(labelled[1])
            if match:
                return _SPACE.sub(" ", match.group()).strip()
        return _SPACE.sub(" ", labelled[1]).strip()
    for pattern in terms.patterns("invitation_symbol_re"):
        match = pattern.search(plain)
        if match:
            return _SPACE.sub(" ", match.group()).strip()
    return None


def _held(flat: str) -> tuple[date | None, date | None, str | None]:
    match = _HELD.search(flat) or _HELD_WHEN_FIRST.search(flat)
    if match is None:
        return None, None, None
    starts, ends = date_range(match["when"])
    place = re.sub(r"^(?:in|at)\s+(?:the\s+)?", "", match["where"], flags=re.IGNORECASE).strip(" ,")
    room = _ROOM.search(flat, match.end("when"), match.end("when") + 100)
    if room is not None and flat[match.end("when") : room.start()].strip() == "":
        place = f"{place} ({room['room'].strip()})"
    return starts, ends, place


def date_range(text: str) -> tuple[date | None, date | None]:
    """First and last day: ``31 May 2019``, ``28 to 31 May 2019``, ``May 28-31, 2019``."""
    span = _RANGE.search(text)
    if span:
        last = next(iter(find_dates(span["rest"])), None)
        if last is not None:
            month = span["m1"] or re.split(r"\s+", span["rest"])[1]
            first = next(iter(find_dates(f"{span['d1']} {month} {last.day.year}")), None)
            if first is not None and first.day <= last.day:
                return first.day, last.day
    american = _MONTH_FIRST.search(text)
    if american:
        text = "{d1} {m1} {y} {d2} {m1} {y}".format_map(american.groupdict())
    found = find_dates(text)
    return (found[0].day, found[-1].day) if found else (None, None)


def _deadline(flat: str) -> date | None:
    for match in _DEADLINE.finditer(flat):
        found = find_dates(match["when"])
        if found and found[0].start <= 6:
            return found[0].day
    return None


def _reply_address(plain: str) -> str | None:
    found = [m.text for m in find_emails(plain)]
    return found[0] if found else None


def _office(plain: str) -> str | None:
    for paragraph in re.split(r"\n\s*\n", plain):
        match = _OFFICE.search(_SPACE.sub(" ", paragraph))
        if match:
            return match["office"].strip()
    return None


def _issued(plain: str) -> date | None:
    """The date that stands on a line of its own, the last one if there are several."""
    alone: list[date] = []
    for line in plain.splitlines():
        found = find_dates(line)
        if len(found) == 1 and found[0].end - found[0].start >= 0.5 * len(line.strip()):
            alone.append(found[0].day)
    return alone[-1] if alone else None
