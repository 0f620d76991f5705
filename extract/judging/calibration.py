"""Confidence as measured: raw trust to the share of values that turned out right.

The rules' own trust ranks values but is no probability: tesseract is as sure of a name whose
accents it lost as of any other. ``calibration.toml`` says how often values of each field were read
right on samples, by raw trust (``benchmarks/calibrate.py`` writes it); ``structure.toml`` how often
the right words were taken. ``calibrated`` applies both as the last step of extraction and doubts a
row that is less likely right than the threshold.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from extract.judging import structure
from extract.judging.expected_accents import accents_expected
from extract.judging.steps import CalibrationError, Steps, parse_steps, read_table
from extract.language import vocabulary
from extract.language.normalise import main_script
from extract.types import Delegate, Doubt, NoteVerbale, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TABLE = "calibration.toml"
FIELDS = ("name", "title", "email", "honorific", "organization", "phone", "role")
REVIEWED = ("name", "title", "email")
"""Fields whose errors matter most; a row is doubted for these."""
NOTE_FIELDS = ("state", "note_reference", "note_date", "quoted_reference")
BY_SCRIPT = ("name", "title", "organization")
"""Fields that are read more or less surely according to their script."""
UNSURE = "low_confidence"


@dataclass(frozen=True, slots=True)
class Setting:
    """What of the whole note bears on its values: its language (ISO 639-1), accents to expect."""

    language: str | None
    accents: bool


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured.

    ``fields`` maps a field, or field and script (``name.latin``; ``name.capitals`` with a word in
    capitals; ``name.plain`` where no accents are to be expected), to its steps; ``absent`` is how
    often nothing is printed where nothing was found; ``doubts`` how often a value with that doubt
    (``email.email_repaired``, or ``email.*`` for the rarer ones) is right all the same.
    """

    fields: Mapping[str, Steps]
    absent: Mapping[str, float]
    doubts: Mapping[str, float]

    def of_value(self, field: str, value: Value, doubts: Iterable[str], setting: Setting) -> float:
        """Probability that a value is right, given its raw trust and the doubts about it."""
        key = steps_key(field, value.text, setting)
        steps = self.fields[key if key in self.fields else field]
        chance = steps.at(value.confidence)
        return min(chance, self._doubted(field, doubts))

    def of_absent(self, field: str, doubts: Iterable[str]) -> float:
        """Probability that nothing is printed where nothing was found."""
        known = [self.doubts[f"{field}.{c}"] for c in doubts if f"{field}.{c}" in self.doubts]
        return min([self.absent[field], *known])

    def _doubted(self, field: str, doubts: Iterable[str]) -> float:
        rest = self.doubts.get(f"{field}.*", 1.0)
        return min((self.doubts.get(f"{field}.{c}", rest) for c in doubts), default=1.0)


def setting_of(note: NoteVerbale) -> Setting:
    """The setting of a note's values."""
    return Setting(note.language, accents_expected(note))


def steps_key(field: str, text: str, setting: Setting) -> str:
    """Which steps a value goes by if there are such; else by its field's.

    Accents over capitals are lost most: ``KEÏTA`` in ``Aïssata KEÏTA`` is ``name.capitals``. A
    title of words the lexicon knows is ``title.known``.
    """
    if field not in BY_SCRIPT:
        return field
    kind = main_script(text)
    if field == "name" and kind == "latin":
        capitals = any(len(word) > 2 and word.isupper() for word in text.split())
        kind = "plain" if not setting.accents else "capitals" if capitals else "latin"
    if field == "title" and kind == "latin" and vocabulary.is_known(text, setting.language):
        kind = "known"
    return f"{field}.{kind}"


def parse_table(raw: Mapping[str, Any]) -> Table:
    """Checks a table as read from TOML.

    Raises:
        CalibrationError: it is not complete or not monotone.
    """
    try:
        steps = {name: parse_steps(item) for name, item in raw["fields"].items()}
        table = Table(steps, _shares(raw["absent"]), _shares(raw["doubts"]))
    except CalibrationError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise CalibrationError(f"incomplete: {error}") from error
    missing = [f for f in (*FIELDS, *NOTE_FIELDS) if f not in steps]
    missing += [f"absent.{f}" for f in FIELDS if f not in table.absent]
    if missing:
        raise CalibrationError(f"nothing measured for {', '.join(missing)}")
    return table


