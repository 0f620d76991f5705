"""How many come: the number of participants the text announces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold

if TYPE_CHECKING:
    from extract.layout.document import Document, Term
    from extract.layout.zones import Zones

PEOPLE = ("roles.representative", "roles.expert", "participants", "role_headings.member")
MOST = 60  # persons; larger numbers count something else
SMALL_WORDS = ("of_words", "articles", "conjunctions")


def find_announced(document: Document, zones: Zones, language: str | None) -> int | None:
    """The number of participants the text promises, None when it names none or several.

    ``dos participantes`` are two in Spanish, "of the participants" in Portuguese.

    Examples: ``the following two experts``, ``une délégation de trois membres``, ``一行3人``.
    """
    numbers: set[int] = set()
    words = number_words(language)
    for term in document.labelled(*PEOPLE):
        if zones.of_line[term.line] != "body":
            continue
        for at in range(term.start - 1, max(-1, term.start - 3), -1):
            text = document.doc[at].text
            value = int(text) if re.fullmatch(r"\d{1,2}", text) else words.get(text)
            if value is not None and 1 < value <= MOST:
                if not text.isdigit() or _stands_alone(document, at, term):
                    numbers.add(value)
                break
    return numbers.pop() if len(numbers) == 1 else None


def _stands_alone(document: Document, at: int, term: Term) -> bool:
    """Digits that count what follows: on its line, and not the end of a telephone number."""
    token = document.tokens[at]
    line = document.lines[token.line].text
    before = line[: token.start].rstrip()[-1:]
    between = document.doc[at + 1 : term.start].text
    same = document.tokens[term.start].line == token.line
    words = re.sub(r"[()（）\s]", "", between)
    counts = not words or words.isalpha()
    return same and counts and not before.isdigit() and before not in tuple("-.+)/")


def number_words(code: str | None) -> dict[str, int]:
    """Folded number words of all languages, without the small words of the note's own."""
    found: dict[str, int] = {}
    for language in terms.languages():
        table = language.tables.get("number_words", {})
        small = {w for label in SMALL_WORDS for w in terms.folded(label, code)} if code else set()
        own = language.code == code
        found.update({fold(w): n for w, n in table.items() if own or fold(w) not in small})
    return found
