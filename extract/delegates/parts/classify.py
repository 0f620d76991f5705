"""What one segment of an entry is, by the lexicon words in it and by where they stand."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from extract.delegates.parts.roles import role_of
from extract.language import terms
from extract.language.normalise import fold, is_han, main_script, script_of

if TYPE_CHECKING:
    from extract.layout.text_run import RunTerm, TextRun
    from extract.types import Role

# "Jane Doe (she/her)"
_PRONOUNS = re.compile(r"[a-zà-ÿ]{2,5}(?:\s?/\s?[a-zà-ÿ]{2,5}){1,2}")
OTHER_LETTERS = range(2, 6)
"""Words of a name in Latin letters behind one in others; one alone may be an abbreviation."""

DOUBLE_SIGNS = ("/", "-", "–", "—")
"""What parts a name from the same in other letters, if no bracket does."""

SegmentKind = Literal["title", "organization", "unit", "role", "junk", "unknown"]


@cache
def _of_words() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in terms.phrases("of_words"))
    return re.compile(rf"(?:^|(?<=\W))(?:{words})\s*$", re.IGNORECASE)


def ends_in_of(text: str) -> bool:
    """``Colonel de``, ``Head of the``: what follows belongs to what stands before."""
    return _of_words().search(text) is not None


# an address read once more, and badly: ``lumareszo@ countsex``
_MAILBOX = re.compile(r"\w@\s?\w")


def classify(run: TextRun, start: int, end: int) -> tuple[SegmentKind, Role | None]:
    """The kind of one segment, and its role if it is one.

    Examples: ``Head of Delegation`` role, ``Director of Legal Affairs`` title, ``Treaty
    Department`` unit, ``Ministry of Justice`` organization, ``E-mail`` junk.
    """
    text = run.text[start:end]
    role = role_of(run, start, end)
    if role is not None:
        return "role", role
    if _is_junk(run, start, end) or _is_sender(run, start, end) or _is_again(run, start, end):
        return "junk", None
    inside = run.terms_in(start, end, "title_heads", "org_heads", "org_units", "letterhead")
    whole = [t for t in inside if _whole_word(run.text, t) and not _is_surname(run, t, start)]
    if not whole:
        return "junk" if _MAILBOX.search(text) else "unknown", None
    if is_han(text[0]) or is_han(text[-1]):
        return _classify_han(whole, end), None
    return _classify_words(run, whole, start, end), None


def _is_again(run: TextRun, start: int, end: int) -> bool:
    """``Ёлкина А.Б. (Ainura Yolkin)``, ``– Ainura Yolkin``: the same name in other letters."""
    before, behind = run.text[:start].rstrip()[-1:], run.text[end:].lstrip()[:1]
    if before not in DOUBLE_SIGNS and (before not in ("(", "（") or behind not in (")", "）")):
        return False
    around = main_script(run.text[:start]) or main_script(run.text[end:])
    words = run.text[start:end].split()
    written = all(word[0].isupper() and word.strip(".-'’,").isalpha() for word in words)
    return (
        around in ("cyrillic", "arabic", "han")
        and any(script_of(word[0]) == "latin" for word in words)
        and len(words) in OTHER_LETTERS
        and written
    )


def _is_surname(run: TextRun, term: RunTerm, start: int) -> bool:
    """``محمد الأمين``: behind other words a post with the article may be a family name."""
    printed = fold(run.text[term.start : term.end])
    return term.start > start and printed in terms.folded("surnames_too")


def _classify_han(found: list[RunTerm], end: int) -> SegmentKind:
    if any(t.label == "title_heads" and t.end == end for t in found):
        return "title"
    if any(t.label == "org_heads" and t.end == end for t in found):
        return "organization"
    return "title" if any(t.label == "title_heads" for t in found) else "unit"


def _classify_words(run: TextRun, found: list[RunTerm], start: int, end: int) -> SegmentKind:
    first = min(found, key=lambda t: (t.start, -t.end))
    if run.text[start].islower() and first.start > start and first.label != "title_heads":
        # "старший оперуполномоченный Министерства", "chargé de mission au ministère"
        return "title"
    longest = max((t for t in found if t.start == first.start), key=lambda t: t.end)
    titles = [t for t in found if t.label == "title_heads"]
    if first in titles and first.start > start and not _ends_in_org(run, found, first, end):
        # "старший оперуполномоченный Министерства", "Senior Detective of the National Police"
        return "title"
    ends_in_title = any(
        t.end == end and not _of_words().search(run.text[max(start, t.start - 12) : t.start])
        for t in titles
    )
    if ends_in_title and not _inside_org(found, end):
        return "title"
    same = {t.label for t in found if t.start == longest.start and t.end == longest.end}
    if "title_heads" in same and longest.start == start and not _spells_org(run, longest):
        return "title"
    if "org_units" in same and not (same & {"letterhead"} and longest.end == end):
        return "unit"
    return "organization"


def _spells_org(run: TextRun, term: RunTerm) -> bool:
    """``Secretaría`` is an office, ``Secretaria`` its holder: only the accent tells them apart."""
    word = run.text[term.start : term.end].casefold()
    return word in terms.phrases("org_heads") and word not in terms.phrases("title_heads")


def _inside_org(found: list[RunTerm], end: int) -> bool:
    """``Office of the Prosecutor General``: the title word ends an organization's own name."""
    return any(
        t.label in ("org_heads", "letterhead") and t.end == end and t.end - t.start > 12
        for t in found
    )


def _ends_in_org(run: TextRun, found: list[RunTerm], title: RunTerm, end: int) -> bool:
    """``State Prosecutor Service``: the office's own word follows the holder's directly."""
    return any(
        t.label == "org_heads"
        and t.end == end
        and not run.text[title.end : t.start].strip()
        and not run.terms_in(t.start, end, "goes_on")
        for t in found
    )


def _whole_word(text: str, term: RunTerm) -> bool:
    if is_han(text[term.start]):
        return True
    before = text[term.start - 1 : term.start]
    after = text[term.end : term.end + 1]
    return not before.isalnum() and not after.isalnum()


def _is_sender(run: TextRun, start: int, end: int) -> bool:
    """``The Ministry``, ``La Misión Permanente`` at a line's start: the next sentence's subject."""
    if (start and run.text[start - 1] != "\n") or not run.text[start].isupper():
        return False
    article = [t for t in run.terms_in(start, end, "articles") if t.start == start]
    if not article:
        return False
    head = run.trimmed(article[0].end, end)[0]
    if any(t.start == head and t.label in ("letterhead", "org_heads") for t in run.terms):
        return True
    small = re.search(r"(?<!\S)[^\W\d_A-ZÀ-Þ]", run.text[head:end])  # "El Hadj Oumar" has none
    return bool(small) and not run.terms_in(head, end, "title_heads")


def _is_junk(run: TextRun, start: int, end: int) -> bool:
    """Labels without a value, post-nominals, single signs."""
    if not any(c.isalpha() for c in run.text[start:end]) or end - start < 2:
        return True
    if _PRONOUNS.fullmatch(run.text, start, end) and run.text[:start].endswith("("):
        return True
    end += run.text[end : end + 1] == "."  # "Тел."
    for term in run.terms_in(
        start,
        end,
        "labels_email",
        "labels_phone",
        "labels_fax",
        "labels_web",
        "post_nominals",
        "table_headers.email",
        "table_headers.phone",
        "table_headers.passport",
        "conjunctions",
    ):
        if end - start - (term.end - term.start) <= 2:
            return True
    return False
