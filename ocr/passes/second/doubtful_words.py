"""Which places of a page another engine should read too.

Tesseract's confidence tells right words from wrong ones, but not right e-mail addresses from
wrong ones: of those it is 90 % sure of, half are wrong. So whatever looks like an address, or
a part of one, is read again; and so are words it is unsure of itself in short lines, where
names and titles stand.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocr.lines.scripts import is_arabic, is_han
from ocr.lines.words import EMAIL_LABELS, EMAIL_LABELS_AT_START
from ocr.types import Box, Line, Word, enclosing

_AT = re.compile(r"[@©®]|\(at\)|\[at\]", re.IGNORECASE)
_LOST_AT = re.compile(r"[a-z0-9][OQG][a-z]{2}")
"""``h.alvaradoQuaf``: a capital inside a word was the @."""

_DOMAIN = re.compile(
    r"[\w-]{2,64}\.(?:[\w-]{1,64}\.){0,4}[a-z]{2,6}[.,;:)>\]]{0,3}$", re.IGNORECASE
)
_WWW = re.compile(r"^(?:https?:|www\.)", re.IGNORECASE)
_LABEL = re.compile(
    rf"^\(?(?:e|é)?-?\s?mail|^(?:{'|'.join(EMAIL_LABELS_AT_START)})|{'|'.join(EMAIL_LABELS)}",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"[.@_©®-]$")
_OPEN_START = re.compile(r"^[.@_©®]")
_END = re.compile(r"[„‚‘’]?[\w.:,-]{0,19}[\w.-]")
_BEGINNING = re.compile(r"[„‚‘’]?[\w.:,-]{1,39}[\w.:,-]")
_NEXT = 1.5
"""White above a part of an address in its heights, up to which the line above is the cell's last:
small letters alone are half as high as a line."""

_LINES_ABOVE = 2
"""Lines of a cell above the one with the sign that an address is broken into, at most."""

_LEADERS = re.compile(r"[.…]{3}")
_LOOSE_GAP = 1.2
"""Share of the line's height up to which two words may be parts of one address."""

_COLUMN_GAP = 2.0
"""The same from which two words stand in two columns. Chosen, not measured."""

_TIGHT_GAP = 0.55
"""Narrower than a space: tesseract cut a word in two."""

_SHORT_DOMAIN = re.compile(r"[(@]?[a-z]{2,12}\.[a-z]{2,6}[).]?")
"""The end of an address (``gov.kw)``) between Arabic words, where no other Latin word has a dot."""

_HARDLY = 0.6
"""Confidence below which a word of too few signs was hardly read at all."""

_TALL = 1.5
"""Times the height of the words beside it from which such a word has print of another line."""

_WIDE, _WIDEST = 1.3, 4
"""Width of a sign, and of a word, in its heights, from which print in it was left unread."""

_NEAR_LABEL, _AFTER_LABEL = 5, 2
"""Words after a label among which an address is looked for; and how many are read again if there is
none: tesseract has cut the address in two, or taken it for a word."""

_PIECES = 4
"""Words of an address's end, whose dots were taken for spaces, at most."""

_BRACKETED = 6
"""Words between brackets that are parts of one address, at most."""

_BELOW = 0.6
"""Heights of an address by which the left edge of its second line differs, at most."""

_UNSURE, _UNSURE_CHINESE = 0.75, 0.8
"""Confidence below which a word is read again. Ten words cost a quarter of a second of processor
time, which is what the limits are chosen by; not measured one by one."""

_SHORT_LINE = 9
"""Words of a line in which names and titles stand; running text has more."""

_FEW_LETTERS = 3
"""Letters of a word that may be a name."""

_MIXED = re.compile(r"\(?(?:[A-ZÀ-Þ][^\W\d_]*\d\w*[a-zà-ÿ]\w*|@[^\W\d_]{2,})[,;)]?")
"""A word with a capital that has a sign in it which is no letter, or a sign in place of one."""

_SHORTEST, _TAIL = 7, 80
"""Signs of a word without an ``@`` that is no address yet (``etc.of``), and how much of a long one
is looked at."""


def address_boxes(line: Line) -> tuple[Box, ...]:
    """Places in the line where an e-mail address or a part of one stands.

    Examples: ``j.doe@justice.example.org``, ``j.doe©justice. example.org``,
    ``e-mail: j doe@...``.
    """
    words = sorted(line.words, key=lambda word: word.box.left)
    marked = [_is_address(word.text) for word in words]
    for index, word in enumerate(words):
        if _LABEL.search(word.text) and not marked[index]:
            _mark_after_label(words, marked, index)
    _mark_unread(words, marked)
    return tuple(_level(words[r.start : r.stop]) for r in _grown(words, marked))


