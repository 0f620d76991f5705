"""Which registered invitation a note answers."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from extract.language import terms
from extract.language.normalise import fold, fold_with_offsets, is_han

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.types import Invitation, NoteVerbale

_SYMBOL = re.compile(r"(?P<year>(?:19|20)\d{2})\D{1,3}?(?P<number>\d{1,4})(?!\d)")
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "|": "1"})
# the end of a line between Chinese characters is no space
_HAN_SPACE = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
REST_DISTANCE = 3  # letters by which two symbols' groups may differ
SAME_TITLE = 80  # likeness, 0 to 100
BEFORE = 60  # characters of a title before its noun
BEHIND = 100  # characters of a title behind its noun
MENTIONS = 4  # titles kept
KEPT = 20_000  # symbols taken apart: each note is compared with all invitations


def match(note: NoteVerbale, invitations: tuple[Invitation, ...]) -> str | None:
    """The reference of the invitation answered, as registered; None when none fits.

    The quoted symbol decides where there is one: another number is another meeting, whatever
    the date says. Without a symbol the meeting's day and its name must both be in the note.
    """
    if note.quoted_reference is not None:
        return _by_symbol(note.quoted_reference.text, invitations)
    fitting = [i for i in invitations if _is_same_day(note, i) and _is_same_meeting(note, i)]
    return fitting[0].reference if len(fitting) == 1 else None


@lru_cache(KEPT)
def _parts(symbol: str) -> tuple[str, str, str] | None:
    """Year, number and the rest of a symbol: the letters of its groups, put together.

    The language letter in brackets is left out, it differs between translations.
    """
    upper = re.sub(r"\s", "", symbol.upper())
    for text in (upper, _digits_mended(upper)):
        found = _SYMBOL.search(text)
        if found is not None:
            groups = re.findall(r"[A-Z0-9]+", text[2 : found.start()] + "/" + text[found.end() :])
            rest = "".join(g for g in groups if len(g) > 1)
            return found["year"], found["number"].lstrip("0"), rest
    return None


def year_of(symbol: str) -> int | None:
    """The year of an invitation's symbol: no reply to it is older."""
    parts = _parts(symbol)
    return int(parts[0]) if parts else None


def _digits_mended(symbol: str) -> str:
    """``CU 2O19/59``: letters read for digits right after ``CU``."""
    head, tail = symbol[:10], symbol[10:]
    return head[:2] + head[2:].translate(_LOOKALIKES) + tail


def quotes_several(document: Document) -> bool:
    """The note answers two invitations: symbols of other years or numbers stand in it."""
    text = "\n".join(line.text for line in document.lines)
    printed = terms.patterns("invitation_symbol_re")[0].finditer(text)
    return len({parts[:2] for m in printed if (parts := _parts(m.group()))}) > 1


def _by_symbol(quoted: str, invitations: tuple[Invitation, ...]) -> str | None:
    wanted = _parts(quoted)
    if wanted is None:
        return None
    fitting: list[str] = []
    for invitation in invitations:
        known = _parts(invitation.reference)
        if known is None or known[:2] != wanted[:2]:
            continue
        ours, theirs = known[2], wanted[2]
        if ours.startswith(theirs) or Levenshtein.distance(ours, theirs) <= REST_DISTANCE:
            fitting.append(invitation.reference)
    return fitting[0] if len(fitting) == 1 else None


def _is_same_day(note: NoteVerbale, invitation: Invitation) -> bool:
    if invitation.starts is None:
        return False
    ends = invitation.ends or invitation.starts
    return any(invitation.starts <= day <= ends for day in note.meeting_dates)


def _is_same_meeting(note: NoteVerbale, invitation: Invitation) -> bool:
    """The note names a meeting of that sort (in any language), or the title itself."""
    title = fold(invitation.title)
    if any(fuzz.token_set_ratio(fold(t), title) >= SAME_TITLE for t in note.meeting_titles):
        return True
    return bool(kinds(invitation.title) & {k for t in note.meeting_titles for k in kinds(t)})


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table: dict[str, list[str]] = terms.common()["meeting_kinds"]
    return tuple((kind, re.compile(p)) for kind, texts in table.items() for p in texts)


def kinds(text: str) -> frozenset[str]:
    """The sorts of meetings a text names: ``expert_meeting``, ``working_group`` ..."""
    folded = fold(text)
    return frozenset(kind for kind, pattern in _patterns() if pattern.search(folded))


def find_meeting_titles(document: Document) -> tuple[str, ...]:
    """The words around each meeting named, at most four, longest first.

    On the whole note: sentences stand above its body where no opening was made out.
    """
    text = _HAN_SPACE.sub("", " ".join(line.text for line in document.lines))
    folded = fold_with_offsets(text)
    found: list[str] = []
    for _, pattern in _patterns():
        for match in pattern.finditer(folded.text):
            start, end = folded.span(*match.span())
            around = text[max(0, start - BEFORE) : end + BEHIND]
            whole = around.partition(" ")[2].rpartition(" ")[0]
            found.append(around if is_han(text[start]) or not whole else whole)
    return tuple(dict.fromkeys(sorted(found, key=len, reverse=True)))[:MENTIONS]
