"""What is printed once beside several persons: an office, an address, in a cell no rule shows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.delegates.draft import Heading
from extract.delegates.parts.office_of_post import is_genitive
from extract.language.name_fit import name_fit
from extract.language.normalise import fold

SEVERAL = 2  # persons that share what is printed once
NEAR = 0.6  # line heights between the middle of an address and that of its rows (letters: 0.1)

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
        shared = found[-1] if told[0] and not own and not _says_its_own(draft) else None
        doubtful = draft if own and told[0] else _doubted(draft)
        if shared:
            doubtful = _with_address(replace(doubtful, office=_office(shared)), shared)
        found.append(doubtful)
    return found


def _says_its_own(draft: Draft) -> bool:
    """An office in the genitive ends the post: ``советник Министерства юстиции``."""
    spans = draft.title[-1:]
    words = [w for span in spans for w in draft.run.text[slice(*span)].split()[1:]]
    return any(w[0].isupper() and is_genitive(w) for w in words)


def _with_address(draft: Draft, above: Draft) -> Draft:
    """The address of an office, printed once for those whose office is; it spells neither's name.

    A row that leaves both out has cells merged with those above it.
    """
    mails = above.emails
    if draft.emails or len(mails) != 1:
        return draft
    if any(name_fit(mails[0].local, d.name_text).kind != "none" for d in (draft, above)):
        return draft
    run = above.mail_run or above.run
    return replace(draft, emails=mails, mail_run=run, shared_email=True)


def with_shared_address(drafts: Sequence[Draft]) -> list[Draft]:
    """One address for a table without rules, set to the middle of all its rows and not of one.

    In the middle row of three or five it may be that person's: it must spell nobody's name.
    """
    owners = [d for d in drafts if d.emails]
    if len(drafts) < SEVERAL or len(owners) != 1 or len(owners[0].emails) != 1:
        return [*drafts]
    (owner,), (mail,) = owners, owners[0].emails
    printed = owner.run.words(mail.start, mail.end)
    lines = [d.run.document.lines[n] for d in drafts for n in d.run.lines]
    middle = sum(w.box.center[1] for w in printed) / max(1, len(printed))
    rows = min(x.box.top for x in lines), max(x.box.bottom for x in lines)
    set_to_middle = abs(middle - sum(rows) / 2) <= NEAR * owner.run.line_at(mail.start)[0].height
    spelled = any(name_fit(mail.local, d.name_text).kind != "none" for d in drafts)
    if not printed or spelled or not set_to_middle or len({x.page for x in lines}) > 1:
        return [*drafts]
    return [replace(d, emails=(mail,), mail_run=owner.run, shared_email=True) for d in drafts]


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