def _level(words: list[Word]) -> Box:
    """The place of the words; one that was hardly read may reach into the line above."""
    box = enclosing(tuple(word.box for word in words))
    sure = [word.box for word in words if word.confidence >= _HARDLY]
    if not sure or box.height <= _TALL * max(b.height for b in sure):
        return box
    return replace(box, top=min(b.top for b in sure), bottom=max(b.bottom for b in sure))


def _is_address(text: str) -> bool:
    if _WWW.search(text):
        return False
    if _AT.search(text) or _LOST_AT.search(text) or _opens_address(text):
        return True
    long = len(text) > _SHORTEST or text[0] == "."  # ".gov.cn" goes on with an address
    return long and bool(_DOMAIN.search(text[-_TAIL:]))


def _opens_address(text: str) -> bool:
    """``<j.doe``: what stands in such brackets is an address."""
    return text[0] == "<" and text[1:2].isalnum()


def _mark_unread(words: list[Word], marked: list[bool]) -> None:
    """So few signs for its width that most of the word was not read.

    Tesseract has taken a Latin address for Arabic then; ``1_1`` stands for thirty letters. On a
    line without Arabic, such as that of a cell, it must be in doubt, too, and have letters.
    """
    arabic = any(is_arabic(word.text) for word in words)
    for index, word in enumerate(words):
        if arabic and _SHORT_DOMAIN.fullmatch(word.text):
            marked[index] = True
        wide = word.box.width > _WIDE * word.box.height * len(word.text)
        if not wide or is_arabic(word.text) or word.box.width < _WIDEST * word.box.height:
            continue
        if not arabic and (word.confidence >= _HARDLY or not any(map(str.isalpha, word.text))):
            continue
        marked[index] = True
        for beside in (index - 1, index + 1):
            if 0 <= beside < len(words) and not is_arabic(words[beside].text):
                left, right = sorted((word.box, words[beside].box), key=lambda b: b.left)
                marked[beside] |= right.left - left.right < _TIGHT_GAP * word.box.height


def _mark_after_label(words: list[Word], marked: list[bool], label: int) -> None:
    """Nothing after "e-mail:" looks like an address: then what stands there was misread."""
    step = -1 if is_arabic(words[label].text) else 1
    after = [
        i for i in (label + step * n for n in range(1, _NEAR_LABEL + 1)) if 0 <= i < len(words)
    ]
    if any(marked[i] for i in after):
        return
    for i in after[:_AFTER_LABEL]:
        if not is_arabic(words[i].text) and any(c.isalnum() for c in words[i].text):
            marked[i] = True


def _grown(words: list[Word], marked: list[bool]) -> list[range]:
    """Runs of marked words, grown over neighbours that are plainly parts of the same address."""
    runs: list[range] = []
    for index, is_marked in enumerate(marked):
        if not is_marked or (runs and index < runs[-1].stop):
            continue
        start, stop = index, index + 1
        while start > 0 and _is_split(words[start - 1], words[start]):
            start -= 1
        while stop < len(words) and (
            _is_split(words[stop - 1], words[stop]) or _is_open(words[start : stop + 1])
        ):
            stop += 1
        if runs and (start < runs[-1].stop or _is_next(words, runs[-1].stop, start)):
            start = runs.pop().start
        runs.append(range(start, stop))
    return runs


def _is_open(run: list[Word]) -> bool:
    """``<j.doe@justice`` is not closed before the last word, with which it goes on.

    With its bracket lost it goes on over few words, and never into the next column.
    """
    *before, last = run
    closed = any(">" in word.text for word in before)
    gap = last.box.left - before[-1].box.right
    near = gap <= _COLUMN_GAP * max(last.box.height, before[-1].box.height)
    return _opens_address(run[0].text) and near and not closed and len(before) < _BRACKETED


def _is_next(words: list[Word], stop: int, start: int) -> bool:
    """The two runs touch; two whole addresses beside each other stay apart."""
    if stop != start or (_AT.search(words[stop - 1].text) and _AT.search(words[start].text)):
        return False
    left, right = words[stop - 1].box, words[start].box
    return right.left - left.right <= _LOOSE_GAP * max(left.height, right.height)


def _is_split(left: Word, right: Word) -> bool:
    gap = right.box.left - left.box.right
    if gap > _LOOSE_GAP * max(left.box.height, right.box.height):
        return False
    if _is_foreign(left.text) or _is_foreign(right.text):
        return False
    close = gap < _TIGHT_GAP * max(left.box.height, right.box.height)
    if close and left.text[-1].isalnum() and right.text[0].isalnum():
        return True
    return bool(
        _OPEN_END.search(left.text)
        or _OPEN_START.search(right.text)
        or _ends_in_domain(left, right)
    )


