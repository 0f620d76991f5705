"""What stands on drawn lines of Cyrillic: names, posts, common words, dates and addresses.

Words are those of tesseract's own models of ten languages (Apache-2.0), posts and offices the
lexicon's; family names are made of words and of the endings such names have, many of letters that
no list holds. None is of a note.
"""

from __future__ import annotations

import subprocess
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from random import Random

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
OTHERS = "іїєґўәғқңөұүһҳҷӣӯ"
"""Letters of Ukrainian, Belarusian, Kazakh, Kyrgyz, Tajik, Uzbek and Azerbaijani."""
LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS = RUSSIAN + OTHERS + (RUSSIAN + OTHERS).upper()
SIGNS = LETTERS + LATIN + "0123456789" + " .,:;/-–—()\"«»„“”’'№@_&+"
"""What the model tells apart."""

LEXICON = Path(__file__).resolve().parent.parent / "extract/lexicon/languages/ru.toml"
TESSDATA = Path("/usr/share/tesseract-ocr/5/tessdata")
MODELS = {"rus": 12, "kaz": 2, "kir": 1, "tgk": 1, "uzb_cyrl": 1, "aze_cyrl": 1, "ukr": 1, "bel": 1}
"""Tesseract's models words are taken from, and how often."""

_ENDINGS = (
    *("ов", "ова", "ев", "ева", "ин", "ина", "ский", "ская", "енко", "ко", "чук", "юк", "ян"),
    *("швили", "дзе", "ия", "ич", "вич", "ых", "ой", "ый", "ая", "бек", "баев", "баева", "зода"),
    *("ли", "лы", "заде", "ушкин", "ец", "ас", "ис", "ару", "ан", "уллин", "уллина", "кулов"),
)
_PATRONYMICS = ("ович", "евич", "ич", "овна", "евна", "ична", "улы", "қызы", "угли", "оглы", "зода")
_FORMS = ("г-н ", "г-жа ", "господин ", "госпожа ", "д-р ", "Его Превосходительство г-н ", "г-н. ")
_ENDS, _BULLETS = ",.:;", ("-", "–", "1.", "2)", "3.", "а)", "—", "10.")
_LEAST_OF_NAME = 3


