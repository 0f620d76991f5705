"""Where a person's honorific and name begin and end.

Spans are characters of ``Flow.text``. A name is as printed, without honorific, rank or
post-nominals; capitals, particles and initials decide in Latin and Cyrillic, separators and
titles in Arabic and Chinese, where there are no capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extract import terms
from extract.normalise import fold, is_han, script_of

if TYPE_CHECKING:
    from extract.flow import Flow, FlowTerm, Span

MAX_NAME_WORDS = 7
HONORIFICS = ("honorifics_m", "honorifics_f", "honorifics_n", "ranks")
HAN_NAME_FOLLOWS = ("title_heads", "org_heads", "roles.head", "conjunctions")
TITLE_STOPS = ("title_heads", "org_heads", "org_units", "roles.", "letterhead")

_WORD = re.compile(r"\S+")
_SPACES = re.compile(r"[^\S\t\n]*")
_AFTER_HONORIFIC = re.compile(r"[\s/:：.]*")
_SHORT_NEEDS_DOT = frozenset(
    {"m", "d", "г", "fr", "min", "con", "me", "hon", "p", "a", "م", "ت", "د", "ا"}
)
_PRONOUNS = frozenset({"he", "u", "se", "me"})
_ENDING = ',;:،؛，；：)|»”"'
_CLOSING_BRACKET = re.compile(r"\.?\s?[)）]")
_BRACKETED = re.compile(r"\s?[(（]\s?([^()（）\n]{1,24}?)\s?[)）]")
_JOINED_CASE = re.compile(
    r"(?:[a-zà-ÿ]{1,2}['’]|(?:al|el|an|as|ad|ar|at|аль|эль|ас|ан|аш)-)", re.IGNORECASE
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff·•.]{1,13}")


@dataclass(frozen=True, slots=True)
class Person:
    """A person's place: the honorific's span (None without one) and the name's."""

    honorific: Span | None
    name: Span

    @property
    def start(self) -> int:
        """Where the person begins."""
        if self.honorific is None:
            return self.name[0]
        return min(self.honorific[0], self.name[0])

    @property
    def end(self) -> int:
        """Where honorific and name end."""
        return max(self.honorific[1], self.name[1]) if self.honorific else self.name[1]


@cache
def _of_words() -> frozenset[str]:
    """Last words of "of the", "de la": what follows them is no honorific."""
    words = (*terms.phrases("of_words"), *terms.phrases("articles"))
    return frozenset(fold(w).split()[-1] for w in words if w.strip())


@cache
def _plurals() -> frozenset[str]:
    return frozenset(fold(p).rstrip(".") for p in terms.phrases("honorifics_plural"))


@cache
def _particles() -> frozenset[str]:
    return frozenset(fold(p) for p in terms.phrases("name_particles"))


def honorific_at(flow: Flow, start: int) -> Span | None:
    """The honorific group that begins at a character.

    Examples: ``H.E. Mr.``, ``Dr. (Mrs.)``, ``S.E. M.``, ``Excmo. Sr. D.``, ``Col.``, ``Г-жа``.
    """
    end = start
    while True:
        term = _next_honorific(flow, end, first=end == start)
        if term is None:
            break
        end = term.end
        tail = re.compile(r"\.?\)?").match(flow.text, end)
        end = tail.end() if tail else end
    return (start, end) if end > start else None


def _after_honorific(flow: Flow, start: int, end: int, *, prose: bool) -> Span | None:
    """The name behind an honorific; its first word may be a particle or have lost its capital.

    Examples: ``Mr. bin HAMADOUH Khalid``, ``Sr. ítalo CARDENAL`` read as ``Sr. italo``.
    """
    name = take_name(flow, start, end, prose=prose)
    if name is not None:
        return name
    first = _WORD.match(flow.text, start, end)
    if first is None or not first.group().isalpha() or len(first.group()) < 2:
        return None
    rest = take_name(flow, first.end(), end, prose=prose)
    if rest is None or "\n" in flow.text[first.end() : rest[0]]:
        return None
    particle = fold(first.group()) in _particles()
    return (start, rest[1]) if particle or flow.text[rest[0] : rest[0] + 2].isupper() else None


