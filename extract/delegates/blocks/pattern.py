"""What the entries of one list have in common, learnt from all of them before one is judged.

What is sure anchors it: persons with a form of address or an address that spells their names, and
parts whose kind the lexicon knows. What the lexicon does not know takes the kind of its place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.delegates.blocks.unled import NAME_KINDS, Place
from extract.delegates.parts.describe import is_sure_post
from extract.delegates.parts.segments import STROKE
from extract.language.name_fit import name_fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extract.delegates.blocks.entry import Entry
    from extract.delegates.parts.segments import Segment

ENOUGH = 2  # entries that make a list
FIELDS = 2  # parts of every entry behind the sign that parts fields
FIELD_SIGNS = ("|", "/", "·", "•", ";", STROKE, "~")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where a list's entries have the name, and what parts the organization that ends them.

    ``entries`` counts those with a person; ``organization`` is a separator (a line end among
    them), None where most entries end in no organization. ``fields``: a sign parts name, post and
    office of every person, of one strokes and of another bars perhaps (``field_sign``).
    """

    entries: int = 0
    name: Place = "first"
    organization: str | None = None
    fields: bool = False


ALONE = Pattern()
"""Of an entry that nothing can be compared with."""


def learn(entries: Iterable[Entry]) -> Pattern:
    """The pattern most entries agree on."""
    first = last = ends_else = named = 0
    before_office: Counter[str] = Counter()
    entries = list(entries)
    for entry in entries:
        if len(entry.people) != 1 or not _is_sure(entry):
            continue
        named += 1
        before, after = _said(entry.before), _said(entry.after[0])
        first += not before
        last += bool(before) and not after
        said = after or before
        if len(said) > 1:
            before_office.update([said[-1].before] if said[-1].kind == "organization" else [])
            sure = said[-1].kind == "title" and is_sure_post(entry.run, said[-1])
            ends_else += said[-1].kind == "unit" or sure
    persons = [parts for entry in entries for parts in entry.said]
    fields = len(persons) >= ENOUGH and all(map(field_sign, persons))
    if named < ENOUGH:
        return Pattern(fields=fields)
    office = before_office.most_common(1) if before_office.total() > ends_else else []
    name: Place = "last" if last > first else "first"
    return Pattern(named, name, office[0][0] if office else None, fields)


def field_sign(parts: Sequence[Segment]) -> str | None:
    """A sign other than the comma that parts two or more fields of a person."""
    counts = Counter(p.before for p in parts)
    return next((sign for sign in FIELD_SIGNS if counts[sign] >= FIELDS), None)


def _is_sure(entry: Entry) -> bool:
    person = entry.people[0]
    name = entry.run.read_name(*person.name)
    spelled = any(name_fit(m.local, name).kind in NAME_KINDS for m in entry.mails)
    post = any(p.kind == "title" for p in entry.after[0])
    return person.honorific is not None or spelled or post


def _said(parts: Sequence[Segment]) -> list[Segment]:
    return [p for p in parts if p.kind not in ("role", "junk")]
