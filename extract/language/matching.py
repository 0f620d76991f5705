"""The words of a page found by spaCy: phrases, names of States, and patterns of words.

Three components. ``terms`` finds the lexicon's phrases, ``states`` names of States; ``patterns``
finds what is more than a phrase, words of several lists in an order, as ``patterns.toml`` says.
Each writes ``doc.spans`` under its name. Sentences of the ``Doc`` are printed lines.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from extract.language import state_names, terms
from extract.language.tokens import definite, variants
from extract.words import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token
    from spacy.vocab import Vocab

    Component = Callable[[Doc], Doc]

DEFINITE = ("title_heads", "ranks")
COMPONENTS = ("terms", "states", "patterns")


@cache
def words_pipeline() -> Language:
    """The blank spaCy pipeline with these components; made once a process."""
    import spacy
    from spacy.language import Language as SpacyLanguage
    from spacy.tokens import Token as SpacyToken

    SpacyToken.set_extension("labels", getter=_labels)
    nlp = spacy.blank("xx")
    for name, make in zip(COMPONENTS, (_make_terms, _make_states, _make_patterns), strict=True):
        SpacyLanguage.factory(name, func=make, assigns=["doc.spans"])
        nlp.add_pipe(name)
    return nlp


def _make_terms(nlp: Language, name: str) -> Component:
    found = (
        (label, tokens)
        for label, items in terms.labels().items()
        for text, _ in items
        for tokens in (*variants(text), *(definite(text) if label in DEFINITE else ()))
    )
    return _phrases(nlp.vocab, name, found)


def _make_states(nlp: Language, name: str) -> Component:
    return _phrases(nlp.vocab, name, ((state_names.KEY, n) for n in state_names.names()))


def _phrases(vocab: Vocab, name: str, phrases: Iterable[tuple[str, Iterable[str]]]) -> Component:
    """A component that finds phrases, given as (label, tokens)."""
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc as SpacyDoc

    by_label: dict[str, list[Doc]] = {}
    for label, tokens in phrases:
        words = list(tokens)
        if words:
            by_label.setdefault(label, []).append(SpacyDoc(vocab, words=words))
    matcher = PhraseMatcher(vocab)
    for label, docs in by_label.items():
        matcher.add(label, docs)

    def find(doc: Doc) -> Doc:
        doc.spans[name] = matcher(doc, as_spans=True) if len(doc) else []
        return doc

    return find


def _make_patterns(nlp: Language, name: str) -> Component:
    """Looks where a pattern's ``anchors`` stand, on the line and the next: elsewhere is none."""
    from spacy.matcher import Matcher

    matchers: list[tuple[list[str], Matcher]] = []
    for pattern in patterns():
        matcher = Matcher(nlp.vocab)
        matcher.add(pattern["name"], pattern["tokens"], greedy="LONGEST")
        matchers.append((pattern["anchors"], matcher))

    def find(doc: Doc) -> Doc:
        places: dict[str, list[int]] = {}
        for term in doc.spans["terms"]:
            places.setdefault(term.label_, []).append(term.start)
        found: dict[tuple[int, int, str], Span] = {}
        for anchors, matcher in matchers:
            for window in _windows(doc, [n for a in anchors for n in places.get(a, ())]):
                for span in matcher(window, as_spans=True):
                    found[span.start, span.end, span.label_] = span
        doc.spans[name] = list(found.values())
        return doc

    return find


def _windows(doc: Doc, starts: Iterable[int]) -> Iterable[Span]:
    """The line of each place and the next line, each once."""
    windows: dict[int, Span] = {}
    for start in starts:
        line = doc[start].sent
        end = doc[line.end].sent.end if line.end < len(doc) else line.end
        windows[line.start] = doc[line.start : end]
    return windows.values()


def _labels(token: Token) -> frozenset[str]:
    """Labels of the phrases a token stands in: the extension ``token._.labels`` of patterns."""
    doc = token.doc
    known: dict[int, frozenset[str]] | None = doc.user_data.get("labels")
    if known is None:
        collected: dict[int, set[str]] = {}
        for span in doc.spans["terms"]:
            for at in range(span.start, span.end):
                collected.setdefault(at, set()).add(span.label_)
        known = {at: frozenset(labels) for at, labels in collected.items()}
        doc.user_data["labels"] = known
    return known.get(token.i, frozenset())


def patterns() -> list[dict[str, Any]]:
    """The patterns of words, as ``patterns.toml`` has them."""
    found: list[dict[str, Any]] = table("patterns")["pattern"]
    return found