def _next_honorific(flow: Flow, end: int, *, first: bool) -> FlowTerm | None:
    """The honorific at ``end``, or after the space, slash or bracket that joins it to another."""
    if first:
        return _honorific_term(flow, end)
    spaces = _SPACES.match(flow.text, end)
    at = spaces.end() if spaces else end
    term = _honorific_term(flow, at)
    if term is None and flow.text[at : at + 1] in ("(", "/"):
        term = _honorific_term(flow, at + 1)
    return term


def _honorific_term(flow: Flow, at: int) -> FlowTerm | None:
    best: FlowTerm | None = None
    longest_title = 0
    for term in flow.terms:
        if term.start > at:
            break
        if term.start != at:
            continue
        if term.label in HONORIFICS and (best is None or term.end > best.end):
            best = term
        elif term.label in ("title_heads", "roles.head", "org_heads"):
            longest_title = max(longest_title, term.end)
    if best is None or longest_title > best.end or not _reads_as_honorific(flow.text, best):
        return None
    return best


def _reads_as_honorific(text: str, term: FlowTerm) -> bool:
    printed = text[term.start : term.end]
    bare = printed.rstrip(".")
    if term.end < len(text) and text[term.end].isalpha() and bare[-1:].isalpha():
        return script_of(bare[-1]) == "han"
    if script_of(bare[:1] or " ") in ("latin", "cyrillic") and not bare[0].isupper():
        # "г-жа", "señora", "madame" stand in running text; "general", "he" would mislead
        if term.label == "honorifics_n" or (term.label == "ranks" and not bare.isascii()):
            return "-" in printed or printed.endswith(".") or not bare.isascii()
        return term.label in ("honorifics_m", "honorifics_f") and len(printed) >= 3
    folded = fold(bare)
    if folded in _SHORT_NEEDS_DOT:
        return (
            printed.endswith(".") or text[term.end : term.end + 1] in (".", "/") or folded == "me"
        )
    if folded in _PRONOUNS:
        return bare.isupper() and folded != "u"
    return True


def take_name(flow: Flow, start: int, end: int, *, prose: bool = False) -> Span | None:
    """The name that begins at ``start`` (white space skipped), None when none does.

    Examples: ``John KAMAU``, ``KAMAU, John``, ``María de la Cruz GARCÍA``, ``И.И. Иванов``,
    ``OUÉDRAOGO Abdoulaye``, ``محمد بن سالم العلي``, ``张三``.
    """
    skipped = re.compile(r"\s*").match(flow.text, start, end)
    begin = skipped.end() if skipped else start
    if begin >= end:
        return None
    script = next((s for c in flow.text[begin : begin + 12] if (s := script_of(c))), None)
    if script == "han":
        return _han_name(flow, begin, end)
    if script == "arabic":
        return _caseless_name(flow, begin, end, wraps=prose)
    return _cased_name(flow, begin, end, prose=prose)


@dataclass(slots=True)
class _Run:
    """The state of one pass over the words of a name."""

    end: int
    count: int = 0
    pending: bool = False
    comma_used: bool = False
    last_end: int = 0


def _cased_name(flow: Flow, start: int, end: int, *, prose: bool) -> Span | None:
    run = _Run(start, last_end=start)
    for match in _WORD.finditer(flow.text, start, end):
        core = match.group().rstrip(_ENDING + "–—")
        if not core or not _continues(flow, run, match.start(), prose=prose):
            break
        if fold(core) in _particles() and not core[0].isupper() and not _is_initials(core):
            if run.count == 0 and (prose or len(core) > 3):
                return None
            run.pending, run.last_end = True, match.end()
            continue
        if not (_is_initials(core) or _is_capitalised(core)):
            break
        if not _add_word(flow, run, match, core, (start, end)):
            break
    return (start, run.end) if run.count else None


def _add_word(flow: Flow, run: _Run, match: re.Match[str], core: str, span: Span) -> bool:
    """Takes one word into the name; False when the name ends with it."""
    word = match.group()
    kept = core if _is_initials(core) else core.rstrip(".")
    run.count += 1
    run.pending = False
    run.end, run.last_end = match.start() + len(kept), match.end()
    if run.count >= MAX_NAME_WORDS:
        return False
    if len(kept) == len(word):
        return True
    if word[len(core) : len(core) + 1] in (",", "،") and _surname_first(
        flow, span[0], run, span[1]
    ):
        run.comma_used = True
        return True
    return False


