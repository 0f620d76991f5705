"""The same question in several rows: what is doubted, so that one answer settles it in all.

A domain that looks unusual, the spelling of an organization or a title, a word that looks misread
or whose accents are unsure. A doubt about where a value ends, or whether a name and its address
belong together, is about one row, and is no such question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from store.rules.experience.judged import UNSURE, Judged, Lesson
from store.rules.names import folded

QuestionKind = Literal["domain", "value", "word"]

_DOMAIN: Final = frozenset({"domain_unusual"})
_WORDS: Final = frozenset({"word_misread", "accents_unsure"})
"""Doubts whose detail is the word."""

_SPELLING: Final = frozenset(
    {"accents_unsure", "readers_disagree", "low_ocr", "odd_signs", "word_misread"}
)
"""Doubts of how a value is spelled."""

_SHARED: Final = ("organization", "title")
"""Fields of which several persons have the same value."""

_LEAST: Final = 3
"""Letters of a word that is asked about; a single letter is no word."""


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """``text`` is a domain, a whole value, or a word in values of ``field``."""

    kind: QuestionKind
    field: str
    text: str

    def fits(self, value: str | None) -> bool:
        """Whether a field's value still holds what was asked about."""
        if value is None:
            return False
        if self.kind == "domain":
            return value.rpartition("@")[2] == self.text
        return value == self.text if self.kind == "value" else _has(value, self.text)

    def answered(self, value: str, text: str) -> str:
        """The value with another text in place of what was asked about."""
        if self.kind == "domain":
            return f"{value.rpartition('@')[0]}@{text}"
        return text if self.kind == "value" else _word(self.text).sub(lambda _: text, value)


def question(code: str, field: str | None, detail: str, value: str | None) -> Question | None:
    """What a doubt asks, if that may be asked of several rows at once.

    >>> question("domain_unusual", "email", "", "a.otieno@justice.go.ke").text
    'justice.go.ke'
    """
    if field is None or not value:
        return None
    if field == "email":
        return Question("domain", field, value.rpartition("@")[2]) if code in _DOMAIN else None
    if code in _WORDS:
        at = _at(value, detail)
        if at is not None:
            return Question("word", field, at)
    if field in _SHARED and code in _SPELLING:
        return Question("value", field, value)
    return None


def answered(
    said: Mapping[int, frozenset[tuple[str, Question]]], chance: Mapping[str, float]
) -> Lesson:
    """A lesson: doubts that a person has settled are none, as long as the value still stands.

    Args:
        said: by delegate, the codes and questions that were answered.
        chance: how likely a field is right of which nothing is doubtful, 0 to 1, at least.
    """

    def lesson(judged: Judged) -> Judged:
        settled = said.get(judged.delegate)
        if not settled:
            return judged
        gone = {
            (code, asked.field)
            for code, asked in settled
            if asked.fits(judged.values.get(asked.field))
        }
        kept = tuple(d for d in judged.doubts if (d.code, d.field) not in gone)
        left = {d.field for d in kept if d.code != UNSURE}
        likely = {
            field: max(judged.chances[field], chance[field])
            for _, field in gone
            if field not in left and field in judged.chances
        }
        return _without(judged, gone).likely(**likely)

    return lesson


def _without(judged: Judged, gone: set[tuple[str, str]]) -> Judged:
    for code, field in sorted(gone):
        judged = judged.without(code, field=field)
    return judged


def _at(value: str, detail: str) -> str | None:
    """The word of a value that a doubt names, as the value has it; also without its accents."""
    wanted = folded(detail)
    if len(wanted) < _LEAST or len(wanted.split()) != 1:
        return None
    return next((word for word in re.findall(r"[\w'’-]+", value) if folded(word) == wanted), None)


def _has(value: str, word: str) -> bool:
    return _word(word).search(value) is not None


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
