"""Where a note closes: at the formula, or where the sender names itself once more below the list.

Words of the formula open a note as well (``avails itself of the present note to inform``), and
others close one that no list of ours has. What stands before and behind tells: below the closing
sentence there is a signature, and no list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold, is_han, main_script
from extract.layout.list_signs import is_annex_heading
from extract.layout.pitch import middle, pitch
from extract.layout.signed import signed_line
from extract.layout.text_run import unbroken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.document import Document, Term

SENDER = ("letterhead", "mission_nouns")
BODY_STARTS = ("opening", "reference", "honour", "nominating", "list_headings", "letter_style")
SIGNED = 2
"""Signs of persons below a note: who signs it, and to whom it goes."""
OWN_WORDS = 4
"""Words of a sentence that do not stand above the list: an office below a person has none."""
LONGEST = 6
"""Lines of a closing sentence."""
CLOSED_UP = 1.8  # most distance of two lines of a sentence, middle to middle, in heights
EVEN = 1.15  # the same in usual distances of the page's lines, which may be spaced widely
SPACE = 0.25  # width of a space in heights of its line
_STOP = re.compile(r"[^\W\d_]{4}[.?](?:\s|$)|[。？؟]")
"""A full stop of a sentence: behind a word that is no abbreviation."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def opens_instead(
    document: Document, begin: int, signs: Sequence[int], *, opened: bool
) -> tuple[Term, ...]:
    """Words of the closing formula that open the note: the persons stand behind them, none before.

    ``opened``: another formula opens it at ``begin``. Then, and below the end of a sentence, more
    has to stand behind than a signature: words that nominate and a person, or a list.
    """
    found: list[Term] = []
    if not signs:  # nobody comes: the formula that stands once more, in a sentence of its own
        said = document.labelled("closing")
        opens = tuple(t for t in said if not opened and not _has_stop(document, begin, t))
        return opens if len(opens) < len(said) else ()
    for term in document.labelled("closing"):
        if any(begin <= n < term.line for n in signs):
            break
        behind = _behind(document, signs, term.line)
        nominated = any(
            term.start < t.start and behind and t.line <= behind[-1]
            for t in document.labelled("nominating")
        )
        first = not opened and not _has_stop(document, begin, term) and max(signs) > term.line
        if first or nominated or len(behind) > SIGNED:
            found.append(term)
    return tuple(found)


def _behind(document: Document, signs: Sequence[int], line: int) -> list[int]:
    """Signs from a line to the end of its page, or to the heading of an annex on it."""
    page = document.lines[line].page
    end = line + 1
    while end < len(document.lines) and document.lines[end].page == page:
        if is_annex_heading(document, end):
            break
        end += 1
    return [n for n in signs if line <= n < end]


def find_closing(
    document: Document, opening: int | None, signs: Sequence[int], openers: tuple[Term, ...]
) -> int | None:
    """The line where the closing sentence begins, None where nothing shows it.

    ``opening`` is the line of the first formula, ``openers`` are no closing formulas.
    """
    first = opening or 0
    found = [t for t in document.labelled("closing") if t.line >= first and t not in openers]
    if found:
        last_page = document.lines[found[-1].line].page
        term = next((t for t in found if document.lines[t.line].page == last_page), found[0])
        return term.line if _verb_first(document, term) else sentence_line(document, term.line)
    said = [n for n in signs if n > first]
    line = _letter_ends(document) or _sender_again(document, said)
    if line is not None:
        return line
    signed = signed_line(document, said)
    return None if signed is None else sentence_line(document, signed)


def _has_stop(document: Document, begin: int, term: Term) -> bool:
    """A sentence ends between the body's begin and a term."""
    return any(_STOP.search(document.lines[n].text) for n in range(begin, term.line))


def _letter_ends(document: Document) -> int | None:
    letter = [
        t
        for t in document.labelled("letter_style")
        if t.end - t.start >= 2
        and t.line > len(document.lines) // 3
        and not document.terms_of(t.line, "nominating", "honour")
    ]
    said = document.labelled("nominating", "list_headings")
    return next((t.line for t in letter if said and t.line > said[0].line), None)


