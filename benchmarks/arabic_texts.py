"""What stands on drawn lines of Arabic: names, posts, common words, dates and addresses.

Words are those of tesseract's own Arabic model (Apache-2.0), names those of the package
``arabic-name-romanizer`` (Wikidata), posts and offices the lexicon's. None is of a note.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import tempfile
import tomllib
from bisect import bisect
from collections.abc import Callable
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from random import Random

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگڤ"
LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩")
SIGNS = LETTERS + DIGITS[0] + DIGITS[1] + LATIN + " .,،:؛؟/-()\"«»@_&+'"
"""What the model tells apart; vowel signs and the stroke that stretches a word are left out."""

LEXICON = Path(__file__).resolve().parent.parent / "extract/lexicon/languages/ar.toml"
TESSDATA = Path("/usr/share/tesseract-ocr/5/tessdata/ara.traineddata")

_UNTOLD = re.compile("[\u064b-\u0652\u0670\u0640\u200e\u200f]")
_PARTICLES = ("بن ", "بنت ", "آل ", "أبو ", "ولد ")
_ENDS, _BULLETS = "،.:؛", ("-", "1-", "2.", "٣-", "1)")


class Texts:
    """Draws texts; the same generator gives the same ones."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.words = _words_of_tesseract()
        self.units, self.sums, self.full = _names()
        lexicon = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
        self.posts, self.offices = lexicon["title_heads"], lexicon["org_heads"]
        self.months = lexicon["months"]
        self.forms = [
            form for key in ("honorifics_m", "honorifics_f", "ranks") for form in lexicon[key]
        ]
        self.phrases = [
            phrase
            for values in lexicon.values()
            if isinstance(values, list)
            for phrase in values
            if isinstance(phrase, str) and "\\" not in phrase and set(phrase) & set(LETTERS)
        ]

    def one(self) -> str:
        """A text of a line, nothing in it but ``SIGNS``; may be empty."""
        kinds: tuple[Callable[[], str], ...] = (
            *(self.name, self.post, self.common),
            *(self.phrase, self.figures, self.address),
        )
        text = self.rng.choices(kinds, (38, 24, 22, 6, 5, 5))[0]()
        frames = ("{}", "{}" + self.rng.choice(_ENDS), "({})", "«{}»", self._bullet() + " {}")
        text = self.rng.choices(frames, (87, 7, 2, 1, 3))[0].format(text)
        return "".join(c for c in _UNTOLD.sub("", text).strip() if c in SIGNS)

    def name(self) -> str:
        """A person, with or without a form of address."""
        if self.rng.random() < 0.3:
            name = self.rng.choice(self.full)
        else:
            name = " ".join(self._part(first=n == 0) for n in range(self.rng.choice((2, 3, 3, 4))))
        if self.rng.random() < 0.35:
            name = self.rng.choice(self.forms) + self.rng.choice((" ", " ", "/ ", " / ")) + name
        return name

    def _part(self, *, first: bool) -> str:
        odd = self.rng.random() < 0.25
        unit = self.rng.choice(self.words) if odd else self._unit()
        draw = self.rng.random()
        if not first and draw < 0.12:
            return self.rng.choice(_PARTICLES) + unit
        if draw < 0.2 and not unit.startswith("ال"):
            return ("عبد ال" if self.rng.random() < 0.4 else "ال") + unit
        return unit

    def _unit(self) -> str:
        at = bisect(self.sums, self.rng.random() * self.sums[-1])
        return self.units[min(at, len(self.units) - 1)]

    def post(self) -> str:
        """A post, its subject and perhaps an office."""
        text: str = self.rng.choice(self.posts)
        for _ in range(self.rng.randint(0, 3)):
            inner = self.rng.choice(("ال", "لل", "", "بال")) + self.rng.choice(self.words)
            text += " " + (inner if self.rng.random() < 0.7 else self.phrase())
        if self.rng.random() < 0.5:
            text += self.rng.choice((" ", "، ", " - ", " ب")) + self.rng.choice(self.offices)
        return text

    def common(self) -> str:
        """Common words without sense, so that no word is guessed from its neighbours."""
        return " ".join(self.rng.choice(self.words) for _ in range(self.rng.randint(1, 5)))

    def phrase(self) -> str:
        """A phrase of the lexicon."""
        return self.rng.choice(self.phrases)

    def figures(self) -> str:
        """A date, a number, or a number beside a word."""
        digits = self.rng.choice(DIGITS)

        def number(size: int) -> str:
            return "".join(self.rng.choice(digits) for _ in range(size))

        return self.rng.choice(
            (
                f"{number(self.rng.randint(1, 2))} {self.rng.choice(self.months)} {number(4)}",
                f"{number(2)}/{number(1)}/{number(4)}",
                f"رقم {number(3)}/{number(4)}",
                number(self.rng.randint(1, 6)),
                f"({number(2)}) {self._unit()}",
            )
        )

    def address(self) -> str:
        """An address or a Latin name: to be told from Arabic, not to be read."""

        def part(least: int, most: int) -> str:
            return "".join(
                self.rng.choice(LATIN[:26]) for _ in range(self.rng.randint(least, most))
            )

        if self.rng.random() < 0.3:
            return (
                f"{self.rng.choice(('Mr. ', 'Ms. ', ''))}{part(3, 8).title()} {part(3, 8).upper()}"
            )
        joint = self.rng.choice(("", ".", "_", "-"))
        end = self.rng.choice(("gov", "com", "org", "net"))
        return f"{part(2, 8)}{joint}{part(1, 7)}@{part(2, 6)}.{end}.{part(2, 2)}"

    def _bullet(self) -> str:
        return self.rng.choice(_BULLETS)


def _is_arabic(text: str) -> bool:
    return bool(text) and all(c in LETTERS or c == " " for c in text)


def _words_of_tesseract() -> list[str]:
    """The words in tesseract's Arabic model, 110,000 of them; needs ``tesseract-ocr``."""
    with tempfile.TemporaryDirectory() as folder:
        stem, out = f"{folder}/ara.", f"{folder}/words.txt"
        for command in (
            ("combine_tessdata", "-u", str(TESSDATA), stem),
            ("dawg2wordlist", f"{stem}lstm-unicharset", f"{stem}lstm-word-dawg", out),
        ):
            subprocess.run(command, check=True, capture_output=True)
        found = Path(out).read_text(encoding="utf-8").split()
    return [word for word in found if len(word) > 1 and _is_arabic(word)]


def _names() -> tuple[list[str], list[float], list[str]]:
    """Parts of names with the sums of their weights, common ones oftener, and whole names."""
    found = find_spec("arabic_name_romanizer")
    if found is None or found.origin is None:
        raise SystemExit("The package arabic-name-romanizer (extra: latin) is not installed.")
    file = Path(found.origin).with_name("resources") / "names.sqlite3"
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        rows = database.execute("select arabic_key, sum(count) from units group by 1").fetchall()
        full = database.execute("select distinct arabic_key from full_names").fetchall()
    units = [(unit, count**0.5) for unit, count in rows if _is_arabic(unit)]
    sums = list(accumulate(weight for _, weight in units))
    return [unit for unit, _ in units], sums, [name for (name,) in full if _is_arabic(name)]
