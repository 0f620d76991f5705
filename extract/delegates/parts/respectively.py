"""``los Dres. A y B, Presidente y Asesora, respectivamente, de la Junta``: one post for each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.delegates.parts.office_of_post import LEADS
from extract.language import terms
from extract.language.normalise import fold

if TYPE_CHECKING:
    from extract.delegates.draft import Draft
    from extract.layout.text_run import Span, TextRun

PARTS_OF_NAME = 2  # words of a name with its family name


def respectively(run: TextRun, start: int, end: int) -> tuple[Span, ...]:
    """Where the word stands, with the "of the" behind it that leads to the office of all."""
    found: list[Span] = []
    for term in run.terms_in(start, end, "respectively"):
        stop = term.end
        while True:
            at = run.trimmed(stop, end, " \n,،")[0]
            leads = [t.end for t in run.terms_in(at, end, *LEADS) if t.start == at]
            if not leads:
                break
            stop = max(leads)
        found.append((term.start, stop))
    return tuple(found)


def each_their_own(drafts: list[Draft]) -> list[Draft]:
    """The persons before "respectively", each with one of the posts that stand before it."""
    result = list(drafts)
    for at, draft in enumerate(drafts):
        run = draft.run
        words = run.terms_in(draft.start, len(run.text), "respectively")
        said = [t for t in draft.title if words and t[1] <= words[0].start]
        posts = _posts(run, said[0][0], said[-1][1]) if said else []
        first = at + 1 - len(posts)
        if len(posts) < 2 or first < 0 or any(d.title for d in drafts[first:at]):
            continue
        for place, post in enumerate(posts, start=first):
            office = result[place].organization or draft.organization
            result[place] = replace(result[place], title=(post,), organization=office)
    return result


def _posts(run: TextRun, start: int, end: int) -> list[Span]:
    """``Presidente y Asesora``, ``Judge, Adviser and Attaché``: each begins as a post does."""
    heads = {t.start for t in run.terms_in(start, end, "title_heads")}
    ands = [(t.start, t.end) for t in run.terms_in(start, end, "conjunctions")]
    commas = [(at, at + 1) for at in range(start, end) if run.text[at] in ",،"]
    posts: list[Span] = []
    for a, b in sorted([*ands, *commas]):
        if run.trimmed(b, end, " \n,،")[0] in heads and a > start:
            posts.append(run.trimmed(start, a))
            start = b
    return [*posts, run.trimmed(start, end)]


def of_several(run: TextRun, group: Span, name: Span) -> list[Span]:
    """The names behind ``Sres.``, ``MM.``, ``Messrs``, which "and" joins."""
    if fold(run.text[slice(*group)]) not in terms.folded("honorifics_plural"):
        return [name]
    for term in run.terms_in(*name, "conjunctions"):
        parts = [run.trimmed(name[0], term.start), run.trimmed(term.end, name[1])]
        if all(len(run.text[slice(*p)].split()) >= PARTS_OF_NAME for p in parts):
            return parts
    return [name]
