"""Who goes and how many come: replaced persons and the number of participants announced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract import emails, terms
from extract.delegates.names import take_name
from extract.delegates.persons import persons
from extract.delegates.sentences import sentences
from extract.flow import Flow
from extract.normalise import fold
from extract.types import Replacement

if TYPE_CHECKING:
    from extract.document import Document
    from extract.flow import Span
    from extract.zones import Zones

PEOPLE = ("roles.representative", "roles.expert", "participants", "role_headings.member")
MOST = 60
SMALL_WORDS = ("of_words", "articles", "conjunctions")
_WORDS = re.compile(r"\S+")


def replacements(document: Document, zones: Zones) -> tuple[Replacement, ...]:
    """Persons who will not come because another does.

    Examples: ``Mr. A will be replaced by Ms. B``, ``Ms. B, in replacement of Mr. A``: A goes.
    """
    body = zones.body()
    if not body:
        return ()
    flow = Flow(document, body)
    protected = tuple((m.start, m.end) for m in emails.find(flow.text))
    found: list[Replacement] = []
    for start, end in sentences(flow, 0, len(flow.text), protected):
        people = persons(flow, start, end, prose=True)
        for term in flow.terms_in(start, end, "replaced_by"):
            before = [p.name for p in people if p.end <= term.start]
            found.extend(_gone(flow, before[-1:] or _name_before(flow, start, term.start)))
        for term in flow.terms_in(start, end, "replacing"):
            after = [p.name for p in people if p.start >= term.end]
            bare = take_name(flow, term.end, end, prose=True)
            found.extend(_gone(flow, after[:1] or ([bare] if bare else [])))
    unique = {r.replaced_name: r for r in found}
    return tuple(unique.values())


def _gone(flow: Flow, names: list[Span]) -> list[Replacement]:
    return [Replacement(flow.read(*n), flow.evidence(*n, "replacement")) for n in names]


def _name_before(flow: Flow, start: int, end: int) -> list[Span]:
    """The capitalised words right before "will be replaced by", without an honorific."""
    begin = end
    for match in reversed(list(_WORDS.finditer(flow.text, start, end))):
        if not match.group()[0].isupper() or match.group().endswith(","):
            break
        begin = match.start()
    name = take_name(flow, begin, end, prose=True) if begin < end else None
    return [name] if name and name[1] >= flow.trimmed(begin, end)[1] else []


def announced(document: Document, zones: Zones, language: str | None) -> int | None:
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
                numbers.add(value)
                break
    return numbers.pop() if len(numbers) == 1 else None


def number_words(code: str | None) -> dict[str, int]:
    """Folded number words of all languages, without the small words of the note's own."""
    found: dict[str, int] = {}
    for language in terms.languages():
        table = language.tables.get("number_words", {})
        small = {w for label in SMALL_WORDS for w in terms.folded(label, code)} if code else set()
        own = language.code == code
        found.update({fold(w): n for w, n in table.items() if own or fold(w) not in small})
    return found
