"""Persons in a stretch of text: an honorific with a name, or a name where only one can stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.delegates.scripts import han
from extract.delegates.scripts.arabic import behind_lone_letter
from extract.language import terms
from extract.language.normalise import fold, is_han, script_of
from extract.language.terms import HONORIFICS

if TYPE_CHECKING:
    from extract.layout.text_run import RunTerm, Span, TextRun

from extract.delegates.parts.honorifics import (
    continues_phrase,
    honorific_at,
    is_at_word_start,
    is_in_brackets,
    is_post_too,
    without_and,
)
from extract.delegates.parts.names import looks_like_name, name_after_honorific
from extract.delegates.parts.respectively import of_several

# "السيد/ ، هشام": a comma behind the stroke
_AFTER_HONORIFIC = re.compile(r"(?:(?:(?<=/)|\s?/)\s?،)?[\s/:：.]*(?:\((?=[\u0621-\u064a]))?")
# "Ms, Shauna-Kay": a full stop read as a comma
_COMMA = re.compile(r",\s+(?=[^\W\d_a-zа-яё])")
NO_NAMES = ("title_heads", "org_heads", "org_units", "letterhead", "roles.")
SHORT_HONORIFIC = 4  # characters of one whose full stop may be read as a comma
_SMALL_WORD = re.compile(r" ([^\W\d_]+)(?![\w.])")
_STROKE = re.compile(r"\s?[/.]")
_PARTICLE = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞŠŽŁА-ЯЁ][\w'’-]{1,30} ([^\W\d_A-Z]{2,5}) \Z")
_GIVEN_NAME = re.compile(r"(?<![\w@.])([A-ZÀ-ÖØ-ÞŠŽŁА-ЯЁ](?:\.|[\w'’-]+)) \Z")


@dataclass(frozen=True, slots=True)
class Person:
    """A person's place: the honorific's span (None without one) and the name's."""

    honorific: Span | None
    name: Span
    by_post: bool = False
    """Led by a word that is a post as well (``Judge``, ``General``) and by no form of address."""

    @property
    def start(self) -> int:
        """Where the person begins."""
        if self.honorific is None:
            return self.name[0]
        return min(self.honorific[0], self.name[0])

    @property
    def end(self) -> int:
        """Where honorific and name end."""
        return max(self.honorific[1], self.name[1]) if self.honorific else self.name[1]


def persons(run: TextRun, start: int, end: int, *, prose: bool = False) -> list[Person]:
    """Every person with an honorific between two characters, in order."""
    found: list[Person] = []
    at = start
    for term in run.terms_in(start, end, *HONORIFICS):
        if term.start < at or not is_at_word_start(run.text, term.start):
            continue
        if continues_phrase(run, term, at) or is_in_brackets(run, term):
            continue
        if _is_middle_initial(run, term, start) or _is_behind_particle(run, term):
            continue
        group = honorific_at(run, term.start)
        if group is None or is_han(run.text[term.start]):
            continue
        if script_of(run.text[term.start]) == "arabic" and not _leads_arabic(run, term, group):
            continue
        gap = _after_honorific(run, term, group, end)
        begin = behind_lone_letter(run.text, gap.end() if gap else group[1], end)
        name = name_after_honorific(run, begin, end, prose=prose)
        group, name = given_name_back(run, group, name)
        if name is not None and (_announces(run, group, name) or _addresses(run, group, name)):
            continue
        if name is not None and not _is_post_and_office(run, term, group, name):
            by_post = is_post_too(run, group)
            if by_post and not _may_be_led(run, group, name):
                continue
            first, *others = of_several(run, group, name)
            found.append(Person(without_and(run, group), first, by_post))
            found.extend(Person(None, other) for other in others)
            at = name[1]
    return sorted([*found, *han_persons(run, start, end)], key=lambda p: p.start)


def _announces(run: TextRun, group: Span, name: Span) -> bool:
    """``السادة المشاركين:``: several are addressed by one word, and a colon leads to them.

    So does ``التالية``, whose ``أسماؤهم`` may have been misread.
    """
    plural = fold(run.text[slice(*group)]) in terms.folded("honorifics_plural")
    leads = run.text[name[1] :].lstrip().startswith((":", "："))
    begins = fold(run.text[slice(*name)].split()[0])
    return plural and (leads or begins in terms.folded("not_in_names"))


