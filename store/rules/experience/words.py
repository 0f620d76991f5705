"""Words that reviewers confirmed for one State; in one file because all kinds are weighed alike.

Posts, organizations, domains, ways of addresses, words of names.

One note that says so is a hint, several are evidence. Pure: approved rows in, the row judged out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from rapidfuzz.distance import Levenshtein

from extract.types import Doubt
from store.rules.experience.evidence import (
    AGAINST,
    ALONE,
    ENOUGH,
    HINT,
    SOFT,
    Approved,
    notes_of,
    raised,
)
from store.rules.experience.judged import Judged, Lesson
from store.rules.experience.letters import letters
from store.rules.names import folded

WordKind = Literal[
    "title", "organization", "domain", "pattern", "mailbox", "name", "number", "mission_address"
]
KINDS: tuple[WordKind, ...] = get_args(WordKind)
"""A post; a body; what stands behind the ``@``; how an address is made of a name, with its domain;
an address that several persons share; a word of names, which counts from the second note on. Of
notes, not of rows (``of_notes``): how its numbers look; an address of the mission, nobody's own."""

TAKEN_OUT = tuple(kind for kind in KINDS if kind != "name")
"""What is shown and taken out by itself; words of names go with the persons who bear them."""

LONG_LABEL = 7
"""Shorter labels of a domain that are one letter apart are two bodies: ``moj`` and ``moi``."""

SHARED = 2
"""Persons from which on an address is no one's own."""

OF_NAMES = (SOFT | AGAINST) - {"boundary_uncertain"}
"""Doubts of a name's letters: words that others of the State bear answer them."""

OF_MADE = frozenset({"boundary_uncertain", "email_unverified", "email_repaired"})
"""Doubts of an address that one answers which is made of the name as others of its body are."""

LONG_WORD = 4
"""Letters of a word of names from which on it is not likely to be a word of a post by chance."""

