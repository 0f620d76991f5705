"""The texts of one language, drawn from ``samples/data/<language>.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")

# Contractions that arise when a noun phrase with its article fills a slot.
_CONTRACTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": (
        (r"\b([Àà]) le\b", "au"),
        (r"\b([Dd])e le\b", r"\1u"),
        (r"\b([Qq])ue (?=[aeéiou])", r"\1u'"),
    ),
    "es": ((r"\ba el\b", "al"), (r"\bde el\b", "del")),
    "ar": (("لال", "لل"), ("إلى ال(?=ال)", "إلى ")),
}


@lru_cache(maxsize=16)
def load(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def name_pool(name: str) -> dict[str, Any]:
    """One pool of given and family names."""
    pool: dict[str, Any] = load("names")[name]
    return pool


def upper(text: str) -> str:
    """Capitals as a typist sets them: the German sharp s stays."""
    return "".join(c if c == "ß" else c.upper() for c in text)


class Wording:
    """Draws phrases of one language with one random source."""

    def __init__(self, language: str, rng: Random) -> None:
        self.language = language
        self.rng = rng
        self.data = load(language)

    @property
    def rtl(self) -> bool:
        """True when the language is written from right to left."""
        return self.language == "ar"

    def pick(self, section: str, key: str) -> str:
        """One of the phrases under ``[section] key``."""
        choice: str = self.rng.choice(self.data[section][key])
        return choice

    def one(self, section: str, key: str) -> str:
        """The only value under ``[section] key``."""
        value: str = self.data[section][key]
        return value

    def state(self, iso: str | None) -> dict[str, Any]:
        """The named State, or any that writes in this language."""
        states: list[dict[str, Any]] = self.data["states"]
        if iso is None:
            return self.rng.choice(states)
        return next(s for s in states if s["iso"] == iso)

    def tidy(self, text: str) -> str:
        """Contractions and doubled punctuation put right."""
        for pattern, to in _CONTRACTIONS.get(self.language, ()):
            text = re.sub(pattern, to, text)
        return re.sub(r"([.。])\1+(?=$|\s|\|)", r"\1", text)

    def fill(self, template: str, slots: dict[str, str]) -> str:
        """``template`` with its slots filled, as often as phrases bring new slots."""
        for _ in range(4):
            if "{" not in template:
                break
            template = template.format_map(slots)
        return self.tidy(template)


def capital(text: str) -> str:
    """First letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]
