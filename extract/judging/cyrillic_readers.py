"""Which reading of a Cyrillic word is believed: of the page, for lines, or of the State's model.

The page is read with the Russian model beside the English one. Letters that Russian lacks (``ғ``,
``ў``, ``ө``) it reads as others and is sure of them, and some words as Latin ones (``Anmac``).
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from extract.judging.chosen import (
    ACCENTS_ADDED,
    AGREED,
    DIFFERS,
    SETTLED,
    SURE_SECOND,
    ChosenReading,
)
from extract.judging.third_reader import alike
from extract.language import letters
from extract.language.normalise import main_script

if TYPE_CHECKING:
    from extract.judging.third_reader import ThirdWord

_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_SURE_LINES = 0.98  # score from which the model for lines is believed against the page
_SURE_ENOUGH = 0.95  # the same where the page's reader is not sure
_DOUBLED = re.compile(r"(.)\1")


def is_of(bare: str, others: tuple[ThirdWord, ...]) -> bool:
    """Whether a word is Cyrillic to one of its readers."""
    return any("cyrillic" in (main_script(bare), main_script(o.text)) for o in others)


def chosen_of(bare: str, confidence: float, others: tuple[ThirdWord, ...]) -> ChosenReading:
    """What is believed of a word that the page's reader and at least one other saw.

    Of 1,262 words of names, posts and offices on 59 scans by three hands that the page's reader and
    the model for lines saw alike, but for capitals and doubled letters, one was wrong. Where they
    differ the model for lines was right in 43 of 43 cases where its score was 0.98 or more, 28 of
    them letters that Russian lacks, and below in one of 12, the page's reader in six.
    """
    lines = next((other for other in others if other.own), None)
    state = next((other for other in reversed(others) if not other.own), None)
    if lines is None or not lines.text:
        return of_state(bare, confidence, state)
    if state is not None and state.text == lines.text != bare:
        trust = ACCENTS_ADDED if _is_foreign(state.text) else SETTLED
        return ChosenReading(state.text, trust, original=bare)
    if _is_same(bare, lines.text):
        doubted = state is not None and state.alike and _has_own_letter(state, bare)
        return ChosenReading(bare, DIFFERS if doubted else AGREED, doubted)
    if _is_believed(bare, confidence, lines):
        own = _is_foreign(lines.text) and lines.confidence >= _SURE_LINES
        trust = ACCENTS_ADDED if own else DIFFERS
        return ChosenReading(_with_doubled(lines.text, bare), trust, not own, bare)
    if lines.confidence < SURE_SECOND:
        return of_state(bare, confidence, state)
    return ChosenReading(bare, min(confidence, DIFFERS), differs=True)


def _is_same(bare: str, seen: str) -> bool:
    """The model for lines drops one of two equal letters now and then: ``Росия``; it makes none."""
    one, other = bare.casefold(), seen.casefold()
    return one == other or (
        len(other) < len(one) and _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", other)
    )


def _with_doubled(seen: str, bare: str) -> str:
    """What the model for lines saw, its letters doubled as the page has them: ``Тұрұұ``."""
    runs = [[*group] for _, group in groupby(seen)]
    others = [[*group] for _, group in groupby(bare)]
    if len(runs) != len(others):
        return seen
    pairs = zip(runs, others, strict=True)
    return "".join(run[0] * max(len(run), len(other)) for run, other in pairs)


def _is_believed(bare: str, confidence: float, lines: ThirdWord) -> bool:
    """The model for lines is sure of what may be the same print."""
    unsure = confidence < SURE_SECOND
    least = _SURE_ENOUGH if unsure else _SURE_LINES
    if main_script(lines.text) != "cyrillic" or lines.confidence < least:
        return False
    return main_script(bare) == "latin" or alike(bare, lines.text)


def _is_foreign(text: str) -> bool:
    """A letter is none that Russian has."""
    return any(c.isalpha() and c not in _RUSSIAN for c in text.casefold())


def of_state(bare: str, confidence: float, state: ThirdWord | None) -> ChosenReading:
    """What the model of the sender's language saw of a Cyrillic word beside the Russian one.

    Of 704 drawn names with letters that Russian lacks (six languages, four typefaces, clean to fax)
    the Russian model read none, the language's own 682. Words both read the same were right in
    1,102 of 1,121 cases; where that model saw a letter of its own it was right in 1,241 of 1,257,
    but in eleven of 928 words in Russian spelling it invents one (``ІЦербаков``), so a person
    looks. Where it sees other Russian letters, the Russian model was right. ``Tyiryn6ek`` between
    Cyrillic words is one of them.
    """
    if state is None:
        return ChosenReading(bare, confidence if bare else 1.0)
    if state.text == bare:
        return ChosenReading(bare, max(confidence, AGREED))
    latin = main_script(bare) == "latin" and confidence < SURE_SECOND <= state.confidence
    if latin or (state.alike and _has_own_letter(state, bare)):
        return ChosenReading(state.text, DIFFERS, differs=True, original=bare)
    return ChosenReading(bare, confidence if bare else 1.0)


def _has_own_letter(state: ThirdWord, bare: str) -> bool:
    """It saw another word, with a letter that the sender's language has and Russian lacks."""
    own = letters.letters_in(state.languages)
    return state.text != bare and bool(own & set(state.text.casefold()))
