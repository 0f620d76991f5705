"""Where an honorific begins and ends: ``H.E. Mr.``, ``Dr. (Mrs.)``, ``S.E. M.``, ``г-жа``.

Spans are characters of ``TextRun.text``. Ranks count as honorifics when a name follows them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold, is_han, script_of
from extract.language.terms import HONORIFICS

if TYPE_CHECKING:
    from extract.layout.text_run import RunTerm, Span, TextRun

_BEFORE_NAME = re.compile(r"[ \n](?=[^\W\d_a-z]\w)")
_SPACES = re.compile(r"[^\S\t\n]*")
MAX_BRACKETED = 24  # characters of a form of address in brackets
LONGEST_ARTICLE = 5  # characters of a space and an article
SHORT = 4  # letters of an abbreviation without its full stop
_OPENED = re.compile(r"[(（][^()（）\n]{0,22}\Z")
# "D.ª" is read as "D.*", "D.?", "D.º" or "D.2"
_TAIL = re.compile(r"\.?(?:(?<=\.)[ªº°*?'’\"”\d](?=\s))?\)?")
_BRACKETED = re.compile(r"\s?[(（]\s?([^()（）\n]{1,24}?)\s?[)）]")


# "Prof. M. L. Kovács", "Dr. M. Kovács"; but "Dr. D. Luis Prieto"
_INITIAL = re.compile(r"[^\W\d_]\.\s?(?:[^\W\d_]\.|[^\W\d_][\w'’-]+\s?(?:[,;(\n]|$))")


# "D.O.B.", "D.C": no "don"
_ABBREVIATION = re.compile(r"[A-Z]\.[A-Z](?:\.[A-Z])*\.?(?![\w-]|\s?[A-Z][a-z])")


# "Г.Н. Чернилин": two initials, though "г." is a form of address
_TWO_INITIALS = re.compile(r"[А-ЯЁ]\.[А-ЯЁ]\.")


@cache
def _of_words() -> frozenset[str]:
    """Last words of "of the", "de la": what follows them is no honorific."""
    words = (*terms.phrases("of_words"), *terms.phrases("articles"))
    return frozenset(fold(w).split()[-1] for w in words if w.strip())


def honorific_at(run: TextRun, start: int) -> Span | None:
    """The honorific group that begins at a character.

    Examples: ``H.E. Mr.``, ``Dr. (Mrs.)``, ``S.E. M.``, ``Excmo. Sr. D.``, ``Col.``, ``Г-жа``.
    """
    end, last = start, ""
    while True:
        term = _next_honorific(run, end, first=end == start)
        if term is None and last in ("honorifics_m", "honorifics_f"):
            term = _over_article(run, end)
        if term is None or (end > start and _INITIAL.match(run.text, term.start)):
            break
        if last in ("honorifics_m", "honorifics_f") and _is_in_names(run, term):
            break  # "Mr. Nana Yaw X", "M. Cheikh Y"
        last = term.label
        end = term.end
        tail = _TAIL.match(run.text, end)
        end = tail.end() if tail else end
    return (start, end) if end > start else None


def _over_article(run: TextRun, end: int) -> RunTerm | None:
    """``M. le Juge X``, ``Mme la Procureure Y``: a post behind the article; not ``M. Le Goff``."""
    for article in run.terms_in(end, min(end + LONGEST_ARTICLE, len(run.text)), "articles"):
        at = article.end + (run.text[article.end : article.end + 1] == " ")
        posts = [
            t for t in run.terms_in(at, len(run.text), "title_heads", "ranks") if t.start == at
        ]
        post = max(posts, key=_end, default=None)
        small = article.start == end + 1 and run.text[article.start].islower()
        if small and post is not None and _BEFORE_NAME.match(run.text, post.end):
            return post
    return None


def _end(term: RunTerm) -> int:
    return term.end


def _is_in_names(run: TextRun, term: RunTerm) -> bool:
    return fold(run.text[term.start : term.end]) in terms.folded("honorifics_in_names")


def _next_honorific(run: TextRun, end: int, *, first: bool) -> RunTerm | None:
    """The honorific at ``end``, or after the space, slash or bracket that joins it to another."""
    if first:
        return _honorific_term(run, end)
    spaces = _SPACES.match(run.text, end)
    at = spaces.end() if spaces else end
    term = _honorific_term(run, at)
    if term is None and run.text[at : at + 1] in ("(", "/"):
        term = _honorific_term(run, at + 1)
    return term


def _honorific_term(run: TextRun, at: int) -> RunTerm | None:
    best: RunTerm | None = None
    longest_title = 0
    for term in run.terms:
        if term.start > at:
            break
        if term.start != at:
            continue
        if term.label in HONORIFICS and (best is None or term.end > best.end):
            best = term
        elif term.label in ("title_heads", "roles.head", "org_heads"):
            longest_title = max(longest_title, term.end)
    if best is None or longest_title > best.end or not _reads_as_honorific(run.text, best):
        return None
    return best


def is_post_too(run: TextRun, group: Span) -> bool:
    """``Judge``, ``Ambassador Chief``: whole words that name a post wherever no name follows.

    No form of address, and no abbreviation: ``Mr. Justice``, ``Prof.``, ``Gen.``. A whole word may
    have a full stop behind it: ``Ambassador. Permanent Representative``.
    """
    printed = run.text[slice(*group)].rstrip(".")
    if is_han(printed[0]):
        return bool(run.terms_in(*group, "ranks")) or fold(printed) in _posts()
    if len(printed) <= SHORT or any(c in "./(（-'" for c in printed):
        return False
    if script_of(printed[0]) == "arabic":
        return fold(printed) in _posts()
    if script_of(printed[0]) not in ("latin", "cyrillic"):
        return False
    inside = run.terms_in(*group, *terms.HONORIFICS)
    last = [t.label for t in inside if t.end == group[1]]
    if "honorifics_m" in last or "honorifics_f" in last:
        return False
    # "Ambassador Chief" of "Ambassador Chief Inspector": the first word tells
    first = (fold(run.text[t.start : t.end]) for t in inside if t.start == group[0])
    return "ranks" in last or not _posts().isdisjoint((fold(printed), *first))


@cache
def _posts() -> frozenset[str]:
    return terms.folded("title_heads") | terms.folded("title_prefixes")


def _reads_as_honorific(text: str, term: RunTerm) -> bool:
    printed = text[term.start : term.end]
    bare = printed.rstrip(".")
    glued = term.end < len(text) and text[term.end].isalpha() and not printed.endswith(".")
    if glued and bare[-1:].isalpha():
        return script_of(bare[-1]) == "han"
    if script_of(bare[:1] or " ") in ("latin", "cyrillic") and not bare[0].isupper():
        # "г-жа", "señora", "madame" stand in running text; "general", "he" would mislead
        if term.label == "honorifics_n" or (term.label == "ranks" and not bare.isascii()):
            in_text = fold(bare) in terms.folded("honorifics_in_text")  # "la doctora X"
            return in_text or "-" in printed or printed.endswith(".") or not bare.isascii()
        whole = script_of(bare[0]) == "cyrillic" and len(bare) > 1  # "гн", its hyphen lost
        return term.label in ("honorifics_m", "honorifics_f") and (whole or len(printed) >= 3)
    initials = _ABBREVIATION.match(text, term.start) or _TWO_INITIALS.match(text, term.start)
    if len(bare) == 1 and initials:
        return False
    folded = fold(bare)
    if folded in terms.folded("honorifics_with_stop"):
        return printed.endswith(".") or text[term.end : term.end + 1] in (".", "/")
    if folded in terms.folded("honorifics_with_sign"):
        return printed.endswith(".") or not bare.isascii()
    if folded in terms.folded("honorifics_in_capitals"):
        # "U Thein Zaw", but "U. Zaw": an initial
        return bare.isupper() and (len(bare) > 1 or _BEFORE_NAME.match(text, term.end) is not None)
    return True


def bracketed_honorific(run: TextRun, end: int) -> Span | None:
    """The honorific in brackets right behind a name: ``Abdelhakim Ben Youssefi (M.)``."""
    match = _BRACKETED.match(run.text, end)
    if match is None:
        return None
    start, stop = match.span(1)
    named = [t for t in run.terms_in(start, stop, *HONORIFICS) if t.start == start]
    return (start, stop) if any(stop - t.end <= 1 for t in named) else None


def is_in_brackets(run: TextRun, term: RunTerm) -> bool:
    """``Nadia Bouzianedi (Brig. Gen.)``: honorifics in brackets belong to the name before them."""
    opened = _OPENED.search(run.text, max(0, term.start - MAX_BRACKETED), term.start)
    if opened is None:
        return False
    group = honorific_at(run, run.trimmed(opened.start() + 1, term.end, " ")[0])
    return group is not None and any(c in ")）" for c in run.text[group[1] - 1 : group[1] + 2])


def continues_phrase(run: TextRun, term: RunTerm, at: int) -> bool:
    """``Procurador General Adjunto``: a rank right after a capitalised word is part of a post."""
    if term.label in ("honorifics_m", "honorifics_f"):
        return False
    if _goes_on_with_of(run, term):
        return True
    before = re.search(r"([^\W\d_][\w'’.-]*)\s$", run.text[max(at, term.start - 40) : term.start])
    if before is None:
        return False
    if fold(before.group(1)) in _of_words():
        # "la participación de Dra. Ileana SOLÓRZANO", "the attendance of Dr Lavender KIRIMANIA"
        printed = run.text[term.start : term.end]
        if fold(printed) in terms.folded("honorifics_in_text"):  # "de Maître X"
            return False
        return term.label == "ranks" or not (printed.endswith(".") or len(printed) <= SHORT)
    if not before.group(1)[0].isupper() or before.group().endswith("\n"):
        return False
    start = term.start - len(before.group())
    return not any(t.start <= start < t.end and t.label in HONORIFICS for t in run.terms)


def _goes_on_with_of(run: TextRun, term: RunTerm) -> bool:
    """``Procuraduría`` and on the next line ``General de la República``: no general of that name.

    The line before must end in a capitalised word without a comma.
    """
    if run.text[term.start - 1 : term.start] != "\n":
        return False
    above = re.search(
        r"[^\W\d_a-zа-яё][^\W\d_]+$", run.text[max(0, term.start - 31) : term.start - 1]
    )
    after = re.compile(r" ([^\W\d_]+)").match(run.text, term.end)
    return bool(above and after and after.group(1).islower() and fold(after.group(1)) in _of())


@cache
def _of() -> frozenset[str]:
    return frozenset(w for phrase in terms.folded("of_words") for w in phrase.split())


def without_and(run: TextRun, group: Span) -> Span:
    """An Arabic "and" glued to the honorific is none of it."""
    start, end = group
    if run.text[start] == "و" and end - start > 3:
        return start + 1, end
    return group


def is_at_word_start(text: str, at: int) -> bool:
    """True where a word may begin, not inside one or an address."""
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] in "@._'’")
