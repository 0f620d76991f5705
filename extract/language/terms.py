"""The lexicon as the rules see it: phrases by label, loaded once from ``extract/lexicon``.

Labels are the keys of the language files, nested ones joined by a dot: ``honorifics_m``,
``roles.head``, ``table_headers.email``. Every language's phrases are searched on every page:
notes mix languages.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeGuard

from extract.language.normalise import fold
from extract.language.tokens import TOKEN
from extract.words import language_texts, lexicon, table

FORMS_OF_ADDRESS = ("honorifics_m", "honorifics_f", "honorifics_n")
"""Labels of words that address a person."""

HONORIFICS = (*FORMS_OF_ADDRESS, "ranks")
"""The same with ranks, which lead a name as well."""

REACH_LABELS = ("labels_email", "labels_phone", "labels_fax")
"""Labels of words before an address or a number."""

NOT_PHRASES = frozenset({"code", "name", "script", "examples"})
# families of words, which stand for nothing alone (facts.intents); names of States (facts.states)
NOT_SEARCHED = ("senses.", "states.")


@dataclass(frozen=True, slots=True)
class Language:
    """One language file. ``phrases`` maps labels to phrases, ``patterns`` to regexes.

    ``examples`` are what a test reads: rows of a text and what it says, by family of rules.
    """

    code: str
    script: str
    phrases: dict[str, tuple[str, ...]]
    patterns: dict[str, tuple[re.Pattern[str], ...]]
    tables: dict[str, dict[str, int]]
    examples: dict[str, list[list[str]]]


def _strings(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)


def _collect(raw: dict[str, Any], prefix: str, language: Language) -> None:
    for key, value in raw.items():
        label = f"{prefix}{key}"
        if label in NOT_PHRASES:
            continue
        if key.endswith("_re"):
            patterns = [value] if isinstance(value, str) else value
            language.patterns[label] = tuple(
                re.compile(p, re.IGNORECASE | re.UNICODE) for p in patterns
            )
        elif _strings(value):
            language.phrases[label] = tuple(value)
        elif isinstance(value, dict) and all(isinstance(v, int) for v in value.values()):
            language.tables[label] = value
        elif isinstance(value, dict):
            _collect(value, f"{label}.", language)


def parse_language(text: str) -> Language:
    """Reads one language file.

    Raises:
        tomllib.TOMLDecodeError: it is not TOML.
        KeyError: ``code`` or ``script`` is missing.
    """
    raw = tomllib.loads(text)
    language = Language(raw["code"], raw["script"], {}, {}, {}, raw.get("examples", {}))
    _collect(raw, "", language)
    return language


@cache
def languages() -> tuple[Language, ...]:
    """Every language file of the lexicon, by code."""
    return tuple(map(parse_language, language_texts()))


def common() -> dict[str, Any]:
    """The terms and patterns of ``common.toml``, raw."""
    return table("common")


def normalise_tables() -> dict[str, Any]:
    """The tables of ``normalise.toml``, raw."""
    return table("normalise")


@cache
def state_rows() -> tuple[dict[str, str], ...]:
    """The rows of ``states.csv``; Namibia's ``NA`` is a code, no missing value."""
    text = lexicon().joinpath("states.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))


@cache
def phrases(label: str, code: str | None = None) -> tuple[str, ...]:
    """Phrases under a label, of one language or of all (and of ``common.toml``)."""
    found: list[str] = []
    for language in languages():
        if code in (None, language.code):
            found.extend(language.phrases.get(label, ()))
    if code is None:
        value = common().get(label)
        if _strings(value):
            found.extend(value)
    return tuple(dict.fromkeys(found))


@cache
def folded(label: str, code: str | None = None) -> frozenset[str]:
    """The phrases under a label, folded."""
    return frozenset(fold(p).strip() for p in phrases(label, code))


@cache
def words() -> frozenset[str]:
    """The words of all phrases of all languages, folded."""
    said = (p for x in languages() for texts in x.phrases.values() for p in texts)
    return frozenset(word for phrase in said for word in re.findall(r"[^\W\d_]+", fold(phrase)))


@cache
def tokenised(label: str, code: str) -> frozenset[str]:
    """The phrases under a label of one language, folded, their tokens joined by spaces."""
    return frozenset(" ".join(TOKEN.findall(fold(p))) for p in phrases(label, code))


@cache
def patterns(label: str) -> tuple[re.Pattern[str], ...]:
    """Regular expressions under a label of ``common.toml`` or of all language files."""
    found: list[re.Pattern[str]] = []
    value = common().get(label)
    if value is not None:
        texts = [value] if isinstance(value, str) else value
        found.extend(re.compile(t, re.IGNORECASE | re.UNICODE) for t in texts)
    for language in languages():
        found.extend(language.patterns.get(label, ()))
    return tuple(found)


@cache
def labels() -> dict[str, tuple[tuple[str, str | None], ...]]:
    """Every label with its phrases, each with its language code (None for common terms)."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    for language in languages():
        for label, texts in language.phrases.items():
            if label.startswith(NOT_SEARCHED):
                continue
            found.setdefault(label, []).extend((t, language.code) for t in texts)
    for label, value in common().items():
        if _strings(value) and not label.endswith("_re"):
            found.setdefault(label, []).extend((t, None) for t in value)
    return {label: tuple(items) for label, items in found.items()}
