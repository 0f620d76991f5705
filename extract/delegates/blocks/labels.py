"""Labels in an entry and what each announces, by the lexicon or by what its list taught."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.delegates.blocks.gap_labels import ENDINGS, find_gaps
from extract.delegates.blocks.marks import item_mark
from extract.delegates.parts.columns import FieldKind, kind_of_header, misread_header
from extract.delegates.scripts import han
from extract.language import terms
from extract.language.normalise import fold

if TYPE_CHECKING:
    from extract.layout.text_run import TextRun

NAMES = ("name", "family", "given", "middle")
CONTACTS = ("email", "phone", "contact")
MAX_LABEL_WORDS = 7  # words of a label with a colon

_PARTING = ("\n", ";", "；", "؛", "|")
"""Signs behind which a label may begin: ``Name: Mr. X; Position: Judge``."""

_COMMAS = (",", "،", "，")
"""The same where another label stands before it."""

NO_LABEL = re.compile(r"[@(,;]")
LABEL = re.compile(
    r"(?:^|(?<=[\s；؛，]))([^\n\t:：;；؛|]{1,48}?)\s?(?:[:：](?!//)|[;；](?=\s))",
    re.MULTILINE,
)
_FIELDS = re.compile(r";\s[^\n;:]{1,48}:\s")
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{3,80}")
_OWN_LINE = re.compile(r"^[^\s@:]{1,64}@[^\s@:]{3,80}\.[^\s@:.]{2,12}(?::\w{0,2})?$", re.M)
_OVER_ADDRESS = re.compile(rf"^[^\n\t:：@]{{2,48}}$(?=\n{_ADDRESS.pattern}(?:\n|$))", re.M)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What labels of a list announce, folded; those in ``gaps`` need no sign behind them."""

    kinds: Mapping[str, FieldKind]
    gaps: frozenset[str] = frozenset()


NOTHING = Learnt({})


@dataclass(frozen=True, slots=True)
class Label:
    """A label at characters [start, end), colon included, and what it announces.

    ``says_role`` is not set where it stands before every name: ``Delegate:`` tells nobody apart.
    """

    kind: FieldKind
    start: int
    end: int
    says_role: bool = True


def find_labels(run: TextRun, start: int, end: int, learnt: Learnt = NOTHING) -> list[Label]:
    """Labels at the start of a line, after a wide gap or a separator."""
    found = _with_colon(run, start, end, learnt)
    found += _lost_colons(run, start, end) if found else []
    found += _bare_addresses(run, start, end, found) if found else []
    for begin, stop, value in find_gaps(run, learnt.gaps):
        if start <= begin < end and not any(x.start < value and begin < x.end for x in found):
            kind = learnt.kinds.get(fold(run.text[begin:stop]).strip())
            found.append(Label(kind or kind_of_header(run, begin, stop) or "ignored", begin, value))
    return sorted(found, key=lambda label: label.start)


def _with_colon(run: TextRun, start: int, end: int, learnt: Learnt) -> list[Label]:
    found: list[Label] = []
    at = start
    for match in LABEL.finditer(run.text, start, end):
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


def _bare_addresses(run: TextRun, start: int, end: int, known: list[Label]) -> Iterator[Label]:
    """An address with a line to itself below another field's value: its label was not read.

    Of ``x@court.xx:o`` on a page read from the right a letter or two are left.
    """
    for match in _OWN_LINE.finditer(run.text, start, end):
        above = max(
            (x for x in known if x.start < match.start()), key=lambda x: x.start, default=None
        )
        if above is not None and above.kind not in CONTACTS and above.end <= match.start():
            yield Label("email", match.start(), match.start())


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

    ``among`` other labels a comma is one: ``Name: Mr. X, Position: Judge``. No label begins with
    a person, known words though a Chinese post has: ``李明先生（司法部处长），邮箱：``.
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
    begin = None if han.spans_of_persons(run, start, stop) else begin
    kind = kind_of_header(run, begin, stop) if begin is not None else None
    if begin is not None and kind is None and among and begins_part(run, begin):
        kind = misread_header(run.text[begin:stop])
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


def begins_part(run: TextRun, at: int) -> bool:
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
        not begins_part(run, start)
        or not 0 < len(words) <= MAX_LABEL_WORDS
        or not words[0][0].isupper()
    ):
        return None
    said = ENDINGS.sub("", run.text[start:stop])
    if run.text[end : end + 1] not in (" ", "\t") or NO_LABEL.search(said):
        return None
    return Label("ignored", start, end)


def _contact_kind(label: str) -> FieldKind:
    if label == "labels_email":
        return "email"
    return "phone" if label == "labels_phone" else "ignored"


def _learnt(run: TextRun, match: re.Match[str], learnt: Mapping[str, FieldKind]) -> Label | None:
    start, stop = match.span(1)
    if not begins_part(run, start):
        return None
    start += item_mark(run.text[start:stop])
    kind = learnt.get(fold(run.text[start:stop]).strip())
    return Label(kind, start, match.end()) if kind is not None else None
