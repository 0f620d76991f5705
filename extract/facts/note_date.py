"""The note's own date among the four or five that stand on a note.

Place and form tell it: it stands at the letterhead or at the end, alone on its line but for a
place and the note's number. The invitation's, the deadline's and the meeting's stand in
sentences, a received stamp's beside the stamp's words. A day left open for the pen is no date.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from extract.facts.lost_digits import lost_digit
from extract.facts.sentence_breaks import begins_anew, stands_apart
from extract.facts.stamps import CLOCK, is_near_stamp, is_stamped, part_around
from extract.language import dates, state_names, terms
from extract.language.dates import find_dates
from extract.language.normalise import fold, is_han
from extract.types import Doubt, Evidence, Value
from ocr.types import enclosing

if TYPE_CHECKING:
    from extract.language.dates import DateMatch
    from extract.layout.document import Document
    from extract.layout.lines import TextLine
    from extract.layout.zones import Zones

LEVEL = 0.5  # of its height that a line shares with one beside it
SHARE_OF_LINE = 0.35  # of a line that the date fills
LOW = 0.6  # trust below which the date is doubted
MENDED = 0.5  # trust in a date with a mended digit
LAST_RESORT = -2.0  # score that a date must exceed
UNSTAMPED = 2.0  # score from which a date in the form of a stamp is none
ALONE = 1.5
"""Score from which a day has its line: ``Note verbale,``, or a town not listed, opens none then."""
PRINTED = 5.0  # score from which a date counts beside another whose day was left open
TOLD = 4.0
"""So much less for a day that a sentence names: more than a place before it is worth."""
MONTH_WRITTEN = 0.1  # so much more for a month in letters: "FJ 31/07/2019   23 April 2019"
FREE_WORDS = 9  # words of a line among the sentences that holds a date only
HAN_IN_A_WORD = 2  # Chinese characters that count as a word
BESIDE_ISLAMIC = "الموافق"  # between the same day of two calendars
LEFT_OPEN = "the day is not printed"
OLD = timedelta(days=730)
"""A day so long before the latest one on the pages is somebody's birth or a law's, not a note's."""
SAME_DAY = 2
"""Days by which a day of the Islamic calendar may differ: the moon begins its months."""
# "Ulaanbaatar, ", "Port Louis, le "; what stands behind a place that nobody listed; the comma of
# "بيروت،" is read as a stop, and behind an alif as the letter hamza
PLACE = re.compile(
    r"[^\W\d_][^\W\d_.'’ -]{1,20}(?:[ -][^\W\d_]{1,15}){0,2}"
    r"(?:\s?[,،，]|(?<=ا)ء|(?<=[\u0621-\u064a])[.])\s{0,3}(?:\w{1,3}\s{0,3})?$"
)
_OPEN_PLACE = re.compile(
    r"(?:^|\s)[^\W\d_]{3,20}(?: [^\W\d_]{3,15})?\s?[,،]\s{0,3}"
    r"(?:(?:the|on|le|a|el|em|den)\s{0,3})?[_.…\s]{0,40}$"
)
_TAIL = re.compile(r"[\s.,;)»م]{0,4}(?:г\.?|года|a\.?\s?d\.?|م)?[\s.]{0,3}", re.IGNORECASE)


def find_note_date(document: Document, zones: Zones) -> tuple[Value | None, tuple[Doubt, ...]]:
    """The note's date as ISO 8601 text, and the doubts about it."""
    found = _candidates(document, zones)
    alone = bool(found) and found[0][0] >= ALONE
    unprinted = not found or found[0][0] < PRINTED
    if unprinted and _is_left_open(document, zones, listed=alone):
        return None, (Doubt("date_missing", "note_date", LEFT_OPEN),)
    if not found:
        code = "date_impossible" if _impossible(document, zones) else "date_missing"
        return None, (Doubt(code, "note_date"),)
    score, number, match = found[0]
    value = _value(document, number, match)
    lost = lost_digit(document.lines[number].words_between(match.start, match.end))
    rivals = {m.day for s, _, m in found[1:] if s >= score - 0.5} - {match.day}
    among = None not in (zones.opening, zones.closing) and zones.of_line[number] == "body"
    printed = document.lines[number].text[match.start : match.end]
    if rivals:
        doubt = Doubt("date_uncertain", "note_date", min(rivals).isoformat())
    elif score <= 0 or (score < UNSTAMPED and is_stamped(printed)):
        doubt = Doubt("date_uncertain", "note_date", "may be a stamp's")
    elif unprinted and _is_left_open(document, zones, listed=False):
        doubt = Doubt("date_uncertain", "note_date", LEFT_OPEN)
    elif among:
        doubt = Doubt("date_uncertain", "note_date", "among the sentences")
    elif lost:
        doubt = Doubt("date_uncertain", "note_date", f"a digit may be missing before {lost}")
    else:
        unsure = Doubt("date_uncertain", "note_date", "hard to read")
        return value, (unsure,) if value.confidence < LOW else ()
    return value, (doubt,)


