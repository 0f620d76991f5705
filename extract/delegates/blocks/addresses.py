"""Which address and which telephone belongs to whom."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.language.name_fit import name_fit
from extract.language.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.delegates.draft import Draft
    from extract.language.emails import EmailMatch
    from extract.language.phones import PhoneMatch

WHOLE_NAME = 4  # letters of a name that no other person's address holds by chance
PARTS_OF_NAME = 2  # words of a name that is nobody else's
_LETTERS = re.compile(r"[^\W\d_]+")


def with_contacts(
    drafts: list[Draft], mails: Sequence[EmailMatch], phones: Sequence[PhoneMatch], *, prose: bool
) -> list[Draft]:
    """The persons of one entry with its addresses and numbers."""
    drafts = _with_mails(drafts, mails)
    for number in phones:
        owner = _owner(drafts, number.start)
        if owner is not None:
            drafts[owner] = replace(drafts[owner], phones=(*drafts[owner].phones, number))
    return drafts


def handed_round(drafts: list[Draft]) -> list[Draft]:
    """Addresses that spell another person's name go there: names and addresses stood apart."""
    result = list(drafts)
    for at in range(len(result)):
        for mail in result[at].emails:
            giver = result[at]
            if giver.shared_email or fits(mail, giver) or _says_a_name_of(mail, giver):
                continue
            takers = [n for n, d in enumerate(result) if n != at and not d.emails and fits(mail, d)]
            if len(takers) == 1:
                left = tuple(m for m in giver.emails if m is not mail)
                result[at] = replace(giver, emails=left)
                run = giver.mail_run or giver.run
                result[takers[0]] = replace(result[takers[0]], emails=(mail,), mail_run=run)
    return result


def with_own_contacts(drafts: list[Draft], contacts: Sequence[Draft]) -> list[Draft]:
    """``Contact: Mr. X, x@mfa.gov.xx``, where Mr. X is one of the list: the address is his."""
    result = list(drafts)
    for contact in contacts:
        words = fold(contact.name_text).split()
        same = [n for n, d in enumerate(result) if fold(d.name_text).split() == words]
        if len(words) < PARTS_OF_NAME or len(same) != 1 or result[same[0]].run is contact.run:
            continue
        own = result[same[0]]
        if contact.emails and not own.emails:
            run = contact.mail_run or contact.run
            own = replace(own, emails=contact.emails, mail_run=run)
        run = contact.phone_run or contact.run
        whole = tuple(  # one that ends its line may go on below
            p for p in contact.phones if run.text[p.end :].lstrip(" ")[:1] not in ("", "\n")
        )
        if whole and not own.phones:
            own = replace(own, phones=whole, phone_run=run)
        result[same[0]] = own
    return result


def by_family_name(drafts: list[Draft]) -> list[Draft]:
    """``Ms. PAZ a.paz@mfa.gov.xx`` below a list gives its one person of that name her address."""
    result = list(drafts)
    for draft in drafts:
        words = set(fold(draft.name_text).split())
        if len(words) != 1 or not draft.emails or draft.title or draft.organization:
            continue
        named = [
            n
            for n, d in enumerate(result)
            if words < set(fold(d.name_text).split()) and not d.emails and d.rule != "prose"
        ]
        if len(named) == 1:
            run = draft.mail_run or draft.run
            result[named[0]] = replace(result[named[0]], emails=draft.emails, mail_run=run)
            result.remove(draft)
    return result


def _says_a_name_of(mail: EmailMatch, draft: Draft) -> bool:
    """``begona.ferntruj@``: a whole name of the person, and a family name that was cut."""
    said = {x for x in _LETTERS.findall(fold(mail.local)) if len(x) >= WHOLE_NAME}
    return bool(said & {*_LETTERS.findall(fold(draft.name_text))})


def _owner(drafts: list[Draft], at: int) -> int | None:
    """Index of the last person who begins before a character, else of the first."""
    before = [index for index, draft in enumerate(drafts) if draft.start <= at]
    return before[-1] if before else 0 if drafts else None


def _with_mails(drafts: list[Draft], mails: Sequence[EmailMatch]) -> list[Draft]:
    """Each address goes to the person before it, or to the one whose name it spells."""
    in_turn = (
        len(drafts) == len(mails) > 1 and drafts and mails[0].start > max(d.start for d in drafts)
    )
    given: list[list[EmailMatch]] = [[] for _ in drafts]
    for index, mail in enumerate(mails):
        fitting = [at for at, draft in enumerate(drafts) if fits(mail, draft)]
        owner = index if in_turn else _owner(drafts, mail.start)
        if owner not in fitting and len(fitting) == 1:
            owner = fitting[0]
        if owner is not None:
            given[owner].append(mail)
    return [replace(d, emails=tuple(own)) for d, own in zip(drafts, given, strict=True)]


def fits(mail: EmailMatch, draft: Draft) -> bool:
    """True when the local part spells the person's name, or nearly."""
    return name_fit(mail.local, draft.name_text).kind in ("full", "family", "near")
