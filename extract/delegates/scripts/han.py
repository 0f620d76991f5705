"""Persons in Chinese: the form of address stands behind the name, the post before it.

Chinese has no spaces between words. A name of two or three characters is told by the family name
it begins with, by the post before it and by the form of address behind it; printers set short
names apart (``李 明 先生``), and a name may go on over the end of a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.han_names import (
    DOT_SEEN,
    DOTS,
    LONGEST,
    compound_surnames,
    has_surname,
    spells_sounds,
    surnames,
)
from extract.language.normalise import is_han

if TYPE_CHECKING:
    from extract.layout.text_run import RunTerm, Span, TextRun

NAME_FOLLOWS = ("title_heads", "org_heads", "roles.head", "conjunctions")
SAYING = ("title_heads", "org_heads", "org_units", "roles.", *terms.HONORIFICS)
"""Terms that say something of a person."""
LABEL_REACH = 7
"""Characters before a label in which a sign must stand, the end of a line included."""
_LABEL_LEAD = re.compile(r"[，；、（(,;]\s?([\u3400-\u9fff\n]{1,5})\Z")
LONGEST_FOREIGN = 14
"""Characters of a foreign name written in Chinese, its dots included."""

LONGEST_BY_SOUND = 8
"""Characters of a name without dots that its characters' sounds spell: ``额尔登巴雅尔``."""

DOT_REACH = 4  # characters of a dot with the white around it, and the one before
MOST_COLLECTED = 40  # characters looked at before a form of address
_LATIN_NAME = re.compile(r"(?:[A-ZÀ-Þ][^\W\d_]*(?:[.'’-][^\W\d_]+)*\.?[ ]?){1,6}$")
# "宋佳音（SONG Jiayin）女士"
_SPELLED = re.compile(r"(?<=[\u3400-\u9fff])\s?[（(]\s?[A-Za-z][^()（）]{2,40}[)）]$")
_LATIN_REACH = 60  # characters looked at for a Latin name


def label_spans(run: TextRun, start: int, end: int) -> tuple[Span, ...]:
    """Labels of addresses and numbers that a line's end breaks, or that have words of their own.

    ``单位联络邮箱``: a few characters between a sign and the label, no post and no office.
    """
    spans: list[Span] = []
    for term in run.terms_in(start, end, *terms.REACH_LABELS):
        if not is_han(run.text[term.start]):
            continue
        lead = _LABEL_LEAD.search(run.text, max(start, term.start - LABEL_REACH), term.start)
        said = lead and run.terms_in(lead.start(1), term.start, *SAYING)
        begin = lead.start(1) if lead and not said else term.start
        if begin < term.start or "\n" in run.text[term.start : term.end]:
            spans.append((begin, term.end))
    return tuple(spans)


def spans_of_persons(run: TextRun, start: int, end: int) -> list[tuple[Span, Span]]:
    """(form of address, name) of every person who has a form of address in Chinese.

    Examples: ``外交部条约法律司参赞张三先生``, ``李 明 女士``, ``Amina Diallo 女士``.
    """
    found: list[tuple[Span, Span]] = []
    for term in run.terms_in(start, end, *terms.FORMS_OF_ADDRESS):
        if not is_han(run.text[term.start]) or any(term.start < a[1] for a, _ in found):
            continue
        if ends_post(run, term) or _is_post_of_a_line(run, term) or _begins_office(run, term):
            continue
        name = _name_before(run, start, term)
        named = found and name is not None and name[0] < found[-1][0][1]  # "张三女士 法官": a post
        if name is not None and not named and not _ends_in_office(run, name):
            found.append(((term.start, term.end), name))
    return found


def ends_post(run: TextRun, term: RunTerm) -> bool:
    """``高级检察官``, ``وزير مفوض``: the word ends a longer post and leads no name."""
    return any(
        t.label == "title_heads" and t.start < term.start and t.end >= term.end for t in run.terms
    )


def _begins_office(run: TextRun, term: RunTerm) -> bool:
    """``大使馆``: no ambassador."""
    return any(
        t.start == term.start and t.end > term.end and t.label in ("org_heads", "letterhead")
        for t in run.terms
    )


def _ends_in_office(run: TextRun, name: Span) -> bool:
    """``最高检察院检察官``: a post behind its office, though ``高`` is a family name."""
    return any(
        t.end == name[1] and t.end - t.start > 1 and t.label == "org_heads" for t in run.terms
    )


def _is_post_of_a_line(run: TextRun, term: RunTerm) -> bool:
    """``法官`` on a line of its own below a name is what the person does."""
    alone = run.text[: term.start].endswith("\n") and run.text[term.end :][:1] in ("", "\n")
    return alone and bool(run.terms_in(term.start, term.end, "title_heads"))


def _name_before(run: TextRun, start: int, term: RunTerm) -> Span | None:
    at = len(run.text[start : term.start].rstrip()) + start
    spelled = _SPELLED.search(run.text, max(start, at - _LATIN_REACH), at)
    if spelled is not None:
        at = spelled.start()
    if at > start and run.text[at - 1].isascii() and term.label != "honorifics_n":
        return _latin_before(run, start, at)
    places = _collected(run, start, at)
    places = _after_post(run, places)
    text = "".join(c if is_han(c := run.text[p]) else DOTS[0] for p in places)
    cut = _lead(text) or _too_long(text)
    places, text = places[cut:], text[cut:]
    if term.label == "honorifics_n" and not has_surname(text):
        return None
    return (places[0], places[-1] + 1) if 2 <= len(text) <= longest(text) else None