def _sender_again(document: Document, signs: Sequence[int]) -> int | None:
    """The last sentence that the sender begins with its own name, below persons, none behind it."""
    if not signs:
        return None
    known = {w for line in document.lines[: signs[0]] for w in _words(line.text)}
    for number in range(len(document.lines) - 1, signs[0], -1):
        if _names_sender(document, number, known):
            return number if len(_behind(document, signs, number)) < SIGNED else None
    return None


def _names_sender(document: Document, number: int, known: set[str]) -> bool:
    """``The Embassy takes the occasion ...``, a sentence to its end; no office in an entry.

    ``known`` are words above the persons.
    """
    line = document.lines[number]
    named = document.terms_of(number, *SENDER)
    if line.cell is not None or not named or document.terms_of(number, "nominating", "opening"):
        return False
    lead = line.text[: document.tokens[named[0].start].start]
    said: list[str] = []
    for below in document.lines[number : number + LONGEST]:
        if below.page != line.page or "@" in below.text:
            return False
        said += _words(below.text)
        if below.text.rstrip()[-1:] in (".", "。", "؟"):
            rest = [w for w in said if w not in known]
            return len(rest) >= OWN_WORDS and _leads_sentence(lead)
    return False


def _leads_sentence(lead: str) -> bool:
    """Nothing stands before the name but an article, or a sentence that ends."""
    words = fold(lead).replace("’", "'").split()
    article = words[-1:] if words and words[-1] in terms.folded("articles") else []
    before = words[: len(words) - len(article)]
    return not before or before[-1][-1] in ".。"


def _words(text: str) -> list[str]:
    """Folded words; of Chinese its characters."""
    folded = (fold(w) for w in _WORD.findall(text))
    return [part for w in folded for part in (w if is_han(w[0]) else [w])]


def _verb_first(document: Document, term: Term) -> bool:
    """In Arabic and Chinese the formula begins with its verb: the line above is none of it."""
    begins = document.first_token[term.line] == term.start
    return begins and main_script(document.doc[term.start].text) in ("arabic", "han")


def sentence_line(document: Document, line: int) -> int:
    """The closing names the sender first (``The Embassy of X avails itself``): step back to it.

    Over full lines to one that begins with the sender, or to the first below a line with room
    left: ``En remerciant le Secrétariat de ..., la Mission permanente`` / ``lui renouvelle``.
    """
    at = line
    while at and line - at < LONGEST and _runs_on(document, at - 1):
        sender = _begins_with_sender(document, at - 1)
        if not (sender and at == line) and not is_full(document, at - 1):
            break
        at -= 1
        if sender:
            return at
    named = any(document.terms_of(n, *SENDER) for n in range(at, line))
    of_entry = at and _is_said_of_person(document, at - 1) and is_full(document, at - 1)
    return at if named and not of_entry and not document.lines[at].text[:1].islower() else line


def _runs_on(document: Document, number: int) -> bool:
    """The sentence may go on from this line to the next: closed up, no stop, and nobody's."""
    if _is_said_of_person(document, number) or _STOP.search(document.lines[number].text[-6:]):
        return False
    said = document.terms_of(number, "opening", "reference", "honour", "nominating")
    return not said and _follows(document, number)


def _begins_with_sender(document: Document, number: int) -> bool:
    named = document.terms_of(number, *SENDER)
    text = document.lines[number].text
    return bool(named) and _leads_sentence(text[: document.tokens[named[0].start].start])


def _is_said_of_person(document: Document, number: int) -> bool:
    forms = document.terms_of(number, "honorifics_m", "honorifics_f")
    return bool(forms) or "@" in document.lines[number].text


def is_full(document: Document, number: int) -> bool:
    """The next line's first word had no room on this one."""
    above, below = document.lines[number : number + 2]
    left, right = document.margins.get(above.page, (0, 0))
    room = above.box.left - left if main_script(above.text) == "arabic" else right - above.box.right
    return room < unbroken(below.words[0]) + SPACE * above.height


def _follows(document: Document, number: int) -> bool:
    """The line below stands no farther off than lines of the page do, middle to middle.

    White between boxes depends on the letters: a line without any that rise has more above it.
    """
    above, below = document.lines[number : number + 2]
    near = max(CLOSED_UP * max(above.height, below.height), EVEN * pitch(document, above.page))
    return above.page == below.page and middle(below) - middle(above) < near
