"""A name in Latin letters, proposed where it is written in another script.

How a person writes the name in Latin letters only the person knows: a proposal stands beside the
name and never in its place, with its source, and says whether the person's address bears it out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from extract.words import table
from store.rules.latin import arabic, chinese, cyrillic
from store.rules.latin.cyrillic import Standard
from store.rules.latin.in_note import printed_in_latin
from store.rules.latin.parts import NamePart, plain
from store.rules.latin.witness import Witness, witness

LatinSource = Literal["note", "address", "known_person", "address_and_table", "table"]
"""Where the letters are from: printed in the note; the address, all of them or some; an approved
row of the State; a standard table."""

_OTHER_SCRIPT = re.compile("[\u0400-\u052f\u0600-\u06ff\u3400-\u9fff]")
_LATIN_PART = re.compile(r"(?<!\w)[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’. ,-]*(?!\w)")
_MARKS = "()（）[]/|,، -"


@dataclass(frozen=True, slots=True)
class LatinStyle:
    """What the house chose: the standard for Russian, and where a Chinese family name stands."""

    cyrillic: Standard = "bgn"
    family_last: bool = False


PLAIN = LatinStyle()
"""BGN/PCGN, family name first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name in Latin letters.

    ``confirmed`` if the note prints it, or the person's address bears it out: spells every part, or
    has the initial of one that is spelled alike by every standard; of an Arabic name every part.
    ``evidence`` are the words it is from: of the note, the address, the name in the known row.
    """

    latin: str
    source: LatinSource
    confirmed: bool
    evidence: str | None = None


def has_other_script(name: str) -> bool:
    """Whether there is something to propose: a Cyrillic, Arabic or Chinese letter."""
    return _OTHER_SCRIPT.search(name) is not None


def propose(
    name: str,
    *,
    state: str | None = None,
    email: str | None = None,
    note: str = "",
    known: str | None = None,
    style: LatinStyle = PLAIN,
) -> Proposal | None:
    """The proposal; None for a name in Latin letters, or one that nothing spells.

    Args:
        name: as written.
        state: ISO 3166-1 alpha-3 of the sender.
        email: the person's address.
        note: the text of the note's pages.
        known: how a person of that State and name was spelled in a row that people approved.
        style: what the house chose.

    >>> propose("ИВАНОВ Юрий").latin, propose("欧阳小明").latin
    ('IVANOV Yuriy', 'Ouyang Xiaoming')
    >>> propose("ИВАНОВ Юрий", email="iurii.ivanov@mid.example").latin
    'IVANOV Iurii'
    """
    written = unicodedata.normalize("NFC", name)
    if not has_other_script(written):
        return None
    beside = " ".join(found.strip() for found in _LATIN_PART.findall(written))
    parts = parts_of(_LATIN_PART.sub(" ", written).strip(_MARKS), state, style)
    if parts is None:
        return Proposal(known, "known_person", confirmed=False, evidence=known) if known else None
    if printed := printed_in_latin(parts, f"{beside}\n{note}"):
        return Proposal(printed, "note", confirmed=True, evidence=printed)
    parts, told = _by_address(written, parts, email, state, style)
    if known is not None and not _all_spelled(parts, told) and _agrees(known, told):
        return Proposal(known, "known_person", confirmed=told.confirms, evidence=known)
    latin = _latin(parts, told)
    if latin is None:
        return None
    if not any(told.spelled):
        return Proposal(latin, "table", confirmed=False)
    whole = _all_spelled(parts, told)
    confirmed = told.confirms and _borne_out(parts, told)
    return Proposal(latin, "address" if whole else "address_and_table", confirmed, email)


def parts_of(
    name: str, state: str | None, style: LatinStyle = PLAIN
) -> tuple[NamePart, ...] | None:
    """The name's parts; None for a name in Latin letters, in several scripts or an unknown one."""
    scripts = {unicodedata.name(char, "").split(" ")[0] for char in name if char.isalpha()}
    if scripts == {"CYRILLIC"}:
        return cyrillic.cyrillic_parts(name, state, style.cyrillic)
    if scripts == {"ARABIC"}:
        return arabic.arabic_parts(name, table("latin")["states_of_names"].get(state))
    return (
        chinese.chinese_parts(name, family_last=style.family_last) if scripts == {"CJK"} else None
    )


def _by_address(
    name: str, parts: tuple[NamePart, ...], email: str | None, state: str | None, style: LatinStyle
) -> tuple[tuple[NamePart, ...], Witness]:
    """What the address says, of the name as printed or, if it fits better, in the nominative."""
    if not email:
        return parts, Witness((None,) * len(parts), (None,) * len(parts), confirms=False)
    best, told = parts, witness(parts, email)
    if not told.confirms and parts_of(name, state) is not None:
        for other in _other_cases(name):
            again = parts_of(other, state, style)
            if again is not None and (found := witness(again, email)).confirms:
                return again, replace(found, confirms=False)  # written otherwise than spelled
    return best, told


def _other_cases(name: str) -> Iterator[str]:
    if re.search("[\u0400-\u04ff]", name):
        yield from cyrillic.other_cases(name)


def _all_spelled(parts: tuple[NamePart, ...], told: Witness) -> bool:
    return all(s or p.initial for p, s in zip(parts, told.spelled, strict=True)) and any(
        told.spelled
    )


def _borne_out(parts: tuple[NamePart, ...], told: Witness) -> bool:
    """Whether the address leaves no part open: of Sergey or Sergei, and of vowels, it may."""
    for part, spelled, began in zip(parts, told.spelled, told.began, strict=True):
        begun = began is not None and (
            began in part.short or any(plain(s).startswith(began) for s in part.spellings)
        )
        if not (spelled or part.initial or (part.settled and (begun or part.father))):
            return False
    return True


def _agrees(known: str, told: Witness) -> bool:
    return all(letters in plain(known) for letters in told.spelled if letters)


def _latin(parts: tuple[NamePart, ...], told: Witness) -> str | None:
    found: list[str] = []
    for part, spelled, began in zip(parts, told.spelled, told.began, strict=True):
        letters = _of_part(part, spelled, began)
        if letters is None:
            return None
        found.append(part.before + letters)
    end = "." if parts[-1].initial else ""
    return " ".join(("".join(found) + end).split())


def _of_part(part: NamePart, spelled: str | None, began: str | None) -> str | None:
    if spelled is not None:
        same = [s for s in part.spellings if plain(s) == spelled]
        if same:
            return same[0]
        return arabic.printed(part, spelled) if part.loose else part.written(spelled)
    if part.initial and began is not None and len(began) >= len(plain(part.spellings[0])):
        return part.written(began)
    fitting = [s for s in part.spellings if began and plain(s).startswith(began)]
    return next(iter((*fitting, *part.spellings)), None)
