"""Who goes: the persons another one replaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.delegates.parts.names import take_name
from extract.delegates.parts.persons import persons
from extract.delegates.parts.sentences import sentences
from extract.language.emails import find_emails
from extract.layout.text_run import TextRun
from extract.types import Replacement

if TYPE_CHECKING:
    from extract.facts.note_facts import NoteFacts
    from extract.layout.document import Document
    from extract.layout.text_run import Span
    from extract.layout.zones import Zones

_WORDS = re.compile(r"\S+")
_COLON = re.compile(r"[:：]")
_BRACKET = re.compile(r"[(（]")


def find_replaced(document: Document, zones: Zones, facts: NoteFacts) -> tuple[Replacement, ...]:
    """Persons who will not come because another does.

    Examples: ``Mr. A will be replaced by Ms. B``, ``Ms. B, in replacement of Mr. A``: A goes; so
    does the last named before ``In his place will come:``, in the sentence above.
    """
    body = zones.body()
    if not body or facts.kind != "revision":
        return ()
    run = TextRun(document, body)
    protected = tuple((m.start, m.end) for m in find_emails(run.text))
    found: list[Replacement] = []
    last: list[Span] = []
    for start, end in sentences(run, 0, len(run.text), protected):
        people = persons(run, start, end, prose=True)
        goers = run.terms_in(start, end, "replaced_by")
        for term in goers:
            before = [p.name for p in people if p.end <= term.start]
            above = last if term.start == run.trimmed(start, end)[0] else []
            found.extend(_gone(run, before[-1:] or _name_before(run, start, term.start) or above))
        for term in run.terms_in(start, end, "replacing"):
            if any(t.start <= term.start < t.end for t in goers):
                continue  # "instead of him"
            # "вместо участника (А) примет участие г-н Б": behind the verb stands who comes
            verbs = run.terms_in(term.end, end, "nominating")
            stop = min((t.start for t in verbs), default=end)
            stop = min(stop, _list_below(run, term.end, stop))
            after = [p.name for p in people if term.end <= p.start < stop]
            bracket = _BRACKET.search(run.text, term.end, stop)
            bare = take_name(run, bracket.end() if bracket else term.end, stop, prose=True)
            found.extend(_gone(run, after[:1] or ([bare] if bare else [])))
        last = [p.name for p in people][-1:]
    unique = {r.replaced_name: r for r in found}
    return tuple(unique.values())


def _list_below(run: TextRun, start: int, end: int) -> int:
    """``esta nómina reemplaza a la anterior:``: behind the colon stands who comes.

    But not behind one that follows the word itself, ``in replacement of: Mr. A``.
    """
    colon = _COLON.search(run.text, start, end)
    return colon.start() if colon and run.text[start : colon.start()].strip() else end


def _gone(run: TextRun, names: list[Span]) -> list[Replacement]:
    return [Replacement(run.read(*n), run.evidence(*n, "replacement")) for n in names]


def _name_before(run: TextRun, start: int, end: int) -> list[Span]:
    """The capitalised words right before "will be replaced by", without an honorific."""
    begin = end
    for match in reversed(list(_WORDS.finditer(run.text, start, end))):
        if not match.group()[0].isupper() or match.group().endswith(","):
            break
        begin = match.start()
    name = take_name(run, begin, end, prose=True) if begin < end else None
    return [name] if name and name[1] >= run.trimmed(begin, end)[1] else []
