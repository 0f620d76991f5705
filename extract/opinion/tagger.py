"""The second opinion: what a small statistical model takes each word for.

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001, as implemented by
CRFsuite) over the tokens of a page, learnt by ``benchmarks/learn_structure.py`` on notes whose
structure was drawn at random. Alone it is worse than the rules; what it is good for is that it
errs elsewhere: where both agree a name was right in 97 of 100 cases on notes by another hand, and
nearly always outside of tables; where they differ, in six of ten (``benchmarks/README.md``).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from extract.opinion.features import features_of, pages_of

if TYPE_CHECKING:
    from pycrfsuite import Tagger

    from extract.layout.document import Document
    from extract.layout.text_run import Span, TextRun

Tag = Literal["O", "H", "N", "T", "G"]
"""Nothing of a person; form of address; name; title; organization."""

MODEL = "structure.crfsuite"


@cache
def _bytes() -> bytes:
    """The model. CRFsuite reads on in these very bytes: they must live as long as the tagger."""
    return files("extract.opinion").joinpath(MODEL).read_bytes()


@cache
def _model() -> Tagger:
    from pycrfsuite import Tagger

    tagger = Tagger()
    tagger.open_inmemory(_bytes())
    return tagger


def tag(document: Document) -> tuple[Tag, ...]:
    """A tag for every token of the document."""
    features = features_of(document)
    tags: list[Tag] = []
    for span in pages_of(document):
        tags.extend(_model().tag(features[span.start : span.stop]) if span else ())
    return tuple(tags)


def agrees(tags: tuple[Tag, ...], run: TextRun, spans: tuple[Span, ...], wanted: Tag) -> bool:
    """Whether the tagger takes just these characters of a run for what the rules took them.

    Signs do not count. A word more on the same line that it takes for the same is a difference.
    """
    words = [at for a, b in spans for at in words_of(run, a, b)]
    if not words or any(tags[at] != wanted for at in words):
        return False
    return not any(_goes_on(tags, run.document, words, step, wanted) for step in (-1, 1))


def _goes_on(
    tags: tuple[Tag, ...], document: Document, words: list[int], step: int, wanted: Tag
) -> bool:
    end = words[0] if step < 0 else words[-1]
    at = end + step
    while 0 <= at < len(tags) and not _is_word(document, at) and tags[at] == wanted:
        at += step
    inside = 0 <= at < len(tags) and at not in words and tags[at] == wanted
    return inside and document.tokens[at].line == document.tokens[end].line


def words_of(run: TextRun, start: int, end: int) -> list[int]:
    """The tokens of characters [start, end) of a run that are words, no signs."""
    found: list[int] = []
    for line, begin in zip(run.lines, run.starts, strict=True):
        for at in run.document.tokens_of(line):
            token = run.document.tokens[at]
            inside = start <= begin + token.start and begin + token.end <= end
            if inside and _is_word(run.document, at):
                found.append(at)
    return found


def _is_word(document: Document, at: int) -> bool:
    return document.doc[at].text.isalnum()