def _addresses(run: TextRun, group: Span, name: Span) -> bool:
    """``Madame, Monsieur l'Ambassadeur,``, ``Señor Embajador:`` / ``En relación con``: to whom.

    An article and a post are no name, nor is the first word of a sentence below.
    """
    articles = run.terms_in(*name, "articles")
    begin = next((t.end for t in articles if t.start == name[0]), name[1])
    posts = run.terms_in(begin, name[1], "title_heads", "ranks", "roles.")
    whole = any(t.start <= begin + 1 and t.end == name[1] for t in posts)
    if whole and run.text[name[0]].islower():
        return True
    printed = fold(run.text[slice(*name)])
    if " " in printed and printed in terms.folded("title_heads"):
        return True  # "la Señora Fiscal General"
    between = run.text[group[1] : name[0]]
    below = "\n" in between and any(sign in between for sign in ":：,")
    below = below and _is_one_word(run.text[slice(*name)])
    behind = _SMALL_WORD.match(run.text, name[1])
    return below and behind is not None and fold(behind[1]) not in terms.folded("name_particles")


def _may_be_led(run: TextRun, group: Span, name: Span) -> bool:
    """A word that is a post as well leads a name only directly, and only what looks like one."""
    if "\n" in run.text[group[1] : name[0]]:
        return looks_like_name(run, *name) is not None
    if run.text[group[1] : name[0]].strip():
        return False
    if len(run.text[slice(*name)].split()) == 1:
        return not run.terms_in(*name, *NO_NAMES)
    return looks_like_name(run, *name, wraps=True) is not None


def without_posts(run: TextRun, people: list[Person], start: int) -> list[Person]:
    """The persons of one entry without those that are another's post.

    ``Mr. X, General Manager``, ``Ms. Y, Judge, Supreme Court``: behind a person a word that is a
    post as well leads to somebody new only when the first was led so, or when "and" stands before.
    ``Sr. X, Ingeniero Vice-Ministro Director``: what ends as a post does is no name.
    """
    kept: list[Person] = []
    for person in people:
        alike = not kept or all(p.by_post for p in kept)
        post = person.by_post or (bool(kept) and _ends_as_post(run, person))
        if not post or alike or _is_joined(run, start, person.start):
            kept.append(person)
    return kept


def _ends_as_post(run: TextRun, person: Person) -> bool:
    """Behind a profession, and not behind ``Mr.`` or ``Ms.``, the last word names a post."""
    led = person.honorific or (person.start, person.start)
    courtesy = run.terms_in(*led, "honorifics_m", "honorifics_f")
    posts = run.terms_in(*person.name, "title_heads")
    return not courtesy and any(t.start > person.name[0] and t.end == person.name[1] for t in posts)


def _is_joined(run: TextRun, start: int, at: int) -> bool:
    """``and Judge X``, ``; Judge X``: the sentence goes on with another person."""
    articles = [t.start for t in run.terms_in(start, at, "articles") if t.end == at - 1]
    before = run.text[start : min(articles, default=at)].rstrip()  # "y el Consejero X"
    joins = any(t.end == start + len(before) for t in run.terms_in(start, at, "conjunctions"))
    return joins or before.endswith((";", "；", "؛", " و", "،و"))


def _is_middle_initial(run: TextRun, term: RunTerm, start: int) -> bool:
    """``Philippa D. Greavesmith``, ``K. D. Perera``: behind a given name ``D.`` is no ``don``.

    Nothing before ``start``, where the entry begins, is a name: ``B. M. Roux`` may be item B.
    """
    if len(run.text[term.start : term.end].rstrip(".")) > 1:
        return False
    before = _GIVEN_NAME.search(run.text, max(start, term.start - 40), term.start)
    if before is None:
        return False
    known = run.terms_in(*before.span(1), *HONORIFICS, "roles.", "title_heads", "conjunctions")
    return not any(t.end == before.end(1) for t in known)


def _is_behind_particle(run: TextRun, term: RunTerm) -> bool:
    """``Nurul Huda binti Haji Osman``: behind a particle of a name its rank is part of it."""
    before = _PARTICLE.search(run.text, max(0, term.start - 40), term.start)
    if before is None or term.label in ("honorifics_m", "honorifics_f"):
        return False
    particle = fold(before.group(1))
    return particle in terms.folded("name_particles") and particle not in terms.folded("of_words")


