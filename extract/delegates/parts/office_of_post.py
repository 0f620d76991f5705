"""The office a post ends with: ``Senior Adviser at the National Audit Court``."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold, script_of

if TYPE_CHECKING:
    from extract.delegates.draft import Draft
    from extract.layout.text_run import Span, TextRun

OFFICES = ("org_heads", "letterhead")
POSTS = ("title_heads", "ranks", "roles.")
LEADS = ("of_words", "articles", "office_leads", "office_joins")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w’'-]{0,40}?['’]?)(?:(?<=['’])|\s)\Z")
# "Министерства", "Управления", "Комитета", "Прокуратуры", "Комиссии", "Суда"; no nominative of an
# office's word ends so
_OFFICE_GENITIVE = re.compile(
    r"(?:ства|ния|[ео]та|[ео]нта|тра|уры|[цс]ии|жбы|аты|уда|нка|нда)\Z", re.IGNORECASE
)
_GENITIVE = re.compile(r"(?:ой|ого|его|ей)\Z", re.IGNORECASE)


def with_office(draft: Draft) -> Draft:
    """The draft whose post ends with the only office that is said of it, as organization.

    Not where "of" or a genitive joins the two: such an office does not stand apart from the post,
    and has not its name's own form.
    """
    if not draft.title or draft.organization or draft.office is not None:
        return draft
    *before, last = draft.title
    parted = office_of_post(draft.run, *last)
    if parted is None or is_of(draft.run.text[parted[0][1] : parted[1][0]]):
        return draft
    return replace(draft, title=(*before, parted[0]), organization=(parted[1],))


def office_of_post(run: TextRun, start: int, end: int) -> tuple[Span, Span] | None:
    """The post and the office it is held at, which a genitive or "of", "at" joins to it.

    Of ten hands whose notes say so two take the office in the genitive for the organization, two
    for a part of the post, and six let either reading pass; where ``of the`` leads it, lists of
    real posts have it in the post, four hands two and two: it stays there, and is doubted. A
    department stays with the post, and so do an office in small letters and one that a single word
    leads: ``Head of the National Audit Court``.
    """
    for term in run.terms_in(start, end, *OFFICES):
        if term.start == start or _is_part(run, term.start):
            continue
        script = script_of(run.text[term.start])
        begin = _with_adjectives(run, start, term.start, russian=script == "cyrillic")
        cased = script in ("latin", "cyrillic")
        if cased and not run.text[begin].isupper():
            continue
        post = _before_leads(run, start, begin)
        led = post < begin - 1
        part = run.text.rfind(",", start, post) + 1 or start  # "Judge, General Directorate of the"
        if led is (script == "cyrillic") or not run.terms_in(part, post, "title_heads"):
            return None
        words = re.findall(r"\w+", run.text[start:post])
        # "Head of the National Audit Court", "Avocate près la Cour de justice"
        bare = led and len(words) == 1
        open_ended = fold(words[-1]) in terms.folded("open_endings")
        if bare or open_ended or " " not in run.read(begin, end):  # "советник Посольства"
            return None
        return (start, post), (begin, end)
    return None


def is_genitive(word: str) -> bool:
    """``Министерства`` behind a post, even on a line of its own, is whose post it is."""
    return _OFFICE_GENITIVE.search(word) is not None


def _with_adjectives(run: TextRun, start: int, at: int, *, russian: bool) -> int:
    """Where ``Национальной антикоррупционной прокуратуры`` begins, or ``National Audit Court``."""
    begin = back = at
    while (word := _WORD_BEFORE.search(run.text, start, back)) is not None:
        known = run.terms_in(word.start(), back, *POSTS, *OFFICES, "org_units")
        own = _GENITIVE.search(word[1]) if russian else word[1][0].isupper()
        if known or not own or fold(word[1]) in _leads():
            break
        back = word.start()
        begin = back if word[1][0].isupper() else begin
    return begin


def _before_leads(run: TextRun, start: int, begin: int) -> int:
    """Where the post ends before ``of the``, ``auprès de l'``."""
    end = run.trimmed(start, begin)[1]
    while (word := _WORD_BEFORE.search(run.text, start, begin)) is not None:
        if fold(word[1]) not in _leads():
            break
        begin = word.start()
        end = run.trimmed(start, begin)[1]
    return end


def is_of(lead: str) -> bool:
    """``of the``, ``de la``, ``del``, a genitive alone, and not ``at the``, ``auprès de l'``."""
    if not lead.strip():
        return True
    first = next(iter(re.findall(r"[^\W\d_]+", fold(lead))), "")
    others = terms.folded("office_leads") | terms.folded("office_joins")
    return first in _leads() and not any(phrase.split()[0] == first for phrase in others)


@cache
def _leads() -> frozenset[str]:
    """The single words of "of the", "auprès de l'"."""
    return frozenset(w for label in LEADS for phrase in terms.folded(label) for w in phrase.split())


def _is_part(run: TextRun, at: int) -> bool:
    """A department, a division: the longest word for an office that begins there is of a part."""
    found = [t for t in run.terms if t.start == at and t.label in (*OFFICES, "org_units")]
    longest = max(t.end for t in found)
    words = terms.folded("org_units") | terms.folded("office_parts")
    return fold(run.text[at:longest]) in words
