"""A run of lines as one string, with the way back to the printed words.

Rules look at ``TextRun.text`` (lines joined by newlines) and name what they took by character
spans; ``TextRun.value`` turns a span into a ``Value`` with its evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold, is_han, main_script
from extract.layout.document import labelled
from extract.types import Evidence, Value
from ocr.types import enclosing

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.lines import TextLine
    from ocr.types import Word

Span = tuple[int, int]

TELLING = {
    "honorific": terms.HONORIFICS,
    "title": ("title_heads", "org_units"),
    "organization": ("org_heads", "org_units", "letterhead"),
    "role": ("roles.", "role_headings.", "headed_by", "leads_delegation", "pattern."),
}
"""Lists and patterns whose words tell what a field's words are."""

# white at the end of a line that was full, in line heights
NO_ROOM = 0.5
PRINTED_SPACE = 0.12
"""White between Chinese signs that is a space, in heights of a line (foreign notes: 0.17)."""
SPACE = 0.25
"""The same between other words. Chosen, not measured."""
_BROKEN_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u00ad\u2010]\n(?=([^\W\d_]+))")
# "международно-|правового": an adverb in -о- and an adjective; "законо-|дательного" is one word
_COMPOUND = re.compile(
    r"[а-яё]{6,20}[нв]о-[а-яё]{4,20}(?:[ое]го|[ое]му|[ыи]й|ой|ая|ое|ые|[ыи]х|[ыи]ми?|ую)"
)
_LOOSE_HYPHEN = re.compile(r"(?<!\w)([^\W\d_]+)- (?=[^\W\d_])")
_HAN_SPACE = re.compile(r"(?<=[\u3400-\u9fff，、；：）])\s+(?=[\u3400-\u9fff（])")
_SPACE = re.compile(r"\s+")
_SPECK = re.compile(r"(?<=\n)[._'’‘`^°] ")
"""A sign on its own before a line, which is nothing printed."""
_INITIAL = re.compile(r"(?:^|[\s.])[^\W\d_]$")


@dataclass(frozen=True, slots=True)
class RunTerm:
    """A lexicon phrase at characters [start, end) of the run's text."""

    label: str
    start: int
    end: int


def unbroken(word: Word) -> float:
    """Width of what the word begins with that no line may break: in Chinese one sign."""
    return word.box.width / len(word.text) if is_han(word.text[0]) else word.box.width