class Texts:
    """Draws texts; the same generator gives the same ones."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.words = {model: words for model in MODELS if (words := _words_of(model))}
        self.shares = [MODELS[model] for model in self.words]
        self.chains = {model: _chain(words) for model, words in self.words.items()}
        lexicon = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
        self.posts, self.offices = lexicon["title_heads"], lexicon["org_heads"]
        self.months = lexicon["months"]
        self.phrases = [
            phrase
            for values in lexicon.values()
            if isinstance(values, list)
            for phrase in values
            if isinstance(phrase, str) and "\\" not in phrase and set(phrase) <= set(SIGNS)
        ]

    def one(self) -> str:
        """A text of a line, nothing in it but ``SIGNS``; may be empty."""
        kinds: tuple[Callable[[], str], ...] = (
            *(self.name, self.post, self.common),
            *(self.phrase, self.figures, self.address),
        )
        text = self.rng.choices(kinds, (40, 24, 21, 4, 6, 5))[0]()
        frames = ("{}", "{}" + self.rng.choice(_ENDS), "({})", "«{}»", self._bullet() + " {}")
        text = self.rng.choices(frames, (84, 9, 2, 2, 3))[0].format(text)
        return "".join(c for c in text.strip() if c in SIGNS)

    def name(self) -> str:
        """A person, with or without a form of address, in any order and any case."""
        model = self._model()
        family, given = self._family(model), self._given(model)
        second = self._given(model).rstrip("аяьйеиоуы") + self.rng.choice(_PATRONYMICS)
        capitals = self.rng.random()
        family = family.upper() if capitals < 0.3 else family
        initials = f"{given[0]}.{self.rng.choice(('', ' '))}{second[0]}."
        orders = (
            f"{family} {given} {second}",
            f"{given} {second} {family}",
            f"{given} {family}",
            f"{family} {given}",
            f"{initials}{self.rng.choice(('', ' '))}{family}",
            f"{family} {initials}",
            family,
        )
        text = self.rng.choices(orders, (28, 20, 16, 14, 10, 6, 6))[0]
        text = text.upper() if capitals > 0.88 else text
        return (self.rng.choice(_FORMS) if self.rng.random() < 0.2 else "") + text

    def _model(self) -> str:
        return self.rng.choices(list(self.words), self.shares)[0]

    def _word(self, model: str) -> str:
        return self.rng.choice(self.words[model])

    def _made(self, model: str) -> str:
        """A word of a language's letters that no list holds."""
        chain, text = self.chains[model], "  "
        while len(text) < 14:
            following = chain.get(text[-2:])
            letter = self.rng.choice(following) if following else " "
            if letter == " ":
                break
            text += letter
        return text.strip()

    def _family(self, model: str) -> str:
        root = self._made(model) if self.rng.random() < 0.5 else self._word(model).lower()
        if self.rng.random() < 0.6:
            root = root[: self.rng.randint(3, 7)] + self.rng.choice(_ENDINGS)
        if self.rng.random() < 0.05:
            root += "-" + self._made(model).capitalize()
        return root[:1].upper() + root[1:] if len(root) >= _LEAST_OF_NAME else "Ким"

    def _given(self, model: str) -> str:
        text = self._made(model) if self.rng.random() < 0.5 else self._word(model)
        return text.capitalize() if len(text) >= _LEAST_OF_NAME else "Лев"

    def post(self) -> str:
        """A post, its subject and perhaps an office."""
        text: str = self.rng.choice(self.posts)
        for _ in range(self.rng.randint(0, 3)):
            text += " " + (self._word("rus") if self.rng.random() < 0.7 else self.phrase())
        if self.rng.random() < 0.5:
            text += self.rng.choice((" ", ", ", " – ", " - ")) + self.rng.choice(self.offices)
        draw = self.rng.random()
        if draw < 0.1:
            return text.upper()
        return text[:1].upper() + text[1:] if draw < 0.6 else text

    def common(self) -> str:
        """Common words without sense, so that no word is guessed from its neighbours."""
        model = self._model()
        words = [self._word(model) for _ in range(self.rng.randint(1, 5))]
        draw = self.rng.random()
        if draw < 0.15:
            words = [word.upper() for word in words]
        elif draw < 0.4:
            words = [word.capitalize() for word in words]
        return " ".join(words)

    def phrase(self) -> str:
        """A phrase of the lexicon."""
        return self.rng.choice(self.phrases)

    def figures(self) -> str:
        """A date, a number, or a number beside a word."""

        def number(size: int) -> str:
            return "".join(self.rng.choice("0123456789") for _ in range(size))

        return self.rng.choice(
            (
                f"{number(2)} {self.rng.choice(self.months)} {number(4)} г.",
                f"{number(2)}.{number(2)}.{number(4)}",
                f"№ {number(3)}/{self.rng.choice(RUSSIAN)}",
                f"тел. +{number(3)} {number(2)} {number(3)}-{number(2)}-{number(2)}",
                number(self.rng.randint(1, 6)),
                f"{number(1)}-й {self._word('rus')}",
            )
        )

    def address(self) -> str:
        """An address or a Latin name: to be told from Cyrillic, not to be read."""

        def part(least: int, most: int) -> str:
            return "".join(
                self.rng.choice(LATIN[:26]) for _ in range(self.rng.randint(least, most))
            )

        if self.rng.random() < 0.3:
            return f"{part(3, 8).title()} {part(3, 8).upper()}"
        joint = self.rng.choice(("", ".", "_", "-"))
        end = self.rng.choice(("gov", "com", "org", "net"))
        return f"{part(2, 8)}{joint}{part(1, 7)}@{part(2, 6)}.{end}.{part(2, 2)}"

    def _bullet(self) -> str:
        return self.rng.choice(_BULLETS)


def _words_of(model: str) -> list[str]:
    """The words in a model of tesseract's; none where it is not installed."""
    if not (TESSDATA / f"{model}.traineddata").exists():
        return []
    with tempfile.TemporaryDirectory() as folder:
        stem, out = f"{folder}/it.", f"{folder}/words.txt"
        for command in (
            ("combine_tessdata", "-u", str(TESSDATA / f"{model}.traineddata"), stem),
            ("dawg2wordlist", f"{stem}lstm-unicharset", f"{stem}lstm-word-dawg", out),
        ):
            subprocess.run(command, check=True, capture_output=True)
        found = Path(out).read_text(encoding="utf-8").split()
    return [word for word in found if len(word) > 1 and set(word) <= set(LETTERS)]


def _chain(words: list[str]) -> dict[str, list[str]]:
    """Which letters follow two letters, spaces standing for a word's ends."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in words[:: max(1, len(words) // 40_000)]:
        padded = f"  {word.lower()} "
        for at in range(2, len(padded)):
            found[padded[at - 2 : at]].append(padded[at])
    return dict(found)