def _after_honorific(run: TextRun, term: RunTerm, group: Span, end: int) -> re.Match[str] | None:
    gendered = term.label in ("honorifics_m", "honorifics_f")
    if gendered and group[1] - group[0] <= SHORT_HONORIFIC:
        comma = _COMMA.match(run.text, group[1], end)
        if comma is not None:
            return comma
    return _AFTER_HONORIFIC.match(run.text, group[1], end)


def given_name_back(run: TextRun, group: Span, name: Span | None) -> tuple[Span, Span | None]:
    """``Ms. Shaikha Al-Jubourani``: behind a form of address the word is her given name.

    Only where no more than one word of a name would be left, or the word is known as a given
    name, and never a rank or a post.
    """
    if name is None:
        return group, name
    inside = run.terms_in(*group, *HONORIFICS)
    last = max((t for t in inside if t.end == group[1]), key=lambda t: t.start, default=None)
    first = [t for t in inside if t.start == group[0] and t.label != "honorifics_n"]
    if last is None or not first or last.start <= first[0].end:
        return group, name
    printed = run.text[last.start : last.end]
    given = fold(printed) in terms.folded("names_like_ranks") | terms.folded("names_too")
    if not given and not _is_one_word(run.text[name[0] : name[1]]):
        return group, name
    posts = [t for t in run.terms_in(*group, "title_heads", "ranks") if t.end == last.end]
    if (posts and not given) or not printed.isalpha() or len(printed) < SHORT_HONORIFIC:
        return group, name
    before = run.text[group[0] : last.start].rstrip()
    return (group[0], group[0] + len(before)), (last.start, name[1])


def _is_one_word(name: str) -> bool:
    """``Al Suwaidawi`` is one word: its particle does not count."""
    return sum(fold(word) not in terms.folded("name_particles") for word in name.split()) <= 1


def _is_post_and_office(run: TextRun, term: RunTerm, group: Span, name: Span) -> bool:
    """``Judge`` and below it ``Supreme Court``: a post and where it is held, no person.

    The office's word may follow what looks like a name: ``Economic Crimes`` ``Division``.
    In Arabic they stand on one line: ``المستشار القانوني بوزارة العدل``.
    """
    if script_of(run.text[term.start]) == "arabic":
        return any(
            (t.label != "title_heads" or t.start == name[0])
            and is_at_word_start(run.text, t.start)
            and not run.text[t.end : t.end + 1].isalpha()
            for t in run.terms_in(*name, "org_heads", "org_units", "title_heads", "letterhead")
        )
    if term.label in ("honorifics_m", "honorifics_f"):
        return False
    after = name[1] + 1 if run.text[name[1] : name[1] + 1] == " " else name[1]
    offices = run.terms_in(name[0], len(run.text), "org_heads", "letterhead", "org_units")
    if "\n" not in run.text[group[1] : name[0]]:
        return False
    return any(t.start in (name[0], after) or t.end == name[1] for t in offices)


def _leads_arabic(run: TextRun, term: RunTerm, group: Span) -> bool:
    """True unless a rank is a word of the text: ``وزير مفوض``, ``لفريق استعراض التنفيذ``.

    Without an article right behind a post, it is whose post that is: ``رئيس فريق التدقيق``.
    ``السادة التالية أسماؤهم`` leads a list, not a name.
    """
    of_post = (t.end + 1 == term.start for t in run.terms if t.label == "title_heads")
    indefinite = term.label == "ranks" and not run.text.startswith("ال", term.start)
    if han.ends_post(run, term) or (indefinite and any(of_post)):
        return False
    if _is_given_name(run, term):
        return False
    printed = fold(run.text[term.start : term.end])
    exact = {fold(r) for r in terms.phrases("ranks")}
    if printed.startswith("لل") and printed.removeprefix("لل") in exact:
        return False
    if term.label == "ranks" and printed.removeprefix("و") not in exact and printed not in exact:
        return False
    after = run.trimmed(group[1], len(run.text))[0]
    return not any(
        (t.start == after and t.label == "nominating")
        or (t.label == "letter_style" and t.start <= after < t.end)
        for t in run.terms
    )


def _is_given_name(run: TextRun, term: RunTerm) -> bool:
    """``رائد جميل الأعرج`` is no major called ``جميل``."""
    printed = fold(run.text[term.start : term.end])
    return printed in terms.folded("names_too") and not _STROKE.match(run.text, term.end)


def han_persons(run: TextRun, start: int, end: int) -> list[Person]:
    """Chinese persons by the honorific after the name: ``外交部条约法律司参赞张三先生``."""
    return [Person(a, name) for a, name in han.spans_of_persons(run, start, end)]
