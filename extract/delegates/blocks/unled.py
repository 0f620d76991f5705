"""Names of an entry that no form of address leads to: found by their place and their shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from extract.delegates.parts.name_words import words_of
from extract.delegates.parts.names import looks_like_name, take_name
from extract.delegates.parts.persons import Person
from extract.delegates.scripts import han_bare
from extract.language.name_fit import name_fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.delegates.parts.segments import Segment
    from extract.language.emails import EmailMatch
    from extract.layout.text_run import Span, TextRun

# an honorific or rank the lexicon does not know: "Barr. Chinedu Eze", "Arc. A. Bello"
_ABBREVIATION = re.compile(r"(?![А-ЯЁ]{2}\.)([^\W\d_a-zа-яё][^\W\d_]{1,6}\.)\s+(?=[^\W\d_]{2})")

# what parts a name from what is said of the person
_FIELD = re.compile(r"\s?[,;(|]|\s[-–—]\s")


Place = Literal["first", "last"]
"""Where among what an entry says the name stands."""

PARTS = 2  # words of a name that an address spells
NAME_KINDS = ("full", "family")
"""How an address spells a name for sure."""


def unled(
    run: TextRun, parts: Sequence[Segment], mails: Sequence[EmailMatch], *, listed: bool
) -> list[Person]:
    """The name without form of address: the part an address spells, else the first that can be.

    That is one after a role or alone. Outside of lists (``listed``) a post or an address must
    stand beside it.
    """
    spelled = _spelled(run, parts, mails)
    if spelled is not None:
        return [Person(None, spelled)]
    for part in parts[:3]:
        if _is_misread_heading(run, part, parts):
            continue
        if part.kind == "unknown":
            abbreviated = _ABBREVIATION.match(run.text, part.start, part.end)
            if abbreviated:
                name = looks_like_name(run, abbreviated.end(), part.end)
                return [Person(abbreviated.span(1), name)] if name else []
            name = looks_like_name(run, part.start, part.end)
            if name is not None and not listed and not mails and not _is_backed(parts):
                return []
            if name is None:
                name = _surname_comma_given(run, part, parts)
            return [Person(None, name)] if name else []
        if part.kind not in ("role", "junk"):
            return _beside_post(run, part)
    return []


def behind_ands(
    run: TextRun, mails: Sequence[EmailMatch], known: Sequence[Person], end: int
) -> list[Person]:
    """``Ann Lee – Judge; a.lee@x.org and Tom Ray – Adviser; t.ray@x.org``.

    An address, a bracket or a semicolon ends a person; "and" behind it leads to the next, whose
    own address follows, or a post: names with a field behind them.
    """
    found: list[Person] = []
    first = min((p.end for p in known), default=end)
    for term in run.terms_in(first, end, "conjunctions"):
        before = run.text[first : term.start].rstrip(" \n,")
        addressed = any(m.end == first + len(before.rstrip(";)） ")) for m in mails)
        if not addressed and not before.endswith((";", "；")):
            continue
        after = min((m.start for m in mails if m.start > term.end), default=None)
        name = take_name(run, term.end, end)
        if name is None or any(p.start < name[1] and name[0] < p.end for p in (*known, *found)):
            continue
        field = _FIELD.match(run.text, name[1])
        if field is None or looks_like_name(run, *name) is None:
            continue
        if (addressed and after is not None) or _begins_post(run, field.end(), end):
            found.append(Person(None, name))
    return found


def _begins_post(run: TextRun, at: int, end: int) -> bool:
    begin = run.trimmed(at, end)[0]
    return any(t.start == begin for t in run.terms_in(begin, end, "title_heads"))


def by_place(run: TextRun, parts: Sequence[Segment], place: Place) -> list[Person]:
    """The part that stands where the other entries of the list have the name, if it may be one.

    Words that no lexicon knows and that are set as names are, a single one is enough; or known
    ones (``Anna Pole``) beside a post.
    """
    said = [p for p in parts if p.kind not in ("role", "junk")]
    part = said[0 if place == "first" else -1] if said else None
    if part is None:
        return []
    posts = any(p.kind == "title" for p in said if p is not part)
    if part.kind != "unknown" and not (posts and part.kind in ("organization", "unit")):
        return []
    name = _whole_name(run, part)
    return [Person(None, name)] if name is not None else []


def _whole_name(run: TextRun, part: Segment) -> Span | None:
    """The part, if it is set as a name from its first word to its last."""
    name = take_name(run, part.start, part.end)
    return name if name and name[1] >= run.trimmed(part.start, part.end)[1] else None


def _spelled(run: TextRun, parts: Sequence[Segment], mails: Sequence[EmailMatch]) -> Span | None:
    for part in parts if mails else ():
        name = _whole_name(run, part) if part.kind == "unknown" else None
        if name is None or len(words_of(run.text[slice(*name)])) < PARTS:
            continue
        if name_fit(mails[0].local, run.read_name(*name)).kind in NAME_KINDS:
            return name
    return None


def _beside_post(run: TextRun, part: Segment) -> list[Person]:
    """A name in one part with its post: ``谢文婷 检察官助理``, ``局长张三``, ``Minister X``."""
    name = han_bare.name_before_post(run, part.start, part.end)
    if name is None and part.kind == "title":
        name = han_bare.name_behind_post(run, part.start, part.end)
    if name is not None:
        return [Person(None, name)]
    return _after_rank(run, part) if part.kind == "title" else []


def _is_misread_heading(run: TextRun, part: Segment, parts: Sequence[Segment]) -> bool:
    """``من البعثة الداعة`` above a name: a line that begins with a preposition is no name."""
    return (
        part is parts[0]
        and part.kind in ("unknown", "organization")
        and len(parts) > 2
        and parts[1].before == "\n"
        and any(t.start == part.start for t in run.terms_in(part.start, part.end, "not_in_names"))
    )


def _is_backed(parts: Sequence[Segment]) -> bool:
    """Outside of lists, capitalised words are a person's only beside a post or an address."""
    return any(p.kind in ("title", "organization", "unit", "role") for p in parts)


def _after_rank(run: TextRun, part: Segment) -> list[Person]:
    """``Minister Counsellor João Paulo dos Santos``: the rank stands where an honorific would."""
    ranks = [
        t for t in run.terms_in(part.start, part.end, "title_prefixes") if t.start == part.start
    ]
    if not ranks:
        return []
    end = max(t.end for t in ranks)
    name = looks_like_name(run, end, part.end)
    return [Person((part.start, end), name)] if name else []


def _surname_comma_given(run: TextRun, part: Segment, parts: Sequence[Segment]) -> Span | None:
    following = next((p for p in parts if p.start >= part.end), None)
    if following is None or following.before != "," or following.kind != "unknown":
        return None
    if not run.text[part.start : part.end].isupper():
        return None
    return looks_like_name(run, part.start, following.end)
