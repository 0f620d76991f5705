"""The name of a person: the readers' letters, and where they differ those an address spells."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.delegates.scripts import arabic_words
from extract.delegates.scripts.han_readings import choose_han_reading
from extract.judging.chosen import AGREED, DIFFERS, ChosenReading
from extract.judging.readers import choose_reading
from extract.judging.specks import with_three_parts
from extract.language.han_names import DOT_SEEN
from extract.language.name_fit import name_fit
from extract.language.normalise import main_script

if TYPE_CHECKING:
    from extract.delegates.draft import Draft

# trust in a reading that the address confirms against the other reader
SETTLED = 0.88
# a sign on its own between the words of a name, or behind one: dirt
_SPECK = re.compile(r"(?<=\w)\s+[+*~^°•_|=]+\s+(?=\w)|(?<=\w)_(?=\s|$)")
# a dot behind a word that is no abbreviation: "Edmundo. Rom"
_WORD = re.compile(r"[^\W\d_]{4,}")
_SPECKED = re.compile(r"(?<=[^\W\d_]{5})\.(?=\s)")


def best_name(draft: Draft) -> ChosenReading:
    """The name from both readers; where they differ, the address may tell who is right."""
    parts = [choose_reading(draft.run, a, b, name=True) for a, b in draft.name_parts]
    printed, read = draft.name_text, " ".join(p.text for p in parts)
    sure = all(p.confidence >= AGREED and not p.differs for p in parts)
    arabic = main_script(read) == "arabic" and not sure  # if no reader saw dots, there may be none
    text = arabic_words.dotted(read, draft.run.document.text) if arabic else read
    text = _WORD.sub(_in_capitals, DOT_SEEN.sub("·", text))
    differs = text != read or any(p.differs for p in parts)
    text = with_three_parts(_SPECKED.sub("", _SPECK.sub(" ", text)).rstrip())
    chosen = ChosenReading(
        text,
        min(p.confidence for p in parts),
        differs,
        printed if text != printed else None,
        any(p.covered for p in parts),
    )
    if not chosen.differs or not draft.emails:
        return chosen
    local = draft.emails[0].local
    if text == printed:
        return _as_spelled(draft, chosen, local)
    ours, theirs = name_fit(local, printed).is_good, name_fit(local, text).is_good
    if ours and not theirs:
        return replace(chosen, text=printed, original=None)
    if theirs and not ours:
        return replace(chosen, confidence=SETTLED, differs=False)
    return chosen


def _in_capitals(word: re.Match[str]) -> str:
    """``KOVAČIč``, ``GYőRFFY``: a letter whose accent made it look small; not ``McDONALD``."""
    small = [c for c in word[0] if not c.isupper()]
    return (
        word[0].upper()
        if len(small) == 1 and not small[0].isascii() and small != ["ß"]
        else word[0]
    )


def _as_spelled(draft: Draft, chosen: ChosenReading, local: str) -> ChosenReading:
    """The name, or what a less sure reader saw of it in Chinese, if the address spells that."""
    others = [choose_han_reading(draft.run, a, b, sure=0.0) for a, b in draft.name_parts]
    text = "".join(other.text if other else "" for other in others)
    if not text or name_fit(local, chosen.text).is_good or not name_fit(local, text).is_good:
        return chosen
    return replace(chosen, text=text, confidence=DIFFERS, original=chosen.text)
