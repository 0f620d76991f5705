"""What two readers say of the same words, which one to believe, and what that is worth."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from extract.delegates.scripts.han_readings import choose_han_reading
from extract.judging import arabic_readers, cyrillic_readers, third_reader
from extract.judging.chosen import (
    ACCENTS_ADDED,
    AGREED,
    DIFFERS,
    SETTLED,
    SURE_SECOND,
    ChosenReading,
)
from extract.judging.third_reader import EDGES, accents
from extract.language import emails, letters, vocabulary
from extract.language.emails import find_emails
from extract.language.normalise import main_script
from extract.layout.seen_signs import covers
from ocr.types import OVERWRITTEN, SIGN_UNTOLD

if TYPE_CHECKING:
    from extract.judging.third_reader import ThirdWord
    from extract.layout.text_run import TextRun
    from ocr.types import SecondReading, Word

VERY_SURE = 0.95  # score from which its accents are
_ALIKE_IN_BOTH = frozenset("ckopsuvwxyzçñóöúüý")  # letters whose capitals look like them
SIMILAR = 0.6  # likeness, 0 to 1, of two readings of one word


def overlapping(run: TextRun, start: int, end: int) -> tuple[SecondReading, ...]:
    """Second readings that cover words of the span."""
    found: list[SecondReading] = []
    for line, a, b in run.pieces(start, end):
        boxes = [w.box for w in line.words_between(a, b)]
        found.extend(r for r in line.second if any(covers(r.box, box) for box in boxes))
    return tuple(dict.fromkeys(found))


def choose_reading(run: TextRun, start: int, end: int, *, name: bool = False) -> ChosenReading:
    """The best text of a span, word by word, from what both readers saw.

    Without a second reading the page reader's words and confidences stand. A ``name`` keeps the
    hyphen it is broken at.
    """
    text = run.read_name(start, end) if name else run.read(start, end)
    confidence, differs = 1.0, False
    changed = text
    readings = overlapping(run, start, end)
    words = run.words(start, end)
    third = third_reader.words_of(words, readings)
    chinese = choose_han_reading(run, start, end) if readings else None
    if chinese is not None:
        trust = DIFFERS if chinese.differs else max(AGREED, chinese.confidence)
        if not chinese.whole:
            trust = min(trust, chinese.confidence)
        said = _spaced(chinese.text, text)
        return ChosenReading(said, trust, chinese.differs, text if said != text else None)
    for word in words:
        verdict = _of_word(word, readings, third.get(word, ()))
        if verdict.differs and not name:
            verdict = _known(verdict, word, readings)
        confidence = min(confidence, verdict.confidence)
        differs = differs or verdict.differs
        if verdict.original is not None:
            changed = _replaced(changed, verdict.original, verdict.text)
    # an address that spells a name tells nothing of its accents
    unsure = name and any(_is_unsure(changed, reading) for reading in readings)
    covered = unsure or any(word.confidence in (OVERWRITTEN, SIGN_UNTOLD) for word in words)
    confidence = min(confidence, DIFFERS) if covered else confidence
    whole = arabic_readers.without_false_spaces(changed, readings)
    if whole != changed:
        changed, differs, confidence = whole, True, min(confidence, DIFFERS)
    original = text if changed != text else None
    return ChosenReading(changed, confidence, differs, original, covered)


def _is_unsure(text: str, reading: SecondReading) -> bool:
    """A word of the text is one in which a reader nearly took a letter for another."""
    words = text.split()
    return any(word.strip(EDGES) in words for word in reading.unsure)


def _spaced(text: str, like: str) -> str:
    """The text with the spaces of another reading of as many signs: ``周 燕``."""
    at = iter(text)
    same = len(text) == len(like.replace(" ", ""))
    return "".join(" " if c == " " else next(at) for c in like) if same else text


def _replaced(text: str, old: str, new: str) -> str:
    """Replaces one whole word; a word that stands twice is left alone."""
    pattern = re.compile(rf"(?<![^\W_]){re.escape(old)}(?![^\W_])")
    return pattern.sub(lambda _: new, text) if len(pattern.findall(text)) == 1 else text


def _of_word(
    word: Word, readings: tuple[SecondReading, ...], others: tuple[ThirdWord, ...]
) -> ChosenReading:
    bare = word.text.strip(EDGES)
    if others and bare and main_script(bare) == "arabic":
        return arabic_readers.chosen_of(bare, word.confidence, others)
    arabic = arabic_readers.under_latin(bare, others)
    if arabic is not None:
        return ChosenReading(arabic, DIFFERS, differs=True, original=bare)
    if cyrillic_readers.is_of(bare, others):
        return cyrillic_readers.chosen_of(bare, word.confidence, others)
    third = others[-1] if others else None
    here = [r for r in readings if not r.languages and covers(r.box, word.box)]
    if third is not None:
        here = [r for r in here if letters.knows(r.engine, third.languages)]
    best = max(here, key=lambda r: r.confidence, default=None)
    seen = None if best is None else _counterpart(bare, best)
    dotted = letters.with_two_dots(bare, [seen or "", third.text if third else ""])
    if dotted != bare:
        told = _of_word(replace(word, text=dotted), readings, others).text
        text = told if "ü" in told else dotted  # of more accents, but not of another one there
        return ChosenReading(text, DIFFERS, differs=True, original=bare)
    if not bare or best is None:
        verdict = ChosenReading(bare, word.confidence if bare else 1.0)
    else:
        verdict = _of_two(word, bare, best)
    if third is None or not bare:
        # what the page has of them may be what the second reader gave it: one witness, not two
        alone = letters.has_rare(bare) and verdict.confidence > ACCENTS_ADDED
        return replace(verdict, confidence=ACCENTS_ADDED) if alone else verdict
    return third_reader.of_three(bare, verdict, seen, third)


def _known(
    verdict: ChosenReading, word: Word, readings: tuple[SecondReading, ...]
) -> ChosenReading:
    """Of readings of a word that differ the one that the lexicon has, if it has only one."""
    bare = word.text.strip(EDGES)
    here = (r for r in readings if covers(r.box, word.box))
    seen = {bare, *(w for r in here for w in third_reader.words_seen(r.text))}
    known = {w for w in seen if third_reader.alike(w, bare) and vocabulary.knows(w)}
    if len({w.casefold() for w in known}) != 1:
        return verdict
    text = bare if bare in known else max(known)
    return ChosenReading(text, SETTLED, original=bare if text != bare else None)


def _of_two(word: Word, bare: str, best: SecondReading) -> ChosenReading:
    squeezed = "".join(best.text.split())
    if bare in squeezed:
        return ChosenReading(bare, _agreed(word, best))
    other = _counterpart(bare, best)
    if other is None:
        if len(bare) < 2 or best.confidence < SURE_SECOND:
            return ChosenReading(bare, word.confidence)
        return ChosenReading(bare, min(word.confidence, DIFFERS), differs=True)
    if letters.bare(other) == letters.bare(bare):
        return _same_letters(bare, other, word.confidence, best)
    if abs(len(other) - len(bare)) > 3:  # words glued or torn
        return ChosenReading(bare, DIFFERS, differs=True)
    marked = accents(other) > accents(bare) and best.confidence >= VERY_SURE
    if marked or (best.confidence >= SURE_SECOND and word.confidence < SURE_SECOND):
        # a reader without the letter sees two others: "Jürgen" becomes "Jiirgen"
        return ChosenReading(other, DIFFERS, differs=True, original=bare)
    return ChosenReading(bare, DIFFERS, differs=True)


def _agreed(word: Word, reading: SecondReading) -> float:
    """Trust in letters both readers saw: the second reader's score, if it is the higher.

    Both lose the signs of ``ȚĂRANULESCU``. The page reader is as sure of that as of any name; the
    second reader's score falls below 0.985, which is rare for a name read right.
    """
    return max(word.confidence, reading.confidence)


def _same_letters(
    bare: str, other: str, confidence: float, reading: SecondReading
) -> ChosenReading:
    """Only accents or capitals differ: accents are lost more often than invented."""
    if _is_in_other_case(bare, other):
        believed = reading.confidence >= VERY_SURE and confidence < SURE_SECOND
        original = bare if believed else None
        return ChosenReading(other if believed else bare, DIFFERS, True, original)
    if accents(other) > accents(bare):
        sure = reading.confidence >= SURE_SECOND
        original = bare if sure else None
        return ChosenReading(
            other if sure else bare, ACCENTS_ADDED if sure else DIFFERS, not sure, original
        )
    if len(bare) > 1 and bare[1:].isupper() != other[1:].isupper():
        return ChosenReading(bare, DIFFERS, differs=True)
    return ChosenReading(bare, ACCENTS_ADDED if accents(bare) > accents(other) else AGREED)


def _is_in_other_case(one: str, other: str) -> bool:
    """``interior`` and ``Interior``: a letter whose capital has another shape."""
    return len(one) == len(other) and any(
        a != b and a.casefold() == b.casefold() and a.casefold() not in _ALIKE_IN_BOTH
        for a, b in zip(one, other, strict=True)
    )


def _counterpart(bare: str, reading: SecondReading) -> str | None:
    """The word of the second reading that stands for ``bare``."""
    words = third_reader.words_seen(reading.text)
    wanted = letters.bare(bare)
    scored = [(Levenshtein.normalized_similarity(letters.bare(w), wanted), w) for w in words]
    score, other = max(scored, default=(0.0, ""))
    return other if score >= SIMILAR else None


def other_addresses(run: TextRun, mail: emails.EmailMatch) -> tuple[tuple[str, float], ...]:
    """Addresses the second reader saw where ``mail`` stands, each with its own score.

    An address broken over lines is put together from the reading of each line.
    """
    pieces = run.pieces(mail.start, mail.end)
    parts: list[tuple[str, float]] = []
    nearest: list[str] = []
    seen = False
    for line, a, b in pieces:
        boxes = [w.box for w in line.words_between(a, b)]
        here = [r for r in line.second if any(covers(r.box, box) for box in boxes)]
        best = max(here, key=lambda r: r.confidence, default=None)
        seen = seen or best is not None
        here_first = line.text[a:b]
        parts.append((best.text, best.confidence) if best else (here_first, 1.0))
        nearest.append(_nearest_word(here_first, best.text) if best else here_first)
    if not seen:
        return ()
    if len(parts) == 1:
        return tuple((m.text, parts[0][1]) for m in find_emails(parts[0][0]))
    score = min(confidence for _, confidence in parts)
    squeezed = "".join("".join(text.split()) for text, _ in parts)
    found = find_emails("".join(nearest)) or find_emails(squeezed)
    return tuple((m.text, score) for m in found)


def _nearest_word(part: str, text: str) -> str:
    """Of a reading that goes beyond a cell the word that stands for the part, or all of it."""
    words = [
        (Levenshtein.normalized_similarity(w.casefold(), part.casefold()), w) for w in text.split()
    ]
    score, word = max(words, default=(0.0, text))
    return word if score >= SIMILAR else "".join(text.split())
