"""List marks: what the entries of a list begin with, whatever sign it was or was read as.

A sign or number that one line begins with may be anything; what line after line begins with at one
margin is a mark: the same short token (``m`` or ``m=`` for ■, ``e`` for ●), or one that counts on.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.delegates.blocks.nested_marks import nested_marks
from extract.delegates.blocks.numbered_forms import fields_of_forms
from extract.delegates.parts.columns import kind_of_header
from extract.delegates.parts.names import looks_like_name
from extract.language import terms
from extract.language.normalise import fold, main_script
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extract.delegates.parts.columns import FieldKind
    from extract.layout.document import Document
    from extract.layout.lines import TextLine

ROMAN = {"i": 1, "v": 5, "x": 10}
ABJAD = "أبجدهوزحطيكلمن"
HIJAI = "أبتثجحخدذرزسشصض"
"""The two orders in which Arabic letters count; both begin with alif."""
COUNTED_FROM = 2  # entries that count on show a list
REPEATED_FROM = 2  # entries that begin with the same token show one
FIELDS = ("title", "organization", "role", "email", "phone", "contact", "ignored")
"""Kinds of labels that begin no entry."""
DASHES = "-–—"
_SPECKS = frozenset("*·•.'‘’`°+=~")
SAME_MARGIN = 1.0  # heights of a line between the left edges of two entries of one list
_COUNTED = re.compile(
    # "Participant 1: ", "المشارك 1: ": what counts may be said before the number
    r"(?P<said>(?:[^\W\d_]{3,20}\s(?=.{0,5}\d{1,3}\s?[:)–—-]))?)"
    r"(?P<before>(?:n\.?\s?[o°º]\.?\s?|№\s?|[#(\[{]\s?){0,2})"
    r"(?P<count>\d{1,3}|[ivx]{1,5}|[a-zа-я]|[\u0621-\u064a](?=\s?[.)\]:–/-]))(?:(?P<after>\s?[.)\]}:°º/–—-]{0,3})\s+(?=\S)|(?P<alone>[.)\]]{1,2})$)",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    # "m=" and "=" are both what a square was read as
    r"(?P<token>[^\W\d_]{1,2}|(?:[^\W\d_](?=[=*~+°^»]))?(?P<sign>[^\w\s(\[{（\"“«'‘@:：]{1,3}))"
    r"\s+(?=[^\W\d_])"
)
_BARE = ("", "digit", "")
"""Shape of a number with no sign around it."""
_COLON = re.compile(r"[ \u00a0]?[:：][ \u00a0]?(?=\S)")
_ARROWS = "→⇒›»٠"
"""Signs like bullets, and the Arabic zero one is read as: no list counts from it."""
_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[!-~]{1,254}")


def item_mark(text: str) -> int:
    """Length of the list mark a line begins with, 0 without one that is known by itself.

    Examples: ``1. ``, ``(a) ``, ``• ``, ``一、``. A bare ``A.`` or ``M.`` is an initial, no mark.
    """
    for pattern in terms.patterns("list_item_re"):
        match = pattern.match(text)
        if match:
            return match.end()
    size = 0  # ✓ ➢ ❖ →
    while size < len(text) and (unicodedata.category(text[size]) == "So" or text[size] in _ARROWS):
        size += 1
    begin = len(text) - len(text[size:].lstrip())
    return begin if size and text[begin : begin + 1].isalpha() else 0


@dataclass(frozen=True, slots=True)
class _Start:
    """How a line may begin: its number, the mark's length, what it counts to."""

    line: int
    size: int
    counts: tuple[int, ...] = ()


def list_marks(document: Document, numbers: Iterable[int]) -> Mapping[int, int]:
    """Lengths of the marks of the lines that begin with one, by the line's number."""
    found: dict[int, int] = {}
    counted: dict[tuple[str, str, str], list[_Start]] = defaultdict(list)
    repeated: dict[str, list[_Start]] = defaultdict(list)
    numbers = tuple(numbers)
    for number in numbers:
        text = document.lines[number].text
        known = item_mark(text)
        if known and not _ADDRESS.fullmatch(text, known):  # "Ministry of Works" / "- j.doe@..."
            found[number] = known
        count = _COUNTED.match(text)
        if count and (count["alone"] or _goes_on(text, count.end())):
            key = _shape(count)
            counts = tuple(_values(count["count"]))
            counted[key].append(_Start(number, count.end(), counts))
        token = _TOKEN.match(text)
        if token and _goes_on(text, token.end()):
            said = token["sign"] or token["token"]
            if not _is_word(document, number, said):
                repeated[said].append(_Start(number, token.end()))
    for starts in (*counted.values(), *_with_lost_stops(document, counted)):
        chosen = _counting(starts) or [s for s in starts[:1] if _is_led(document, s)]
        found.update({s.line: s.size for s in chosen if s.line not in found})
    for starts in repeated.values():
        same = _at_one_margin(document, starts)
        if len(same) >= REPEATED_FROM:
            found.update({s.line: s.size for s in same if s.line not in found})
    found |= nested_marks(document, numbers)
    found |= _glued(document, numbers, found) | _alone(document, numbers, found)
    inner = [n for n in found if _parts_fields(document, n, found)] + _of_fields(document, found)
    inner += _specks(document, found) + fields_of_forms(document, found)
    return _without_fields(document, {n: s for n, s in found.items() if n not in inner})


