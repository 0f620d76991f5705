"""Names of States as they may be printed: in six languages, glued forms, genitives, adjectives.

``states.csv`` has them, CLDR the other languages of the lexicon.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from babel import Locale, UnknownLocaleError

from extract.language import terms
from extract.language.tokens import variants

if TYPE_CHECKING:
    from collections.abc import Iterator

NameKind = Literal["name", "adjective"]
KEY = "state"

_GENITIVES = (
    *(("ия", "ии"), ("ка", "ки"), ("га", "ги"), ("а", "ы"), ("я", "и"), ("й", "я")),
    *((c, f"{c}а") for c in "бвгдзклмнпрстфхцчшщ"),
)
_NO_NAMES = ("iso", "kind", "uncac", "adjective")
"""Beginnings of columns of ``states.csv`` that hold no names."""


@cache
def names() -> dict[tuple[str, ...], tuple[NameKind, tuple[str, ...]]]:
    """Names as folded tokens, and the States (ISO 3166-1 alpha-3) that are called so."""
    found: dict[tuple[str, ...], tuple[NameKind, set[str]]] = {}
    for row in terms.state_rows():
        for column in row:
            for text in () if column.startswith(_NO_NAMES) else row[column].split("|"):
                _add(found, text, "name", row["iso3"])
        for text in row["adjective_en"].split("|"):
            _add(found, text, "adjective", row["iso3"])
    for code, text in _names_by_language():
        _add_missing(found, text, code)
    for row in terms.state_rows():
        _add_missing(found, _genitive(row["short_ru"]), row["iso3"])
    return {tokens: (kind, tuple(sorted(codes))) for tokens, (kind, codes) in found.items()}


def _genitive(name: str) -> str:
    """``Таджикистана``, ``Армении``: whose embassy it is; names of several words as they stand."""
    if " " in name or "-" in name:
        return name
    for ending, genitive in _GENITIVES:
        if name.endswith(ending):
            return name.removesuffix(ending) + genitive
    return name


def _names_by_language() -> Iterator[tuple[str, str]]:
    """Names of States in every language of the lexicon: its own table, then CLDR's."""
    codes = {row["iso2"]: row["iso3"] for row in terms.state_rows() if row["iso2"]}
    for language in terms.languages():
        for label, texts in language.phrases.items():
            if label.startswith("states."):
                yield from ((label.removeprefix("states."), text) for text in texts)
        try:
            known = Locale.parse(language.code).territories
        except (UnknownLocaleError, ValueError):
            continue
        yield from ((codes[iso2], str(name)) for iso2, name in known.items() if iso2 in codes)


def _add_missing(
    found: dict[tuple[str, ...], tuple[NameKind, set[str]]], text: str, code: str
) -> None:
    """Adds a name unless another State is called so: ``states.csv`` knows best."""
    for tokens in variants(text):
        owners = found.get(tuple(tokens))
        if owners is None or owners == ("name", {code}):
            found[tuple(tokens)] = ("name", {code})


def _add(
    found: dict[tuple[str, ...], tuple[NameKind, set[str]]], text: str, kind: NameKind, code: str
) -> None:
    if len(text.strip()) < 2:
        return
    for tokens in variants(text):
        key = tuple(tokens)
        known = found.get(key)
        if known is None or (known[0] == "adjective" and kind == "name"):
            found[key] = (kind, {code})
        elif known[0] == kind:
            known[1].add(code)
