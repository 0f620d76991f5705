"""What a sentence says when no set phrase does: words of two families that meet in it.

``Kenya does not, for reasons of calendar, plan to attend`` holds a "not" before a "come": it
declines. The families are lists ``senses.*`` of the language files. A star in an entry stands
for any letters before or behind, so that Russian endings and Arabic prefixes need no list.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import Levenshtein

from extract.language import terms
from extract.language.normalise import fold
from extract.language.tokens import split_tokens
from extract.words import table

if TYPE_CHECKING:
    from extract.layout.document import Document

Meaning = Literal[
    "decline",
    "acknowledgement",
    "extension_request",
    "nomination",
    "revision",
    "addition",
    "correction",
]

Places = dict[str, list[tuple[int, int]]]

STOPS = frozenset(".;。؛!?！？")
ABBREVIATED = frozenset({"no", "nos", "nr", "nro", "num", "ref"})
LONG_STEM = 7  # letters of a stem that may be misread
UNFINISHED = 3  # tokens from a negation to what is not completed
CONFIRMED = 6  # tokens from a negation to its second part ("ne", "pas")
LONGEST_SENTENCE = 120  # tokens


@dataclass(frozen=True, slots=True)
class _Rule:
    """``first`` before ``second`` within ``reach`` tokens, or in any order (``patterns.toml``)."""

    name: str
    meaning: Meaning
    first: str
    second: str
    reach: int
    any_order: bool


RULES = tuple(
    _Rule(**{f.name: r[f.name] for f in fields(_Rule)}) for r in table("patterns")["sense"]
)


@dataclass(frozen=True, slots=True)
class Sense:
    """Tokens [start, end) that carry a meaning by a rule, in the sentence [first, last)."""

    meaning: Meaning
    start: int
    end: int
    first: int
    last: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Stem:
    """One word of an entry, folded; open at its start or its end where a star stood."""

    text: str
    open_start: bool
    open_end: bool

    def fits(self, word: str) -> bool:
        if self.open_start:
            return self.text in word if self.open_end else word.endswith(self.text)
        if not self.open_end:
            return word == self.text
        if word.startswith(self.text):
            return True
        return (
            len(self.text) >= LONG_STEM
            and len(word) >= len(self.text)
            and Levenshtein.distance(word[: len(self.text)], self.text, score_cutoff=1) <= 1
        )


def find_intents(document: Document, lines: tuple[int, ...]) -> tuple[Sense, ...]:
    """The senses of the sentences on some lines, in order.

    Examples: ``will not be in a position to take part``: decline; ``the names will follow``:
    acknowledgement; ``que le délai soit prorogé``: extension_request.
    """
    found: list[Sense] = []
    for first, last in _sentences(document, lines):
        words = [t.text for t in document.doc[first:last]]
        capital = [_starts_with_capital(document, n) for n in range(first, last)]
        for code in _codes():
            places = _all_places(words, code, capital)
            for rule in RULES:
                span = _meeting(rule, places)
                if span is not None:
                    meaning = _unless_not_yet(rule.meaning, span, places)
                    start, end = first + span[0], first + span[1]
                    found.append(Sense(meaning, start, end, first, last, rule.name))
    return tuple(dict.fromkeys(found))


def mentions(document: Document, lines: tuple[int, ...], family: str) -> bool:
    """True if any word of a family stands on some lines."""
    tokens = [n for line in lines for n in document.tokens_of(line)]
    return mentioned([document.doc[n].text for n in tokens], family)


def mentioned(words: list[str], family: str) -> bool:
    """The same for folded words."""
    return any(_places(words, code).get(family) for code in _codes())


def _unless_not_yet(meaning: Meaning, span: tuple[int, int], places: Places) -> Meaning:
    """``has not yet designated its delegation`` declines nothing."""
    near = any(span[0] - 2 <= a <= span[1] for a, _ in places.get("yet", ()))
    return "acknowledgement" if meaning == "decline" and near else meaning


def _sentences(document: Document, lines: tuple[int, ...]) -> list[tuple[int, int]]:
    """Runs of tokens up to a stop, over consecutive lines outside of tables."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    end = 0
    for line in lines:
        if document.lines[line].cell is not None:
            continue
        for token in document.tokens_of(line):
            if start is not None and (token != end or token - start >= LONGEST_SENTENCE):
                spans.append((start, end))
                start = None
            start = token if start is None else start
            end = token + 1
            if document.doc[token].text in STOPS and not _is_abbreviated(document, token):
                spans.append((start, end))
                start = None
    if start is not None:
        spans.append((start, end))
    return spans


