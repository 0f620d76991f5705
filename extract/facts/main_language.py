"""The main language of a document, from its pages and its script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import script_of

if TYPE_CHECKING:
    from extract.layout.document import Document
    from ocr.types import Page

LETTERS_IN_A_SIGN = 3  # letters that a Chinese character counts for
FORMULAE = ("opening", "reference", "honour", "nominating", "closing", "list_headings", "requests")


def find_language(document: Document, pages: tuple[Page, ...]) -> str | None:
    """ISO 639-1 code of the main language; None for a document without text.

    The script decides where one language is written in it; among several the formulae found on
    the page do, then the page reader's own opinion.
    """
    text = "\n".join(line.text for line in document.lines)
    script = _script(text)
    if script is None:
        return None
    candidates = [x for x in terms.languages() if x.script == script]
    if len(candidates) == 1:
        return candidates[0].code
    votes: dict[str, float] = {}
    for page in pages:
        if page.language:
            votes[page.language] = votes.get(page.language, 0.0) + 2.0
    printed = {
        " ".join(t.text for t in document.doc[term.start : term.end])
        for term in document.labelled(*FORMULAE)
        if term.end - term.start >= 2
    }
    for language in candidates:
        for label in FORMULAE:
            known = terms.tokenised(label, language.code)
            weight = sum(1.0 for p in printed if p in known)
            if weight:
                votes[language.code] = votes.get(language.code, 0.0) + weight
    return max(votes, key=votes.__getitem__) if votes else None


def _script(text: str) -> str | None:
    """The script that says most; a Chinese sign says as much as three letters."""
    counts: dict[str, int] = {}
    for char in text:
        script = script_of(char)
        if script is not None:
            counts[script] = counts.get(script, 0) + (LETTERS_IN_A_SIGN if script == "han" else 1)
    return max(counts, key=counts.__getitem__) if counts else None
