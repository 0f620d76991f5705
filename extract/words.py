"""The lexicon's files as they stand, read without any rule.

``extract.language.terms`` makes of them what the rules look for. Whoever compares names elsewhere
takes the words from here, so that each stands in one place.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


def lexicon() -> Traversable:
    """The folder."""
    return files("extract").joinpath("lexicon")


@cache
def language_texts() -> tuple[str, ...]:
    """The language files, by code."""
    folder = lexicon().joinpath("languages")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


@cache
def table(name: str) -> dict[str, Any]:
    """``common.toml``, ``normalise.toml`` or ``patterns.toml``, by its name without the ending."""
    return tomllib.loads(lexicon().joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(label: str) -> frozenset[str]:
    """What stands under a top label, in whichever file: ``compound_surnames``.

    Raises:
        KeyError: no file has that label.
    """
    tables = [table("common"), table("normalise"), *map(tomllib.loads, language_texts())]
    found = [raw[label] for raw in tables if label in raw]
    if not found:
        raise KeyError(label)
    return frozenset(word for phrases in found for word in phrases)