def _is_abbreviated(document: Document, token: int) -> bool:
    """``its note No. 417/21 is cancelled``: the stop of a label ends no sentence."""
    before, behind = document.doc[max(0, token - 1)], document.doc[token + 1 : token + 4]
    return before.text in ABBREVIATED and any(t.text.isdigit() for t in behind)


def _meeting(rule: _Rule, places: Places) -> tuple[int, int] | None:
    for a, b in places.get(rule.first, ()):
        for c, d in places.get(rule.second, ()):
            if b <= c <= b + rule.reach:
                return a, d
            if rule.any_order and d <= a <= d + rule.reach:
                return c, b
    return None


def _starts_with_capital(document: Document, token: int) -> bool:
    return document.text_of(token, token + 1)[:1].isupper()


def _all_places(words: list[str], code: str, capital: list[bool]) -> Places:
    """Places of every family; ``ne manquera pas`` and ``not later than`` negate nothing.

    Nor do a person called ``NE`` and a column headed ``No``. What is ``not completed`` is still
    being done: the ``not`` is none of ``nomination`` behind it.
    """
    places = _places(words, code)
    spared = {a for a, _ in places.get("no_negation", ())}
    spared |= {
        a
        for a, b in (*places.get("not", ()), *places.get("weak_not", ()))
        if any(b <= c <= b + UNFINISHED for c, _ in places.get("completed", ()))
    }
    places["not"] = [
        span
        for span in (*places.get("not", ()), *_confirmed(places))
        if span[0] not in spared and not capital[span[0]]
    ]
    return places


def _confirmed(places: Places) -> list[tuple[int, int]]:
    """Negations of two parts: ``ne`` with its ``pas`` not far behind."""
    seconds = places.get("weak_not_confirmed", ())
    return [
        (a, b)
        for a, b in places.get("weak_not", ())
        if any(b <= c <= b + CONFIRMED for c, _ in seconds)
    ]


def _places(words: list[str], code: str) -> Places:
    """Where an entry of each family stands, as token spans; the longest one at each place."""
    found: Places = {}
    for at, word in enumerate(words):
        for family, entry in _beginning_with(word, code):
            end = at + len(entry)
            known = found.setdefault(family, [])
            if known and known[-1][0] == at:
                continue
            if end <= len(words) and all(
                s.fits(w) for s, w in zip(entry[1:], words[at + 1 : end], strict=True)
            ):
                known.append((at, end))
    return found


@lru_cache(maxsize=60_000)
def _beginning_with(word: str, code: str) -> tuple[tuple[str, tuple[_Stem, ...]], ...]:
    """The entries of a language whose first word a word may be, longest first."""
    known = _by_letter(code)
    places: tuple[_Key, ...] = ((0, ""), (0, word[:1]), (1, word[1:2]))
    likely = {entry for place in places for entry in known.get(place, ())}
    return tuple((e.family, e.stems) for e in sorted(likely, key=_number) if e.stems[0].fits(word))


_Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    family: str
    stems: tuple[_Stem, ...]


def _number(entry: _Entry) -> int:
    return entry.number


@cache
def _by_letter(code: str) -> dict[_Key, list[_Entry]]:
    """The entries by a letter and its place that words which fit have, or by none."""
    found: dict[_Key, list[_Entry]] = {}
    entries = ((family, e) for family in _families(code) for e in _entries(code, family))
    for number, (family, stems) in enumerate(entries):
        first = stems[0]
        keys: list[_Key] = [(0, "" if first.open_start else first.text[:1])]
        if first.open_end and len(first.text) >= LONG_STEM:  # its first letter may be misread
            keys.append((1, first.text[1]))
        for key in keys:
            found.setdefault(key, []).append(_Entry(number, family, stems))
    return found


@cache
def _codes() -> tuple[str, ...]:
    return tuple(x.code for x in terms.languages() if _families(x.code))


@cache
def _families(code: str) -> tuple[str, ...]:
    language = next(x for x in terms.languages() if x.code == code)
    return tuple(
        label.removeprefix("senses.") for label in language.phrases if label.startswith("senses.")
    )


@cache
def _entries(code: str, family: str) -> tuple[tuple[_Stem, ...], ...]:
    made = (_entry(p) for p in terms.phrases(f"senses.{family}", code))
    return tuple(sorted(filter(None, made), key=len, reverse=True))


def _entry(phrase: str) -> tuple[_Stem, ...]:
    stems: list[_Stem] = []
    for word in phrase.split():
        core = word.strip("*")
        parts = [fold(core[a:b]) for a, b in split_tokens(core)]
        for at, part in enumerate(parts):
            opens = word.startswith("*") and at == 0
            stems.append(_Stem(part, opens, word.endswith("*") and at == len(parts) - 1))
    return tuple(stems)
