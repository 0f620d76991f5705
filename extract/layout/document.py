"""The pages of one document as lines and as one spaCy ``Doc`` with layout and terms.

Every token (``extract.language.tokens``) knows its printed place: line and characters.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.language import misread
from extract.language.contact_posts import without_posts
from extract.language.mail_labels import repeated_labels
from extract.language.matching import words_pipeline
from extract.language.normalise import fold_char
from extract.language.tokens import split_tokens
from extract.layout.lines import TextLine, page_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from ocr.types import Page

MAX_LINE_CHARS = 2000  # characters looked at
LONG_LINES = 5  # lines that show a page's margins
USUAL_MARGIN = 0.14  # share of the page's width
NEAR_MARGIN = 0.1  # of the text's width: a line that ends there was full
MOST_FULL = 0.3
"""Share of a page's long lines that are full: of running text, and not of a list's lines."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token's printed place: index of its line, and [start, end) in the line's text."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase or pattern of the lexicon on the page: tokens [start, end), and their lines.

    ``label`` is the phrase's list, or ``pattern.`` and the pattern's name.
    """

    label: str
    start: int
    end: int
    line: int
    last_line: int


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """All lines of all pages in reading order, their tokens, and the terms found on them.

    ``margins`` are the left and right edges of a page's text block, in pixels.
    """

    lines: tuple[TextLine, ...]
    tokens: tuple[Token, ...]
    doc: Doc
    terms: tuple[Term, ...]
    first_token: tuple[int, ...]
    margins: dict[int, tuple[int, int]]

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(line.text for line in self.lines)

    def tokens_of(self, line: int) -> range:
        """Indices of the tokens of a line."""
        end = self.first_token[line + 1] if line + 1 < len(self.lines) else len(self.tokens)
        return range(self.first_token[line], end)

    def terms_of(self, line: int, *labels: str) -> tuple[Term, ...]:
        """Terms that begin on a line, under one of the labels (``roles.`` is a prefix)."""
        span = self.tokens_of(line)
        first = bisect_left(self.terms, span.start, key=_start)
        last = bisect_left(self.terms, span.stop, lo=first, key=_start)
        return tuple(t for t in self.terms[first:last] if labelled(t.label, labels))

    def labelled(self, *labels: str) -> tuple[Term, ...]:
        """All terms with one of the labels (or label prefixes), in order."""
        return tuple(t for t in self.terms if labelled(t.label, labels))

    def text_of(self, start: int, end: int) -> str:
        """The printed text of tokens [start, end), line breaks as spaces."""
        if start >= end:
            return ""
        parts: list[str] = []
        at = start
        while at < end:
            line = self.tokens[at].line
            stop = at
            while stop < end and self.tokens[stop].line == line:
                stop += 1
            parts.append(self.lines[line].text[self.tokens[at].start : self.tokens[stop - 1].end])
            at = stop
        return " ".join(parts)


def _start(term: Term) -> int:
    return term.start


@lru_cache(maxsize=32_768)  # as many as there are lists and askers
def labelled(label: str, wanted: tuple[str, ...]) -> bool:
    """True when a label is one of ``wanted`` (all if empty); one ending in a dot is a prefix."""
    return not wanted or any(
        label == w or (w.endswith(".") and label.startswith(w)) for w in wanted
    )


@dataclass(frozen=True, slots=True)
class Printed:
    """A ``Doc`` and where its tokens stand: lines, the tokens' places, each line's first one."""

    doc: Doc
    lines: tuple[TextLine, ...]
    tokens: tuple[Token, ...]
    first_token: tuple[int, ...]


def make_doc(pages: tuple[Page, ...]) -> Printed:
    """The pages' words as a ``Doc`` whose sentences are printed lines."""
    from spacy.tokens import Doc as SpacyDoc

    lines = tuple(line for page in pages for line in page_lines(page))
    tokens: list[Token] = []
    words: list[str] = []
    first: list[int] = []
    for index, line in enumerate(lines):
        first.append(len(tokens))
        for start, end in split_tokens(line.text[:MAX_LINE_CHARS]):
            folded = "".join(map(fold_char, line.text[start:end])).strip()
            if folded:
                tokens.append(Token(index, start, end))
                words.append(folded)
    begins = [n == 0 or tokens[n - 1].line != token.line for n, token in enumerate(tokens)]
    printed = [lines[t.line].text[t.start : t.end] for t in tokens]
    words = misread.with_stops(misread.mended(words), printed, begins)
    doc = SpacyDoc(words_pipeline().vocab, words=words, sent_starts=[*begins])
    return Printed(doc, lines, tuple(tokens), tuple(first))


def document_of(printed: Printed, pages: tuple[Page, ...]) -> Document:
    """The document, once phrases and patterns are found in its ``Doc``."""
    doc, lines, tokens = printed.doc, printed.lines, printed.tokens
    found = [(s, s.label_) for s in without_posts(doc)]
    found += [(s, f"pattern.{s.label_}") for s in doc.spans["patterns"]]
    terms = (
        Term(label, s.start, s.end, tokens[s.start].line, tokens[s.end - 1].line)
        for s, label in found
    )
    said = (*terms, *_mail_labels(lines, tokens))
    ordered = tuple(sorted(said, key=lambda t: (t.start, -t.end, t.label)))
    return Document(lines, tokens, doc, ordered, printed.first_token, _margins(lines, pages))


def _mail_labels(lines: tuple[TextLine, ...], tokens: tuple[Token, ...]) -> Iterator[Term]:
    for line, start, end in repeated_labels([x.text for x in lines]):
        inside = [n for n, t in enumerate(tokens) if t.line == line and start <= t.start < end]
        yield Term("labels_email", inside[0], inside[-1] + 1, line, line)


def build_document(pages: tuple[Page, ...]) -> Document:
    """The document alone, without what is read in it."""
    printed = make_doc(pages)
    words_pipeline()(printed.doc)
    return document_of(printed, pages)


def _margins(lines: tuple[TextLine, ...], pages: tuple[Page, ...]) -> dict[int, tuple[int, int]]:
    """Left and right edges most long lines of a page keep; stray marks do not count.

    A page of short lines (an annex) does not show its margins, nor does one on which hardly a
    line is as long as another: then the paper's usual ones.
    """
    margins: dict[int, tuple[int, int]] = {}
    for page in pages:
        boxes = [x.box for x in lines if x.page == page.number and len(x.words) >= 6]
        left, right = round(USUAL_MARGIN * page.width), round((1 - USUAL_MARGIN) * page.width)
        if boxes:
            lefts, rights = sorted(b.left for b in boxes), sorted(b.right for b in boxes)
            seen = lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]
            near = seen[1] - NEAR_MARGIN * (seen[1] - seen[0])
            full = sum(b.right >= near for b in boxes)
            enough = len(boxes) >= LONG_LINES and full >= MOST_FULL * len(boxes)
            left, right = seen if enough else (min(left, seen[0]), max(right, seen[1]))
        margins[page.number] = left, right
    return margins
