"""White that the page reader saw inside a Chinese name though none is printed.

Printers set names of two characters apart (``李 明``), and a space there is kept as printed. Where
a typeface has narrow signs the page reader cuts a name as well, and the boxes of single signs are
too uneven to tell by the white between them. What tells is the room that the whole name takes:
as many signs without a space are no wider anywhere on the page.

In a foreign name it is the dot between its parts that the page reader saw as white, or as a mark.
"""

from __future__ import annotations

import re
import statistics
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.han_names import DOTS, lost_its_dot, spells_sounds, stands_apart
from extract.language.normalise import is_han
from ocr.types import enclosing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import Line, Page, Word

LONG = 4  # signs of a word that shows how wide a sign is
FEWEST = 3  # such words of about the same height that show it
ALIKE = 0.75  # height of one in that of the other
PARTED = 1.0  # white behind a name that ends it, in signs
LONGEST = 6  # signs of a name and its form of address
PAIR = -0.05
"""Signs by which a name of two characters is narrower than its signs where none is set apart: on
drawn scans those set apart were 0 to 0.7 wider (six), cut ones 0.1 to 0.2 narrower (three)."""
GUESSED = 0.5  # most confidence in a name whose dot was not seen
THREE = 0.1
"""The same for longer names, which nobody sets apart: cut ones were 0.6 narrower to 0 (four)."""


def with_whole_names(page: Page) -> Page:
    """The page, each name that was cut and takes no more room than its signs made one word."""
    page = replace(page, lines=tuple(_with_whole_posts(_with_lost_dot(x)) for x in page.lines))
    signs = [w for line in page.lines for w in line.words if len(w.text) >= LONG and _is_han(w)]
    if len(signs) < FEWEST:
        return page
    return replace(page, lines=tuple(_mended(line, signs) for line in page.lines))


def _with_whole_posts(line: Line) -> Line:
    """The line, words joined where a post goes on over the white: ``条约司副司 长李敏女士``."""
    words = list(line.words)
    for at in range(len(words) - 1, 0, -1):
        one, two = words[at - 1 : at + 1]
        beside = is_han(one.text[-1:] or " ") and not _is_apart(one, two)
        if beside and any(one.text.endswith(a) and two.text.startswith(b) for a, b in _halves()):
            words[at - 1 : at + 1] = [_joined(words[at - 1 : at + 1])]
    return replace(line, words=tuple(words)) if len(words) < len(line.words) else line


@cache
def _halves() -> frozenset[tuple[str, str]]:
    """The posts of several signs, cut at each place."""
    posts = [p for p in terms.phrases("title_heads") if is_han(p[0])]
    return frozenset((p[:n], p[n:]) for p in posts for n in range(1, len(p)))


def _with_lost_dot(line: Line) -> Line:
    """The line with the dot of the foreign name that begins it: ``玛妮 .西沙瓦``, ``本通 西沙瓦``.

    The name is all of the line, or a form of address ends it. Its signs spell sounds; or there is a
    mark that the page reader itself does not believe.
    """
    match = _two_parts().match(" ".join(w.text for w in line.words))
    if match is None:
        return line
    marked, starts = match["white"].strip(), [0]
    for word in line.words:
        starts.append(starts[-1] + len(word.text) + 1)
    size = sum(at < match.end("last") for at in starts[:-1])
    name = "".join(match["first"].split()) + match["last"]
    trust = min(w.confidence for w in line.words[:size])
    odd = bool(marked and match["form"]) and trust < GUESSED
    if not (odd or lost_its_dot(name) or (marked and spells_sounds(name))):
        return line
    last = match.string[match.start("last") : starts[size] - 1]
    text = "".join(match["first"].split()) + DOTS[0] + last
    whole = replace(_joined(line.words[:size]), text=text, confidence=min(trust, GUESSED))
    return replace(line, words=(whole, *line.words[size:]))


@cache
def _two_parts() -> re.Pattern[str]:
    """Two parts of a name, and white or narrow marks between them."""
    han, forms = "[\u3400-\u9fff]", "|".join(map(re.escape, _forms()))
    return re.compile(
        rf"(?P<first>{han}{{1,7}}(?: {han}{{1,7}})??)(?P<white> ?[。.:'’•‧]{{1,2}} ?| )"
        rf"(?P<last>{han}{{2,7}}?)(?:(?P<form>{forms})(?!{han})|$)"
    )


def _mended(line: Line, signs: Sequence[Word]) -> Line:
    words = list(line.words)
    for at in range(len(words) - 1):
        if at + 1 < len(words) and stands_apart(words[at].text, words[at + 1].text):
            size = _signs_of_name(words, at)
            if size and _is_solid(words[at : at + size], signs):
                words[at : at + size] = [_joined(words[at : at + size])]
    return replace(line, words=tuple(words)) if len(words) < len(line.words) else line


def _signs_of_name(words: Sequence[Word], at: int) -> int:
    """How many words a name has that begins with a family name alone; 0 where it has no end.

    It ends with a form of address, or where the next word stands apart.
    """
    text, size = "", 0
    for word in words[at : at + LONGEST]:
        if (size and _is_apart(words[at + size - 1], word)) or not _is_han(word):
            break
        text, size = text + word.text, size + 1
        if text.endswith(_forms()):
            break
    rest = words[at + size : at + size + 1]
    ended = text.endswith(_forms()) or not rest or not is_han(rest[0].text[0])
    ended = ended or _is_apart(words[at + size - 1], rest[0])
    return size if size > 1 and ended and len(text) <= LONGEST else 0


def _is_apart(word: Word, following: Word) -> bool:
    return following.box.left - word.box.right > PARTED * word.box.height


def _is_solid(words: Sequence[Word], signs: Sequence[Word]) -> bool:
    height = statistics.median(w.box.height for w in words)
    alike = [
        w.box.width / len(w.text) for w in signs if ALIKE * height <= w.box.height <= height / ALIKE
    ]
    if len(alike) < FEWEST:
        return False
    text = "".join(w.text for w in words)
    form = max((len(f) for f in _forms() if text.endswith(f)), default=0)
    room = (words[-1].box.right - words[0].box.left) / statistics.median(alike) - len(text)
    return room < (PAIR if len(text) - form == 2 else THREE)


def _joined(words: Sequence[Word]) -> Word:
    box = enclosing(tuple(w.box for w in words))
    text = "".join(w.text for w in words)
    return replace(words[0], text=text, box=box, confidence=min(w.confidence for w in words))


def _is_han(word: Word) -> bool:
    return all(map(is_han, word.text))


@cache
def _forms() -> tuple[str, ...]:
    phrases = (p for label in terms.FORMS_OF_ADDRESS for p in terms.phrases(label))
    return tuple(p for p in phrases if is_han(p[0]))