def _continues(flow: Flow, run: _Run, at: int, *, prose: bool) -> bool:
    """Whether the word at ``at`` may still belong to the name."""
    if run.count == 0:
        return True
    between = flow.text[run.last_end : at]
    if "\t" in between and run.count >= 2:
        return False
    if "\n" in between and not run.pending and run.count >= 2 and not prose:
        return False
    if "\n" in between and run.count == 1 and not prose and _title_starts(flow, at):
        return False
    return not (run.count >= 2 and not run.pending and _title_starts(flow, at))


def _title_starts(flow: Flow, at: int) -> bool:
    for term in flow.terms:
        if term.start > at:
            return False
        if term.start == at and any(
            term.label == s or (s.endswith(".") and term.label.startswith(s)) for s in TITLE_STOPS
        ):
            return True
    return False


def _surname_first(flow: Flow, start: int, run: _Run, end: int) -> bool:
    """``KAMAU, John Peter``: a capital surname, a comma, then given names and a separator."""
    before = flow.text[start : run.end]
    if run.comma_used or not before.replace(" ", "").isupper() or len(before) < 2:
        return False
    after = re.compile(r"\s*((?:[^\W\d_][\w'’.\-]*[ ]?){1,3})(?=\s*(?:[,;(|\n–—-]|$))").match(
        flow.text, run.last_end, end
    )
    if after is None or _title_starts(flow, after.start(1)):
        return False
    given = after.group(1).split()
    return all(_is_capitalised(g) or _is_initials(g) for g in given) and not any(
        len(g) > 2 and g.isupper() for g in given
    )


def _is_initials(word: str) -> bool:
    return bool(re.fullmatch(r"(?:[^\W\d_]\.-?){1,4}|[A-ZА-ЯЁ]", word)) and word[0].isupper()


