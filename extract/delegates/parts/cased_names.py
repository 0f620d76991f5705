"""Where a name in Latin or Cyrillic letters ends: capitals, particles and initials decide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extract.delegates.parts.name_words import (
    ENDING,
    MAX_NAME_WORDS,
    WORD,
    is_capitalised,
    is_initials,
    line_is_post,
    particles,
    suffixes,
    title_starts,
)
from extract.language import terms
from extract.language.normalise import fold

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun


PARTS_OF_SURNAME = 2  # words of a family name on a line of its own
# letters of a word that is no abbreviation, whatever dot stands behind it
SPECKED = 4


@dataclass(slots=True)
class _Pass:
    """The state of one pass over the words of a name."""

    end: int
    count: int = 0
    pending: bool = False
    comma_used: bool = False
    last_end: int = 0


def cased_name(run: TextRun, start: int, end: int, *, prose: bool) -> Span | None:
    """The name that begins at ``start``, which is no white space; None when none does."""
    state = _Pass(start, last_end=start)
    for match in WORD.finditer(run.text, start, end):
        core = match.group().rstrip(ENDING + "–—")
        if not core or not _continues(run, state, match.start(), prose=prose):
            break
        if (
            fold(core) in particles()
            and (not core[0].isupper() or "/" in core)
            and not is_initials(core)
        ):
            if state.count == 0 and (prose or len(core) > 3):
                return None
            state.pending, state.last_end = True, match.end()
            ended = len(core) < len(match.group())  # "Rohana binti, Judge"
            if state.count and (ended or (state.count >= 2 and fold(core) in suffixes())):
                state.pending, state.end = False, match.start() + len(core)
                if ended:
                    break
            continue
        broken = run.text[state.last_end - 1 : match.start()] == "-\n"
        if not (is_initials(core) or is_capitalised(core) or broken):
            break
        if not _add_word(run, state, match, core, (start, end)):
            break
    if state.count and run.text[state.end - 1 : state.end + 1] == "- ":
        state.end -= 1  # "Ana LIMA- Judge": a dash between fields
    return (start, state.end) if state.count else None


def _add_word(run: TextRun, state: _Pass, match: re.Match[str], core: str, span: Span) -> bool:
    """Takes one word into the name; False when the name ends with it."""
    word = match.group()
    kept = core if is_initials(core) else core.rstrip(".").rstrip(ENDING)  # "(Ms. Ana LIMA)."
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
        cut = _is_surname_line(run, state, at) if beside else run.wraps(ends)
        return (cut or _is_led_by_particle(run, state, at)) and not line_is_post(run, at)
    if "\n" in between and (state.count >= 2 if prose else state.count == 1):
        return state.pending or not line_is_post(run, at)
    return not (state.count >= 2 and not state.pending and title_starts(run, at))


def _is_led_by_particle(run: TextRun, state: _Pass, at: int) -> bool:
    """``Salma bint Yusuf Al`` and below it ``Farsi``: a word or two that nobody knows."""
    particle = fold(run.text[: state.end].split()[-1]) in terms.folded("name_particles")
    words = fold(run.text[at:].partition("\n")[0]).split()
    return particle and len(words) <= PARTS_OF_SURNAME and terms.words().isdisjoint(words)


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


def _surname_first(run: TextRun, start: int, state: _Pass, end: int) -> bool:
    """``KAMAU, John Peter``: a capital surname, a comma, then given names and a separator."""
    before = run.text[start : state.end]
    if state.comma_used or not before.replace(" ", "").isupper() or len(before) < 2:
        return False
    after = re.compile(r"\s*((?:[^\W\d_][\w'’.\-]*[ ]?){1,3})(?=\s*(?:[,;(|/·\n–—-]|$))").match(
        run.text, state.last_end, end
    )
    if after is None or title_starts(run, after.start(1)):
        return False
    if run.terms_in(*after.span(1), "title_heads"):  # "ÉTIENNE PERRIN, Vice-Directeur"
        return False
    given = after.group(1).split()
    below = after.end(1) + 1  # "AMARA SESAY, Deputy" and below it "Assistant Minister"
    if run.text[below - 1 : below] == "\n" and title_starts(run, below):
        given = [g for g in given if fold(g) not in _first_of_posts()]
    return (
        bool(given)
        and all(is_capitalised(g) or is_initials(g) for g in given)
        and not any(len(g) > 2 and g.isupper() for g in given)
    )


@cache
def _first_of_posts() -> frozenset[str]:
    return frozenset(p.split()[0] for p in terms.folded("title_heads") if p)