@dataclass(frozen=True, slots=True, eq=False)
class TextRun:
    """Some lines of a document, in reading order."""

    document: Document
    lines: tuple[int, ...]
    text: str = field(init=False)
    starts: tuple[int, ...] = field(init=False)
    terms: tuple[RunTerm, ...] = field(init=False)

    def __post_init__(self) -> None:
        starts: list[int] = []
        at = 0
        for index in self.lines:
            starts.append(at)
            at += len(self.document.lines[index].text) + 1
        object.__setattr__(self, "starts", tuple(starts))
        texts = [self.document.lines[i].text for i in self.lines]
        object.__setattr__(self, "text", "\n".join(texts))
        object.__setattr__(self, "terms", self._find_terms())

    def _find_terms(self) -> tuple[RunTerm, ...]:
        place = {line: start for line, start in zip(self.lines, self.starts, strict=True)}
        tokens = self.document.tokens
        found: list[RunTerm] = []
        for line in self.lines:
            for term in self.document.terms_of(line):
                last = tokens[term.end - 1]
                if last.line in place:
                    first = tokens[term.start]
                    start, end = place[first.line] + first.start, place[last.line] + last.end
                    if end > start:
                        found.append(RunTerm(term.label, start, end))
        return tuple(sorted(found, key=lambda t: (t.start, -t.end)))

    def line_at(self, offset: int) -> tuple[TextLine, int]:
        """The line a character lies on, and where that line begins in ``text``."""
        for index, start in zip(reversed(self.lines), reversed(self.starts), strict=True):
            if offset >= start:
                return self.document.lines[index], start
        return self.document.lines[self.lines[0]], 0

    def wraps(self, offset: int) -> bool:
        """True when the line that ends at ``offset`` was cut by the margin, not by its writer."""
        line, _ = self.line_at(offset)
        if line.cell is not None:
            return self._is_full(line, line.cell.width, offset + 1)
        left, right = self.document.margins.get(line.page, (0, 0))
        slack = 0.1 * (right - left)
        if main_script(line.text) == "arabic":
            return line.box.left <= left + slack
        return line.box.right >= right - slack

    def _is_full(self, line: TextLine, width: int, following: int) -> bool:
        """The first word of the next line found no room in a column so wide."""
        word = next(iter(self.words(following, following + 1)), None)
        return word is None or line.box.width + unbroken(word) > width - NO_ROOM * line.height

    def pieces(self, start: int, end: int) -> list[tuple[TextLine, int, int]]:
        """The span line by line, as (line, start, end) in that line's own text."""
        result: list[tuple[TextLine, int, int]] = []
        for index, at in zip(self.lines, self.starts, strict=True):
            line = self.document.lines[index]
            first, last = max(start, at), min(end, at + len(line.text))
            if first < last:
                result.append((line, first - at, last - at))
        return result

    def words(self, start: int, end: int) -> tuple[Word, ...]:
        """The words the span touches."""
        return tuple(w for line, a, b in self.pieces(start, end) for w in line.words_between(a, b))

    def read(self, start: int, end: int) -> str:
        """The span as it will be stored: white space folded, a word broken over lines joined."""

        def closed(hyphen: re.Match[str]) -> str:
            return hyphen.group() if self._is_spaced(hyphen, start) else _closed(hyphen)

        loose = _LOOSE_HYPHEN.sub(closed, self.text[start:end])
        joined = _BROKEN_WORD.sub(_mended, _SPECK.sub("", loose))
        return _SPACE.sub(" ", _HAN_SPACE.sub("", joined)).strip()

    def read_name(self, start: int, end: int) -> str:
        """The same for a name, which is broken at its own hyphens: ``Yun-|seo``.

        A Chinese name keeps the space it is printed with (``周 燕``); readers see some in others.
        """

        def closed(white: re.Match[str]) -> str:
            place = start + white.start(), start + white.end()
            return " " if self._is_space(*place, PRINTED_SPACE) else ""

        whole = _HAN_SPACE.sub(closed, self.text[start:end])
        return _SPACE.sub(" ", whole.replace("-\n", "-")).strip()

    def _is_spaced(self, hyphen: re.Match[str], at: int) -> bool:
        """``Sous- Directeur`` as somebody typed it; readers see less white beside a hyphen."""
        return self._is_space(at + hyphen.end() - 1, at + hyphen.end(), SPACE)

    def _is_space(self, start: int, end: int, least: float) -> bool:
        """White between two words of a line, at least so wide in heights of the line."""
        before, after = self.words(start - 1, start), self.words(end, end + 1)
        if "\n" in self.text[start:end] or not before or not after:
            return False
        left, right = before[-1].box, after[0].box
        return right.left - left.right >= least * min(left.height, right.height)

    def evidence(self, start: int, end: int, rule: str) -> tuple[Evidence, ...]:
        """Where the span stands on the page; one item a line."""
        items: list[Evidence] = []
        pattern = self._told_by(start, end, rule.rpartition(".")[2])
        for line, a, b in self.pieces(start, end):
            words = line.words_between(a, b)
            if words:
                items.append(
                    Evidence(
                        line.page,
                        line.text[a:b],
                        enclosing(tuple(w.box for w in words)),
                        min(w.confidence for w in words),
                        rule,
                        pattern,
                    )
                )
        return tuple(items)

    def _told_by(self, start: int, end: int, field: str) -> str:
        """The label of the longest words in the span that tell it is of that field."""
        found = (t for label in TELLING.get(field, ()) for t in self.terms_in(start, end, label))
        longest = max(found, key=lambda t: t.end - t.start, default=None)
        return longest.label if longest else ""

    def value(self, start: int, end: int, rule: str, text: str | None = None) -> Value | None:
        """The span as a value; None when nothing is printed there."""
        evidence = self.evidence(start, end, rule)
        stored = self.read(start, end) if text is None else text
        if not evidence or not stored:
            return None
        return Value(stored, min(e.confidence for e in evidence), evidence)

    def trimmed(self, start: int, end: int, strip: str = " \t\n,;:.،؛，；：、。-–—|/") -> Span:
        """The span without separators at its ends."""
        while start < end and self.text[start] in strip:
            start += 1
        while end > start and self.text[end - 1] in strip:
            end -= 1
        return start, end

    def with_stop(self, start: int, end: int) -> int:
        """The end of a span; an initial there keeps its full stop: ``Kamau J.``, ``a.i.``."""
        stopped = self.text[end : end + 1] == "." and _INITIAL.search(self.text[start:end])
        return end + 1 if stopped else end

    def terms_in(self, start: int, end: int, *labels: str) -> tuple[RunTerm, ...]:
        """Terms wholly inside [start, end) under one of the labels (``roles.`` is a prefix)."""
        return tuple(
            t for t in self.terms if t.start >= start and t.end <= end and labelled(t.label, labels)
        )


def _mended(match: re.Match[str]) -> str:
    """``Minis-|try`` loses its hyphen, ``Anti-|Corruption`` and ``anti-|corrupción`` keep it."""
    prefix = fold(match[1]) in terms.folded("hyphen_prefixes")
    keeps = match[2][0].isupper() or prefix or _COMPOUND.fullmatch(f"{match[1]}-{match[2]}".lower())
    return match[1] + ("-" if keeps else "")


def _closed(match: re.Match[str]) -> str:
    """``Anti- Corruption`` was printed without the space."""
    known = fold(match[1]) in terms.folded("hyphen_prefixes")
    return f"{match[1]}-" if known else match.group()
