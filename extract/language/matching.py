"""The words of a page found by spaCy: phrases, names of States, and patterns of words.

Three components. ``terms`` finds the lexicon's phrases, ``states`` names of States; ``patterns``
finds what is more than a phrase, words of several lists in an order, as ``patterns.toml`` says.
Each writes ``doc.spans`` under its name. Sentences of the ``Doc`` are printed lines.
"""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from extract.language import state_names, terms
from extract.language.tokens import abbreviated, definite, variants
from extract.words import table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc, Span, Token
    from spacy.vocab import Vocab

    Component = Callable[[Doc], Doc]

_NONE: frozenset[str] = frozenset()
_OTHER_SCRIPTS = {
    "arabic": re.compile(r"[\u0600-\u06ff]"),
    "han": re.compile(r"[\u3400-\u9fff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
}
DEFINITE = ("title_heads", "ranks")
COMPONENTS = ("terms", "states", "patterns")


@contextmanager
def uncollected() -> Iterator[None]:
    """What is made in here stays.

    Python's collector of circles would go through it again and again, while it is made (0.2 s) and
    with every page after, so it is told to leave it alone.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()


@cache
def words_pipeline() -> Language:
    """The blank spaCy pipeline with these components; made once a process."""
    import spacy
    from spacy.language import Language as SpacyLanguage
    from spacy.tokens import Token as SpacyToken
    from spacy.vocab import Vocab as SpacyVocab

    for known in ("labels", "begins"):
        SpacyToken.set_extension(known, getter=partial(_known, known))
    # a vocabulary that keeps no shapes and kinds of its 15,000 words, for which nobody asks
    nlp = spacy.blank("xx", vocab=SpacyVocab())
    for name, make in zip(COMPONENTS, (_make_terms, _make_states, _make_patterns), strict=True):
        SpacyLanguage.factory(name, func=make, assigns=["doc.spans"])
        nlp.add_pipe(name)
    return nlp


def _make_terms(nlp: Language, name: str) -> Component:
    found = (
        (label, tokens)
        for label, items in terms.labels().items()
        for text, _ in items
        for tokens in (
            *variants(text),
            *(definite(text) if label in DEFINITE else ()),
            *(abbreviated(text) if label == "ranks" else ()),
        )
    )
    return _phrases(nlp.vocab, name, found)


def _make_states(nlp: Language, name: str) -> Component:
    return _phrases(nlp.vocab, name, ((state_names.KEY, n) for n in state_names.names()))


def _phrases(vocab: Vocab, name: str, phrases: Iterable[tuple[str, Iterable[str]]]) -> Component:
    """A component that finds phrases, given as (label, tokens).

    Those in other scripts are not made ready before a page has letters of theirs: of 28,000 phrases
    17,000 are Arabic, and all of them take 0.3 s in every process that reads.
    """
    waiting: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for label, tokens in phrases:
        words = list(tokens)
        if words:
            waiting[next(_scripts("".join(words)), "")].append((label, words))
    matchers = [_matcher(vocab, waiting.pop("", []))]

    def find(doc: Doc) -> Doc:
        for script in _scripts(doc.text) if waiting else ():
            if script in waiting:
                matchers.append(_matcher(vocab, waiting.pop(script)))
        doc.spans[name] = [
            span for matcher in matchers if len(doc) for span in matcher(doc, as_spans=True)
        ]
        return doc

    return find


def _scripts(text: str) -> Iterator[str]:
    """Scripts but Latin of which a text has letters."""
    return (script for script, letters in _OTHER_SCRIPTS.items() if letters.search(text))


def _matcher(vocab: Vocab, phrases: Iterable[tuple[str, list[str]]]) -> PhraseMatcher:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc as SpacyDoc

    by_label: dict[str, list[Doc]] = defaultdict(list)
    with uncollected():
        for label, words in phrases:
            by_label[label].append(SpacyDoc(vocab, words=words))
        matcher = PhraseMatcher(vocab)
        for label, docs in by_label.items():
            matcher.add(label, docs)
    return matcher


def _make_patterns(nlp: Language, name: str) -> Component:
    """Looks only on the lines where a pattern's ``anchors`` stand: elsewhere is none."""
    from spacy.matcher import Matcher

    matchers: list[tuple[dict[str, Any], Matcher]] = []
    for pattern in patterns():
        matcher = Matcher(nlp.vocab)
        matcher.add(pattern["name"], pattern["tokens"], greedy="LONGEST")
        matchers.append((pattern, matcher))

    asked = frozenset(label for pattern, _ in matchers for label in _asked(pattern))

    def find(doc: Doc) -> Doc:
        places = _mark(doc, [t for t in doc.spans["terms"] if t.label_ in asked])
        found: dict[tuple[int, int, str], Span] = {}
        for pattern, matcher in matchers:
            starts = [n for label in pattern["anchors"] for n in places[label]]
            for window in _windows(doc, starts, pattern["lines"]):
                for span in matcher(window, as_spans=True):
                    found[span.start, span.end, span.label_] = span
        doc.spans[name] = list(found.values())
        return doc

    return find


def _mark(doc: Doc, found: Iterable[Span]) -> Mapping[str, list[int]]:
    """Puts the labels of phrases on the tokens; gives where phrases of each label begin."""
    begins: dict[int, set[str]] = defaultdict(set)
    labels: dict[int, set[str]] = defaultdict(set)
    places: dict[str, list[int]] = defaultdict(list)
    for term in sorted(found, key=lambda t: (t.start, -t.end)):
        places[term.label_].append(term.start)
        if term.label_ not in labels[term.start]:
            begins[term.start].add(term.label_)
        for at in range(term.start, term.end):
            labels[at].add(term.label_)
    doc.user_data["begins"], doc.user_data["labels"] = begins, labels
    return places


def _windows(doc: Doc, starts: Iterable[int], lines: int) -> Iterable[Span]:
    """The line of each place, or that and the next of two ``lines``; each once."""
    windows: dict[int, Span] = {}
    for start in starts:
        line = doc[start].sent
        more = lines > 1 and line.end < len(doc)
        end = doc[line.end].sent.end if more else line.end
        windows[line.start] = doc[line.start : end]
    return windows.values()


def _known(what: str, token: Token) -> Collection[str]:
    """The lists that patterns ask for and whose phrases a token stands in, or begins.

    ``token._.labels`` and, where no phrase of the list goes on from before, ``token._.begins``.
    """
    known: dict[int, set[str]] = token.doc.user_data.get(what, {})
    return known.get(token.i, _NONE)


def _asked(pattern: dict[str, Any]) -> Iterable[str]:
    """The lists a pattern speaks of."""
    yield from pattern["anchors"]
    for token in (token for way in pattern["tokens"] for token in way):
        for asked in token.get("_", {}).values():
            yield from asked["INTERSECTS"]


def patterns() -> list[dict[str, Any]]:
    """The patterns of words, as ``patterns.toml`` has them."""
    found: list[dict[str, Any]] = table("patterns")["pattern"]
    return found
