"""Letters and words of Arabic that the page reader cut off or could not read, put back.

It gives ``تشار`` a box for ``مستشار``, and leaves the first word of ``باحث قانوني`` out. The
model for Arabic lines reads such a box as far as ink goes on beside it (``third_reader``). What it
sees beyond the page reader's words is taken where it sees just these words, too, and is doubted. So
is what it surely sees in place of words the page reader hardly made out: ``السيد/ بن محمد`` for
``الشد/ ى عد``, which told nobody that a person stands there.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocr.types import ARABIC_LINES, Box, Line, SecondReading, Word, enclosing

TAKEN = 0.6
"""Confidence of what one reader saw alone: a person looks."""

_SURE = 0.9
"""Mean score of a reading from which more than the page reader's words is taken from it."""

SURE = 0.95
"""Mean score of a reading that is taken in place of words which were hardly read. On scans by six
hands 31 such words were seen otherwise with this score: 23 of them were right, of the page's 2."""

HARDLY = 0.6
"""Confidence of a word of the page reader below which another reading may take its place."""

_MOST = 2
"""Words that are put back at one end."""

_ARABIC = re.compile(r"[\u0621-\u064a\u0671]+")
_EDGES = ' .,;:()[]{}<>،؛|/*_=~"“”«»•·-؟'


def put_back(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with what was cut from their Arabic words."""
    return tuple(_put_back(line) for line in lines)


def _put_back(line: Line) -> Line:
    for reading in line.second:
        if reading.engine == ARABIC_LINES and reading.confidence >= _SURE:
            line = _with(line, reading)
    return line


def _with(line: Line, reading: SecondReading) -> Line:
    at = [n for n, word in enumerate(line.words) if reading.box.holds(word.box)]
    if not at or at != list(range(at[0], at[-1] + 1)):
        return line
    words, seen = [line.words[n] for n in at], reading.text.split()
    new = _whole(words, seen) or _more(words, seen)
    if new == words and reading.confidence >= SURE:
        new = _instead(words, [t for t in (s.lstrip(_EDGES) for s in seen) if t])
    if new == words:
        return line
    # what gave a word is no witness of it
    second = tuple(other for other in line.second if other is not reading)
    whole = (*line.words[: at[0]], *new, *line.words[at[-1] + 1 :])
    return replace(line, words=whole, second=second)


def _bare(text: str) -> str:
    return text.strip(_EDGES)


def _whole(words: list[Word], seen: list[str]) -> list[Word]:
    """The words, the first and the last with the letters that were cut from them; none if not."""
    if len(words) != len(seen):
        return []
    pairs = [(_bare(w.text), _bare(s)) for w, s in zip(words, seen, strict=True)]
    differ = {n for n, (old, new) in enumerate(pairs) if old != new}
    cut = {
        n
        for n, before in ((0, True), (len(pairs) - 1, False))
        if n in differ and _is_cut(*pairs[n], before=before)
    }
    if not differ or differ != cut:
        return []
    return [
        w if a == b else replace(w, text=s, confidence=min(w.confidence, TAKEN))
        for w, s, (a, b) in zip(words, seen, pairs, strict=True)
    ]


def _is_cut(old: str, new: str, *, before: bool) -> bool:
    return len(old) > 1 and (new.endswith(old) if before else new.startswith(old))


def _more(words: list[Word], seen: list[str]) -> list[Word]:
    """The words, with those before the first or behind the last that were left out."""
    more = len(seen) - len(words)
    texts, bare = [_bare(w.text) for w in words], [_bare(s) for s in seen]
    if not 0 < more <= _MOST:
        return words
    if bare[more:] == texts:
        return [*(_beside(words[0], s, before=True) for s in seen[:more]), *words]
    if bare[:-more] == texts:
        return [*words, *(_beside(words[-1], s, before=False) for s in seen[-more:])]
    return words


def _instead(words: list[Word], seen: list[str]) -> list[Word]:
    """The words, those between the ones both readers saw replaced where one was hardly read."""
    first = _same(words, seen)
    last = _same(words[first:][::-1], seen[first:][::-1])
    old, new = words[first : len(words) - last], seen[first : len(seen) - last]
    lost = [w for w in old if w.confidence < HARDLY]
    if not lost or not new or not all(_ARABIC.fullmatch(_bare(text)) for text in new):
        return words
    return [*words[:first], *_from_right(new, old), *words[len(words) - last :]]


def _same(words: list[Word], seen: list[str]) -> int:
    """How many words from the first on both readers saw."""
    pairs = enumerate(zip(words, seen, strict=False))
    differ = (n for n, (word, text) in pairs if _bare(word.text) != _bare(text))
    return next(differ, min(len(words), len(seen)))


def _from_right(texts: list[str], old: list[Word]) -> list[Word]:
    """The texts as words from the right to the left in the place of others, by their lengths."""
    if len(texts) == len(old):
        return [replace(w, text=t, confidence=TAKEN) for w, t in zip(old, texts, strict=True)]
    box = enclosing(tuple(w.box for w in old))
    share = box.width / max(1, sum(len(t) + 1 for t in texts))
    made: list[Word] = []
    right = float(box.right)
    for text in texts:
        left = right - share * len(text)
        made.append(Word(text, replace(box, left=round(left), right=round(right)), TAKEN))
        right = left - share
    return made


def _beside(word: Word, text: str, *, before: bool) -> Word:
    """A word right of another one, where it is read ``before`` it, or left of it."""
    box, width = word.box, round(word.box.width * len(text) / max(1, len(word.text)))
    left = box.right + 1 if before else max(0, box.left - 1 - width)
    return Word(text, Box(left, box.top, left + width, box.bottom), TAKEN)
