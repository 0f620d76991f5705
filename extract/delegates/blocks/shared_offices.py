"""An office printed once beside several persons: a merged cell that no rule shows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.delegates.draft import Heading
from extract.language.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.delegates.draft import Draft


def with_shared_offices(drafts: Sequence[Draft]) -> list[Draft]:
    """The rows of a table without rules, those without an office with that of the row above.

    So only where no office stands twice in a row: else each has its own, and who has none is of
    none. One set to the middle of its rows begins beside the first of them only by chance: where
    the table's first row has none the page does not tell whose each is, and all are doubted.
    """
    told = [bool(d.organization or d.office) for d in drafts]
    if all(told) or not any(told) or any(_are_alike(a, b) for a, b in pairwise(drafts)):
        return [*drafts]
    found: list[Draft] = []
    for draft, own in zip(drafts, told, strict=True):
        shared = found[-1] if told[0] and not own else None
        doubtful = draft if own and told[0] else _doubted(draft)
        found.append(replace(doubtful, office=_office(shared)) if shared else doubtful)
    return found


def _are_alike(first: Draft, second: Draft) -> bool:
    """Each of the two has the same office printed, and it is no cell beside both."""
    if not first.organization or not second.organization:
        return False
    places = [d.run.line_at(d.organization[0][0])[0] for d in (first, second)]
    one, other = (fold(d.run.read(*d.organization[0])) for d in (first, second))
    return one == other and places[0] is not places[1]


def _office(draft: Draft) -> Heading | None:
    if not draft.organization:
        return draft.office
    return Heading(None, draft.run, (draft.organization[0][0], draft.organization[-1][1]))


def _doubted(draft: Draft) -> Draft:
    return replace(draft, doubts=(*draft.doubts, "boundary_uncertain"))