def _glued(
    document: Document, numbers: tuple[int, ...], marks: Mapping[int, int]
) -> dict[int, int]:
    """``-Ana LIMA`` below ``- Rui SILVA``: a dash whose space was lost."""
    texts = {n: document.lines[n].text for n in numbers}
    dashes = [document.lines[n] for n in marks if texts[n][:1] in DASHES]
    return {
        n: 1
        for n, text in texts.items()
        if n not in marks and text[:1] in DASHES and text[1:2].isupper()
        if any(_is_near(line, document.lines[n]) for line in dashes)
    }


def _alone(
    document: Document, numbers: tuple[int, ...], marks: Mapping[int, int]
) -> dict[int, int]:
    """A sign alone on its line that others begin with: its entry had no room beside it."""
    signs = {document.lines[n].text[:size].strip() for n, size in marks.items()}
    texts = {n: document.lines[n].text for n in numbers}
    return {
        n: len(text)
        for n, text in texts.items()
        if n not in marks
        and n + 1 in texts
        and text.strip() in signs
        and not text.strip().isalnum()
    }


def _specks(document: Document, marks: Mapping[int, int]) -> list[int]:
    """A lone sign before a line of an entry, among entries that a number and a person begin."""
    signs = {n: document.lines[n].text[:size].strip() for n, size in marks.items()}
    counted = [n for n, sign in signs.items() if any(map(str.isdigit, sign))]
    if len(counted) < COUNTED_FROM or not all(_begins_led(document, n, marks[n]) for n in counted):
        return []
    others = [n for n, sign in signs.items() if n not in counted and sign in _SPECKS]
    alone = others[0] if len(others) == 1 == len(marks) - len(counted) else min(counted)
    led = document.terms_of(alone, *terms.HONORIFICS) or _is_name(document, alone, marks[alone])
    return [alone] if min(counted) < alone and not led else []


def _of_fields(document: Document, marks: Mapping[int, int]) -> list[int]:
    """``a) Position: Judge``, ``b) Agency: Ministry of Works``: labels of two kinds, no entries.

    A label for a name begins an entry.
    """
    labels: dict[int, FieldKind] = {}
    for number, size in marks.items():
        run = TextRun(document, (number,))
        colon = _COLON.search(run.text, size)
        kind = kind_of_header(run, size, colon.start()) if colon else None
        led = document.terms_of(number, "honorifics_m", "honorifics_f")
        if kind in FIELDS and not led:
            labels[number] = kind
    return list(labels) if len(set(labels.values())) > 1 else []


def _parts_fields(document: Document, number: int, marks: Mapping[int, int]) -> bool:
    """``Ms. X – Judge`` and below it ``– Court of Appeal``: the sign parts fields, on any line."""
    above = document.lines[number - 1].text.rstrip() if number else ""
    sign = document.lines[number].text[0]
    led = _begins_led(document, number - 1, marks.get(number - 1, 0)) if number else False
    goes_on = sign in DASHES and f" {sign} " in above and above[-1] not in ".:;"
    return goes_on and led and not _begins_led(document, number, marks[number])


def _without_fields(document: Document, marks: Mapping[int, int]) -> Mapping[int, int]:
    """The marks but those of fields: ``1. SR. IVO ROM`` and, further in, ``- Director``.

    Every mark at the margin has a person's form of address or a bare name, and none further in
    has a form of address, of names few.
    """
    first = min(marks, default=0)
    if first and _are_of_one_above(document, first, marks):
        return {}
    inner = {n for n in marks if _is_inside(document.lines[first], document.lines[n])}
    outer = [n for n in marks if n not in inner]
    if not inner or any(_begins_led(document, n, marks[n]) for n in inner):
        return marks
    if not all(_begins_led(document, n, marks[n]) for n in outer):
        named = sum(_is_name(document, n, marks[n]) for n in inner)
        if 2 * named >= len(inner) or not all(_is_name(document, n, marks[n]) for n in outer):
            return marks
    return {n: size for n, size in marks.items() if n not in inner}


def _are_of_one_above(document: Document, first: int, marks: Mapping[int, int]) -> bool:
    """``Mr. IVO ROM`` and below it ``a) Director``, ``b) Ministry of Works``: nobody is listed."""
    said = document.terms_of(first - 1, "title_heads", "org_heads")
    led = len(marks) >= COUNTED_FROM and not said and _begins_led(document, first - 1, 0)
    courtesies = (document.terms_of(n, "honorifics_m", "honorifics_f") for n in marks)
    named = sum(_is_name(document, n, size) for n, size in marks.items())
    return led and not any(courtesies) and 2 * named < len(marks)


