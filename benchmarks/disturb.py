"""Pages as a reader with faults gives them, from pages without any: letters, signs, spaces, lines.

What a silent error looks like cannot be seen where every letter is right. Faults are drawn with a
seed, so that a run can be repeated; their kinds are those seen on scans, how often each is rough.
``rate`` is the share of words with some fault; at 0 there are two readers, both without fault.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from random import Random

from ocr.types import Box, Line, Page, SecondReading, Word, enclosing

LOOK_ALIKE = (
    "rn:m m:rn l:I I:l l:1 1:l O:0 0:O e:c c:e i:í a:á h:b t:f n:u u:n v:y S:5 B:8 cl:d vv:w "
    "и:н н:и ш:щ й:и د:ذ ر:ز ب:ت س:ش 王:玉 土:士"
)
_PAIRS = tuple((a, b) for a, _, b in (pair.partition(":") for pair in LOOK_ALIKE.split()))
SEEN = 0.6
"""Share of faults that lower the reader's confidence in the word.

Confidences of words that are right are the middle of those on the samples' scans.
"""
ALONE = 0.97
"""Share of faults that the second reader does not make, too."""
BARE = 0.9
"""The same for accents: both readers lose them."""
UNSURE = (0.35, 0.92)
SURE = (0.955, 0.97)
SECOND_SURE = 0.999
SECOND_UNSURE = (0.85, 0.999)
MERGED = 0.2
"""Lines run together or cut, as a share of ``rate`` (a line)."""


def disturbed(pages: tuple[Page, ...], rate: float, seed: str) -> tuple[Page, ...]:
    """The pages with faults in a share ``rate`` of the words, and a second reader's view."""
    random = Random(seed)
    return tuple(
        replace(page, lines=tuple(_lines(page.lines, rate, random)), engine="disturbed")
        for page in pages
    )


def _lines(lines: tuple[Line, ...], rate: float, random: Random) -> list[Line]:
    found = [line for line in (_line(line, rate, random) for line in lines) if line.words]
    result: list[Line] = []
    for line in found:
        last = result[-1] if result else None
        if last is not None and _touches(last, line) and random.random() < MERGED * rate:
            result[-1] = Line(last.words + line.words, second=last.second + line.second)
        else:
            result.append(line)
    return result


def _touches(above: Line, below: Line) -> bool:
    """Lines that a skewed page makes one of."""
    a, b = above.box, below.box
    return abs(a.center[1] - b.center[1]) < 1.2 * b.height and b.left > a.right


def _line(line: Line, rate: float, random: Random) -> Line:
    words: list[Word] = []
    other: list[str] = []
    for word in line.words:
        read, second = _word(word, rate, random)
        words += read
        other.append(second)
    looked = any("@" in w.text or w.text[:1].isupper() for w in line.words)
    if not words or not looked:
        return Line(tuple(words))
    if _is_second_readers(" ".join(other)):
        return Line(tuple(words), second=_seen(line.words, other, random))
    addresses = [n for n, word in enumerate(line.words) if "@" in word.text]
    alone = [_seen((line.words[n],), [other[n]], random) for n in addresses]
    return Line(tuple(words), second=tuple(reading for seen in alone for reading in seen))


def _seen(words: tuple[Word, ...], other: list[str], random: Random) -> tuple[SecondReading, ...]:
    """What the second reader makes of words that stand beside each other.

    An address between words of another script is shown to it alone, as ``ocr.passes.second`` does.
    """
    text = " ".join(w for w in other if w)
    if not text or not _is_second_readers(text):
        return ()
    same = text == " ".join(w.text for w in words)
    score = SECOND_SURE if same else round(random.uniform(*SECOND_UNSURE), 3)
    return (SecondReading(text, enclosing(tuple(w.box for w in words)), score, "disturbed"),)


def _is_second_readers(text: str) -> bool:
    """It reads Latin and Chinese only."""
    return not any("\u0400" <= c <= "\u06ff" for c in text)


def _word(word: Word, rate: float, random: Random) -> tuple[list[Word], str]:
    """What one reader sees, and the other."""
    if random.random() >= rate:
        return [replace(word, confidence=round(random.uniform(*SURE), 3))], word.text
    fault = random.choices(_FAULTS, _WEIGHTS)[0]
    parts = fault(word.text, random)
    seen = random.random() < SEEN
    confidence = round(random.uniform(*(UNSURE if seen else SURE)), 3)
    alone = random.random() < (BARE if fault is _accent else ALONE)
    second = word.text if alone else " ".join(parts)
    return _placed(word, parts, confidence), second


def _placed(word: Word, parts: list[str], confidence: float) -> list[Word]:
    """The parts side by side in the word's box."""
    total = sum(map(len, parts))
    placed: list[Word] = []
    at = word.box.left
    for part in parts:
        right = at + word.box.width * len(part) // max(1, total)
        placed.append(Word(part, Box(at, word.box.top, right, word.box.bottom), confidence))
        at = right
    return placed


def _letter(text: str, random: Random) -> list[str]:
    fitting = [(a, b) for a, b in _PAIRS if a in text]
    if not fitting:
        at = random.randrange(len(text))
        return [text[:at] + text[at + 1 :]] if len(text) > 1 else [text]
    old, new = random.choice(fitting)
    places = [at for at in range(len(text)) if text.startswith(old, at)]
    at = random.choice(places)
    return [text[:at] + new + text[at + len(old) :]]


def _accent(text: str, random: Random) -> list[str]:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return [bare] if bare != text and max(text) < "\u0621" else _letter(text, random)


def _sign(text: str, random: Random) -> list[str]:
    """A comma, full stop, underscore, hyphen or @ is lost or mistaken."""
    places = [at for at, c in enumerate(text) if c in ".,_-@:;()"]
    if not places:
        return _letter(text, random)
    at = random.choice(places)
    new = random.choice({"@": "©Q", ",": ". ", ".": ", ", "_": " .", "-": "_ "}.get(text[at], " "))
    return (text[:at] + new + text[at + 1 :]).split() or [text]


def _split(text: str, random: Random) -> list[str]:
    if len(text) < 4:
        return _letter(text, random)
    at = random.randrange(2, len(text) - 1)
    return [text[:at], text[at:]]


def _drop(_: str, __: Random) -> list[str]:
    return []


_FAULTS: tuple[Callable[[str, Random], list[str]], ...] = (_letter, _accent, _sign, _split, _drop)
_WEIGHTS = (40, 20, 20, 10, 5)
