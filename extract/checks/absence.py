"""Whether a delegate without an address has none, or one that was printed and not found."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.language.emails import find_emails
from extract.language.name_fit import name_fit
from extract.layout.list_signs import contact_lines
from extract.types import Delegate, Doubt

if TYPE_CHECKING:
    from extract.checks.context import Context
    from extract.layout.document import Document

# an address whose sign was read as a letter: ``jane.doeQjustice.gov.xx``
_SIGNLESS = re.compile(r"(?<![\w@.-])[a-z0-9_-]+(?:\.[\w-]{1,40}){2,5}(?![\w@])")
_MISSING = Doubt("email_missing", "email")


def settle_missing_addresses(context: Context) -> Context:
    """Takes the doubt back where every address printed in the body has its delegate.

    A list without a column for addresses is read in full; a person beside an address nobody
    claims is not. Addresses of contact persons, of the letterhead and in notes at a page's foot
    do not count, unless one spells a delegate's name: then they are listed apart, for all.
    """
    people, document = context.people, context.document
    contacts = contact_lines(document)
    body = context.zones.body()
    owned = sum(p.email is not None for p in people)
    if _printed(document, [n for n in body if n not in contacts]) > owned:
        return context
    if len(people) > 1 and owned == 1 and not _spells_its_owner(people):
        return context  # below a list, it may be everybody's
    claimed = {_but_for_dots(p.email.text) for p in people if p.email}
    found = find_emails(document.text)
    loose = [m.local for m in found if _but_for_dots(m.text) not in claimed]
    if any(name_fit(local, p.name.text).kind != "none" for local in loose for p in people):
        return context
    columns = bool(document.labelled("table_headers.email"))
    return context.with_people(
        tuple(
            _without_doubt(p) if _is_whole(p) and (columns or not _in_grid(p)) else p
            for p in people
        )
    )


def _spells_its_owner(people: tuple[Delegate, ...]) -> bool:
    """The one address of a list says whose it is."""
    ((local, name),) = ((p.email.text.split("@")[0], p.name.text) for p in people if p.email)
    return name_fit(local, name).kind != "none"


def _but_for_dots(address: str) -> str:
    """A dot of the local part that one reader lost makes no other address."""
    local, at, domain = address.partition("@")
    return local.replace(".", "") + at + domain


def _in_grid(person: Delegate) -> bool:
    """In a table a whole column can be lost; only its heading tells that it was seen."""
    return person.name.evidence[0].rule.startswith("grid.")


def _printed(document: Document, lines: list[int]) -> int:
    """How many addresses seem to be printed: by their sign, their labels, or their dots."""
    texts = [document.lines[n].text for n in lines]
    labelled = {t.line for t in document.labelled("labels_email")} & set(lines)
    signs = sum(text.count("@") for text in texts)
    return max(signs + sum(len(_SIGNLESS.findall(text)) for text in texts), len(labelled))


def _without_doubt(person: Delegate) -> Delegate:
    return replace(person, doubts=tuple(d for d in person.doubts if d != _MISSING))


def _is_whole(person: Delegate) -> bool:
    """The entry was understood."""
    return person.title is not None and set(person.doubts) <= {_MISSING}