def _candidates(document: Document, zones: Zones) -> list[tuple[float, int, DateMatch]]:
    """Dates with their lines, the likeliest first."""
    found: list[tuple[float, int, DateMatch]] = []
    printed = sorted({m.day for line in document.lines for m in find_dates(line.text)})
    latest = printed[-2:][0] if printed else date.max  # one may be a number: "7/4/34"
    oldest = latest - OLD
    for number, line in enumerate(document.lines):
        matches = find_dates(line.text)
        for match in matches:
            rival = any(m.calendar == "gregorian" for m in matches)
            if match.calendar != "gregorian" and rival:
                continue
            score = _score(document, zones, number, match)
            if score > LAST_RESORT:
                found.append((score, number, match))
    found = _without_told(document, zones, found)
    return sorted(found, key=lambda f: (f[2].day < oldest, -f[0]))


def _without_told(
    document: Document, zones: Zones, found: list[tuple[float, int, DateMatch]]
) -> list[tuple[float, int, DateMatch]]:
    """Less for days that a sentence names, where another day stands as well for itself.

    The meeting's day and place head the list of the delegation as they would head a note. On a
    page behind the one that the note begins on they are no note's, whether or not it has another.
    """
    told = {
        match.day
        for number, line in enumerate(document.lines)
        if zones.of_line[number] == "body"
        for match in find_dates(line.text)
        if len(line.words) > FREE_WORDS
    }
    first = document.lines[zones.opening].page if zones.opening is not None else None
    found = [
        (score, n, match)
        for score, n, match in found
        if match.day not in told
        or zones.of_line[n] != "body"
        or first in (None, document.lines[n].page)
    ]
    if not any(score >= UNSTAMPED and match.day not in told for score, _, match in found):
        return found
    return [(s - TOLD if m.day in told else s, number, m) for s, number, m in found]


def _is_left_open(document: Document, zones: Zones, *, listed: bool) -> bool:
    """A line for the date without its day: ``Vienna, ___ April 2019``, ``Date:``, ``Athens,``.

    A town alone counts only if it is ``listed``, or any does.
    """
    for number, line in enumerate(document.lines):
        if zones.of_line[number] == "body" and not stands_apart(document, number):
            continue
        text = line.text
        stamped = is_near_stamp(document, number) and not any(map(str.islower, text))
        if _words(line) > FREE_WORDS or stamped:
            continue
        if dates.is_left_open(text) and not dates.is_impossible(text):
            return True
        placed = zones.of_line[number] != "body" and _ends_with_place(document, number, listed)
        followed = _is_of_address(document, number) or _has_date_beside(document, number)
        if placed and not followed:
            return True
    return False


def _is_of_address(document: Document, number: int) -> bool:
    """``Vienna,`` and behind it or below, in a line of its own, ``Austria``."""
    behind = document.tokens_of(min(number + 1, len(document.lines) - 1))
    words = tuple(t.text for n in behind if (t := document.doc[n]).text.isalnum())
    return words in state_names.names()


def _has_date_beside(document: Document, number: int) -> bool:
    """``Vienna,`` and on the same height, in a line of its own as it was read, the day."""
    line = document.lines[number]
    return any(
        other.page == line.page
        and other is not line
        and min(other.box.bottom, line.box.bottom) - max(other.box.top, line.box.top)
        > LEVEL * line.height
        and find_dates(other.text)
        for other in document.lines[max(0, number - 1) : number + 2]
    )


