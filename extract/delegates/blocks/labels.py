"""Labels and what each announces; they are found and learnt by each other, so one file.

Those no lexicon knows are learnt from their lists.

A word before a colon (or a gap, see ``gap_labels``) that several lines begin with is a label, and
what stands behind it in all of them says of what: addresses, names, posts; else its place among
the other labels does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.delegates.blocks.gap_labels import ENDINGS, find_gaps, learn_gaps
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

NAMES = ("name", "family", "given", "middle")
CONTACTS = ("email", "phone", "contact")
MAX_LABEL_WORDS = 7  # words of a label with a colon
REPEATED = 2  # lines that begin with the same label
ALONE_TELL = ("email", "phone", "role", "title", "organization")
"""Kinds of values that tell what a label announces although it stands once."""

LABELLED_LINES = 2  # lines of a block that have one
_PARTING = ("\n", ";", "；", "؛", "|")
"""Signs behind which a label may begin: ``Name: Mr. X; Position: Judge``."""

_COMMAS = (",", "،", "，")
"""The same where another label stands before it."""

_NO_LABEL = re.compile(r"[@(,;]")
_LABEL = re.compile(
    r"(?:^|(?<=[\s；؛，]))([^\n\t:：;；؛|]{1,48}?)\s?(?:[:：](?!//)|[;；](?=\s))",
    re.MULTILINE,
)
_FIELDS = re.compile(r";\s[^\n;:]{1,48}:\s")
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{3,80}")
_OVER_ADDRESS = re.compile(rf"^[^\n\t:：@]{{2,48}}$(?=\n{_ADDRESS.pattern}(?:\n|$))", re.M)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What labels of a list announce, folded; those in ``gaps`` need no sign behind them."""

    kinds: Mapping[str, FieldKind]
    gaps: frozenset[str] = frozenset()


NOTHING = Learnt({})


@dataclass(frozen=True, slots=True)
class Label:
    """A label at characters [start, end), colon included, and what it announces."""

    kind: FieldKind
    start: int
    end: int


def find_labels(run: TextRun, start: int, end: int, learnt: Learnt = NOTHING) -> list[Label]:
    """Labels at the start of a line, after a wide gap or a separator."""
    found = _with_colon(run, start, end, learnt)
    found += _lost_colons(run, start, end) if found else []
    for begin, stop, value in find_gaps(run, learnt.gaps):
        if start <= begin < end and not any(x.start < value and begin < x.end for x in found):
            kind = learnt.kinds.get(fold(run.text[begin:stop]).strip())
            found.append(Label(kind or kind_of_header(run, begin, stop) or "ignored", begin, value))
    return sorted(found, key=lambda label: label.start)


def _with_colon(run: TextRun, start: int, end: int, learnt: Learnt) -> list[Label]:
    found: list[Label] = []
    at = start
    for match in _LABEL.finditer(run.text, start, end):
        if match.start(1) < at or (match[0][-1] in ";；" and not _is_known(run, match)):
            continue
        if _is_speck(run, match):
            continue
        label = _learnt(run, match, learnt.kinds)
        label = label or _label_in(run, match, among=bool(found))
        if label is None and found:
            label = _address(run, match) or _unknown(run, match.start(1), match.end(1), match.end())
        if label is not None:
            found.append(label)
            at = label.end
    return found


def _is_speck(run: TextRun, match: re.Match[str]) -> bool:
    """A colon far behind a word, nothing behind it: ``Unit`` ends the post of the line above."""
    behind = run.text[match.end() :].partition("\n")[0]
    return match[0][-2:-1] == "\t" and match.start(1) > 0 and not behind.strip()


def _lost_colons(run: TextRun, start: int, end: int) -> Iterator[Label]:
    """``E-mail`` on a line of its own in a block of labels, the address alone on the next."""
    for match in _OVER_ADDRESS.finditer(run.text, start, end):
        if kind_of_header(run, *match.span()) == "email":
            yield Label("email", *match.span())


def _is_known(run: TextRun, match: re.Match[str]) -> bool:
    """``Full name; Ms. X``: a known label that begins a line, and a colon that was misread.

    It is none where it parts fields: ``Post: Judge; Office: Ministry`` / ``of Justice; ...``.
    """
    before = run.text[: match.start(1)].rpartition("\n")[2]
    if before.strip() or _FIELDS.search(run.text):
        return False
    return kind_of_header(run, *match.span(1)) is not None


def _label_in(run: TextRun, match: re.Match[str], *, among: bool) -> Label | None:
    """The label a stretch before a colon ends with; it must begin a line or follow a separator.

    ``among`` other labels a comma is one: ``Name: Mr. X, Position: Judge``.
    """
    (start, stop), end = match.span(1), match.end()
    before = re.split(r"[\n\t;；؛|]", run.text[:start])[-1]
    begin: int | None = None
    if not any(c.isalnum() for c in before):  # specks do not count
        begin = start = start + item_mark(run.text[start:stop])
    elif among:
        comma = max(run.text.rfind(sign, 0, stop) for sign in _COMMAS)
        behind = run.trimmed(comma + 1, stop)[0]
        begin = behind if start <= behind or run.text[behind:start].isspace() else None
    kind = kind_of_header(run, begin, stop) if begin is not None else None
    if begin is not None and kind is not None:
        if kind == "phone" and _holds_no_number(run, end):
            kind = kind_of_header(run, begin, stop, but="phone") or kind
        return Label(kind, begin, end)
    for term in run.terms_in(start, stop, *terms.REACH_LABELS):
        if term.end >= stop - 1 and (term.start == start or not run.text[term.start - 1].isalnum()):
            return Label(_contact_kind(term.label), term.start, end)
    return None


def _holds_no_number(run: TextRun, at: int) -> bool:
    """``Office: Supreme Court``, ``Poste : Juge``: labels of telephones, too."""
    value = re.split(r"[\n;；؛|]", run.text[at:].lstrip())[0]
    return bool(value) and not any(c.isdigit() for c in value)


def _begins(run: TextRun, at: int) -> bool:
    """At the start of a line, or behind a sign that parts fields."""
    before = run.text[:at].rstrip(" \t")
    return not before or before[-1] in _PARTING


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
    if (
        not _begins(run, start)
        or not 0 < len(words) <= MAX_LABEL_WORDS
        or not words[0][0].isupper()
    ):
        return None
    said = ENDINGS.sub("", run.text[start:stop])
    if run.text[end : end + 1] not in (" ", "\t") or _NO_LABEL.search(said):
        return None
    return Label("ignored", start, end)


def _contact_kind(label: str) -> FieldKind:
    if label == "labels_email":
        return "email"
    return "phone" if label == "labels_phone" else "ignored"


def _learnt(run: TextRun, match: re.Match[str], learnt: Mapping[str, FieldKind]) -> Label | None:
    start, stop = match.span(1)
    if not _begins(run, start):
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
    places = [_place(run, m) for m in _LABEL.finditer(run.text) if _is_alone(run, m)]
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
        _begins(run, match.start(1))
        and 0 < len(words) <= MAX_LABEL_WORDS
        and not _NO_LABEL.search(said)
    )


def _announced(
    lines: list[_Line], known: AbstractSet[FieldKind | None], *, sure: bool
) -> FieldKind | None:
    """The field most values are of; names come first, then posts, then organizations.

    What is not ``sure`` to be a label must say by its value alone what it announces.
    """
    votes = Counter(_kind_of_value(line) for line in lines)
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
