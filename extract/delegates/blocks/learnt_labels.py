"""What labels announce that no lexicon knows, learnt from their lists.

A word before a colon (or a gap, see ``gap_labels``) that several lines begin with is a label, and
what stands behind it in all of them says of what: addresses, names, posts; else its place among
the other labels does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.delegates.blocks.gap_labels import ENDINGS, find_gaps, learn_gaps
from extract.delegates.blocks.labels import (
    CONTACTS,
    LABEL,
    MAX_LABEL_WORDS,
    NAMES,
    NO_LABEL,
    Learnt,
    begins_part,
    find_labels,
)
from extract.delegates.blocks.marks import item_mark
from extract.delegates.parts.classify import classify
from extract.delegates.parts.columns import FieldKind
from extract.delegates.parts.mails import find_mails
from extract.delegates.parts.names import looks_like_name
from extract.delegates.parts.roles import role_of
from extract.language import terms
from extract.language.normalise import fold
from extract.language.phones import find_phones
from extract.language.terms import HONORIFICS

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun

ALONE_TELL = ("email", "phone", "role", "title", "organization")
"""Kinds of values that tell what a label announces although it stands once."""
LABELLED_LINES = 2  # lines of a block that have one
REPEATED = 2  # lines that begin with the same label


@dataclass(frozen=True, slots=True)
class _Line:
    """A label at the start of a line, what is known of it, its value and its place in the block."""

    run: TextRun
    label: Span
    known: FieldKind | None
    value: Span
    place: int

    @property
    def word(self) -> str:
        """The label as it is compared."""
        return fold(self.run.text[slice(*self.label)]).strip()


def learn_labels(runs: Iterable[TextRun]) -> Learnt:
    """What labels announce that no lexicon has, from what stands behind them in all blocks.

    A label for posts may be one for roles: ``Status`` beside ``Position``.
    """
    runs = list(runs)
    gaps = learn_gaps(runs)
    blocks = [lines for run in runs if (lines := _lines(run, gaps))]
    by_word: dict[str, list[_Line]] = defaultdict(list)
    for line in (x for block in blocks for x in block):
        by_word[line.word].append(line)
    learnt: dict[str, FieldKind] = {}
    for word, found in by_word.items():
        if found[0].known is None and _are_people(found):
            learnt[word] = "name"
        elif found[0].known == "title" and _are_roles(found):
            learnt |= {word: "role"} if _lead_or_stand_beside(found, blocks) else {}
    for word, found in sorted(by_word.items(), key=lambda item: item[1][0].place):
        if found[0].known is None and word not in learnt:
            beside = {x for block in blocks if any(y.word == word for y in block) for x in block}
            kinds = {learnt.get(x.word, x.known) for x in beside}
            kind = _announced(found, kinds, sure=len(found) >= REPEATED or word in gaps)
            learnt.update({word: kind} if kind is not None else {})
    return Learnt(learnt, gaps)


def _lines(run: TextRun, gaps: frozenset[str]) -> list[_Line]:
    """The labels that begin lines, where most lines have one."""
    places = [_place(run, m) for m in LABEL.finditer(run.text) if _is_alone(run, m)]
    places = sorted({*places, *(g for g in find_gaps(run, gaps) if g not in places)})
    if len(places) < LABELLED_LINES or 2 * len(places) < len(run.lines):
        return []
    known = find_labels(run, 0, len(run.text), Learnt({}, gaps))
    ends = [*(start for start, *_ in places[1:]), len(run.text)]
    found: list[_Line] = []
    for place, ((start, stop, value), end) in enumerate(zip(places, ends, strict=True)):
        told = next((k.kind for k in known if k.start <= start < k.end), None)
        if any(t.start < start < t.end for t in run.terms if t.label in terms.REACH_LABELS):
            told = "contact"  # the label began on the line above
        kind = None if told == "ignored" else told
        found.append(_Line(run, (start, stop), kind, run.trimmed(value, max(end, value)), place))
    # "Member: Mr. X, Judge" and below it "E-mail: x@..." is an entry, no block
    others = [line for line in found if line.known not in CONTACTS]
    if len(others) >= LABELLED_LINES or not others or "\n" in run.text[: others[0].label[0]]:
        return found if others else []
    return [] if _kind_of_value(others[0]) == "name" else found


def _place(run: TextRun, match: re.Match[str]) -> tuple[int, int, int]:
    start, stop = match.span(1)
    return start + item_mark(run.text[start:stop]), stop, match.end()


def _are_people(lines: list[_Line]) -> bool:
    """``Delegate: Mr. X`` on top of most blocks."""
    return 2 * sum(_is_role(line) for line in lines) > len(lines)


def _is_role(line: _Line) -> bool:
    """``Delegate: Mr. X`` on top of a block of labels."""
    role = role_of(line.run, *line.label)
    return role is not None and line.place == 0 and _kind_of_value(line) == "name"


def _are_roles(lines: list[_Line]) -> bool:
    """Most values are: ``Статус: Эксперт`` among members and heads; an adviser may be a post."""
    roles = [role_of(x.run, *x.value) for x in lines]
    return 2 * sum(role not in (None, "adviser") for role in roles) > len(lines)


def _lead_or_stand_beside(lines: list[_Line], blocks: list[list[_Line]]) -> bool:
    """Somebody leads or stands in, or posts have a label of their own: else these are posts."""
    leads = any(role_of(x.run, *x.value) in ("head", "alternate") for x in lines)
    word = lines[0].word
    beside = (x for block in blocks if any(y.word == word for y in block) for x in block)
    return leads or any(x.known == "title" and x.word != word for x in beside)


def _is_alone(run: TextRun, match: re.Match[str]) -> bool:
    """The label begins its line or follows a separator, and is no sentence."""
    words = match.group(1).split()
    said = ENDINGS.sub("", match.group(1))
    return (
        begins_part(run, match.start(1))
        and 0 < len(words) <= MAX_LABEL_WORDS
        and not NO_LABEL.search(said)
    )


def _announced(
    lines: list[_Line], known: AbstractSet[FieldKind | None], *, sure: bool
) -> FieldKind | None:
    """The field most values are of; names come first, then posts, then organizations.

    What is not ``sure`` to be a label must say by its value alone what it announces.
    """
    votes = Counter(_kind_of_first(line) or _kind_of_value(line) for line in lines)
    kind, count = votes.most_common(1)[0]
    if kind == "name" and (lines[0].place > 1 or not known.isdisjoint(NAMES)):
        kind = None  # posts of two words look like names
    told = kind in ALONE_TELL or sure
    if told and kind and 2 * count >= len(lines) and (kind == "role" or kind not in known):
        return kind
    if not sure:
        return None
    values = {line.run.read(*line.value) for line in lines}
    if not any(" " in value for value in values):
        return None
    missing: tuple[FieldKind, ...] = ("title", "organization")
    return next((k for k in missing if k not in known), None)


def _kind_of_first(line: _Line) -> FieldKind | None:
    """What the first line of a value is: the next label's colon may be lost below it."""
    start, end = line.value
    first = line.run.text[start:end].partition("\n")[0]
    told = _kind_of_value(replace(line, value=(start, start + len(first))))
    return told if told in ("title", "organization") else None


def _kind_of_value(line: _Line) -> FieldKind | None:
    run, (start, end) = line.run, line.value
    if start >= end:
        return None
    if find_mails(run, start, end):
        return "email"
    if not any(c.isalpha() for c in run.text[start:end]):
        return "phone" if find_phones(run.text[start:end]) else "ignored"
    role = role_of(run, start, end)
    if role is not None:
        return "title" if role == "adviser" else "role"  # an adviser may be a post
    if any(t.start == start for t in run.terms_in(start, end, *HONORIFICS)):
        return "name"
    kind, _ = classify(run, start, end)
    if kind in ("title", "unit"):
        return "title"
    if kind == "organization":
        return "organization"
    return "name" if looks_like_name(run, start, end) else None