def _is_capitalised(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    if not letters or any(c.isdigit() or c in "@/\\&+=*#%<>[]{}" for c in word):
        return False
    stripped = word.lstrip("\"'’«“„(")
    if not stripped or (len(stripped) < len(word) and word[0] in "(«"):
        return False
    if _JOINED_CASE.match(stripped):
        rest = re.split(r"['’\-]", stripped, maxsplit=1)[1]
        return bool(rest) and (rest[0].isupper() or stripped[0].isupper())
    return stripped[0].isupper()


def _caseless_name(flow: Flow, start: int, end: int, *, wraps: bool) -> Span | None:
    text = flow.text
    stop, count = start, 0
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        core = word.rstrip(_ENDING + "–—-.")
        if "\n" in text[stop : match.start()] and count >= 2 and not wraps:
            break
        if not core or script_of(core[0]) != "arabic" or any(c.isdigit() for c in core):
            break
        if count >= 2 and _title_starts(flow, match.start()):
            break
        stop, count = match.start() + len(core), count + 1
        if len(core) < len(word) or count >= MAX_NAME_WORDS:
            break
    return (start, stop) if count else None


def _han_name(flow: Flow, start: int, end: int) -> Span | None:
    match = _HAN_NAME.match(flow.text, start, end)
    if match is None:
        return None
    stop = match.end()
    for term in flow.terms:
        if term.start > start + 1 and term.label in (*HONORIFICS, "title_heads", "org_heads"):
            stop = min(stop, term.start) if term.start < stop else stop
            break
    name = flow.text[start:stop].rstrip("·•.")
    limit = 14 if "·" in name or "•" in name else 4
    return (start, start + len(name)) if 2 <= len(name) <= limit else None


@cache
def han_surnames() -> frozenset[str]:
    """Chinese family names, one or two characters."""
    return frozenset(terms.phrases("common_surnames") + terms.phrases("compound_surnames"))


def han_persons(flow: Flow, start: int, end: int) -> list[Person]:
    """Chinese persons by the honorific after the name.

    Example: ``外交部条约法律司参赞张三先生``: the name starts after the last title before it.
    """
    found: list[Person] = []
    for term in flow.terms_in(start, end, "honorifics_m", "honorifics_f", "honorifics_n"):
        if not is_han(flow.text[term.start]) or any(
            p.honorific and term.start < p.honorific[1] for p in found
        ):
            continue
        begin = _han_begin(flow, start, term.start)
        length = term.start - begin
        if 2 <= length <= 4 or (length <= 14 and "·" in flow.text[begin : term.start]):
            found.append(Person((term.start, term.end), (begin, term.start)))
    return found


def _han_begin(flow: Flow, start: int, at: int) -> int:
    begin = at
    while begin > start and (is_han(flow.text[begin - 1]) or flow.text[begin - 1] in "·•"):
        begin -= 1
    for term in flow.terms:
        if term.end > at:
            break
        if term.start >= begin and term.label in HAN_NAME_FOLLOWS and at - term.end >= 2:
            begin = max(begin, term.end)
    if at - begin > 4 and "·" not in flow.text[begin:at]:
        for size in (3, 2, 4):
            if flow.text[at - size] in han_surnames():
                return at - size
    return begin


def persons(flow: Flow, start: int, end: int, *, prose: bool = False) -> list[Person]:
    """Every person with an honorific between two characters, in order."""
    found: list[Person] = []
    at = start
    for term in flow.terms_in(start, end, *HONORIFICS):
        if term.start < at or not _at_word_start(flow.text, term.start):
            continue
        if _continues_phrase(flow, term, at) or _in_brackets(flow.text, term):
            continue
        group = honorific_at(flow, term.start)
        if group is None or is_han(flow.text[term.start]):
            continue
        gap = _AFTER_HONORIFIC.match(flow.text, group[1], end)
        name = _after_honorific(flow, gap.end() if gap else group[1], end, prose=prose)
        if name is not None:
            found.append(Person(_without_and(flow, group), name))
            at = name[1]
            if fold(flow.text[group[0] : group[1]]).rstrip(".") in _plurals():
                found.extend(_further(flow, at, end))
    return sorted([*found, *han_persons(flow, start, end)], key=lambda p: p.start)


def bare_in_prose(flow: Flow, start: int, end: int, known: list[Person]) -> list[Person]:
    """Persons of a sentence without honorific: a name between a formula and a post.

    Examples: ``presidida por INSFRÁN Néstor, Asesor``; ``提名欧阳磊，高级检察官``. Something must
    lead to the name (a formula, "and", a comma) and a post or bracket follow it.
    """
    found: list[Person] = []
    for at in _leads(flow, start, end):
        name = take_name(flow, at, end, prose=True)
        if name is None or any(p.start < name[1] and name[0] < p.end for p in (*known, *found)):
            continue
        if _is_person_in_prose(flow, name, end):
            found.append(Person(None, name))
    return found


def _leads(flow: Flow, start: int, end: int) -> list[int]:
    """Where a name may begin: behind formulae and conjunctions, in Chinese behind commas too."""
    leads = {t.end for t in flow.terms_in(start, end, *LEADS)}
    leads.update(m.end() for m in re.compile(r";\s").finditer(flow.text, start, end))
    han = {m.end() for m in re.compile(r"[，、；：]").finditer(flow.text, start, end)}
    leads.update(at for at in han if is_han(flow.text[at : at + 1] or " "))
    return sorted(leads)


LEADS = ("nominating", "headed_by", "conjunctions", "lead_words", "replaced_by", "replacing")


def _is_person_in_prose(flow: Flow, name: Span, end: int) -> bool:
    text = flow.text[name[0] : name[1]]
    follows = flow.text[name[1] : name[1] + 1]
    if is_han(text[0]):
        known = text[0] in han_surnames() or text[:2] in han_surnames()
        return known and follows in ("，", "（", "(", "、") and len(text) <= 4
    words = text.split()
    if len(words) < 2 or follows not in (",", "(") or looks_like_name(flow, *name) is None:
        return False
    capitals = any(len(w) > 3 and w.isupper() for w in words)
    after = flow.trimmed(name[1], end, " ,(\n")[0]
    posts = [t for t in flow.terms_in(after, min(end, after + 60), "title_heads")]
    return bool(posts) and (capitals or posts[0].start == after)


def _without_and(flow: Flow, group: Span) -> Span:
    """An Arabic "and" glued to the honorific is none of it."""
    start, end = group
    if flow.text[start] == "و" and end - start > 3:
        return start + 1, end
    return group


def _further(flow: Flow, start: int, end: int) -> list[Person]:
    """``MM. Paul PETIT, magistrat, et Hervé GRAND``: one honorific for all of them."""
    stops = [t.start for t in flow.terms_in(start, end, *HONORIFICS) if t.label != "honorifics_n"]
    until = min((s for s in stops if _at_word_start(flow.text, s)), default=end)
    found: list[Person] = []
    for term in flow.terms_in(start, until, "conjunctions"):
        if not flow.text[term.end : term.end + 1].isspace():
            continue
        stop = re.compile(r"[,;.(\n،]|$").search(flow.text, term.end, until)
        name = looks_like_name(flow, term.end, stop.start() if stop else until)
        if name is not None:
            found.append(Person(None, name))
    return found


def _at_word_start(text: str, at: int) -> bool:
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] in "@._'’")