_PIECES = re.compile(r"([._-]+)")
_BETWEEN = re.compile(r"[\s,-]+")
_NUMBER = re.compile(r"[0-9]+$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a State and in how many independent notes it was confirmed."""

    kind: WordKind
    text: str
    notes: int

    @property
    def evidence(self) -> bool:
        """Whether enough notes say so; else it is a hint."""
        return self.notes >= ENOUGH


@dataclass(frozen=True, slots=True)
class StateWords:
    """By kind and by letters, and words of names without their accents; see ``learnt``."""

    found: Mapping[tuple[WordKind, str], Word]
    bare: Mapping[str, str] = field(default_factory=dict)

    def notes(self, kind: WordKind, text: str) -> int:
        """Notes in which it was confirmed; 0 if it never was."""
        word = self.found.get((kind, letters(text)))
        return word.notes if word else 0

    def judge(self, judged: Judged) -> Judged:
        """The row as the State's words bear on it."""
        after = self._text(judged, "title")
        after = self._text(after, "organization")
        return self._address(self._name(after))

    def _text(self, judged: Judged, kind: Literal["title", "organization"]) -> Judged:
        text = judged.read.get(kind)
        notes = self.notes(kind, text) if text else 0
        if not text or not notes or kind not in judged.chances:
            return judged
        whole = not self._goes_on(kind, text)
        sure = notes >= ENOUGH
        after = judged
        if sure:
            ends = () if whole else ("boundary_uncertain",)
            after = judged.without(*(SOFT | AGAINST).difference(ends), field=kind)
        odds = ALONE if sure and whole else HINT
        return after.likely(**{kind: raised(judged.chances[kind], odds)})

    def _name(self, judged: Judged) -> Judged:
        """A name all of whose words others of the State bear is spelled as such names are."""
        words = name_words(judged.read.get("name") or "")
        after = judged
        if words and all(self.notes("name", word) >= ENOUGH for word in words):
            after = after.without(*OF_NAMES, field="name")
            after = after.likely(name=raised(after.chances["name"], ALONE))
        elif near := next(filter(None, map(self._accented, words)), None):
            after = after.doubted(Doubt("accents_unsure", "name", near))
        title = judged.read.get("title") or ""
        if not self.notes("title", title) and any(map(self._is_borne, name_words(title))):
            after = after.doubted(Doubt("boundary_uncertain", "title"))
        return after

    def _accented(self, word: str) -> str | None:
        """A word of names that this one is but for accents, if nobody is spelled as this one.

        Capitals are often printed without accents.
        """
        if word.isupper() or self.notes("name", word):
            return None
        return self.bare.get(folded(word))

    def _is_borne(self, word: str) -> bool:
        """Whether a word, which begins large, is one of names and of no post."""
        if len(word) < LONG_WORD or not word[0].isupper() or self.notes("name", word) < ENOUGH:
            return False
        low = letters(word)
        return not any(kind == "title" and low in key.split() for kind, key in self.found)

    def _goes_on(self, kind: WordKind, text: str) -> bool:
        """Whether a longer word of the State holds this one: then it may have been cut short."""
        part = letters(text)
        return any(k == kind and part != key and part in key for k, key in self.found)

    def _address(self, judged: Judged) -> Judged:
        name, email = judged.read.get("name"), judged.read.get("email")
        if not name or not email:
            return judged
        domain = email.rpartition("@")[2]
        after = judged
        if self.notes("domain", domain) >= ENOUGH:
            after = after.without("domain_unusual", field="email")
        elif near := self._near(domain):
            after = after.doubted(Doubt("domain_unusual", "email", near))
        way = pattern(name, email)
        usual = self.notes("mailbox", email) >= ENOUGH
        if usual:
            after = after.without("email_shared", field="email")
        made = way is not None and self.notes("pattern", way) >= ENOUGH
        if usual or made:
            after = after.without("name_email_mismatch", field="email")
            after = after.likely(email=raised(after.chances["email"], HINT))
        if made and "0" not in (way or ""):  # whole, and of no number that nothing bears out
            after = after.without(*OF_MADE, field="email")
        return after

    def _near(self, domain: str) -> str | None:
        """A known domain that this one may be, misread."""
        for (kind, key), word in self.found.items():
            if kind == "domain" and word.notes >= ENOUGH and _is_near(key, domain):
                return key
        return None


def learnt(
    rows: Iterable[Approved],
    removed: frozenset[tuple[WordKind, str]] = frozenset(),
    kinds: Iterable[WordKind] = KINDS,
) -> StateWords:
    """The words of the rows of one State, without those that were taken out (by ``letters``)."""
    asked = frozenset(kinds)
    told: dict[tuple[WordKind, str], list[tuple[str, Approved]]] = {}
    by_address: dict[str, set[str]] = {}
    for row in rows:
        for kind, text in _words_of(row, asked):
            told.setdefault((kind, letters(text)), []).append((text, row))
        if row.email:
            by_address.setdefault(letters(row.email), set()).add(folded(row.name))
    found = {
        key: Word(key[0], _usual(text for text, _ in said), notes_of(row for _, row in said))
        for key, said in told.items()
        if key not in removed and _counts(key, said, by_address)
    }
    names = (word.text for word in found.values() if word.kind == "name")
    return StateWords(found, {folded(text): text for text in names})


def _counts(
    key: tuple[WordKind, str],
    said: Sequence[tuple[str, Approved]],
    by_address: Mapping[str, Collection[str]],
) -> bool:
    """Whether it is one: several persons have a mailbox, several notes a word of names."""
    if key[0] == "mailbox":
        return len(by_address[key[1]]) >= SHARED
    return key[0] != "name" or notes_of(row for _, row in said) >= ENOUGH


def _words_of(row: Approved, asked: frozenset[WordKind]) -> Iterable[tuple[WordKind, str]]:
    if "name" in asked:
        yield from (("name", word) for word in name_words(row.name))
    if row.title:
        yield "title", row.title
    if row.organization:
        yield "organization", row.organization
    if row.email:
        yield "domain", row.email.rpartition("@")[2]
        yield "mailbox", row.email
        way = pattern(row.name, row.email) if "pattern" in asked else None
        if way is not None:
            yield "pattern", way


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name; of a double one each.

    >>> name_words("Édouard LEFAUCHEUX-VIDAL, Jr.")
    ('Édouard', 'LEFAUCHEUX', 'VIDAL', 'Jr.')
    """
    return tuple(word for word in _BETWEEN.split(name) if word)


def _usual(texts: Iterable[str]) -> str:
    """The way in which it is printed most, of equal ones the first."""
    return Counter(texts).most_common(1)[0][0]


def pattern(name: str, email: str) -> str | None:
    """How an address is made of a name; None if nothing of the name is in it.

    ``first`` and ``last`` are the first and last word of the name as printed, ``word`` another one,
    ``f`` and ``l`` their initials, ``0`` a number.

    >>> pattern("Raimo ÕUNAPUU", "r.ounapuu-int@prosecution.ee")
    'f.last-int@prosecution.ee'
    >>> pattern("Søren Bjørnstad", "soren98@justice.se"), pattern("Su Su Hlaing", "uncac@co.gov.mm")
    ('first0@justice.se', None)
    """
    words = [_plain(word) for word in name.split()]
    words = [word for word in words if word]
    local, _, domain = email.partition("@")
    if not words or not domain:
        return None
    names: list[str] = []
    parts = [_part(piece, words, names) for piece in _PIECES.split(local.casefold())]
    return f"{''.join(parts)}@{domain}" if names else None


def _part(piece: str, words: Sequence[str], names: list[str]) -> str:
    if not piece or not piece[0].isalnum():
        return piece
    bare = _NUMBER.sub("", piece)
    number = "0" if bare != piece else ""
    first, last = words[0], words[-1]
    spelled = {word: "word" for word in words}
    spelled |= {last: "last", first: "first"}
    whole = list(spelled.items())
    for initial, sign in ((last[0], "l"), (first[0], "f")):
        for word, told in whole:
            spelled |= {initial + word: sign + told, word + initial: told + sign}
    if bare in spelled:
        names.append(bare)
        return spelled[bare] + number
    if bare in (first[0], last[0]):
        return ("f" if bare == first[0] else "l") + number
    return bare + number


_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def _plain(word: str) -> str:
    return folded(word.casefold().translate(_LETTERS)).replace(" ", "")


def of_many_bodies(local_parts: Collection[str]) -> Lesson:
    """Mailboxes like ``delegation@`` that were approved at several bodies: they name nobody."""

    def lesson(judged: Judged) -> Judged:
        email = judged.read.get("email")
        if email is None or email.partition("@")[0] not in local_parts:
            return judged
        after = judged.without("name_email_mismatch", field="email")
        return after.likely(email=raised(after.chances["email"], HINT))

    return lesson


def _is_near(known: str, domain: str) -> bool:
    if known == domain:
        return False
    marks = str.maketrans("", "", ".-_")
    if known.translate(marks) == domain.translate(marks):
        return True
    pairs = list(zip(known.split("."), domain.split("."), strict=False))
    differing = [(a, b) for a, b in pairs if a != b]
    if known.count(".") != domain.count(".") or len(differing) != 1:
        return False
    one, other = differing[0]
    long = min(len(one), len(other)) >= LONG_LABEL
    return long and Levenshtein.distance(one, other, score_cutoff=1) <= 1