def longest(name: str) -> int:
    """Characters a name may have: more where its dots or its sounds tell a foreign one."""
    if any(d in name for d in DOTS):
        return LONGEST_FOREIGN
    if name[:3] in compound_surnames():
        return LONGEST + 1
    return LONGEST_BY_SOUND if spells_sounds(name) else LONGEST


def holds_several(name: str) -> bool:
    """A Chinese name too long for one person: the rows of a table were not told apart."""
    text = "".join(name.split())
    return all(map(is_han, text)) and len(text) > longest(text) + 1


def _latin_before(run: TextRun, start: int, at: int) -> Span | None:
    """``Amina Diallo 女士``: capitalised words right before the form of address."""
    match = _LATIN_NAME.search(run.text, max(start, at - _LATIN_REACH), at)
    return match.span() if match and " " in match.group().strip() else None


def _collected(run: TextRun, start: int, at: int) -> list[int]:
    """Places of the Chinese characters right before ``at``, over spaces and ends of lines."""
    places: list[int] = []
    text = run.text
    while at > start and len(places) < MOST_COLLECTED:
        char = text[at - 1]
        seen = DOT_SEEN.search(text, max(start, at - DOT_REACH), at + 1) if places else None
        if seen and seen.end() == at and spells_sounds("".join(text[p] for p in places)):
            places.insert(0, at - 1 - seen[0][::-1].index(seen[0].strip()))
            at = seen.start()
            continue
        if is_han(char) or char in DOTS:
            places.insert(0, at - 1)
        elif not char.isspace() or not _is_transparent(run, places, at - 1):
            break
        at -= 1
    return places


def _is_transparent(run: TextRun, places: list[int], at: int) -> bool:
    """A space inside a name, or the end of a line that was cut by the margin."""
    if len(places) <= 1:
        return True
    if run.text[at] == "\n":
        name = "".join(run.text[p] for p in places)
        return run.wraps(at) or len(name) < 2 or not has_surname(name)
    before = run.text[: at + 1].rstrip()
    alone = not is_han(before[-2:-1] or " ")
    return len(places) < LONGEST and alone and is_han(before[-1:] or " ")


def _after_post(run: TextRun, places: list[int]) -> list[int]:
    """The characters behind the last post, office or "and" before the name."""
    if len(places) < 3:
        return places
    begin = places[0]
    for term in run.terms:
        if term.end > places[-1]:
            break
        if (
            term.start >= begin
            and term.label in NAME_FOLLOWS
            and sum(p >= term.end for p in places) >= 2
            and not _begins_surname(run, places, term)
            and not _is_for_surname(run, places, term)
            and not run.text.startswith(tuple(DOTS), term.end)  # "敖和·图雅": no "and"
        ):
            places = [p for p in places if p >= term.end]
            begin = places[0]
    return places


def _begins_surname(run: TextRun, places: list[int], term: RunTerm) -> bool:
    """``司`` of ``司徒子健``, ``部`` of ``长谷部裕子``: an office elsewhere, a name's part here."""
    text = "".join(run.text[p] for p in places)
    at = sum(p < term.start for p in places)
    return term.end - term.start == 1 and any(
        text[begin : begin + size] in compound_surnames() and len(text) - begin <= LONGEST + 1
        for size in (2, 3)
        for begin in range(max(0, at - size + 1), at + 1)
    )


def _is_for_surname(run: TextRun, places: list[int], term: RunTerm) -> bool:
    """``研究员处丽娟``: behind a whole post no office, but a family name misread, or else none."""
    name = "".join(run.text[p] for p in places if p >= term.end)
    behind = any(t.end == term.start and t.label == "title_heads" for t in run.terms)
    return behind and term.end - term.start == 1 and not has_surname(name)


def _lead(text: str) -> int:
    """``由李敏``: a word that leads to the name is none of it, if what follows is a name."""
    longest = 0
    if any(d in text for d in DOTS):  # "政府指派阿里·哈桑": a foreign name may be led from within
        leads = (p for p in terms.phrases("lead_words") if is_han(p[0]) and len(p) > 1)
        longest = max((text.rfind(p) + len(p) for p in leads if p in text), default=0)
    for lead in (*terms.phrases("lead_words"), *terms.phrases("conjunctions")):
        rest = text[len(lead) :]
        named = has_surname(rest) or (len(lead) > 2 and len(rest) <= LONGEST)
        if is_han(lead[0]) and text.startswith(lead) and len(rest) >= 2 and named:
            longest = max(longest, len(lead))
    return 0 if longest and has_surname(text) and len(text) <= 3 else longest


def _too_long(text: str) -> int:
    """How many characters do not belong to the name that ends a text without any mark."""
    if len(text) <= longest(text):
        return 0
    for size, family in ((5, 3), (4, 2), (3, 2)):
        if text[-size : family - size] in compound_surnames():
            return len(text) - size
    for size in (3, 2, 4):
        if text[-size] in surnames():
            return len(text) - size
    return 0


def begin_of_post(run: TextRun, start: int, end: int) -> int:
    """Where a post begins behind the word that leads to it: ``中方由司法部国际合作局局长``."""
    words = run.terms_in(start, end, "org_heads", "title_heads")
    leads = run.terms_in(start, end, "lead_words", "conjunctions", "headed_by")
    first = min((t.start for t in words if t.end - t.start > 1), default=start)
    return first if any(t.end == first for t in leads) else start
