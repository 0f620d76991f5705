"""Whether a value ends where it should: signs that a boundary between two fields is a guess.

Examples: an office that begins a line inside a post, a post and an office with nothing between
them, a name broken in the middle of a word, a label's word taken for the value's first.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.checks.boundary_signs import FIELD_OF, SURE, TOGETHER
from extract.checks.claims import claims
from extract.checks.spacing import unevenly_spaced
from extract.delegates.parts.line_ends import line_end
from extract.delegates.parts.office_of_post import is_of, office_of_post
from extract.language import terms
from extract.language.normalise import fold, is_han, main_script
from extract.types import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.checks.context import Context
    from extract.delegates.draft import Draft
    from extract.layout.text_run import Span, TextRun
    from extract.types import Delegate
    from ocr.types import Box

UNCERTAIN = "boundary_uncertain"
OFFICES = ("org_heads", "letterhead", "mission_nouns")
POSTS = ("title_heads", "ranks", "title_prefixes")
OFFICE_HEADER = "table_headers.organisation"
JOINS = ("of_words", "conjunctions", "articles", "goes_on")
"""Words that no value begins with, and that none ends with."""
_PARTS = re.compile(r"[,;/|،؛，；、]|\s[-–—•]\s")
_SEPARATOR = re.compile(r"(?:\s?\([^()\n]{1,60}\))?\s{1,3}([/|·•;–—-])\s")
# a capital behind small letters: two words without their space; "McDonald", "DeVito" are one
_GLUED = re.compile(r"(?<![^\W\d_A-ZÀ-Þ])[^\W\d_A-ZÀ-Þ]{3,40}[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]{2}")
# a letter alone between an Arabic form of address and the name: a speck, or the name's own
_LETTER_BEFORE = re.compile(r"(?<![\u0621-\u064a])[\u0621-\u064a]\s$")
# the O of a name that its cell broke off, taken for a figure
_LETTER_BELOW = re.compile(r"\n[0O](?=\n|$)")
_SMALL_BEFORE = re.compile(r"(?:^|[\s(<:])([a-z]{2,24}) $")
LONGEST_PART = 30
"""Characters before an address in which a part of it stands."""
OF_WORD = 6
"""Characters of a space and the longest "of"."""
RAGGED = 1.5
"""Heights of a line between two edges from which on they are none."""
SHORT = 4
"""Letters of a word from which on it is whole; what a narrow column broke off has fewer."""


def weigh_boundaries(context: Context) -> Context:
    """The persons, with a sign for each value that may be too long or too short."""
    uneven = unevenly_spaced(context.people)
    people = []
    for person, draft in zip(context.people, context.drafts, strict=True):
        spaced = ("name.uneven_space",) if person in uneven else ()
        signs = (*person.signs, *dict.fromkeys(_signs(draft)), *spaced)
        people.append(_doubted(replace(person, signs=signs)))
    return context.with_people(tuple(people))


def _doubted(person: Delegate) -> Delegate:
    """With a doubt about each field whose signs were wrong more often than right."""
    sure = [s for s in person.signs if s in SURE]
    sure += [first for first, *rest in TOGETHER if {first, *rest} <= set(person.signs)]
    fields = dict.fromkeys(FIELD_OF.get(s, s.partition(".")[0]) for s in sure)
    doubts = tuple(Doubt(UNCERTAIN, field) for field in fields)
    return replace(person, doubts=tuple(dict.fromkeys((*person.doubts, *doubts))))


def _signs(draft: Draft) -> Iterator[str]:
    yield from (f"name.{sign}" for sign in _of_name(draft))
    for field, spans in (("title", draft.title), ("organization", draft.organization)):
        yield from (f"{field}.{sign}" for sign in _of_value(draft, spans))
    if draft.title and _is_half_post(draft.run, *draft.title[-1]):
        yield "title.half_post"
    yield from _of_both(draft)
    yield from _of_places(draft)
    if draft.organization and _is_bare(draft.run, *draft.organization[0]):
        yield "organization.lone"


def _of_name(draft: Draft) -> Iterator[str]:
    """A name cut inside a word, or closed up: a reader saw white in a Chinese one."""
    run = draft.run
    begins, ends = zip(*claims(draft), strict=True)
    for a, b in draft.name_parts:
        before, after = a > 0 and run.text[a - 1].isalpha(), run.text[b : b + 1].isalpha()
        if (before and a not in ends) or (after and b not in begins):
            yield "inside_word"
        if is_han(run.text[a]) and b - a > 1 and run.words(a, a + 1) != run.words(a + 1, a + 2):
            yield "closed_up"
        if _is_broken(run.text[a:b]) or _LETTER_BELOW.match(run.text, b):
            yield "broken"
        if _LETTER_BEFORE.search(run.text[max(0, a - 3) : a]):
            yield "letter_before"


def _of_value(draft: Draft, spans: tuple[Span, ...]) -> Iterator[str]:
    run, mark, whole = draft.run, _separator(draft), _joined(draft.run, spans)
    for a, b in whole:
        yield from _of_span(run, a, b)
    if any(any(c.isalnum() for c in run.text[b:a]) for (_, b), (a, _) in pairwise(spans)):
        yield "apart"
    if mark and any(f" {mark} " in f" {run.read(a, b)} " for a, b in whole):
        yield "separator_inside"
    if any(_GLUED.search(run.read(a, b)) for a, b in spans):
        yield "glued"
    if any(_is_ragged(run, a, b) for a, b in whole):
        yield "ragged"
    between = (run.text[b:a] for (_, b), (a, _) in pairwise(spans))
    if any("\t" in x for x in (*between, *(run.text[a:b] for a, b in spans))):
        yield "gap"


def _is_half_post(run: TextRun, start: int, end: int) -> bool:
    """``司法厅法律`` of ``司法厅法律顾问``: it ends in a character that no post ends in.

    Of 177 Chinese posts by six hands one does (``翻译``).
    """
    text = run.read(start, end).partition("（")[0].partition("(")[0].rstrip(" 。，、")
    return bool(text) and is_han(text[-1]) and text[-1] not in _last_of_posts()


@cache
def _last_of_posts() -> frozenset[str]:
    phrases = (p for label in POSTS for p in terms.phrases(label, "zh"))
    return frozenset(phrase[-1] for phrase in phrases)


def _of_office(draft: Draft) -> Iterator[str]:
    """What stands between a post and its office, or joins them."""
    run = draft.run
    if draft.title and draft.organization:
        (_, end), (start, _) = sorted((draft.title[-1], draft.organization[0]))
        between = run.text[end:start]
        whole = draft.title[-1][0], draft.organization[0][1]
        apart = "\n" in between or "\t" in between or office_of_post(run, *whole) is not None
        if between.isspace() and not apart:
            yield "organization.unseparated"
        if _may_go_on(draft, end, start):
            yield "organization.goes_on"
    elif draft.title:
        parted = office_of_post(run, *draft.title[-1])
        if parted is not None and is_of(run.text[parted[0][1] : parted[1][0]]):
            yield "title.of_office"


def _of_places(draft: Draft) -> Iterator[str]:
    """What stands between two values."""
    run = draft.run
    name = max(b for _, b in draft.name_parts)
    yield from _of_office(draft)
    own = draft.mail_run is None or draft.mail_run is run
    if own and draft.title and any(name <= m.start < draft.title[0][0] for m in draft.emails):
        yield "title.behind_address"
    if own and draft.emails and _has_part_before(draft, draft.emails[0].start):
        yield "email.begins_before"
    if draft.role_span and draft.title and draft.role_span[0] < draft.title[0][0]:
        headless = not any(run.terms_in(a, b, *POSTS) for a, b in draft.title)
        if headless and run.text[name : draft.role_span[0]].strip(" ") in (",", "،", "，"):
            yield "role.in_place"


def _has_part_before(draft: Draft, at: int) -> bool:
    """``joon kim@mfa.gov.xx`` of KIM Joon-ho: the word before it is a part of the name, too."""
    word = _SMALL_BEFORE.search(draft.run.text[max(0, at - LONGEST_PART) : at])
    names = re.split(r"[\s-]+", fold(draft.name_text))
    return word is not None and word[1] in names


def _may_go_on(draft: Draft, end: int, start: int) -> bool:
    """``Policy for`` and below it ``Rivers Directorate of Water``: the first word is the post's.

    The margin may have cut the line above, and the office's word comes later and leads others.
    """
    run = draft.run
    if run.text[end:start] != "\n" or line_end(run, end) != "open":
        return False
    offices = run.terms_in(start, draft.organization[0][1], *OFFICES, "org_units")
    leads = any(run.terms_in(t.end, t.end + OF_WORD, "of_words") for t in offices)
    return leads and not any(t.start == start for t in offices)


def _is_ragged(run: TextRun, start: int, end: int) -> bool:
    """Whole lines of a value that stand under each other at no common edge."""
    whole = [line for line, a, b in run.pieces(start, end) if a == 0]
    return any(
        one.page == two.page and _distance(one.box, two.box) > RAGGED * one.height
        for one, two in pairwise(whole)
    )


def _distance(one: Box, two: Box) -> float:
    """Between the edges, or the middles, that are nearest to each other; in pixels."""
    middles = abs(one.center[0] - two.center[0])
    return min(abs(one.left - two.left), abs(one.right - two.right), middles)


def _joined(run: TextRun, spans: tuple[Span, ...]) -> list[Span]:
    """Spans with nothing but signs between them, as one."""
    found: list[Span] = []
    for a, b in spans:
        if found and not any(c.isalnum() for c in run.text[found[-1][1] : a]):
            found[-1] = found[-1][0], b
        else:
            found.append((a, b))
    return found


def _separator(draft: Draft) -> str | None:
    """The sign, no comma, that stands alone behind the name and before what follows."""
    end = max(b for _, b in draft.name_parts)
    found = _SEPARATOR.match(draft.run.text, end)
    return found[1] if found else None


def _of_both(draft: Draft) -> Iterator[str]:
    """What the words of two fields together say."""
    run = draft.run
    posts = [t for a, b in draft.title for t in run.terms_in(a, b, *POSTS)]
    offices = [t for a, b in draft.title for t in run.terms_in(a, b, *OFFICES)]
    if draft.title and not posts:
        if offices and not draft.organization:
            yield "title.office_alone"
        if any(run.terms_in(a, b, *POSTS) for a, b in draft.organization):
            yield "organization.post_inside"
    for a, b in draft.name_parts:
        if any(t.start == a or t.end == b for t in run.terms_in(a, b, "roles.")):
            yield "name.role_at_edge"
    places = [
        spans[0][0]
        for spans in (draft.title, (draft.role_span,), draft.organization)
        if spans and spans[0]
    ]
    if len(places) == 3 and places == sorted(places):
        yield "role.cuts"


def _of_span(run: TextRun, start: int, end: int) -> Iterator[str]:
    offices = [t.start for t in run.terms_in(start, end, *OFFICES)]
    posts = [t.start for t in run.terms_in(start, end, *POSTS)]
    if any(at > start and _begins_line(run, start, at) for at in offices):
        yield "office_line"
    if any(at > start and _begins_line(run, start, at) for at in posts):
        yield "post_line"
    yield from _below(run, start, end)
    known = {*offices, *posts, *(t.start for t in run.terms_in(start, end, "org_units", "roles."))}
    labels = [t for t in run.terms_in(start, end, "table_headers.") if t.start not in known]
    if any(t.start == start or (t.end == end and t.label != OFFICE_HEADER) for t in labels):
        yield "label_at_edge"
    joins = run.terms_in(start, end, *JOINS)
    if any(t.start == start for t in joins):
        yield "joins_before"
    if any(t.end == end for t in joins):
        yield "joins"
    parts = [p for p in _PARTS.split(run.text[start:end]) if p.strip()]
    if len(parts) > 1 and not posts and not offices:
        yield "parts_unknown"


def _below(run: TextRun, start: int, end: int) -> Iterator[str]:
    """An office, or a post, on a line below one that has none and does not go on."""
    for line in re.finditer(r"\n", run.text[start:end]):
        at = start + line.end()
        above = run.text[start:at].rstrip()
        joined = any(t.end == start + len(above) for t in run.terms_in(start, at, *JOINS))
        if run.text[at].islower() or above[-1:] in ",،，" or joined:
            continue
        for sign, labels in (("office_below", OFFICES), ("post_below", POSTS)):
            if run.terms_in(at, end, *labels) and not run.terms_in(start, at, *labels):
                yield sign


def _is_bare(run: TextRun, start: int, end: int) -> bool:
    """One word that says of no office which: ``Department``; in scripts that part words."""
    text = run.read(start, end)
    return len(text.split()) == 1 and main_script(text) in ("latin", "cyrillic")


def _begins_line(run: TextRun, start: int, at: int) -> bool:
    """A line begins here though the one above, from ``start`` on, was ended by its writer."""
    above = run.text[start:at].rstrip(" ")
    if above[-1:] != "\n" or run.wraps(start + len(above) - 1):
        return False
    above = above.rstrip()
    joins = run.terms_in(start, start + len(above), *JOINS)
    return above[-1:] not in ",-&/(" and not any(t.end == start + len(above) for t in joins)


def _is_broken(text: str) -> bool:
    """A word of a name goes over a line's end: what is below is no word."""
    for above, below in pairwise(text.split("\n")):
        first, second = (above.split() or [""])[-1], (below.split() or [""])[0]
        if len(first) < SHORT or not first.isalpha() or not second.isalpha():
            continue
        if fold(second) in terms.folded("name_particles"):
            continue
        if second[0].islower() or (first.isupper() and second.isupper() and len(second) < SHORT):
            return True
    return False
