"""Whether an entry is like the others of its list.

Entries of one list share a pattern: which fields, in which order, on which lines, how written. One
that differs was perhaps printed so; more often it was taken apart wrongly.
"""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.language.name_fit import name_fit
from extract.types import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.checks.context import Context
    from extract.delegates.draft import Draft
    from extract.types import Delegate

MOST = 0.6
"""Share of a list's entries that make a pattern of what they have in common."""
LONG = 2.5
"""Times the list's usual number of words; a value longer than that has swallowed another."""
LONG_WORDS = 8
"""Words from which on a value may be called long at all."""
SHARED = 0.34
"""Share of the other entries of a list that were hardly understood, from which on all may be so."""
ODD = (
    "office_line",
    "post_line",
    "label_at_edge",
    "unseparated",
    "broken",
    "lone",
    "apart",
    "parts_unknown",
    "address_inside",
    "unclaimed",
    "two_heads",
    "doubled",
)
"""Signs of an entry that was hardly understood."""
USUAL_WORDS = 2
"""Words of a short name, and entries of a list too short to show what is usual."""
UNNAMED = (Doubt("name_without_honorific", "name"),)
FIELDS = ("honorific", "title", "organization", "email", "phone", "role")


@dataclass(frozen=True, slots=True)
class Pattern:
    """How an entry is made, each trait comparable with those of the others."""

    traits: dict[str, object]
    lengths: dict[str, int]


@dataclass(frozen=True, slots=True)
class Usual:
    """The same of a whole list: how often each trait has each value, and the median lengths."""

    entries: int
    traits: dict[str, Counter[object]]
    lengths: dict[str, float]
    lone_names: int


def compare_entries(context: Context) -> Context:
    """The persons, with a sign for each trait in which one differs from most of the list."""
    patterns = [_pattern(p, d) for p, d in zip(context.people, context.drafts, strict=True)]
    signs: dict[int, list[str]] = {}
    bare: set[int] = set()
    for members in _lists(context):
        bare |= _without_honorific(context, members)
        usual = _usual([patterns[at] for at in members])
        mixed = any(len(v) > 1 for t, v in usual.traits.items() if t.startswith("order"))
        for at in members:
            signs[at] = _signs(patterns[at], usual)
            if len(members) == 1 < len(patterns):
                signs[at] = ["row.other_list"]
            if mixed:
                signs[at].append("row.mixed_order")
    people = tuple(
        replace(
            p,
            signs=(*p.signs, *signs[at]),
            doubts=tuple(dict.fromkeys((*p.doubts, *(UNNAMED if at in bare else ())))),
        )
        for at, p in enumerate(context.people)
    )
    return context.with_people(people)


def _without_honorific(context: Context, members: list[int]) -> set[int]:
    """The one of a list without a form of address, with words enough to hold an unknown one.

    ``Lt-Col Anna BERG`` among others with Mr. and Ms.: a rank may have stayed in the name.
    """
    bare = [at for at in members if context.drafts[at].honorific is None]
    long = [at for at in bare if len(context.people[at].name.text.split()) > USUAL_WORDS]
    return set(long) if len(bare) == 1 and len(members) > USUAL_WORDS else set()


def share_fate(context: Context) -> Context:
    """The persons, with a sign where others of their list were hardly understood.

    Entries of one list are taken apart in one way: what is wrong in some is wrong in all.
    """
    people = list(context.people)
    odd = [_is_odd(person) for person in people]
    for members in _lists(context):
        for at in members:
            others = [odd[other] for other in members if other != at]
            if any(others):
                sign = "row.list_odd" if sum(others) >= SHARED * len(others) else "row.list_some"
                people[at] = replace(people[at], signs=(*people[at].signs, sign))
    return context.with_people(tuple(people))


def _lists(context: Context) -> Iterable[list[int]]:
    """Which persons are of one list: those whom one rule found."""
    lists: dict[str, list[int]] = {}
    for at, draft in enumerate(context.drafts):
        lists.setdefault(draft.rule, []).append(at)
    return lists.values()


def _is_odd(person: Delegate) -> bool:
    return any(s.partition(".")[2] in ODD for s in person.signs) or (
        any(d.code in ("odd_signs", "name_odd", "title_missing") for d in person.doubts)
    )


def _pattern(person: Delegate, draft: Draft) -> Pattern:
    run, name = draft.run, draft.name_parts[0]
    placed = sorted(
        (spans[0][0], field)
        for field, spans in (
            ("name", draft.name_parts),
            ("title", draft.title),
            ("organization", draft.organization),
        )
        if spans
    )
    traits: dict[str, object] = {f"has_{f}": getattr(person, f) is not None for f in FIELDS}
    order = [field for _, field in placed]
    if len(order) > 1:
        traits["order_" + "_".join(sorted(order))] = tuple(order)
    traits["after_name"] = run.text[draft.name_parts[-1][1] :][:2].strip(" ")[:1]
    traits["capitals"] = _capitals(person.name.text)
    for field, spans in (("title", draft.title), ("organization", draft.organization)):
        if spans:
            traits[f"{field}_line"] = "\n" in run.text[min(name[1], spans[0][0]) : spans[0][0]]
            traits[f"{field}_small"] = run.text[spans[0][0]].islower()
    if person.email is not None:
        traits["fit"] = name_fit(person.email.text.split("@")[0], person.name.text).is_good
    lengths = {
        field: len(value.text.split())
        for field in ("name", "title", "organization")
        if (value := getattr(person, field)) is not None
    }
    return Pattern(traits, lengths)


def _capitals(name: str) -> str:
    """Where the words in capitals stand."""
    return "".join("C" if len(w) > 1 and w.isupper() else "c" for w in name.split())[:1] + (
        "C" if name.split()[-1].isupper() else "c"
    )


def _usual(patterns: list[Pattern]) -> Usual:
    """What the entries of a list have in common."""
    traits: dict[str, Counter[object]] = {}
    lengths: dict[str, list[int]] = {}
    for pattern in patterns:
        for trait, value in pattern.traits.items():
            traits.setdefault(trait, Counter())[value] += 1
        for field, words in pattern.lengths.items():
            lengths.setdefault(field, []).append(words)
    medians = {field: statistics.median(words) for field, words in lengths.items()}
    return Usual(len(patterns), traits, medians, lengths["name"].count(1))


def _signs(own: Pattern, usual: Usual) -> list[str]:
    """The traits in which an entry differs from most of the others."""
    if usual.entries == 1:
        return ["row.alone"]
    found: list[str] = []
    for trait, value in own.traits.items():
        others = [n for v, n in usual.traits[trait].most_common(2) if v != value]
        if others and others[0] >= MOST * (usual.entries - 1):
            name = "order" if trait.startswith("order") else trait
            found.append(f"{_field(trait)}.{name}")
    if usual.entries > 2 and own.lengths["name"] == 1 and usual.lone_names == 1:
        found.append("name.fewer")
    for field, words in own.lengths.items():
        if words >= LONG_WORDS and words > LONG * usual.lengths[field]:
            found.append(f"{field}.longer")
    return found


def _field(trait: str) -> str:
    if trait.startswith("has_"):
        return trait.removeprefix("has_")
    if trait == "capitals":
        return "name"
    if trait.startswith("order"):
        return "row"
    if trait == "fit":
        return "email"
    return trait.partition("_")[0] if "_" in trait and not trait.startswith("after") else "row"