def _words(line: TextLine) -> int:
    """Words of a line; in Chinese two characters count as one."""
    return max(len(line.words), sum(map(is_han, line.text)) // HAN_IN_A_WORD)


def _ends_with_place(document: Document, number: int, listed: bool) -> bool:
    text = document.lines[number].text
    bare = fold(text).strip(" \t:：_.…")
    if bare in terms.folded("date_labels"):
        return True
    if document.terms_of(number, "addressee", "labels_phone", "labels_fax", "labels_email"):
        named = bare.strip(",،") in _places()
        return named and text.rstrip()[-1:] in ",،"
    return bool(_OPEN_PLACE.search(text)) and _is_lone_place(text, listed)


def _is_lone_place(text: str, listed: bool) -> bool:
    """Nothing but a number before the place: no line of an address or of a name."""
    lead = text.rstrip(" _.…").rpartition("\t")[2].strip(" ,،")
    known = any(fold(lead).endswith(place) for place in _places())
    return known or (not listed and len(lead.split()) <= 2 and not any(c.isdigit() for c in text))


def _places() -> frozenset[str]:
    """The towns of ``place_date`` without what follows them."""
    return frozenset(
        re.split(r"[,،]", p)[0] for p in terms.folded("place_date") if "," in p or "،" in p
    )


def _impossible(document: Document, zones: Zones) -> bool:
    return any(
        zone != "body" and dates.is_impossible(line.text)
        for zone, line in zip(zones.of_line, document.lines, strict=True)
    )


def _value(document: Document, number: int, match: DateMatch) -> Value:
    line = document.lines[number]
    words = line.words_between(match.start, match.end)
    confidence = min(w.confidence for w in words)
    if match.mended:
        confidence = min(confidence, MENDED)
    box = enclosing(tuple(w.box for w in words))
    rule = f"note_date.{match.calendar}"
    evidence = Evidence(line.page, line.text[match.start : match.end], box, confidence, rule)
    return Value(match.day.isoformat(), confidence, (evidence,))


def _score(document: Document, zones: Zones, number: int, match: DateMatch) -> float:
    """How likely a date is the note's; 0 for one inside a sentence or beside a stamp."""
    line = document.lines[number]
    text = line.text
    zone = zones.of_line[number]
    if dates.is_end_of_range(text, match) or CLOCK.match(text, match.end):
        return LAST_RESORT
    score = {"head": 2.0, "foot": 3.0, "body": 0.0}[zone]
    alone = _is_alone(text, match)
    quoted = _in_brackets(text, match)
    if alone and not quoted and _is_placed(document, number, match, in_body=zone == "body"):
        score += 3.0
    if zone == "body":
        free = alone and len(line.words) <= FREE_WORDS and text.rstrip()[-1:] not in (":", "：")
        free = free and not quoted and begins_anew(document, number)
        score += 1.5 if free else -5.0
    elif not alone:
        score -= 1.5 if len(part_around(text, match.start).split()) <= FREE_WORDS else 5.0
    if line.page != document.lines[0].page and zone == "body":
        score -= 1.0
    if is_near_stamp(document, number):
        score -= 2.5
    printed = text[match.start : match.end]
    if is_stamped(printed):
        score -= 1.0
    return score + MONTH_WRITTEN * any(c.isalpha() for c in printed)


def _is_alone(text: str, match: DateMatch) -> bool:
    """The date fills much of its line, or ends it behind a wide gap, or a number and a place.

    Behind the gap a place or the word for "date" may lead to it: ``Ref. 31   Date: 3 April 2019``;
    and the same day of another calendar, which makes its line a long one.
    """
    if match.end - match.start >= SHARE_OF_LINE * len(text.strip()):
        return True
    lead = _lead(text, match)
    if not _TAIL.fullmatch(text[match.end :]):
        return False
    named = fold(lead).strip(" .:：") in terms.folded("date_labels")
    if not lead or named or PLACE.fullmatch(lead):
        return True
    place = PLACE.search(lead)
    before = lead[: place.start()].split() if place else []
    return len(before) in range(1, FREE_WORDS) and any(c.isdigit() for c in before[-1])


def _lead(text: str, match: DateMatch) -> str:
    """What stands before a date in its part of the line, the same day of another calendar apart."""
    same = (
        m.start
        for m in find_dates(text)
        if m.calendar != match.calendar and abs((m.day - match.day).days) <= SAME_DAY
    )
    return text[: min((match.start, *same))].rpartition("\t")[2].strip()


def _is_placed(document: Document, number: int, match: DateMatch, *, in_body: bool) -> bool:
    """A place or the word for "date" leads to it."""
    if any(
        _before(document, t.start, number, match.start)
        and (not in_body or _begins_line(document, t.start))
        for t in document.terms_of(number, "place_date", "date_labels")
    ):
        return True
    lead = _lead(document.lines[number].text, match)
    return not in_body and bool(PLACE.fullmatch(lead))


def _in_brackets(text: str, match: DateMatch) -> bool:
    """``(Vienna, 31 May 2019)``; the other bracket may stand on another line."""
    before, after = text[: match.start], text[match.end :]
    return before.count("(") > before.count(")") or after.count(")") > after.count("(")


def _before(document: Document, token: int, number: int, start: int) -> bool:
    place = document.tokens[token]
    return place.line == number and place.start <= start


def _begins_line(document: Document, token: int) -> bool:
    """``коррупции, Вена, 31 мая 2019 г.`` ends a sentence, it heads no note.

    Behind a wide gap another part of the line begins: ``No. 31   Date: 3 April 2019``.
    """
    place = document.tokens[token]
    before = document.lines[place.line].text[: place.start].rpartition("\t")[2]
    return not any(c.isalnum() for c in before)
