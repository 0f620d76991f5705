"""Signs that tell where a person stands, as the line reader saw them and the page reader did not.

The page reader has no dot between the parts of a foreign name in Chinese (``哈桑。阿里``), and
takes a form of address for a word: ``Mile DIOP``, ``SEM.`` for ``S.E. M.``, ``االسيد``. A bracket
that is closed as a round one was one. Without them no rule finds the person, so they are put right
before rules look; all else is judged later. Nor does it see the figures that call for footnotes:
``LIMA?`` for ``LIMA²``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from extract.language import terms
from extract.language.han_names import DOTS
from extract.language.normalise import fold, is_han
from ocr.types import LINE_ENGINES, Box

if TYPE_CHECKING:
    from collections.abc import Callable

    from ocr.types import Line, Page, SecondReading, Word

SURE = 0.9  # score from which the line reader is believed about a sign
LONGEST = 3  # words of a form of address
LETTERS_A_SLIP = 4  # letters of a form of address to each that was misread
_OPENED = re.compile(r"〈(?=[^()（）〈〉]*[)）])")
DASHES = 2  # ones alone between words of a line that are none
_FIGURES = "¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("123456789", _FIGURES)
# what the line reader sees behind a word, and what the page reader does: "Lima3," and "Lima?,"
_CALLED = re.compile(rf"([^\W\d_]{{2,40}})([1-9{_FIGURES}])([,;.]?)")
_FOR_CALL = re.compile(r"([^\W\d_]{2,40})[!?*'’\"”°]([,;.]?)")
_FOR_DOTS = frozenset(".。:：、,，'•‧")  # what the page reader sees for the dot in a name


def with_seen_signs(page: Page) -> Page:
    """The page with the dots and forms of address that the line reader is sure of."""
    read = (_with_dashes(_with_signs(line)) for line in page.lines)
    return replace(page, lines=tuple(map(_with_brackets, read)))


def _with_brackets(line: Line) -> Line:
    """``〈2019年）``: round, as they are closed."""
    text = " ".join(w.text for w in line.words)
    if _OPENED.sub("（", text) == text:
        return line
    left = iter(_OPENED.sub("（", text).split(" "))
    return replace(line, words=tuple(replace(w, text=next(left)) for w in line.words))


def _with_dashes(line: Line) -> Line:
    """``参赞 一 外交部 一``: dashes between the parts of an entry, each read as a one."""
    texts = ["", *(w.text for w in line.words), ""]
    ones = [n for n, text in enumerate(texts) if text == "一"]
    parts = [texts[n + step] for n in ones for step in (-1, 1) if texts[n + step]]
    if len(ones) < DASHES or not all(len(p) > 1 and is_han(p[-1]) for p in parts):
        return line
    words = (replace(w, text="—") if w.text == "一" else w for w in line.words)
    return replace(line, words=tuple(words))


def _with_signs(line: Line) -> Line:
    for reading in line.second:
        under = [n for n, word in enumerate(line.words) if covers(reading.box, word.box)]
        one_model = not reading.languages or reading.engine in LINE_ENGINES
        if not under or not one_model or reading.confidence < SURE:
            continue
        first, last = under[0], under[-1] + 1
        words = line.words[first:last]
        if any(is_han(c) for c in reading.text):
            new = _dotted(words, reading)
        else:
            new = (*_addressed(words[0], reading), *map(_called(reading), words[1:]))
        line = replace(line, words=(*line.words[:first], *new, *line.words[last:]))
    return line


def _called(reading: SecondReading) -> Callable[[Word], Word]:
    """Gives a word the raised figure that the reading has where the word ends in another sign."""
    called = {fold(c[1]): c[2] for c in map(_CALLED.fullmatch, reading.text.split()) if c}

    def with_figure(word: Word) -> Word:
        own = _FOR_CALL.fullmatch(word.text)
        figure = called.get(fold(own[1])) if own else None
        if own is None or figure is None:
            return word
        return replace(word, text=own[1] + figure.translate(_RAISED) + own[2])

    return with_figure


def _dotted(words: tuple[Word, ...], reading: SecondReading) -> tuple[Word, ...]:
    """The words with a dot for each mark between two characters that was read as one, or for none.

    Examples: ``哈桑。阿里``, ``哈桑 阿里``.
    """
    ours, theirs = "".join(w.text for w in words), "".join(reading.text.split())
    signs = list(ours)
    for op in Levenshtein.opcodes(ours, theirs):
        if op.tag == "replace" and op.src_end - op.src_start == op.dest_end - op.dest_start:
            for at, other in zip(
                range(op.src_start, op.src_end), theirs[op.dest_start :], strict=False
            ):
                between = 0 < at < len(ours) - 1 and is_han(ours[at - 1]) and is_han(ours[at + 1])
                if other in DOTS and ours[at] in _FOR_DOTS and between:
                    signs[at] = DOTS[0]
                if ours[at] == "?" and other.isdigit() and ours[at - 1 : at].isdigit():
                    signs[at] = other  # no number has a question mark: "10?2号"
        lost = op.tag == "insert" and theirs[op.dest_start : op.dest_end] in DOTS
        if lost and 0 < op.src_start < len(ours) and is_han(ours[op.src_start - 1]):
            signs[op.src_start - 1] += DOTS[0]
    left = iter(signs)
    return tuple(replace(w, text="".join(next(left) for _ in w.text)) for w in words)


def _addressed(word: Word, reading: SecondReading) -> tuple[Word, ...]:
    """The word, or the form of address that begins the reading where the word is none."""
    seen = reading.text.split()
    if _is_form(word.text):
        return (word,)
    for size in range(min(LONGEST, len(seen)), 0, -1):
        form, letters = " ".join(seen[:size]), _letters("".join(seen[:size]))
        own = _letters(word.text)
        slips = Levenshtein.distance(own, letters)
        alike = slips == 0 if size > 1 else 0 < slips <= len(letters) // LETTERS_A_SLIP
        if alike and _is_form(form):
            return _parted(word, seen[:size])
    return (word,)


def _parted(word: Word, texts: list[str]) -> tuple[Word, ...]:
    box, share = word.box, word.box.width // len(texts)
    edges = [box.left + n * share for n in range(len(texts))] + [box.right]
    return tuple(
        replace(word, text=text, box=Box(edges[n], box.top, edges[n + 1], box.bottom))
        for n, text in enumerate(texts)
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()


def _is_form(text: str) -> bool:
    """A form of address, or several: ``Mlle``, ``S.E. M.``."""
    bare = fold(text).strip(" ,;:")
    return bare in _forms() or all(part in _forms() for part in bare.split())


@cache
def _forms() -> frozenset[str]:
    return frozenset(f for label in terms.FORMS_OF_ADDRESS for f in terms.folded(label))


def covers(reading: Box, word: Box) -> bool:
    """True when most of a word lies under a second reading."""
    width = min(reading.right, word.right) - max(reading.left, word.left)
    height = min(reading.bottom, word.bottom) - max(reading.top, word.top)
    area = word.width * word.height
    return width > 0 and height > 0 and width * height > 0.5 * area
