"""The scripts a model for lines is taught: their texts, and the typefaces these are drawn in.

Arabic: Debian's fonts-hosny-amiri, fonts-kacst, fonts-kacst-one, fonts-noto-core,
fonts-noto-ui-core, fonts-noto-extra, fonts-sil-scheherazade, fonts-sil-lateef, fonts-arabeyes,
fonts-farsiweb, fonts-paktype, fonts-freefont-ttf, fonts-dejavu. Cyrillic: fonts-noto-core,
fonts-noto-extra, fonts-noto-mono, fonts-freefont-ttf, fonts-liberation, fonts-dejavu,
fonts-urw-base35, fonts-paratype, fonts-crosextra-carlito, fonts-crosextra-caladea,
fonts-linuxlibertine, fonts-cmu, fonts-open-sans, fonts-roboto-unhinted, fonts-ebgaramond,
fonts-sil-charis, fonts-sil-gentium, fonts-oldstandard and what else is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from benchmarks import arabic_texts, cyrillic_texts

_VOWELS = "\u064e\u064f\u0650\u0651\u0652"
_JOINING = tuple("بتثجحخسشصضطظعغفقكلمنهي")


class Texts(Protocol):
    """What gives texts of a line."""

    def one(self) -> str:
        """A text of any kind, of the script's signs; may be empty."""

    def common(self) -> str:
        """Common words without sense."""


def _as_it_is(rng: Random, text: str) -> str:
    del rng
    return text


@dataclass(frozen=True, slots=True)
class Script:
    """A script that is taught.

    ``language`` (ISO 639-1) finds typefaces and shapes letters; a typeface must have the letters
    ``needed``. ``signs`` are what the model tells apart, one answer for each ``step`` pixels of
    width. ``marked`` gives a text with what is printed and not to be told.
    """

    language: str
    letters: str
    needed: str
    signs: str
    step: int
    texts: Callable[[Random], Texts]
    held_back: tuple[str, ...]
    left_out: tuple[str, ...]
    weights: Mapping[str, float]
    other_weight: float
    from_right: bool = False
    marked: Callable[[Random, str], str] = field(default=_as_it_is)


def _with_vowels(rng: Random, text: str) -> str:
    """Now and then vowel signs, one doubled letter, or a stretched word: not in the label."""
    letters, draw = arabic_texts.LETTERS, rng.random()
    if draw < 0.06:
        return "".join(
            c + rng.choice(_VOWELS) if c in letters and rng.random() < 0.2 else c for c in text
        )
    at = rng.randrange(1, max(2, len(text)))
    inside = text[at - 1 : at] in _JOINING and text[at : at + 1] in letters
    if inside and draw < 0.11:
        return text[:at] + rng.choice("\u0651\u064b") + text[at:]
    if inside and draw < 0.14:
        return text[:at] + "ـ" * rng.randint(1, 4) + text[at:]
    return text


ARABIC = Script(
    "ar",
    arabic_texts.LETTERS,
    arabic_texts.LETTERS[:36],
    arabic_texts.SIGNS,
    4,  # Arabic letters are narrow: half of what the wheel's model takes
    arabic_texts.Texts,
    ("KacstOne", "Lateef", "Homa", "FreeSerif", "Noto Sans Arabic UI"),
    (  # nobody writes letters in them
        *("Quran", "Qurn", "Colored", "Nastaliq", "FreeMono", "Decorative", "KacstArt", "KacstPen"),
        *("Jet", "Japan", "Metal", "Shado", "Electron", "Nice", "Ostorah", "Dimnah", "AlBattar"),
        *("AlHor", "Tehreer", "PakType Naqsh", "Ajrak", "Thin"),
    ),
    {  # Noto Sans comes in thirty files
        **{"Amiri": 5, "Noto Naskh": 4, "Noto Sans Arabic": 0.25, "DejaVu Sans": 4, "Kacst": 1.5},
        **{"Scheherazade": 4, "Nazli": 2, "PakType Naskh": 1, "Noto Kufi": 0.5},
    },
    0.6,
    from_right=True,
    marked=_with_vowels,
)

CYRILLIC = Script(
    "ru",
    cyrillic_texts.LETTERS,
    cyrillic_texts.RUSSIAN,
    cyrillic_texts.SIGNS,
    8,
    cyrillic_texts.Texts,
    ("Caladea", "Open Sans", "Charis", "Nimbus Sans", "CMU Typewriter"),
    (
        *("Thin", "ExtraLight", "Condensed Black", "Symbol", "Emoji", "Display Black", "Unifont"),
        *("Lobster", "Comfortaa", "Outline", "Initials", "Display Thin", "Klaudia", "Upright"),
    ),
    {  # Times and Arial by their copies, what office programs bring, then the rest
        **{"Liberation Serif": 7, "Liberation Sans Narrow": 1, "Liberation Sans": 6, "Tinos": 4},
        **{"Liberation Mono": 1.5, "Nimbus Roman": 5, "Nimbus Mono": 1.5, "FreeSerif": 3},
        **{"FreeSans": 3, "DejaVu Serif": 2.5, "DejaVu Sans": 2, "Carlito": 5, "Arimo": 4},
        **{"Noto Serif": 0.06, "Noto Sans": 0.06, "Noto": 0.03, "CMU": 0.3, "Roboto": 0.2},
        **{"Inter": 0.1, "Fira": 0.1, "JetBrains": 0.05, "Linux": 0.7, "EB Garamond": 0.3},
        **{"Courier": 1.5, "Cousine": 1.5, "PT Serif": 4, "PT Sans": 3, "Montserrat": 0.1},
    },
    0.25,
)

SCRIPTS = {"arabic": ARABIC, "cyrillic": CYRILLIC}
