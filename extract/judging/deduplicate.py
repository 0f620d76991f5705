"""One person, one delegate: the same name printed twice, or the same address in two scripts.

Namesakes of one list are two persons, brothers perhaps: losing one is worse than showing both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.delegates.draft import Heading
from extract.language import terms
from extract.language.normalise import fold, main_script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.delegates.draft import Draft


def deduplicate(drafts: Sequence[Draft]) -> list[Draft]:
    """Drops repetitions, keeping the fuller entry in the place of the first.

    A note names the head of delegation in a sentence and again in the list; a bilingual note
    lists everybody twice. Two entries of one list that nearly have one name and are not the same
    in what is said of them stay, both doubted.
    """
    before = [[k for k in range(n) if same_person(drafts[k], d)] for n, d in enumerate(drafts)]
    listed_twice = len(drafts) > 2 and 2 * sum(map(bool, before)) >= len(drafts)
    kept: list[Draft] = []
    places: list[int] = []
    for draft, alike in zip(drafts, before, strict=True):
        same = [k for k in alike if listed_twice or not _are_two(drafts[k], draft)]
        places.append(places[same[0]] if same else len(kept))
        if same:
            kept[places[-1]] = _fuller(kept[places[-1]], draft)
            continue
        for k in alike:
            kept[places[k]] = _doubted(kept[places[k]])
        kept.append(_doubted(draft) if alike else draft)
    return kept


def _are_two(first: Draft, second: Draft) -> bool:
    """Two entries with one name or nearly so: other addresses, else other posts.

    One in a list of whom the other's name says less, with nothing else the same, is a second
    person too; whom a sentence names and then a list, or two sentences, is one.
    """
    if first.emails and second.emails:
        return first.emails[0].text != second.emails[0].text
    if first.rule != second.rule:
        return False
    one, two = (fold(" ".join(d.run.read(*t) for t in d.title)) for d in (first, second))
    if one and two:
        return one != two
    return first.rule != "prose" and name_key(first.name_text) != name_key(second.name_text)


def _doubted(draft: Draft) -> Draft:
    return replace(draft, doubts=tuple(dict.fromkeys((*draft.doubts, "name_twice"))))


def name_key(name: str) -> frozenset[str]:
    """A name's words, folded, whatever their order."""
    words = fold(name).replace("-", " ").replace(",", " ").replace(".", " ").split()
    if main_script(name) == "han":  # "周 燕" is "周燕"
        return frozenset({"".join(words)})
    return frozenset(words)


def same_person(first: Draft, second: Draft) -> bool:
    """Same words in the name, or another script with the same address or place in the list."""
    a, b = name_key(first.name_text), name_key(second.name_text)
    if a and a == b:
        return True
    scripts = main_script(first.name_text), main_script(second.name_text)
    particles = terms.folded("name_particles")
    both = min(len(a - particles), len(b - particles)) > 1 and (a < b or b < a)
    # initials alone are nobody's: the rest of the name was not read
    if both and any(len(word) > 1 for word in a & b):
        return scripts != ("arabic", "arabic") or _same_given_name(first, second)
    if scripts[0] != scripts[1] and first.emails and second.emails:
        return first.emails[0].text == second.emails[0].text and not first.shared_email
    return False


def _same_given_name(first: Draft, second: Draft) -> bool:
    """In Arabic the father's names follow: ``ناصر العلي`` is the father of ``سالم ناصر العلي``."""
    one, two = fold(first.name_text).split(), fold(second.name_text).split()
    return one[0] == two[0]


def _fuller(first: Draft, second: Draft) -> Draft:
    """The entry that says more, with the role and the address that only the other gives."""
    better, worse = (first, second) if _weight(first) >= _weight(second) else (second, first)
    if not better.emails and worse.emails:
        better = replace(better, emails=worse.emails, mail_run=worse.mail_run or worse.run)
    roleless = better.role is None and better.heading is None
    if roleless and worse.role is not None and worse.role_span is not None:
        return replace(better, heading=Heading(worse.role, worse.run, worse.role_span))
    return better


def _weight(draft: Draft) -> int:
    return (
        2 * bool(draft.emails)
        + 2 * bool(draft.title)
        + bool(draft.organization)
        + bool(draft.phones)
        + bool(draft.honorific)
    )
