"""What a page reader saw for other signs in a note's number: ``41-19/TIII`` for ``41-19/ПП``.

Between the strokes of a number stand letters or figures, seldom both: no 0 or 1 stands among the
letters of any of 885 numbers that several hands wrote, and ``CR1`` was printed ``CRI``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from extract.facts import number_shapes
from extract.language import terms
from extract.language.normalise import is_han, is_traditional, main_script

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.layout.document import Document
    from extract.types import Value
    from ocr.types import SecondReading

MENDED = 0.5  # trust in a number with a mended sign
UNSURE = 0.55  # trust in a number by its shape alone, where shape or place are weak
SLIPS = 2  # signs by which another reader's number may differ
SHORTEST = 4  # signs of a number for each of them, at least
_LETTERS = str.maketrans("01", "OI")
_FIGURES = str.maketrans("OI", "01")
_ROMAN = re.compile(
    r"(?<=[-/])1(?=[VX](?![^\W_]))"
)  # "6/1V": no figure stands before a letter there
_GROUP = re.compile(r"(?<![^\W_])[A-ZÀ-ÞА-ЯЁ01]{3,10}(?![^\W_])")
_SHORT_GROUP = re.compile(r"(?<![^\W_])[OI01]{2}(?![^\W_])")  # "I0" of "IO"
# 号 ends every number with a year in brackets: "外字(2019)375" was "外字〔2019〕37号"
_MISREAD_HAO = re.compile(r"([)）\]〕]\d{1,4})5$")
_BRACKET = re.compile(r"[()（）\[\]［］【】〔〕〈〉《》「」]")
_SMALL_LATIN = re.compile(r"(?<![^\W_])[a-z]{1,4}(?![^\W_])")  # "an" was "дп"
_END = re.compile(r"(?<=\d[-/])[A-Z]{1,6}$")
# "EC-S-01-1924" was printed "EC-S-OI-1924", "501/92/" lost a letter behind its last stroke: of 892
# numbers three have such figures behind letters, and none begins or ends with a stroke
_DUBIOUS = re.compile(r"(?<=[^\W\d_][-/.])[01]{2}(?=[-/.])|^[-/]|[-/]$")
_KERNED = re.compile(r"(?<=/)([A-Z]{2,6})\s([AVTWY])(?=/)")  # "/ONU V/": no white is printed
# "М ПП-3/634": the sign for "number" as a page reader sees it
_MISREAD_SIGN = re.compile(r"[МMN]\s(?=[^\W\d_]+-\d)")


def mended(document: Document, value: Value, others: Iterable[SecondReading]) -> Value:
    """The number with the signs its shape tells; a person should look where one changed.

    Args:
        document: the note.
        value: its number as the page reader read it.
        others: other readers' readings of its line.
    """
    others = tuple(others)
    value = _with_brackets(_in_script(document, value), others)
    kerned = _KERNED.sub(r"\1\2", value.text)
    text = without_look_alikes(kerned, (reading.text for reading in others))
    if text == value.text:
        dubious = _DUBIOUS.search(text) or is_seen_otherwise(text, (r.text for r in others))
        # readers who know traditional characters mix them in: "奧" for "奥"
        dubious = dubious or _has_other_figures(value, others) or any(map(is_traditional, text))
        return replace(value, confidence=min(value.confidence, UNSURE if dubious else 1.0))
    trust = min(value.confidence, MENDED)
    return replace(value, text=text, original=value.original or value.text, confidence=trust)


def _in_script(document: Document, value: Value) -> Value:
    """``41-19/TIII`` on a Russian note was printed ``41-19/ПП``; a person should look.

    ``М ПП-3/634`` was ``№ ПП-3/634``; and which brackets a Chinese number has, narrow, wide or
    those of years, is hard to see.
    """
    if any(map(is_han, value.text)) and re.search(r"[()\[\]【】]", value.evidence[0].text):
        whole = _MISREAD_HAO.sub(r"\1号", value.text)
        original = value.text if whole != value.text else value.original
        trust = min(value.confidence, UNSURE)
        return replace(value, text=whole, original=original, confidence=trust)
    if main_script("".join(line.text for line in document.lines)) != "cyrillic":
        return value
    if _SMALL_LATIN.search(value.text):
        return replace(value, confidence=min(value.confidence, UNSURE))
    sign = _MISREAD_SIGN.match(value.text)
    if sign is not None:
        return replace(
            value,
            text=value.text[sign.end() :],
            original=value.text,
            confidence=min(value.confidence, MENDED),
        )
    end = _END.search(value.text)
    printed = terms.common()["cyrillic_reference_ends"].get(end.group()) if end else None
    if end is None or printed is None:
        return value
    return replace(
        value,
        text=value.text[: end.start()] + printed,
        original=value.text,
        confidence=min(value.confidence, MENDED),
    )


def _with_brackets(value: Value, others: Iterable[SecondReading]) -> Value:
    """A Chinese number in the brackets that another reader saw; the page reader knows no ``〔``.

    What the white beside them told to be wide is not narrow.
    """
    if not (any(map(is_han, value.text)) and _BRACKET.search(value.text)):
        return value
    bare = _bare(value.text)
    seen = ("".join(reading.text.split()) for reading in others)
    text = next((t for t in seen if _bare(t) == bare and _BRACKET.search(t)), None)
    same = text is not None and number_shapes.plain(text) == number_shapes.plain(value.text)
    if text is None or text == value.text or (same and "（" in value.text):
        return value
    return replace(value, text=text, original=value.original or value.text)


def _bare(number: str) -> str:
    return _BRACKET.sub("", "".join(number.split()))


def without_look_alikes(number: str, others: Iterable[str]) -> str:
    """The number with letters in its groups of letters, as another reader has it if one does.

    Args:
        number: as the page reader read it.
        others: other readers' texts of that place; the number may stand among other words.
    """
    number = _ROMAN.sub("I", number)
    lettered = _GROUP.sub(_lettered, number)
    words = tuple(word for text in others for word in text.split())
    if lettered == number:
        # "10-6/1451" of which another reader saw an I or an O: figures are not taken for letters
        plain = number.translate(_FIGURES)
        seen = (w for w in words if w != number and w.translate(_FIGURES) == plain)
        return _SHORT_GROUP.sub(_all_letters, next(seen, number))
    near = (w for w in words if w != number and Levenshtein.distance(w, number) <= SLIPS)
    return next((w for w in near if _GROUP.sub(_lettered, w) == w), lettered)


def is_seen_otherwise(number: str, others: Iterable[str]) -> bool:
    """Whether another reader saw the number with other signs, and none with the same: ``MEA/7``.

    Args:
        number: as the page reader read it.
        others: other readers' texts of its line; most are of something else on it.
    """
    wanted = "".join(number.split())
    slips = min(SLIPS, len(wanted) // SHORTEST)
    seen = ["".join(text.split()) for text in others]
    if any(_has_whole(text, wanted) for text in seen):
        return False
    return any(
        0 < Levenshtein.distance(part, wanted) <= slips
        for text in seen
        for part in (text, text[-len(wanted) :], text[: len(wanted)])
    )


def _has_other_figures(value: Value, others: Iterable[SecondReading]) -> bool:
    """Whether those who read just the number's place saw other figures there, and nobody the same.

    Of Eastern figures the second reader knows none.
    """
    places = {evidence.box for evidence in value.evidence}
    seen = {_figures(r.text) for r in others if r.box in places and _figures(r.text)}
    return bool(seen) and value.text.isascii() and _figures(value.text) not in seen


def _figures(text: str) -> str:
    return "".join(c for c in text if c in "0123456789")


def _has_whole(text: str, number: str) -> bool:
    """Whether the number stands in the text, and not within a longer one: ``7/2`` of ``7/2204``."""
    before = r"(?<!\d)" if number[:1].isdecimal() else ""
    behind = r"(?!\d)" if number[-1:].isdecimal() else ""
    return re.search(before + re.escape(number) + behind, text) is not None


def _all_letters(match: re.Match[str]) -> str:
    return match[0].translate(_LETTERS) if any(c in "OI" for c in match[0]) else match[0]


def _lettered(match: re.Match[str]) -> str:
    group = match[0]
    figures = sum(c in "01" for c in group)
    return group.translate(_LETTERS) if 0 < figures < len(group) / 2 else group
