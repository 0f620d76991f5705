"""Telephone numbers: E.164 when the country can be told, else as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers

_NUMBER = re.compile(r"(?:\+|00)?\s?\(?\d[\d\s()./\-–]{5,24}\d")
# "7104 234 51 966+": as a reader of right-to-left lines gives +966 51 234 7104
_REVERSED = re.compile(
    r"(?<![\w+.)\-])\d[\d.\-]{1,16}(?:\s\)?\d[\d.\-]{0,16}){0,5}\)?\+(?![\s(]?\d)[(]?"
)
_GROUPED = re.compile(r"\+(?P<groups>\d{1,8}(?:-\d{1,8}){1,6})")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_GLUED = re.compile(r"(?:[^\W\u3400-\u9fff]|[第字号/])\Z")
"""What makes digits behind it no number: a letter or a stroke; in Chinese a label has no space."""
_REST = re.compile(r"\d{2,4}")
"""Last digits of a number, alone in their line: one digit may count an entry."""
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}")


@dataclass(frozen=True, slots=True)
class PhoneMatch:
    """A number at characters [start, end); ``text`` is E.164 or the printed form."""

    start: int
    end: int
    text: str
    international: bool


def find_phones(text: str) -> list[PhoneMatch]:
    """All numbers of at least seven digits that are no dates, in order.

    Examples: ``+43 1 234 56 78``, ``(+254) 20 123456``, ``00 33 1 23 45 67 89``, ``+4312345678``.
    """
    arabic = _ARABIC.search(text) is not None
    found = _find_reversed(text) if arabic else []
    taken = [(m.start, m.end) for m in found]
    for match in _NUMBER.finditer(text):
        raw = match.group()
        if "\n" in raw:
            raw = _over_line_ends(raw, text[match.end() :])
        raw = raw.rstrip(" ()./-–")
        digits = sum(c.isdigit() for c in raw)
        before = text[max(0, match.start() - 2) : match.start()]
        if not 7 <= digits <= 17 or _DATE.fullmatch(raw.strip()) or _GLUED.search(before):
            continue
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        if raw.count("(") < raw.count(")") and before.endswith("("):
            start -= 1
        printed = text[start : match.start() + len(raw)].strip()
        e164 = to_e164(_turned(printed) if arabic else printed)
        found.append(PhoneMatch(start, start + len(printed), e164 or printed, e164 is not None))
    return sorted(found, key=lambda m: m.start)


def _find_reversed(text: str) -> list[PhoneMatch]:
    """Numbers whose groups stand from right to left, the plus sign last."""
    found: list[PhoneMatch] = []
    for match in _REVERSED.finditer(text):
        groups = match.group().rstrip("(").rstrip("+").replace(")", "").split()
        number = to_e164("+" + "".join(reversed(groups)))
        if number is not None:
            found.append(PhoneMatch(match.start(), match.end(), number, True))
    return found


def _turned(printed: str) -> str:
    """``+7104-234-51-966``: groups with strokes between stand from right to left in Arabic lines.

    Turned round where the last group is a country's code and the number is none as it is printed.
    """
    groups = _GROUPED.fullmatch(printed)
    if groups is None or _is_valid(printed):
        return printed
    first, *rest = reversed(groups["groups"].split("-"))
    is_code = int(first) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    return "+" + "-".join((first, *rest)) if is_code else printed


def _over_line_ends(raw: str, after: str) -> str:
    """A number cut by line ends: joined only if its first line alone is no number of its plan.

    Examples: ``(+41) 78 123 72`` and below it ``34``; but not the ``2.`` of the next list item.
    """
    first, *more = raw.split("\n")
    if len(more[0].strip()) <= 3 and re.match(r"[ \t]*[.)]?[ \t]*[^\W\d_]", after):
        return first
    kept, rest = _whole(first, more)
    # "57" / "25" in a narrow cell: numbers of a plan are valid in several lengths
    ends = len(rest) == 1 and after.lstrip(" \t")[:1] in ("", "\n")
    if ends and _REST.fullmatch(rest[0].strip()) and _is_valid(f"{kept}\n{rest[0]}"):
        return f"{kept}\n{rest[0]}"
    return kept


def _whole(first: str, more: list[str]) -> tuple[str, list[str]]:
    """The first lines that are a number, and the others."""
    if _is_valid(first):
        return first, more
    kept = first
    for at, line in enumerate(more, 1):
        if re.match(r"\s*(?:\+|00|\(\s?\+)", line):
            break
        kept += "\n" + line
        if _is_valid(kept):
            return kept, more[at:]
    if to_e164(first) is None and to_e164(kept) is not None:  # "+54 373" alone is no number
        return kept, []
    return (kept if _is_possible(kept) and not _is_possible(first) else first), []


def _is_valid(printed: str) -> bool:
    e164 = to_e164(printed)
    return e164 is not None and phonenumbers.is_valid_number(phonenumbers.parse(e164))


def _is_possible(printed: str) -> bool:
    e164 = to_e164(printed)
    return e164 is not None and phonenumbers.is_possible_number(phonenumbers.parse(e164))


def to_e164(printed: str) -> str | None:
    """The number in E.164 if it is printed in international form and possible, else None.

    Validity is not asked for: numbering plans change (the eight-digit numbers of 2019 in
    West Africa fail today's tables), so only the length is checked.
    """
    text = printed.strip()
    if re.match(r"\(?\s*00", text):
        text = "+" + re.sub(r"^\(?\s*00", "", text)
    text = text.replace("(0)", "").lstrip("( ")
    if not text.startswith("+"):
        return None
    digits = re.sub(r"\D", "", text)
    try:
        number = phonenumbers.parse("+" + digits, None)
    except phonenumbers.NumberParseException:
        return None
    if not 8 <= len(digits) <= 15:
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
