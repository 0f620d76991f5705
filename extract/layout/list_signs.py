"""What shows that persons are listed on a line: a heading, forms of address, mailboxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.language import emails, terms
from extract.language.emails import find_emails
from extract.language.normalise import fold, is_han

if TYPE_CHECKING:
    from extract.layout.document import Document, Term

HEADING_MAX_CHARS = 80  # characters of a heading
CONTACT_LINES = 3  # lines of a contact person, from the words that say so
_COURTESIES = ("honorifics_m", "honorifics_f")


def person_signs(document: Document) -> frozenset[int]:
    """Numbers of the lines with a form of address before a name, or somebody's mailbox.

    Those of whom to ask do not count, nor a mailbox beside a telephone: a letterhead has that.
    """
    led = {t.line for t in document.labelled(*_COURTESIES) if _leads_name(document, t)}
    owned = {
        n
        for n, line in enumerate(document.lines)
        if "@" in line.text
        and not document.terms_of(n, "labels_phone", "labels_fax", "labels_web")
        and not all(emails.is_office_mailbox(m.text) for m in find_emails(line.text))
    }
    return frozenset(led | owned) - contact_lines(document)


def _leads_name(document: Document, term: Term) -> bool:
    """A word in capitals, or in letters that have none, stands where the name does."""
    text = document.lines[term.line].text
    place = document.tokens[term.start]
    if is_han(text[place.start]):
        return place.start > 0
    behind = text[document.tokens[term.end - 1].end :].lstrip(" .")
    return len(behind) > 1 and behind[0].isalpha() and not behind[0].islower()


def is_annex_heading(document: Document, number: int) -> bool:
    """A short line that is a heading of a list: ``ANNEX``, ``Composition of the delegation``."""
    text = document.lines[number].text.strip()
    if len(text) > HEADING_MAX_CHARS or document.lines[number].cell is not None:
        return False
    folded = fold(text).strip(" .:-*")
    for term in document.terms_of(number, "list_headings"):
        size = len(fold(document.text_of(term.start, term.end)))
        if size >= 5 and size >= 0.45 * len(folded):
            return not document.terms_of(number, "addressee") and folded not in enclosures()
    return False


def contact_lines(document: Document) -> frozenset[int]:
    """Numbers of the lines that say whom to ask, and of those on which that person stands."""
    return frozenset(
        term.line + near
        for term in document.labelled("contact_not_delegate")
        for near in range(CONTACT_LINES)
    )


def enclosures() -> frozenset[str]:
    """Marks that something is attached (``Enclosure: as stated``), which head no list."""
    return terms.folded("enclosure") - terms.folded("annex_words")