def _shares(item: Mapping[str, Any]) -> dict[str, float]:
    shares = {key: float(share) for key, share in item.items()}
    wrong = [key for key, share in shares.items() if not 0.0 <= share <= 1.0]
    if wrong:
        raise CalibrationError(f"not a share: {', '.join(wrong)}")
    return shares


@cache
def table() -> Table:
    """The table that ships with the rules.

    Raises:
        CalibrationError: the file does not hold a table.
        FileNotFoundError: the package was built without it.
    """
    return parse_table(read_table(TABLE))


def calibrated(
    note: NoteVerbale, by: Table | None = None, shape: structure.Table | None = None
) -> NoteVerbale:
    """The note with measured confidences, and with its unlikely rows doubted."""
    by, shape = by or table(), shape or structure.table()
    setting = setting_of(note)
    facts: dict[str, Value | None] = {}
    for field in NOTE_FIELDS:
        value: Value | None = getattr(note, field)
        codes = codes_about(field, note.doubts)
        chance = by.of_value(field, value, codes, setting) if value else 0.0
        facts[field] = value and replace(value, confidence=round(chance, 3))
    people = tuple(_person(person, by, shape, setting) for person in note.delegates)
    return replace(
        note,
        delegates=people,
        state=facts["state"],
        note_reference=facts["note_reference"],
        note_date=facts["note_date"],
        quoted_reference=facts["quoted_reference"],
    )


def codes_about(field: str, doubts: Iterable[Doubt]) -> tuple[str, ...]:
    """Codes of the doubts that bear on one field; who has no title is often no person."""
    bearing = (field, "title") if field == "name" else (field,)
    return tuple(
        d.code
        for d in doubts
        if d.field == field or (d.field in bearing and d.code == "title_missing")
    )


def letters(person: Delegate, by: Table, setting: Setting) -> dict[str, float]:
    """Probability of each field of a raw delegate, found or absent, to be read right."""
    found: dict[str, float] = {}
    for field in FIELDS:
        value: Value | None = getattr(person, field)
        codes = codes_about(field, person.doubts)
        found[field] = (
            by.of_value(field, value, codes, setting) if value else by.of_absent(field, codes)
        )
    return found


def chances(
    person: Delegate, by: Table, shape: structure.Table, setting: Setting
) -> dict[str, float]:
    """The same to be right: its words are the right ones, and they were read right.

    A value in doubt is worth what such values turned out to be, whatever the reason.
    """
    found = letters(person, by, setting)
    return {
        field: chance
        if codes_about(field, person.doubts)
        else chance * shape.chance(field, person.signs)
        for field, chance in found.items()
    }


def reviewed(found: Mapping[str, float]) -> float:
    """Probability that name, title and address are all right."""
    return math.prod(found[field] for field in REVIEWED)


def _person(person: Delegate, by: Table, shape: structure.Table, setting: Setting) -> Delegate:
    found = chances(person, by, shape, setting)
    doubts = person.doubts
    if reviewed(found) < shape.threshold:
        weakest = min(REVIEWED, key=lambda field: found[field])
        doubts = tuple(dict.fromkeys((*doubts, Doubt(UNSURE, weakest))))
    values: dict[str, Value | None] = {}
    for field in FIELDS:
        value: Value | None = getattr(person, field)
        values[field] = value and replace(value, confidence=round(found[field], 3))
    name = values["name"] or person.name
    return replace(
        person,
        name=name,
        honorific=values["honorific"],
        title=values["title"],
        organization=values["organization"],
        email=values["email"],
        phone=values["phone"],
        role=values["role"],
        confidence=round(shape.row.at(math.prod(found.values())), 3),
        doubts=doubts,
    )
