"""Persons of a sentence without form of address: words lead to the name, a post follows."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from extract.delegates.scripts import han, han_bare
from extract.language import terms
from extract.language.han_names import LONGEST, has_surname
from extract.language.name_fit import latinised
from extract.language.normalise import fold, is_han, script_of

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun

from extract.delegates.parts.classify import DOUBLE_SIGNS, classify
from extract.delegates.parts.field_marks import counted_in_sentence
from extract.delegates.parts.names import looks_like_name, take_name
from extract.delegates.parts.persons import Person
from extract.delegates.parts.prose_arabic import arabic_names

LEADS = (
    "nominating",
    "honour_verbs",
    "headed_by",
    "conjunctions",
    "lead_words",
    "replaced_by",
    "replacing",
)
LEADING_POSTS = ("title_heads", "title_prefixes", "ranks")
FORMULAE = ("nominating", "headed_by", "honour")
_PART_END = re.compile(r"[,;(.،؛]")
_INTO_LATIN = re.compile(r"(?<=[\u0400-\u04ff.])\s?[–—/-]\s(?=[A-ZÀ-Þ])")
_STOP_BEFORE_NAME = re.compile(r"[,;:)\]]\s|\d[.)]\s")
SPELLED = 60
"""Per cent of likeness between a name and its spelling in Latin letters, as in columns of both."""
_COLON = re.compile(r"\s?[:：]")


def bare_in_prose(run: TextRun, start: int, end: int, known: list[Person]) -> list[Person]:
    """Persons of a sentence without honorific: a name between a formula and a post.

    Examples: ``presidida por INSFRÁN Néstor, Asesor``; ``提名欧阳磊，高级检察官``. Something must
    lead to the name (a formula, "and", a comma) and a post or bracket follow it.
    """
    found: list[Person] = []
    leads = _leads(run, start, end)
    for at in leads:
        led = _led_by_post(run, at, end)
        if led is not None and not any(p.start < led.end and led.start < p.end for p in known):
            found.append(led)
            continue
        name = take_name(run, at, end, prose=True)
        if name is None or any(p.start < name[1] and name[0] < p.end for p in (*known, *found)):
            continue
        if _is_person_in_prose(run, name, end):
            found.append(Person(None, name))
    known = [*known, *found]
    for name in arabic_names(run, start, end, leads):
        if not any(p.start < name[1] and name[0] < p.end for p in known):
            found.append(Person(None, name))
    return found


def _led_by_post(run: TextRun, at: int, end: int) -> Person | None:
    """``y el Consejero Elio Prado, de esta Misión``: behind an article a post leads to the name."""
    begin = run.trimmed(at, end, " \n")[0]
    articles = [t.end for t in run.terms_in(begin, end, "articles") if t.start == begin]
    post = run.trimmed(max(articles), end, " \n")[0] if articles else end
    posts = [t.end for t in run.terms_in(post, end, *LEADING_POSTS) if t.start == post]
    name = take_name(run, max(posts), end, prose=True) if posts else None
    if name is None or run.text[max(posts) : name[0]].strip():
        return None
    follows = run.text[name[1] : name[1] + 2].lstrip(" ")[:1]
    several = len(run.text[slice(*name)].split()) > 1
    if follows not in (",", "(") or not several or looks_like_name(run, *name, wraps=True) is None:
        return None
    return Person((post, max(posts)), name, by_post=True)


def named_twice(run: TextRun, start: int, end: int) -> list[tuple[Person, Span]]:
    """Persons whose names a dash leads into Latin letters, and where these stand.

    ``Глеб Корнилов – Gleb KORNILOV, советник``: two spellings of one name need no more to tell.
    """
    found: list[tuple[Person, Span]] = []
    for dash in _INTO_LATIN.finditer(run.text, start, end):
        before = run.text[start : dash.start()]
        stops = [m.end() for m in _STOP_BEFORE_NAME.finditer(before)]
        begin = run.trimmed(start + max(stops, default=0), dash.start())[0]
        words = run.terms_in(begin, dash.start(), "conjunctions", "lead_words")
        begin = max([begin, *(t.end for t in words if t.start == begin)])
        name = take_name(run, begin, dash.start(), prose=True)
        again = take_name(run, dash.end(), end, prose=True)
        if name is None or again is None or run.text[name[1] : dash.start()].strip():
            continue
        own, other = run.read_name(*name), run.read_name(*again)
        if fuzz.token_sort_ratio(fold(latinised(own)), fold(other)) >= SPELLED:
            found.append((Person(None, name), (dash.start(), again[1])))
    return found


def before_verbs(run: TextRun, start: int, end: int, known: list[Person]) -> list[Person]:
    """Persons without form of address: ``Tobias Ros serves as Judge``, on a line of its own too."""
    found: list[Person] = []
    for term in run.terms_in(start, end, "holds_post"):
        begin = max(start, *(run.text.rfind(sign, start, term.start) + 1 for sign in "\n;；"))
        name = run.trimmed(begin, term.start, " \n\t,،，:：")
        if any(p.start < name[1] and name[0] < p.end for p in (*known, *found)):
            continue
        several = len(run.text[slice(*name)].split()) > 1
        if several and looks_like_name(run, *name, wraps=True) is not None:
            found.append(Person(None, name))
    return found


def behind_posts(run: TextRun, start: int, end: int, known: list[Person]) -> list[Person]:
    """Chinese persons of a sentence right behind their posts: ``司法部局长范文彬率团``."""
    return [
        Person(None, name)
        for name in han_bare.names_behind_posts(run, start, end)
        if not any(p.start < name[1] and name[0] < p.end for p in known)
    ]


def _leads(run: TextRun, start: int, end: int) -> list[int]:
    """Where a name may begin: behind formulae and conjunctions, in Chinese behind commas too."""
    longest: dict[int, int] = {}
    for term in run.terms_in(start, end, *LEADS):
        longest[term.start] = max(term.end, longest.get(term.start, 0))
    leads = set(longest.values())
    leads.update(m.end() for at in tuple(leads) if (m := _COLON.match(run.text, at, end)))
    if run.text[start - 1 : start] in (";", "；", "."):  # a sentence was cut there
        leads.add(start)
    above = run.document.lines[run.lines[0] - 1].text if run.lines[0] and not start else ""
    if above.rstrip()[-1:] in (":", "：", ";", "；"):  # "the following:" and below it a person
        leads.add(start)
    leads.update(m.end() for m in re.compile(r";\s").finditer(run.text, start, end))
    leads.update(at for at in counted_in_sentence(run) if start <= at < end)
    marks = {m.end() for m in re.compile(r"[，、；：]").finditer(run.text, start, end)}
    leads.update(at for at in marks if is_han(run.text[at : at + 1] or " "))
    return sorted(leads)


def _is_person_in_prose(run: TextRun, name: Span, end: int) -> bool:
    text = run.text[name[0] : name[1]]
    behind = _behind_double(run, name, end)
    follows = run.text[behind : behind + 2].lstrip(" ")[:1]  # "Ann LEE , Judge"
    if is_han(text[0]):
        if run.terms_in(*name, "nominating", "honour_verbs", "headed_by", "lead_words"):
            return False
        name_size = len("".join(text.split()))
        if has_surname(text):
            return name_size <= han.longest(text) and follows in ("，", "（", "(", "、")
        return name_size <= LONGEST + 1 and _is_set_as_name(run, name, end)
    if script_of(text[0]) == "arabic":
        return False
    words = text.split()
    if _is_of_state(fold(text)):  # "the United Kingdom of Great Britain and Northern Ireland,"
        return False
    named = looks_like_name(run, *name, wraps=True) is not None
    if len(words) < 2 or follows not in (",", "(") or not named:
        return False
    capitals = any(len(w) > 3 and w.isupper() for w in words)
    after = run.trimmed(behind, end, " ,(\n")[0]
    posts = [t for t in run.terms_in(after, min(end, after + 60), "title_heads")]
    if posts and (capitals or posts[0].start == after):
        return True
    # "Marva THWAITE, Compliance Manager, ...": the next part as a whole is a post
    stop = _PART_END.search(run.text, after, end)
    return classify(run, *run.trimmed(after, stop.start() if stop else end))[0] == "title"


def _behind_double(run: TextRun, name: Span, end: int) -> int:
    """Where a name ends with the same name in other letters: ``Айнура Ёлкина – Ainura YOLKIN``."""
    sign = run.trimmed(name[1], end, " \n")[0]
    if run.text[sign : sign + 1] not in DOUBLE_SIGNS:
        return name[1]
    double = take_name(run, sign + 1, end, prose=True)
    scripts = [script_of(run.text[at]) for at in (name[0], double[0] if double else name[0])]
    return double[1] if double and scripts[0] != "latin" == scripts[1] else name[1]


def _is_set_as_name(run: TextRun, name: Span, end: int) -> bool:
    """``、佐藤健（检察官）``: no word that is known, a mark before it, and its post behind it."""
    before, follows = run.text[name[0] - 1 : name[0]], run.text[name[1] : name[1] + 1]
    if before not in ("、", "；", "，", "：") or follows not in ("，", "（", "("):
        return False
    stop = re.compile(r"[，；。、）)]").search(run.text, name[1] + 1, end)
    close = stop.start() if stop else end
    posts = run.terms_in(name[1], close, "title_heads")
    words = run.terms_in(*name, "title_heads", "org_heads", "org_units", "roles.", "nominating")
    return any(t.end == close for t in posts) and not any(t.end - t.start > 1 for t in words)


@cache
def _is_of_state(text: str) -> bool:
    names = (v for row in terms.state_rows() for v in row.values())
    return any(f" {text} " in f" {fold(v)} " for v in names)
