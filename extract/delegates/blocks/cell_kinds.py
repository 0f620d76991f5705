"""What the words of one cell tell of its column, whatever that is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.delegates.blocks.marks import item_mark
from extract.delegates.blocks.unled import NAME_KINDS
from extract.delegates.parts import segments
from extract.delegates.parts.classify import classify
from extract.delegates.parts.honorifics import honorific_at, is_post_too
from extract.delegates.parts.mails import find_mails
from extract.delegates.parts.names import looks_like_name, take_name
from extract.delegates.parts.persons import han_persons
from extract.language.emails_in_cell import find_emails_in_cell
from extract.language.name_fit import name_fit
from extract.language.normalise import is_han
from extract.language.phones import find_phones
from extract.language.terms import HONORIFICS

if TYPE_CHECKING:
    from extract.delegates.parts.columns import FieldKind
    from extract.layout.text_run import Span, TextRun

COURTESIES = ("honorifics_m", "honorifics_f")
DASHES = "-–—"
ROW_NUMBER = re.compile(r"\d{1,3}(?:\s?[.)]\s*|\s+|$)")
COLONS = ":： "  # before what stands beside a name: "Ms. X  : Judge"


def kind_of_cell(run: TextRun) -> FieldKind | None:
    """What the words of one cell tell, whatever its column is called."""
    text, begin = run.text, item_mark(run.text)  # "1. Ms. X": the row's number is in the cell
    if find_emails_in_cell(text):
        return ("name" if _is_led(run) else "details") if _describes(run) else "email"
    courtesy = honorific_at(run, 0) if text[:1].isalpha() else None
    if courtesy is not None and courtesy[1] >= len(text.rstrip(". ")):
        return "title" if is_post_too(run, courtesy) else "courtesy"
    if not any(c.isalpha() for c in text):
        return "phone" if find_phones(text) else "number"
    if any(t.start == begin and t.label in HONORIFICS for t in run.terms) and not _is_post(run):
        return "name"
    if _is_counted(run) or _ends_in_honorific(run) or _names_and_describes(run):
        return "name"
    kind, _ = classify(run, *run.trimmed(0, len(text)))
    if kind in ("title", "organization") and _is_post_of(run):
        return "details"
    if kind in ("title", "unit"):
        return "title"
    if kind in ("organization", "role"):
        return "organization" if kind == "organization" else "role"
    return "name" if looks_like_name(run, begin, len(text), wraps=True) else None


def without_number(run: TextRun, span: Span) -> Span:
    """The row's number or mark is none of the name: ``1. Mr. Kofi MENSAH``, ``(1) SOW, Ali``."""
    number = ROW_NUMBER.match(run.text, *span)
    if number:
        return run.trimmed(number.end(), span[1])
    mark = item_mark(run.text[slice(*span)])
    return run.trimmed(span[0] + mark, span[1]) if mark else span


def _describes(run: TextRun) -> bool:
    """Something is said of a person above the address, and it is no part of it or label of it.

    Or a post before it on its line: ``处长，x@y``.
    """
    # ": Judge" in rows beside names, "– judge" and below it the address
    first, below, _ = run.text.lstrip(COLONS).partition("\n")
    dashed = first[:1] in DASHES
    first = first.lstrip(DASHES + " ")
    begins = min((m.start for m in find_mails(run, 0, len(run.text), cell=True)), default=0)
    if any(t.start == 0 for t in run.terms_in(0, begins, "title_heads")):
        return True
    bare = first[:1].isalpha() and (dashed or not first[0].islower())
    bare = bare and not first.endswith((":", "："))
    return bool(below) and begins > len(first) and bare and not find_phones(first)


def _is_counted(run: TextRun) -> bool:
    """``1. Ms. Ana LIMA``, ``2. Rosa PRADO``: a person behind the number of the row."""
    begin = item_mark(run.text)
    led = any(t.start == begin for t in run.terms_in(begin, len(run.text), *COURTESIES))
    return begin > 0 and (led or looks_like_name(run, begin, len(run.text), wraps=True) is not None)


def _is_led(run: TextRun) -> bool:
    """One person above one address: led by a form of address, or named as the address spells."""
    mails = find_mails(run, 0, len(run.text), cell=True)
    if len(mails) != 1:
        return False
    if any(t.start == 0 and t.label in HONORIFICS for t in run.terms) and not _is_post(run):
        return True
    first = run.text.partition("\n")[0]
    spelled = name_fit(mails[0].local, first).kind in NAME_KINDS
    return spelled and looks_like_name(run, 0, len(first)) is not None


def _is_post(run: TextRun) -> bool:
    """``Judge of the Anti-Corruption Chamber``: a post, though judges are addressed so, too."""
    begin = item_mark(run.text)
    posts = [t.end for t in run.terms if t.start == begin and t.label == "title_heads"]
    honorifics = [t.end for t in run.terms if t.start == begin and t.label in HONORIFICS]
    if not posts or max(posts) < max(honorifics):
        return False
    name = take_name(run, max(posts), len(run.text), prose=True)
    return name is None or looks_like_name(run, *name, wraps=True) is None


def _names_and_describes(run: TextRun) -> bool:
    """A name and, on the lines below it, a post."""
    first, below, _ = run.text.partition("\n")
    if not below or looks_like_name(run, 0, len(first)) is None:
        return False
    return classify(run, *run.trimmed(len(first) + 1, len(run.text)))[0] in ("title", "role")


def _is_post_of(run: TextRun) -> bool:
    """``国际合作局副局长，司法部``: a post, and behind a comma the office; or on lines of its own.

    Between them may stand a part of the office, behind the post's comma.
    """
    parts = segments.split(run, 0, len(run.text), ())
    kinds = [p.kind for p in parts]
    if kinds[:1] + kinds[-1:] != ["title", "organization"] or {*kinds[1:-1]} - {"unit"}:
        return False
    office = parts[-1].start
    below = parts[-1].before == "\n" and run.text[office - 2 : office - 1].isalpha()
    return below or (len(parts) == 2 and is_han(run.text[0]))


def _ends_in_honorific(run: TextRun) -> bool:
    """``张三先生``: in Chinese it stands behind the name."""
    people = han_persons(run, 0, len(run.text)) if is_han(run.text[0]) else []
    return bool(people) and people[0].name[0] == 0 and people[0].end == len(run.text.rstrip())
