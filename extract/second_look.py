"""Which places of a page deserve a second reader: names above all, then posts.

A page reader trained on one language drops the accents of names from another and is sure of
itself all the while (``Łukasz`` becomes ``Lukasz``); where names stand, only the rules know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.language.letters import in_script, languages_of
from extract.language.normalise import is_han, script_of
from extract.pipeline.reading import all_but, ask_three
from extract.pipeline.stages import FOUND, REFERENCES, STATE
from ocr.types import Box, Names, Page, Places, Word, enclosing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.text_run import Span, TextRun
    from extract.types import Doubt, Value

ASKED = (
    *("terms", "states", "patterns", "document", "zones", "grid", "addresses"),
    *("heading", "item", "entry", "prose", "paragraphs", "labelled", "persons"),
    *("state", "reference"),
)
"""Components that find persons, the sending State and the note's number; only these are asked."""
LINE_MODELS = {"arabic": "ar", "cyrillic": "ru"}
"""Scripts with a model for lines of their own, by the language (ISO 639-1) it is asked for."""
LAST_OF_LATIN = "\u024f"  # the second reader knows no script beyond, but Chinese
UNSURE = 0.85  # confidence below which a word is read again
POSTS_READ = frozenset({"es", "zh"})
"""Languages (ISO 639-1) in which all posts are read again. The Spanish page model takes ``í`` for
``i`` in common words (``Juridica``) and is sure of it: of posts read again on 250 scans by four
other hands all 14 words that came out otherwise were right in Spanish, none of four in French and
English. The Chinese one has no traditional characters, and takes simplified ones for others."""


def second_look(page: Page, languages: tuple[str, ...] = ()) -> Places:
    """Places to read again: each name, and words of posts in doubt.

    The second reader knows Latin and Chinese only. Cyrillic names are for the models of the
    sender's languages, as Latin ones are; names, posts and offices in Arabic and in Cyrillic are
    for the models of their scripts.
    ``languages`` (ISO 639-1) are those of the sender where an earlier page told them; names are
    read in the letters of the State that this page tells, or else of these.
    """
    if not page.lines:
        return Places(languages=languages)
    found, (state, doubts), (number, _quoted) = ask_three(
        FOUND, STATE, REFERENCES, (page,), without=all_but(*ASKED)
    )
    names: list[Box] = []
    posts: list[Box] = []
    cyrillic: list[Box] = []
    of_script: dict[str, list[Box]] = {script: [] for script in LINE_MODELS}
    for draft in found.drafts:
        for span in draft.name_parts:
            names.extend(_boxes(draft.run, span, unsure_only=False))
            cyrillic.extend(_boxes(draft.run, span, unsure_only=False, scripts=("cyrillic",)))
        for span in (*draft.title, *draft.organization):
            posts.extend(_boxes(draft.run, span, unsure_only=page.language not in POSTS_READ))
        for span in (*draft.name_parts, *draft.title, *draft.organization):
            for script, found_there in of_script.items():
                found_there.extend(_boxes(draft.run, span, unsure_only=False, scripts=(script,)))
    # so many places are read and no more: names before posts
    boxes = dict.fromkeys((*names, *_of_number(number), *posts))
    spoken = _languages(state, doubts) or languages
    groups = (
        (names, in_script(spoken, "latin")),
        (cyrillic, in_script(spoken, "cyrillic")),
        *((of_script[script], (language,)) for script, language in LINE_MODELS.items()),
    )
    third = tuple(Names(tuple(dict.fromkeys(places)), codes) for places, codes in groups)
    asked = tuple(one for one in third if one.boxes and one.languages)
    return Places(tuple(boxes), asked, spoken)


def _of_number(number: Value | None) -> list[Box]:
    """Where the note's number stands, of whose signs nothing else on the page is a witness."""
    if number is None or not all(map(_is_known, number.text)):
        return []
    return [e.box for e in number.evidence if e.box is not None]


def _is_known(sign: str) -> bool:
    """Whether the second reader may have seen it: what is no letter, Latin letters and Chinese."""
    return not sign.isalpha() or sign <= LAST_OF_LATIN or is_han(sign)


def _languages(state: Value | None, doubts: tuple[Doubt, ...]) -> tuple[str, ...]:
    """Languages of the sending State, none where which it is is in doubt."""
    doubted = any(doubt.code == "state_uncertain" for doubt in doubts)
    return () if state is None or doubted else languages_of(state.text)


def _boxes(
    run: TextRun, span: Span, *, unsure_only: bool, scripts: tuple[str, ...] = ("latin", "han")
) -> list[Box]:
    found: list[Box] = []
    for line, start, end in run.pieces(*span):
        words = line.words_between(start, end)
        if not any(script_of(c) in scripts for w in words for c in w.text):
            continue
        if unsure_only:
            found.extend(w.box for w in words if w.confidence < UNSURE and len(w.text) > 2)
        else:
            found.extend(enclosing(tuple(w.box for w in row)) for row in _rows(words))
    return found


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """The words by printed lines: a name broken in a narrow cell is one line to the rules."""
    rows: list[list[Word]] = []
    for word in words:
        middle = word.box.center[1]
        if rows and rows[-1][-1].box.top <= middle < rows[-1][-1].box.bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows
