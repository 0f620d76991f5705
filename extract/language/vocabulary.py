"""Words the lexicon knows, as evidence that the words of a title were read right."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import Levenshtein

from extract.language import terms
from extract.language.letters import confused
from extract.language.normalise import fold, main_script

SHORTEST = 4  # letters of a word that tells
# letters of a word of which one may be misread
LONG = 6
_ARABIC_PREFIXES = ("و", "ب", "ل", "ال", "وال", "بال", "لل")
# letters that dots or a hamza tell apart, inside a word
_UNDOTTED = str.maketrans("تثنيئىجخذزشضظغقأإآ", "ببببببححدرسصطعفااا")
_WORD = re.compile(r"[^\W\d_]+")


def accents_lost(text: str, language: str | None) -> bool:
    """True for ``Asesora Juridica`` in a Spanish note: the lexicon has only ``jurídica``.

    And for ``Cientifico`` and ``Direccién``, which end as no Spanish word does; in an English note
    for ``Deuxiéme``, which ends as no word of any language does.
    """
    known = _words(language)
    return any(
        (fold(word) in known and word.casefold() not in known[fold(word)])
        or (not word.isupper() and _ends_wrongly(word.casefold(), language))
        for word in _long(text)
    )


def _ends_wrongly(word: str, language: str | None) -> bool:
    """As no word of the language does; one with an accent in English is of another language."""
    if language == "en":
        others = [known.code for known in terms.languages() if known.code != "en"]
        known = word.endswith(terms.phrases("accented_endings"))
        return not (word.isascii() or known) and any(_ends_wrongly(word, c) for c in others)
    wrong = _endings(language)
    right = terms.phrases("accented_endings", language) if language else ()
    return wrong is not None and wrong.search(word) is not None and not word.endswith(right)


@cache
def _endings(language: str | None) -> re.Pattern[str] | None:
    """Ends that always have an accent, with none or another one: ``cion``, ``cién`` of ``ción``."""
    wrong: list[str] = []
    for end in terms.phrases("accented_endings", language) if language else ():
        at = next(n for n, sign in enumerate(end) if not sign.isascii())
        others = "".join(c for c in "aeiouáéíóúü" if c != end[at])
        # another vowel without an accent makes another word: "tácito", "recién"
        bare = fold(end[at])
        others = bare + "".join(c for c in others if not c.isascii())
        wrong.append(f"{re.escape(end[:at])}[{others}]{re.escape(end[at + 1 :])}")
    return re.compile(rf"(?<=[^\W\d_])(?:{'|'.join(wrong)})$") if wrong else None


def is_known(text: str, language: str | None) -> bool:
    """True when every word of some length stands in the lexicon; ``Ceniral`` does not."""
    known = _words(language, ("latin",))
    return all(fold(word) in known for word in _long(text))


def knows(word: str) -> bool:
    """True for a word of some length that the lexicon has, so printed, in a language of its script.

    ``Directora`` and ``الاستئناف``, but not ``Directóra`` and ``الاستناف``.
    """
    folded = word.casefold()
    return len(word) > SHORTEST and folded in _printed(main_script(word))


def is_made_of(text: str, language: str | None) -> bool:
    """True when there are such words and all are known: ``National Police`` is no name."""
    return bool(_long(text)) and is_known(text, language)


def misread(text: str, language: str | None) -> str | None:
    """The word of the lexicon that a word of the text is one letter away from, None without one.

    ``Ceniral`` gives ``central``, ``тлавный`` ``главный``. Endings do not count: ``Economics``
    is no ``economic`` misread. Of 107 Russian posts by other hands none is doubted.
    """
    known = _words(language)
    for word in _long(text):
        folded = fold(word)
        if main_script(word) == "arabic":
            near = _dotted_otherwise(word)
            if near is not None:
                return near
        elif len(word) >= LONG and folded not in known:
            near = _near(folded, language)
            if near is not None:
                return near
    return None


def _dotted_otherwise(word: str) -> str | None:
    """The word of the lexicon that an Arabic one has but for dots: ``رئيس`` of ``رنيس``."""
    printed = _printed("arabic")
    word = word.replace("ى", "ي")  # Egypt's printers set no dots under a last letter
    if word in printed or any(word.removeprefix(p) in printed for p in _ARABIC_PREFIXES):
        return None
    return _undotted_words().get(word.translate(_UNDOTTED))


@cache
def _undotted_words() -> dict[str, str]:
    """Words of the Arabic lexicon by their letters without dots, where only one has these."""
    found: dict[str, list[str]] = {}
    for word in _printed("arabic"):
        if len(word) >= SHORTEST:
            found.setdefault(word.translate(_UNDOTTED), []).append(word)
    return {undotted: words[0] for undotted, words in found.items() if len(words) == 1}


@cache
def _near(word: str, language: str | None) -> str | None:
    for mended in confused(word):
        if mended in _words(language):  # "intemational"
            return mended
    for other in _words(language):
        if other[:-2] == word[: len(other) - 2] or other[:-1] == word[:-1]:
            continue
        if Levenshtein.distance(word, other, score_cutoff=1) <= 1:
            return other
    return None


def _long(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if len(word) >= SHORTEST]


@cache
def _printed(script: str) -> frozenset[str]:
    """Words of the phrases of all languages of a script, in small letters."""
    phrases = (
        phrase
        for known in terms.languages()
        if known.script == script
        for of_kind in known.phrases.values()
        for phrase in of_kind
    )
    return frozenset(word.casefold() for phrase in phrases for word in _WORD.findall(phrase))


@cache
def _words(
    language: str | None, scripts: tuple[str, ...] = ("latin", "cyrillic")
) -> dict[str, frozenset[str]]:
    """Folded words of a language's phrases, and how they are printed; of scripts with words."""
    found: dict[str, set[str]] = {}
    for known in terms.languages():
        if known.code == language and known.script in scripts:
            for phrases in known.phrases.values():
                for word in _WORD.findall(" ".join(phrases)):
                    found.setdefault(fold(word), set()).add(word.casefold())
    return {word: frozenset(printed) for word, printed in found.items()}
