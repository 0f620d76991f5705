"""The pipeline as spaCy has it, and how pages go through it: ``pipeline().pipe_names``."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from extract.language import matching
from extract.layout.document import make_doc
from extract.pipeline.components import COMPONENTS
from extract.pipeline.stages import ACCEPTED, ENCLOSING, PAGES, PRINTED, STAGES, Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import TypeVar

    from spacy.language import Language
    from spacy.tokens import Doc

    from extract.types import NoteVerbale
    from ocr.types import Page

    T = TypeVar("T")
    U = TypeVar("U")
    V = TypeVar("V")


@cache
def pipeline() -> Language:
    """The blank spaCy pipeline with all components; made once a process."""
    with matching.uncollected():
        return _pipeline()


def _pipeline() -> Language:
    import spacy
    from spacy.language import Language as SpacyLanguage
    from spacy.tokens import Doc as SpacyDoc

    for stage in STAGES:
        SpacyDoc.set_extension(stage.name, default=stage.empty)
    words = matching.words_pipeline()
    nlp = spacy.blank("xx", vocab=words.vocab)
    for name in words.pipe_names:
        nlp.add_pipe(name, source=words)
    for component in COMPONENTS:
        SpacyLanguage.component(
            component.name,
            assigns=[f"doc._.{component.gives.name}"],
            requires=[f"doc._.{need.name}" for need in component.needs],
            func=component.run,
        )
        nlp.add_pipe(component.name)
    return nlp


def all_but(*names: str) -> frozenset[str]:
    """Names of all components but these: left out where only these are asked."""
    return frozenset(pipeline().pipe_names) - set(names)


def ask(
    stage: Stage[T],
    pages: tuple[Page, ...],
    enclosing: NoteVerbale | None = None,
    accepted: bool = False,
    without: Collection[str] = (),
) -> T:
    """What the pipeline says of a document at one of its stages.

    Args:
        stage: what is asked for.
        pages: all pages of the document, in order.
        enclosing: the note it came in.
        accepted: a person said that it is a note.
        without: names of components that are left out.

    Raises:
        ValueError: there is no component of that name.
        LeftOutError: nobody set the stage, or what a component needs.
    """
    with _read(pages, enclosing, accepted, without) as doc:
        return stage.of(doc)


def ask_three(
    first: Stage[T],
    second: Stage[U],
    third: Stage[V],
    pages: tuple[Page, ...],
    without: Collection[str] = (),
) -> tuple[T, U, V]:
    """The same of three stages of one reading."""
    with _read(pages, None, False, without) as doc:
        return first.of(doc), second.of(doc), third.of(doc)


@contextmanager
def _read(
    pages: tuple[Page, ...],
    enclosing: NoteVerbale | None,
    accepted: bool,
    without: Collection[str],
) -> Iterator[Doc]:
    unknown = sorted(set(without) - set(pipeline().pipe_names))
    if unknown:
        raise ValueError(f"no component {', '.join(unknown)}")
    printed = make_doc(pages)
    doc = printed.doc
    PAGES.put(doc, pages)
    PRINTED.put(doc, printed)
    ENCLOSING.put(doc, enclosing)
    ACCEPTED.put(doc, accepted)
    yield pipeline()(doc, disable=without)
    doc.user_data.clear()  # the document knows its Doc, and the Doc the document