def _in_brackets(text: str, term: FlowTerm) -> bool:
    """``Nadia Bouzianedi (Colonel)``: an honorific in brackets belongs to the name before it."""
    return text[term.start - 1 : term.start] in ("(", "（") and bool(
        _CLOSING_BRACKET.match(text, term.end)
    )


def bracketed_honorific(flow: Flow, end: int) -> Span | None:
    """The honorific in brackets right behind a name: ``Abdelhakim Ben Youssefi (M.)``."""
    match = _BRACKETED.match(flow.text, end)
    if match is None:
        return None
    start, stop = match.span(1)
    named = [t for t in flow.terms_in(start, stop, *HONORIFICS) if t.start == start]
    return (start, stop) if any(stop - t.end <= 1 for t in named) else None


def _continues_phrase(flow: Flow, term: FlowTerm, at: int) -> bool:
    """``Procurador General Adjunto``: a rank right after a capitalised word is part of a post."""
    if term.label in ("honorifics_m", "honorifics_f"):
        return False
    before = re.search(r"([^\W\d_][\w'’.-]*)\s$", flow.text[max(at, term.start - 40) : term.start])
    if before is None:
        return False
    if fold(before.group(1)) in _of_words():
        return True
    if not before.group(1)[0].isupper() or before.group().endswith("\n"):
        return False
    start = term.start - len(before.group())
    return not any(t.start <= start < t.end and t.label in HONORIFICS for t in flow.terms)


def looks_like_name(flow: Flow, start: int, end: int, *, wraps: bool = False) -> Span | None:
    """A whole span that can only be a name without honorific, None otherwise.

    Two to five capitalised words, or a Chinese name with a known family name; no title, no
    organization, no heading, no digit. With ``wraps`` it may go over several lines, as in a cell.
    """
    name = take_name(flow, start, end, prose=wraps)
    if name is None or flow.text[name[1] : end].strip(" .,;:،，\t\n"):
        return None
    text = flow.text[name[0] : name[1]]
    if is_han(text[0]):
        return (
            name if text[0] in han_surnames() or text[:2] in han_surnames() or "·" in text else None
        )
    words = text.split()
    if not any(len(w) > 2 for w in words) or _is_noise(flow, name):
        return None
    blocked = flow.terms_in(
        name[0],
        name[1],
        "title_heads",
        "org_heads",
        "org_units",
        "letterhead",
        "list_headings",
        "table_headers.",
        "addressee",
        "convention_names",
        "meeting_names",
        "closing",
        "labels_email",
        "labels_phone",
        "labels_fax",
        "enclosure",
        "stamp_words",
        "received_stamp_words",
    )
    strong = [t for t in blocked if _blocks(flow, t, name)]
    return name if 2 <= len(words) <= MAX_NAME_WORDS and not strong else None


def _is_noise(flow: Flow, name: Span) -> bool:
    """What a stamp or a scribble was read as: the page reader itself does not believe it."""
    words = flow.words(*name)
    return sum(w.confidence for w in words) < 0.5 * len(words)


def _blocks(flow: Flow, term: FlowTerm, name: Span) -> bool:
    """A lexicon word inside a name counts only if it is a whole word, not half of one."""
    before, after = flow.text[term.start - 1 : term.start], flow.text[term.end : term.end + 1]
    inside = (term.start > name[0] and before.isalnum()) or (term.end < name[1] and after.isalnum())
    return not inside