def _is_foreign(text: str) -> bool:
    """Arabic or Chinese, or dots that lead to an address: it ends one without a space."""
    return is_arabic(text) or any(is_han(c) for c in text) or _LEADERS.search(text) is not None


def _ends_in_domain(left: Word, right: Word) -> bool:
    """``j.doe@justice`` and ``gov.xx``: an address without a dot after the @ goes on."""
    _user, at, domain = left.text.rpartition("@")
    return bool(at) and "." not in domain and bool(_DOMAIN.search(right.text[-_TAIL:]))


def broken(lines: tuple[Line, ...]) -> list[tuple[int, Box]]:
    """Print alone under or above a part of an address that may be of it, and its line's number.

    In a narrow cell ``nurlan@mvd.g`` goes on with ``ov.uz`` below, which a Russian page's reader
    takes for Russian, and ``marthe@cha`` with ``ncellerie gouv fr``, whose dots it lost. Before
    ``@mvd.gov.uz`` something must stand above, and before its ``.rahimov`` again.
    """
    runs = [(number, run) for number, line in enumerate(lines) for run in _apart(line)]
    heads = [word for line in lines for word in line.words if _is_head(word.text)]
    if not heads:
        return []
    found: dict[tuple[int, Box], None] = {}
    for number, run in runs:
        box = enclosing(tuple(word.box for word in run))
        if _may_end(run) and any(_is_under(box, head.box) for head in heads):
            found[number, box] = None
    for _ in range(_LINES_ABOVE):
        above = [
            (number, run[0])
            for number, run in runs
            if len(run) == 1 and any(_goes_before(run[0], head) for head in heads)
        ]
        found |= {(number, word.box): None for number, word in above}
        heads = [word for _number, word in above]
    return list(found)


def _may_end(run: list[Word]) -> bool:
    """One word, or some whose dots were taken for spaces: those are all small or all large."""
    text = "".join(word.text for word in run)
    alike = len(run) == 1 or text in {text.lower(), text.upper()}
    return alike and len(run) <= _PIECES and all(_END.fullmatch(word.text) for word in run)


def _is_head(text: str) -> bool:
    return bool(_AT.search(text) or _LOST_AT.search(text))


def _apart(line: Line) -> list[list[Word]]:
    """The line's words in runs between its wide gaps."""
    runs: list[list[Word]] = []
    for word in sorted(line.words, key=lambda word: word.box.left):
        if runs and word.box.left - runs[-1][-1].box.right <= _LOOSE_GAP * word.box.height:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _goes_before(word: Word, part: Word) -> bool:
    """The word stands above the part, which does not begin an address or which it runs on to."""
    runs_on = word.text.isascii() and _OPEN_END.search(word.text)
    opened = _OPEN_START.search(part.text) or runs_on
    box, below = word.box, part.box
    height = max(box.height, below.height)
    near = -_BELOW * height < below.top - box.bottom < _NEXT * height
    level = abs(box.left - below.left) < _BELOW * height
    return bool(opened and near and level and _BEGINNING.fullmatch(word.text))


def _is_under(box: Box, head: Box) -> bool:
    """Below the head's beginning, as close as the next line, and no wider."""
    near = -_BELOW * head.height < box.top - head.bottom < head.height
    return near and box.width <= head.width and abs(box.left - head.left) < _BELOW * head.height


def unsure_boxes(line: Line) -> tuple[Box, ...]:
    """Latin words that may be misread names.

    Words of a short line that tesseract is not sure of, and words in which a digit or a sign stands
    for a letter it does not know, however sure it is and wherever they stand: ``Gy6z6``.
    """
    short = len(line.words) <= _SHORT_LINE
    return tuple(
        w.box
        for w in line.words
        if _MIXED.fullmatch(w.text) or (short and w.confidence < _UNSURE and _is_name_like(w.text))
    )


def _is_name_like(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= _FEW_LETTERS and all(c < "\u0250" for c in letters)


def unsure_chinese_boxes(line: Line, *, chinese_page: bool = False) -> tuple[Box, ...]:
    """Words of a line with Chinese in it that tesseract is not sure of, or took for Latin.

    On a ``chinese_page`` it may have taken all of a line's for Latin.
    """
    if not chinese_page and not any(is_han(c) for word in line.words for c in word.text):
        return ()
    return tuple(
        w.box
        for w in line.words
        if w.confidence < _UNSURE_CHINESE and any(c.isalnum() for c in w.text)
    )
