"""Where a name begins and ends, in all writings: they share each other's words, so one file.

Spans are characters of ``TextRun.text``. A name is as printed, without honorific, rank or
post-nominals; capitals, particles and initials decide in Latin and Cyrillic, separators and
titles in Arabic and Chinese, where there are no capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extract.delegates.scripts.arabic import without_lost_comma
from extract.delegates.scripts.han import longest
from extract.language import terms
from extract.language.han_names import has_surname
from extract.language.normalise import fold, is_han, script_of

if TYPE_CHECKING:
    from extract.layout.text_run import RunTerm, Span, TextRun

from extract.language.terms import HONORIFICS

MAX_NAME_WORDS = 7  # words of a name
PARTS_OF_SURNAME = 2  # words of a family name on a line of its own
# letters of a word that is no abbreviation, whatever dot stands behind it
SPECKED = 4
TITLE_STOPS = ("title_heads", "org_heads", "org_units", "roles.", "letterhead", "labels_email")
# leaders of dots or dashes end a name: "Ildefonso Batungay.......ib@admin.gov.ph"
_WORD = re.compile(r"(?:(?![.…·_–—-]{4})\S)+")
_SPACED_WORD = re.compile(r"\s{0,8}((?:(?![.…·_–—-]{4})\S)+)")
FOOTNOTE_SIGNS = "*†‡§¶#¹²³⁴⁵⁶⁷⁸⁹"
"""Signs behind a name that a footnote repeats."""

_ENDING = ',;:،؛，；：)|»”"' + FOOTNOTE_SIGNS
_JOINED_CASE = re.compile(
    r"(?:[a-zà-ÿ]{1,2}['’]|(?:al|el|an|as|ad|ar|at|аль|эль|ас|ан|аш)-)", re.IGNORECASE
)
# a capital I read as l ("lleana", "lvan"), a particle glued to its name ("dePaz")
_LOST_CAPITAL = re.compile(
    r"l[bcdfghjklmnpqrstvwxz][^\W\d_]{2,}|(?:de|del|dela|da|di|do|van|von|al|el|bin)[A-ZÀ-Þ][^\W\d_]+"
)
# ß read as a sign: "Gro&kopfmann"
_SHARP_S = re.compile(r"(?<=[a-zäöü])[&](?=[a-zäöü])")
# a word that may be a particle, between a name and another capital
_SMALL_WORD = re.compile(r" ['’]?[^\W\d_A-ZÀ-ÞА-ЯЁ]{1,5}[.'’]? ?(?=[A-ZÀ-ÞА-ЯЁŁŚŽČŠĐ])")
_HAN_NAME = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff·•.]{1,13}")
_WRAPPED_HAN = re.compile(r"[\u3400-\u9fff](?:\n?[\u3400-\u9fff·•.]){1,13}")
# a short name set apart: "李 明", "王 小 红"
_SPACED_HAN = re.compile(
    r"[\u3400-\u9fff](?:[ \u3000]{1,4}[\u3400-\u9fff]){1,3}(?![\u3400-\u9fff·])"
)


@cache
def _particles() -> frozenset[str]:
    labels = ("name_particles", "name_suffixes", "married_names")
    return frozenset(fold(word) for label in labels for word in terms.phrases(label))


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(fold(p) for p in terms.phrases("name_suffixes"))


def take_name(run: TextRun, start: int, end: int, *, prose: bool = False) -> Span | None:
    """The name that begins at ``start`` (white space skipped), None when none does.

    Examples: ``John KAMAU``, ``KAMAU, John``, ``María de la Cruz GARCÍA``, ``И.И. Иванов``,
    ``OUÉDRAOGO Abdoulaye``, ``محمد بن سالم العلي``, ``张三``.
    """
    skipped = re.compile(r"\s*").match(run.text, start, end)
    begin = skipped.end() if skipped else start
    if begin >= end:
        return None
    script = next((s for c in run.text[begin : begin + 12] if (s := script_of(c))), None)
    if script == "han":
        return _han_name(run, begin, end, wraps=prose)
    if script == "arabic":
        return _caseless_name(run, begin, end, wraps=prose)
    return _cased_name(run, begin, end, prose=prose)


@dataclass(slots=True)
class _Pass:
    """The state of one pass over the words of a name."""

    end: int
    count: int = 0
    pending: bool = False
    comma_used: bool = False
    last_end: int = 0


def _cased_name(run: TextRun, start: int, end: int, *, prose: bool) -> Span | None:
    state = _Pass(start, last_end=start)
    for match in _WORD.finditer(run.text, start, end):
        core = match.group().rstrip(_ENDING + "–—")
        if not core or not _continues(run, state, match.start(), prose=prose):
            break
        if (
            fold(core) in _particles()
            and (not core[0].isupper() or "/" in core)
            and not _is_initials(core)
        ):
            if state.count == 0 and (prose or len(core) > 3):
                return None
            state.pending, state.last_end = True, match.end()
            ended = len(core) < len(match.group())  # "Rohana binti, Judge"
            if state.count and (ended or (state.count >= 2 and fold(core) in _suffixes())):
                state.pending, state.end = False, match.start() + len(core)
                if ended:
                    break
            continue
        broken = run.text[state.last_end - 1 : match.start()] == "-\n"
        if not (_is_initials(core) or _is_capitalised(core) or broken):
            break
        if not _add_word(run, state, match, core, (start, end)):
            break
    return (start, state.end) if state.count else None


def _add_word(run: TextRun, state: _Pass, match: re.Match[str], core: str, span: Span) -> bool:
    """Takes one word into the name; False when the name ends with it."""
    word = match.group()
    kept = core if _is_initials(core) else core.rstrip(".")
    state.count += 1
    state.pending = False
    state.end, state.last_end = match.start() + len(kept), match.end()
    if state.count >= MAX_NAME_WORDS:
        return False
    if len(kept) == len(word):
        return True
    if word == f"{kept}." and len(kept) >= SPECKED and _goes_on_in_cell(run, match.end()):
        return True  # a speck: no sentence ends inside a cell
    if word == f"{kept}." and fold(kept) in terms.folded("name_abbreviations"):
        return True  # "Osbert St. Aldwyn"
    if word[len(core) : len(core) + 1] in (",", "،") and _surname_first(
        run, span[0], state, span[1]
    ):
        state.comma_used = True
        return True
    after = re.compile(r"\s?").match(run.text, match.end())
    at = after.end() if after and word == f"{core}," else -1
    return any(t.start == at and t.label == "married_names" for t in run.terms)


def _goes_on_in_cell(run: TextRun, at: int) -> bool:
    """The line ends there, and the cell goes on with a capital."""
    in_cell = run.line_at(at)[0].cell is not None
    return in_cell and run.text[at : at + 1] == "\n" and run.text[at + 1 : at + 2].isupper()


def _continues(run: TextRun, state: _Pass, at: int, *, prose: bool) -> bool:
    """Whether the word at ``at`` may still belong to the name."""
    if state.count == 0:
        return True
    between = run.text[state.last_end : at]
    if "\t" in between and state.count >= 2:
        return False
    if run.text[state.last_end - 1 : at] == "-\n":  # "Tae-|gon"
        return True
    if "\n" in between and not state.pending and state.count >= 2 and not prose:
        ends = run.text.index("\n", state.last_end)  # "M. Jean Vanden" and below it "Broeck ("
        beside = run.line_at(ends)[0].cell is not None
        particle = fold(run.text[: state.end].split()[-1]) in _particles()  # "Huda Al" and "Mahri"
        whole = beside and not (particle and run.wraps(ends))
        cut = _is_surname_line(run, state, at) if whole else run.wraps(ends)
        return cut and not _line_is_post(run, at)
    if "\n" in between and (state.count >= 2 if prose else state.count == 1):
        return state.pending or not _line_is_post(run, at)
    return not (state.count >= 2 and not state.pending and _title_starts(run, at))


def _is_surname_line(run: TextRun, state: _Pass, at: int) -> bool:
    """``M. Jean VANDEN`` and below it ``BROECK``: capitals nobody knows, in one line too long."""
    last, printed = run.text[: state.end].split()[-1], run.text[at:].partition("\n")[0]
    words = fold(printed).split()
    known = any(word in terms.words() for word in words)
    if known or len(words) > PARTS_OF_SURNAME or not (last.isupper() and printed.isupper()):
        return False
    above, line = run.line_at(state.end - 1)[0], run.line_at(at)[0]
    texts = [run.document.lines[n] for n in run.lines]  # not of a sentence below the list
    cells = [(x, x.cell) for x in texts if x.cell and x.page == line.page]
    widths = [x.box.width for x, cell in cells if above.cell and cell.grid == above.cell.grid]
    return above.box.width + line.box.width > max(widths, default=0)


def _title_starts(run: TextRun, at: int) -> bool:
    for term in run.terms:
        if term.start > at:
            return False
        if term.start == at and any(
            term.label == s or (s.endswith(".") and term.label.startswith(s)) for s in TITLE_STOPS
        ):
            return True
    return False


def _line_is_post(run: TextRun, at: int) -> bool:
    """``Mr. SUDARSONO`` and below it ``Senior Financial Analyst``: one name, then a post."""
    stop = re.compile(r"[,\n]|\s[/|·]\s|$").search(run.text, at)
    end = stop.start() if stop else len(run.text)
    return _title_starts(run, at) or any(
        t.end == end and run.text[t.start - 1].isspace()
        for t in run.terms_in(at, end, "title_heads", "org_heads", "org_units")
    )


def _surname_first(run: TextRun, start: int, state: _Pass, end: int) -> bool:
    """``KAMAU, John Peter``: a capital surname, a comma, then given names and a separator."""
    before = run.text[start : state.end]
    if state.comma_used or not before.replace(" ", "").isupper() or len(before) < 2:
        return False
    after = re.compile(r"\s*((?:[^\W\d_][\w'’.\-]*[ ]?){1,3})(?=\s*(?:[,;(|\n–—-]|$))").match(
        run.text, state.last_end, end
    )
    if after is None or _title_starts(run, after.start(1)):
        return False
    if run.terms_in(*after.span(1), "title_heads"):  # "ÉTIENNE PERRIN, Vice-Directeur"
        return False
    given = after.group(1).split()
    return all(_is_capitalised(g) or _is_initials(g) for g in given) and not any(
        len(g) > 2 and g.isupper() for g in given
    )


def _is_initials(word: str) -> bool:
    return (
        bool(re.fullmatch(r"(?:[^\W\d_]\.-?){1,4}|[A-ZА-ЯЁ]|[А-ЯЁ]{2}\.", word))
        and word[0].isupper()
    )


def _is_capitalised(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    word = _SHARP_S.sub("ss", word)
    if not letters or any(c.isdigit() or c in "@/\\&+=*#%<>[]{}" for c in word):
        return False
    stripped = word.lstrip("\"'’«“„(")
    if not stripped or (len(stripped) < len(word) and word[0] in "(«"):
        return False
    if _LOST_CAPITAL.match(stripped):
        return True
    if _JOINED_CASE.match(stripped):
        rest = re.split(r"['’\-]", stripped, maxsplit=1)[1]
        return bool(rest) and (rest[0].isupper() or stripped[0].isupper())
    return stripped[0].isupper()


def _caseless_name(run: TextRun, start: int, end: int, *, wraps: bool) -> Span | None:
    text = run.text
    stop, count = start, 0
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        core = word.rstrip(_ENDING + "–—-.")
        if "\n" in text[stop : match.start()] and count >= 2 and not wraps:
            break
        if not core or script_of(core[0]) != "arabic" or any(c.isdigit() for c in core):
            break
        if count >= 2 and _ends_arabic_name(run, match.start(), core, word):
            break
        stop, count = match.start() + len(core), count + 1
        if len(core) < len(word) or count >= MAX_NAME_WORDS:
            break
    return (start, without_lost_comma(text, start, stop)) if count else None


def _ends_arabic_name(run: TextRun, at: int, core: str, word: str) -> bool:
    """A post begins here: ``أحمد سالم مستشار``; but not ``هاجر بابكر الأمين،``, a family name.

    ``القاضي بمحكمة النقض`` is a post again: an office follows.
    """
    if any(t.start == at for t in run.terms_in(at, len(run.text), "replaced_by")):
        return True
    if not _title_starts(run, at):
        return False
    if core.startswith("ال") and word[len(core) :] in ("،", ","):
        return False
    if fold(core) not in terms.folded("surnames_too"):
        return True
    after = run.trimmed(at + len(word), len(run.text), " ")[0]
    return any(t.start == after and t.label in ("org_heads", "org_units") for t in run.terms)


def _han_name(run: TextRun, start: int, end: int, *, wraps: bool) -> Span | None:
    pattern = _SPACED_HAN if _SPACED_HAN.match(run.text, start, end) else _HAN_NAME
    match = (_WRAPPED_HAN if wraps and pattern is _HAN_NAME else pattern).match(
        run.text, start, end
    )
    if match is None:
        return None
    stop = match.end()
    for term in run.terms:
        if term.start > start + 1 and term.label in (*HONORIFICS, "title_heads", "org_heads"):
            stop = min(stop, term.start) if term.start < stop else stop
            break
    name = run.text[start:stop].rstrip("·•. \n\u3000")
    limit = longest(name)
    return (start, start + len(name)) if 2 <= len("".join(name.split())) <= limit else None


def looks_like_name(run: TextRun, start: int, end: int, *, wraps: bool = False) -> Span | None:
    """A whole span that can only be a name without honorific, None otherwise.

    Two to five capitalised words, or a Chinese name with a known family name; no title, no
    organization, no heading, no digit. With ``wraps`` it may go over several lines, as in a cell.
    """
    name = take_name(run, start, end, prose=wraps)
    if name is None or run.text[name[1] : end].strip(" .,;:،，\t\n"):
        return None
    text = run.text[name[0] : name[1]]
    if is_han(text[0]):
        return name if has_surname(text) else None
    words = text.split()
    if not any(len(w) > 2 for w in words) or _is_noise(run, name):
        return None
    blocked = run.terms_in(
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
        "not_in_names",
    )
    strong = [t for t in blocked if _blocks(run, t, name)]
    return name if 2 <= len(words) <= MAX_NAME_WORDS and not strong else None


def _is_noise(run: TextRun, name: Span) -> bool:
    """What a stamp or a scribble was read as: the page reader itself does not believe it."""
    words = run.words(*name)
    return sum(w.confidence for w in words) < 0.5 * len(words)


def _blocks(run: TextRun, term: RunTerm, name: Span) -> bool:
    """A lexicon word inside a name counts only if it is a whole word, not half of one."""
    printed = run.text[term.start : term.end]
    if _is_initials(printed) or fold(printed) in terms.folded("surnames_too"):  # "N." is no number
        return False
    before, after = run.text[term.start - 1 : term.start], run.text[term.end : term.end + 1]
    inside = (term.start > name[0] and before.isalnum()) or (term.end < name[1] and after.isalnum())
    return not inside


def _nearly_letters(word: str) -> bool:
    """A word of letters; a longer one may have a misread sign: ``$iikrii`` for ``Şükrü``."""
    letters = sum(c.isalpha() for c in word)
    return letters == len(word) or (letters == len(word) - 1 >= 3 and not word[-1].isdigit())


def _behind_particles(run: TextRun, start: int, end: int) -> Span | None:
    """The name behind one or more particles: ``Sra. de la FUENTECILLA``; no office's."""
    at = start
    while (word := _SPACED_WORD.match(run.text, at, end)) and fold(word[1]) in _particles():
        at = word.end()
    name = take_name(run, at, end, prose=True) if at > start else None
    return name if name and not run.terms_in(*name, *TITLE_STOPS) else None