def _is_inside(outer: TextLine, line: TextLine) -> bool:
    if main_script(outer.text) == "arabic":
        return outer.box.right - line.box.right > SAME_MARGIN * outer.height
    return line.box.left - outer.box.left > SAME_MARGIN * outer.height


def _begins_led(document: Document, number: int, size: int) -> bool:
    """In Chinese the form of address ends the name."""
    found = document.terms_of(number, *terms.HONORIFICS)
    han = main_script(document.lines[number].text) == "han"
    return any(document.tokens[t.start].start == size or han for t in found)


def _is_name(document: Document, number: int, size: int) -> bool:
    run = TextRun(document, (number,))
    return looks_like_name(run, size, len(run.text)) is not None


def _shape(count: re.Match[str]) -> tuple[str, str, str]:
    """What a counter has in common with the others of its list: signs around it, and its kind."""
    said = count["count"]
    kind = "digit" if said.isdigit() else "upper" if said.isupper() else "letter"
    after = count["after"] or count["alone"] or ""
    return fold(count["said"] + count["before"]).strip(), kind, after.strip()


def _goes_on(text: str, at: int) -> bool:
    """Behind a mark an entry begins: a capital, or a letter of a script that has none."""
    first = text[at : at + 1]
    return first.isalpha() and not first.islower()


def _is_word(document: Document, number: int, token: str) -> bool:
    """``M. X``, ``U Y``, and ``a``, ``de``, ``y`` where a wrapped line goes on with them."""
    if not token.isalpha():
        return False
    if token[0].isupper() or main_script(token) in ("han", "arabic"):
        return True
    before = document.lines[number - 1] if number else None
    ended = before is None or before.text.rstrip()[-1:] in ".:;,؛；：" or "@" in before.text
    small = fold(token) in terms.folded("conjunctions") | terms.folded("articles")
    return not ended and (small or len(token) > 1)


def _values(text: str) -> list[int]:
    """What a counter may stand for: ``c`` is 3, ``v`` is 5 or 22, ``ج`` 3 or 5."""
    if text.isdigit():
        return [int(text)]
    low = fold(text)
    if text in ABJAD + HIJAI:
        return [order.index(text) + 1 for order in (ABJAD, HIJAI) if text in order]
    values = [_roman(low)] if set(low) <= set(ROMAN) else []
    if len(low) == 1:
        first = "a" if low.isascii() else "а"
        values.append(ord(low) - ord(first) + 1)
    return values


def _roman(text: str) -> int:
    values = [ROMAN[c] for c in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _counting(starts: list[_Start]) -> list[_Start]:
    """The starts that count on from 1, one after the other; a reader may have lost some.

    Below the next heading they may begin with 1 again.
    """
    chosen: list[_Start] = []
    last = again = 0
    for start in starts:
        value = next((v for v in start.counts if v == last + 1), None)
        if value is None and chosen:
            value = next((v for v in start.counts if last < v <= last + 2), None)
        if value is None and chosen and 1 in start.counts:
            value, again = 1, again + 1
        if value is not None:
            chosen.append(start)
            last = value
    return chosen if len(chosen) - again >= COUNTED_FROM else []


def _is_led(document: Document, start: _Start) -> bool:
    """``01 Ana Lima, Judge`` right below the colon of a sentence: a list of one counts, too."""
    above = document.lines[start.line - 1].text.rstrip() if start.line else ""
    printed = document.lines[start.line].text[: start.size].strip()
    return 1 in start.counts and printed.isdigit() and above.endswith((":", "："))


def _with_lost_stops(
    document: Document, counted: Mapping[tuple[str, str, str], list[_Start]]
) -> list[list[_Start]]:
    """``1. X``, ``2 Y``, ``3. Z``: numbers whose full stop was lost, among those that have one."""
    bare = counted.get(_BARE, [])
    return [
        sorted([*starts, *lost], key=lambda s: s.line)
        for key, starts in counted.items()
        if key != _BARE and key[:2] == _BARE[:2]
        if (
            lost := [
                b for b in bare if _is_near(document.lines[starts[0].line], document.lines[b.line])
            ]
        )
    ]


def _at_one_margin(document: Document, starts: list[_Start]) -> list[_Start]:
    """The most starts that stand at one margin."""
    best: list[_Start] = []
    for one in starts[:REPEATED_FROM]:
        line = document.lines[one.line]
        near = [s for s in starts if _is_near(line, document.lines[s.line])]
        best = max(best, near, key=len)
    return best


def _is_near(one: TextLine, other: TextLine) -> bool:
    edge = (
        abs(one.box.right - other.box.right)
        if main_script(one.text) == "arabic"
        else abs(one.box.left - other.box.left)
    )
    return edge <= SAME_MARGIN * one.height
