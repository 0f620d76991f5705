"""Labels with a colon and what each announces; those no lexicon knows are learnt from their lists.

A word before a colon that several lines begin with is a label, and what stands behind it in all
of them says of what: addresses, names, posts; else its place among the other labels does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.delegates.blocks.marks import item_mark
from extract.delegates.parts.classify import classify
from extract.delegates.parts.columns import FieldKind, kind_of_header
from extract.delegates.parts.mails import find_mails
from extract.delegates.parts.names import looks_like_name
from extract.delegates.parts.roles import role_of
from extract.language import terms
from extract.language.normalise import fold
from extract.language.phones import find_phones
from extract.language.terms import HONORIFICS

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun

NAMES = ("name", "family", "given", "middle", "entry")
CONTACTS = ("email", "phone", "contact")
MAX_LABEL_WORDS = 5  # words of a label
REPEATED = 2  # lines that begin with the same label
LABELLED_LINES = 2  # lines of a block that have one
_NO_LABEL = re.compile(r"[@(,;]")
_LABEL = re.compile(
    r"(?:^|(?<=\n)|(?<=\t)|(?<=[;|,]\s)|(?<=\s))([^\n\t:：;|]{1,48}?)\s?(?:[:：](?!//)|;(?=\s))",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{3,80}")

Learnt = Mapping[str, FieldKind]


@dataclass(frozen=True, slots=True)
class Label:
    """A label at characters [start, end), colon included, and what it announces."""

    kind: FieldKind
    start: int
    end: int


def find_labels(run: TextRun, start: int, end: int, learnt: Learnt | None = None) -> list[Label]:
    """Labels with a colon, at the start of a line, after a wide gap or a separator."""
    found: list[Label] = []
    at = start
    for match in _LABEL.finditer(run.text, start, end):
        if match.start(1) < at or (match[0][-1] == ";" and not _is_known(run, match)):
            continue
        label = _learnt(run, match, learnt or {})
        label = label or _label_in(run, match.start(1), match.end(1), match.end())
        if label is None and found:
            label = _address(run, match) or _unknown(run, match.start(1), match.end(1), match.end())
        if label is not None:
            found.append(label)
            at = label.end
    return found


def _is_known(run: TextRun, match: re.Match[str]) -> bool:
    """``Full name; Ms. X``: a known label that begins a line, and a colon that was misread."""
    before = run.text[: match.start(1)].rpartition("\n")[2]
    return not before.strip() and kind_of_header(run, *match.span(1)) is not None


def _label_in(run: TextRun, start: int, stop: int, end: int) -> Label | None:
    """The label a stretch before a colon ends with; it must begin a line or follow a separator."""
    before = re.split(r"[\n\t]", run.text[:start])[-1]
    line_start = not any(c.isalnum() for c in before)  # specks do not count
    if line_start:
        start += item_mark(run.text[start:stop])
        kind = kind_of_header(run, start, stop)
        if kind is not None:
            return Label(kind, start, end)
    for term in run.terms_in(start, stop, *terms.REACH_LABELS):
        if term.end >= stop - 1 and (term.start == start or not run.text[term.start - 1].isalnum()):
            return Label(_contact_kind(term.label), term.start, end)
    return None


def _address(run: TextRun, match: re.Match[str]) -> Label | None:
    """A label that cannot be read, before an address that fills the rest of its line."""
    start = match.start(1)
    if start and run.text[start - 1] != "\n":
        return None
    value = run.text[match.end() :].lstrip(" \t").partition("\n")[0]
    return Label("email", start, match.end()) if _ADDRESS.fullmatch(value.strip()) else None


def _unknown(run: TextRun, start: int, stop: int, end: int) -> Label | None:
    """A label nobody told us of, below ones we know: its value is none of the field above.

    Example: ``Blood group: ...``.
    """
    words = run.text[start:stop].split()
    alone = start == 0 or run.text[start - 1] == "\n"
    if not alone or not 0 < len(words) <= MAX_LABEL_WORDS or not words[0][0].isupper():
        return None
    if run.text[end : end + 1] not in (" ", "\t") or _NO_LABEL.search(run.text[start:stop]):
        return None
    return Label("ignored", start, end)


def _contact_kind(label: str) -> FieldKind:
    if label == "labels_email":
        return "email"
    return "phone" if label == "labels_phone" else "ignored"


def _learnt(run: TextRun, match: re.Match[str], learnt: Learnt) -> Label | None:
    start, stop = match.span(1)
    if start and run.text[start - 1] != "\n":
        return None
    start += item_mark(run.text[start:stop])
    kind = learnt.get(fold(run.text[start:stop]).strip())
    return Label(kind, start, match.end()) if kind is not None else None


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
    blocks = [lines for run in runs if (lines := _lines(run))]
    by_word: dict[str, list[_Line]] = defaultdict(list)
    for line in (x for block in blocks for x in block):
        by_word[line.word].append(line)
    learnt: dict[str, FieldKind] = {}
    for word, found in by_word.items():
        if found[0].known is None and all(_is_role(x) for x in found):
            learnt[word] = "name"
        elif found[0].known == "title" and _are_roles(found):
            learnt[word] = "role"
    kinds = {x.known for w, found in by_word.items() if w not in learnt for x in found}
    for word, found in sorted(by_word.items(), key=lambda item: item[1][0].place):
        if found[0].known is None and len(found) >= REPEATED and word not in learnt:
            kind = _announced(found, kinds | set(learnt.values()))
            learnt.update({word: kind} if kind is not None else {})
    return learnt


def _lines(run: TextRun) -> list[_Line]:
    """The labels that begin lines, where most lines have one."""
    matches = [m for m in _LABEL.finditer(run.text) if _is_alone(run, m)]
    if len(matches) < LABELLED_LINES or 2 * len(matches) < len(run.lines):
        return []
    known = find_labels(run, 0, len(run.text))
    ends = [*(m.start(1) for m in matches[1:]), len(run.text)]
    found: list[_Line] = []
    for place, (match, end) in enumerate(zip(matches, ends, strict=True)):
        start, stop = match.span(1)
        start += item_mark(run.text[start:stop])
        told = next((k.kind for k in known if k.start <= start < k.end), None)
        if any(t.start < start < t.end for t in run.terms if t.label in terms.REACH_LABELS):
            told = "contact"  # the label began on the line above
        kind = None if told == "ignored" else told
        found.append(_Line(run, (start, stop), kind, run.trimmed(match.end(), end), place))
    # "Member: Mr. X, Judge" and below it "E-mail: x@..." is an entry, no block
    return found if sum(x.known not in CONTACTS for x in found) >= LABELLED_LINES else []


def _is_role(line: _Line) -> bool:
    """``Delegate: Mr. X`` on top of a block of labels."""
    role = role_of(line.run, *line.label)
    return role is not None and line.place == 0 and _kind_of_value(line) == "name"


def _are_roles(lines: list[_Line]) -> bool:
    """Most values are: ``Статус: Эксперт`` among members and heads; an adviser may be a post."""
    roles = [role_of(x.run, *x.value) for x in lines]
    return 2 * sum(role not in (None, "adviser") for role in roles) > len(lines)


def _is_alone(run: TextRun, match: re.Match[str]) -> bool:
    """The label begins its line and has a value on it."""
    start = match.start(1)
    words = match.group(1).split()
    begins = start == 0 or run.text[start - 1] == "\n"
    return begins and 0 < len(words) <= MAX_LABEL_WORDS and not _NO_LABEL.search(match.group(1))


def _announced(lines: list[_Line], known: AbstractSet[FieldKind | None]) -> FieldKind | None:
    """The field most values are of; names come first, then posts, then organizations."""
    votes = Counter(_kind_of_value(line) for line in lines)
    kind, count = votes.most_common(1)[0]
    if kind == "name" and (lines[0].place > 1 or not known.isdisjoint(NAMES)):
        kind = None  # posts of two words look like names
    if kind is not None and 2 * count >= len(lines) and (kind == "role" or kind not in known):
        return kind
    values = {line.run.read(*line.value) for line in lines}
    if not any(" " in value for value in values):
        return None
    missing: tuple[FieldKind, ...] = ("title", "organization")
    return next((k for k in missing if k not in known), None)


def _kind_of_value(line: _Line) -> FieldKind | None:
    run, (start, end) = line.run, line.value
    if start >= end:
        return None
    if find_mails(run, start, end):
        return "email"
    if not any(c.isalpha() for c in run.text[start:end]):
        return "phone" if find_phones(run.text[start:end]) else "ignored"
    if role_of(run, start, end) is not None:
        return "role"
    if any(t.start == start for t in run.terms_in(start, end, *HONORIFICS)):
        return "name"
    kind, _ = classify(run, start, end)
    if kind in ("title", "unit"):
        return "title"
    if kind == "organization":
        return "organization"
    return "name" if looks_like_name(run, start, end) else None