def _over_small_word(run: TextRun, name: Span, end: int) -> Span:
    """``MBARGA Yvonne épse Fouda``: a small word nobody knows, and what ends the line behind it."""
    small = _SMALL_WORD.match(run.text, name[1], end)
    if small is None or any(t.start < small.end() and small.start() < t.end for t in run.terms):
        return name
    rest = take_name(run, small.end(), end)
    if rest is None or run.terms_in(*rest, *TITLE_STOPS):
        return name
    return (name[0], rest[1]) if run.text[rest[1] : rest[1] + 1] in ("", "\n", ",") else name


def name_after_honorific(run: TextRun, start: int, end: int, *, prose: bool) -> Span | None:
    """The name behind an honorific; its first word may be a particle or have lost its capital.

    Examples: ``Mr. bin HAMADOUH Khalid``, ``Sr. ítalo CARDENAL`` read as ``Sr. italo``.
    """
    name = take_name(run, start, end, prose=prose)
    if name is not None:
        return name if prose else _over_small_word(run, name, end)
    led = _behind_particles(run, start, end)
    if led is not None:
        return (start, led[1])
    first = _WORD.match(run.text, start, end)
    if first is None or not _nearly_letters(first.group()) or len(first.group()) < 2:
        return None
    comma = run.text.find(",", first.end(), end)
    rest = take_name(run, first.end(), comma if comma >= 0 else end, prose=prose)
    if rest is None or (not prose and "\n" in run.text[first.end() : rest[0]]):
        return None
    if re.fullmatch(r"l[^\W\d_]{3,}", first.group()):  # a capital I read as l: "lleana"
        return (start, rest[1])
    if run.text[rest[0] : rest[0] + 2].isupper():
        return (start, rest[1])
    # "Sr. italo Huamanchumo": no word of a post, and on the line of its honorific
    known = run.terms_in(first.start(), first.end(), "title_heads", "honorifics_n", "ranks")
    long = len(first.group()) > 3 and first.group().isalpha()
    return (start, rest[1]) if long and not known and start and run.text[start - 1] == " " else None
