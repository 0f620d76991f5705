"""Which reading of an Arabic word is believed: the page's, the same model's again, or the third."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.judging.chosen import AGREED, DIFFERS, SETTLED, SURE_SECOND, ChosenReading
from extract.judging.third_reader import alike, words_seen
from extract.language.misread import ARABIC
from extract.language.normalise import fold
from ocr.types import ARABIC_LINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.judging.third_reader import ThirdWord
    from ocr.types import SecondReading

SURE_ARABIC = 0.8  # confidence of the surer of two readings by one model that makes both a proof
SURE_LINES = 0.93  # confidence of the model for lines from which it is believed against the page's
_SIGNS = re.compile("[\u064b-\u0652]")
_DOUBLED = re.compile(r"(.)\1")
_DOTLESS = str.maketrans("ى", "ي")


def chosen_of(bare: str, confidence: float, others: tuple[ThirdWord, ...]) -> ChosenReading:
    """What is believed of an Arabic word; signs above and below its letters have one reader."""
    plain = _SIGNS.sub("", bare)
    found = _of_letters(plain, confidence, others)
    kept = found.text == plain and plain != bare
    return replace(found, text=bare, original=None) if kept else found


def _of_letters(bare: str, confidence: float, others: tuple[ThirdWord, ...]) -> ChosenReading:
    """What others saw of an Arabic word: the page's model once more, the model for Arabic lines.

    Of 1,127 words in names, posts and offices that all read in as many words, those that the page's
    reading and the model for lines have alike are right in 1,066 of 1,068 cases. Where the page's
    model alone sees its word again a person looks: of 41 such words on scans by six hands it is
    right in 13 where the model for lines is sure of another one, and that one in 25; where it is
    not so sure the page is right in 7 of 11. Where the two others agree against the page they are
    right in 19 of 20. Dots under a final ya are lost more often than invented.
    """
    again = max(others, key=lambda other: other.confidence)
    same = [other for other in others if _is_same_arabic(bare, other)]
    if any(other.own for other in same) or len(same) == len(others) > 1:
        return ChosenReading(bare, AGREED)
    unlike = [other for other in others if other not in same and _is_sure(bare, other)]
    if same and unlike:
        return ChosenReading(unlike[-1].text, DIFFERS, True, bare)
    if same:
        surer = max(confidence, again.confidence)
        trust = AGREED if surer >= SURE_ARABIC else surer
        return ChosenReading(bare, DIFFERS, True) if len(others) > 1 else ChosenReading(bare, trust)
    if all(other.text in bare for other in others):  # letters cut from it, as from the page's word
        return ChosenReading(bare, min(confidence, DIFFERS), True)
    together = len(others) > 1 and len({other.text for other in others}) == 1
    if again.text.translate(_DOTLESS) == bare.translate(_DOTLESS):
        dotted = again.text if again.text.endswith("ي") else bare
        return ChosenReading(dotted, DIFFERS, True, bare if dotted != bare else None)
    likelier = together or (again.alike and again.confidence > confidence)
    if likelier and ARABIC.fullmatch(fold(again.text)):
        settled = together and alike(again.text, bare)
        return ChosenReading(again.text, SETTLED if settled else DIFFERS, not settled, bare)
    return ChosenReading(bare, min(confidence, DIFFERS), True)


def without_false_spaces(text: str, readings: Sequence[SecondReading]) -> str:
    """``الر ماحي`` where the model for lines has one word of these letters, and not its halves."""
    seen = {w for r in readings if r.engine == ARABIC_LINES for w in words_seen(r.text)}
    words = text.split(" ")
    for at, (one, other) in enumerate(pairwise(words)):
        if f"{one}{other}" in seen and one not in seen and other not in seen:
            return without_false_spaces(
                " ".join([*words[:at], one + other, *words[at + 2 :]]), readings
            )
    return text


def _is_sure(bare: str, other: ThirdWord) -> bool:
    """The model for lines sees another word of the same print, and not the page's with less."""
    sure = other.own and other.alike and other.confidence >= SURE_LINES
    return sure and other.text not in bare and bool(ARABIC.fullmatch(fold(other.text)))


def under_latin(bare: str, others: tuple[ThirdWord, ...]) -> str | None:
    """The Arabic word that was taken for a Latin one: ``wehbe`` for ``دبلوماسي``."""
    own = next((o for o in others if o.own and o.confidence >= SURE_SECOND), None)
    if own is None or not bare or "@" in bare or not ARABIC.fullmatch(fold(own.text)):
        return None
    return own.text


def _is_same_arabic(bare: str, other: ThirdWord) -> bool:
    """The model for lines drops one of two equal letters now and then, and makes none: ``اله``."""
    dropped = other.own and len(other.text) < len(bare)
    return other.text == bare or (dropped and other.text == _DOUBLED.sub(r"\1", bare))
