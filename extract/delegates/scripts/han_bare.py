"""Chinese names without a form of address: told by the posts they stand beside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.delegates.scripts.han import LONGEST_FOREIGN, NAME_FOLLOWS, longest
from extract.language import terms
from extract.language.han_names import DOTS, LONGEST, has_surname
from extract.language.normalise import is_han

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun

STOPS = (
    "conjunctions",
    "leads_delegation",
    "ends_person",
    "nominating",
    "honour",
    "replaced_by",
    "replacing",
    *terms.FORMS_OF_ADDRESS,
)
_NAME_APART = re.compile(
    r"([\u3400-\u9fff]{1,7}(?:[·•][\u3400-\u9fff]{1,7}){1,2}(?=[\s\u3000])"
    r"|[\u3400-\u9fff](?:[ \u3000]{1,4}[\u3400-\u9fff]){1,2}(?=[\s\u3000])"
    r"|[\u3400-\u9fff]{2,4}(?=[\s\u3000]))[\s\u3000]+(?=[\u3400-\u9fff]{2})"
)


def name_before_post(run: TextRun, start: int, end: int) -> Span | None:
    """The name that begins a stretch, set apart from its post: ``谢文婷  人民检察院检察官助理``."""
    match = _NAME_APART.match(run.text, start, end)
    if match is None:
        return None
    name = "".join(match.group(1).split())
    post = run.terms_in(match.end(), end, "title_heads", "org_heads")
    return match.span(1) if has_surname(name) and len(name) <= longest(name) and post else None


def name_behind_post(run: TextRun, start: int, end: int) -> Span | None:
    """The name that ends a stretch without form of address: ``司法部国际合作局局长张三``."""
    posts = [t for t in run.terms_in(start, end, "title_heads") if is_han(run.text[t.start])]
    if not posts:
        return None
    begin = run.trimmed(max(t.end for t in posts), end)[0]
    text = "".join(run.text[begin:end].split())
    if 2 <= len(text) <= LONGEST and all(map(is_han, text)) and has_surname(text):
        return begin, end
    return None


def names_behind_posts(run: TextRun, start: int, end: int) -> list[Span]:
    """Names in a sentence that follow a post directly and end at a mark or a known word.

    Example: ``人民银行主任科员贺婷婷和外交部随员 丁 宁。`` names two.
    """
    found: list[Span] = []
    for term in run.terms_in(start, end, "title_heads"):
        if not is_han(run.text[term.start]) or any(term.end < b for _, b in found):
            continue
        name = _name_from(run, term.end, end)
        if name is not None:
            found.append(name)
    return found


def _name_from(run: TextRun, at: int, end: int) -> Span | None:
    places: list[int] = []
    while at < end and len(places) <= LONGEST_FOREIGN:
        char = run.text[at]
        if is_han(char) or char in DOTS:
            if len(places) >= 2 and _is_stop(run, at):
                break
            places.append(at)
        elif not char.isspace():
            break
        at += 1
    text = "".join(run.text[p] for p in places)
    if 2 <= len(text) <= longest(text) and has_surname(text) and not _is_word(run, places):
        return places[0], places[-1] + 1
    return None


def _is_stop(run: TextRun, at: int) -> bool:
    """A word begins here that no name goes on with."""
    return any(t.start == at and t.label in STOPS for t in run.terms)


def _is_word(run: TextRun, places: list[int]) -> bool:
    """The characters are, hold or end in a post, an office or another word of the lexicon."""
    return any(
        t.start >= places[0]
        and (t.end == places[-1] + 1 or (t.end <= places[-1] and t.label == "title_heads"))
        and t.label in (*NAME_FOLLOWS, *STOPS)
        for t in run.terms
        if t.end - t.start > 1
    )
