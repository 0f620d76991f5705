"""Compares readings with the truth: which person is which, what is right, what is marked."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from extract.language import terms
from extract.language.normalise import fold
from extract.types import OF_FORM, SAYS_ITSELF, Delegate, DocumentReading
from store.rules.experience.measures import Judgement, error_of

FIELDS = ("honorific", "name", "title", "organization", "email", "phone", "role")
WHOLE = ("name", "title", "email")
NOTE_FIELDS = ("outcome", "kind", "state", "meeting", "note_reference", "note_date")
SAME_PERSON = 60.0

Truth = dict[str, Any]


@dataclass(slots=True)
class Count:
    """Right, found and wanted values; precision, recall and F1 follow."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, right: bool, found: bool, wanted: bool) -> None:
        """Count one value."""
        self.right += right
        self.found += found
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found right; 1 when there is nothing."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Error:
    """One wrong value; ``silent`` when no doubt marks the row or the note."""

    file: str
    what: str
    expected: str | None
    got: str | None
    silent: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One delegate that was found."""

    confidence: float
    every_field: bool
    whole: bool
    marked: bool


@dataclass(slots=True)
class Scored:
    """One document's comparison."""

    truth: Truth
    seconds: float
    fields: dict[str, Count] = field(default_factory=dict)
    whole: Count = field(default_factory=Count)
    note: dict[str, bool] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
    points: dict[str, list[Judgement]] = field(default_factory=partial(defaultdict, list))
    distance: int = 0
    characters: int = 0


def folded(text: str | None) -> str | None:
    """White space folded and letters composed; nothing else is forgiven."""
    if text is None:
        return None
    return " ".join(unicodedata.normalize("NFC", text).split()) or None


def score(truth: Truth, reading: DocumentReading, meeting: str | None, seconds: float) -> Scored:
    """Compare one reading with its truth."""
    scored = Scored(truth, seconds)
    _score_note(scored, reading, meeting)
    people = reading.note.delegates if reading.note and reading.outcome == "processed" else ()
    # as store/derived/refresh.py: rows share the note's doubts but for what its empty fields say
    doubts = reading.note.doubts if reading.note else ()
    failed = any(page.outcome == "failed" for page in reading.pages)
    note_marked = failed or any(d.code not in SAYS_ITSELF for d in doubts)
    note_waits = failed or any(d.code not in OF_FORM for d in doubts)
    _score_people(scored, people, note_marked, note_waits)
    for page in truth["pages"]:
        read = [p.text for p in reading.pages if p.number == page["number"]]
        expected, got = folded(page["text"]) or "", folded(read[0] if read else "") or ""
        scored.distance += Levenshtein.distance(expected, got)
        scored.characters += len(expected)
    return scored


def _score_note(scored: Scored, reading: DocumentReading, meeting: str | None) -> None:
    truth, note = scored.truth, reading.note
    read = note if reading.outcome == "processed" else None
    got: dict[str, str | None] = {
        "outcome": _outcome(reading.outcome, reading.reason),
        "kind": read.kind if read else None,
        "meeting": meeting if read else None,
    }
    for name in ("state", "note_reference", "note_date"):
        value = getattr(read, name) if read else None
        got[name] = value.text if value else None
        if value is not None:
            scored.points[name].append((value.confidence, _same(value.text, truth[name])))
    if read and read.quoted_reference:
        answered = _same(meeting, truth["meeting"])
        scored.points["quoted_reference"].append((read.quoted_reference.confidence, answered))
    marked = bool(note and note.doubts)
    for name in NOTE_FIELDS:
        expected = truth[name] if name != "outcome" else _outcome(truth[name], truth["reason"])
        scored.note[name] = _same(got[name], expected)
        if not scored.note[name]:
            # a note that fits no registered meeting waits for a person: store/derived/refresh.py
            silent = not marked and not (name == "meeting" and got[name] is None)
            scored.errors.append(Error(truth["file"], f"note.{name}", expected, got[name], silent))


def _same(got: str | None, expected: str | None) -> bool:
    return folded(got) == folded(expected)


def _outcome(outcome: str, reason: str | None) -> str:
    return outcome if reason is None else f"{outcome}: {reason}"


def _score_people(
    scored: Scored, people: tuple[Delegate, ...], note_marked: bool, note_waits: bool
) -> None:
    """``note_waits``: somebody looks at the note for whom it names, so a person missed is said."""
    truth = scored.truth
    scored.fields = {name: Count() for name in FIELDS}
    pairs = pair(truth["delegates"], people)
    for expected, got in pairs:
        marked = (note_marked or bool(got.doubts)) if got is not None else note_waits
        right = {name: is_right(name, expected, got) for name in FIELDS}
        for name in FIELDS:
            wanted = bool(expected and expected[name])
            found = _text(got, name) is not None
            scored.fields[name].add(right[name] and found and wanted, found, wanted)
        whole = expected is not None and got is not None and all(right[n] for n in WHOLE)
        scored.whole.add(whole, got is not None, expected is not None)
        if got is not None:
            for name in FIELDS:
                value = getattr(got, name)
                if value is not None:
                    scored.points[name].append((value.confidence, right[name]))
            every = whole and all(right.values())
            scored.rows.append(Row(got.confidence, every, whole, marked))
        _list_errors(scored, expected, got, right, marked)


def _list_errors(
    scored: Scored,
    expected: Truth | None,
    got: Delegate | None,
    right: dict[str, bool],
    marked: bool,
) -> None:
    file = scored.truth["file"]
    if got is None and expected is not None:
        scored.errors.append(Error(file, "missed person", expected["name"], None, not marked))
    elif expected is None and got is not None:
        scored.errors.append(Error(file, "invented person", None, got.name.text, not marked))
    elif expected is not None and got is not None:
        for name in FIELDS:
            if not right[name]:
                silent = not marked and name in WHOLE
                where = f"{got.seq}.{name}"
                text = _text(got, name)
                scored.errors.append(Error(file, where, expected[name], text, silent))


def _text(got: Delegate | None, name: str) -> str | None:
    value = getattr(got, name) if got is not None else None
    return folded(value.text) if value is not None else None


def is_right(name: str, expected: Truth | None, got: Delegate | None) -> bool:
    """Whether one field is as printed, or one of the readings the truth allows.

    Where the organization only follows the title's comma either reading is right, whatever the
    truth says: all of it the title, or each for itself.
    """
    if expected is None or got is None:
        return False
    if _text(got, name) in _allowed(name, expected):
        return True
    return name in ("title", "organization") and _is_cut_at_comma(expected, got)


def _allowed(name: str, expected: Truth) -> set[str | None]:
    return {folded(v) for v in (expected[name], *expected.get(f"{name}_alternatives", []))}


def _is_cut_at_comma(expected: Truth, got: Delegate) -> bool:
    """Title and organization are the two sides of a comma of what is printed, or both in one.

    A department belongs to the title; an office that begins with one is none of its own.
    """
    title, office = _text(got, "title"), _text(got, "organization")
    titles = _allowed("title", expected)
    if title is None or office is None:
        whole = folded(f"{expected['title']}, {expected['organization']}")
        return office is None and title == whole and title in titles
    unit = any(re.match(rf"{re.escape(u)}\b", fold(office)) for u in terms.folded("org_units"))
    return f"{title}, {office}" in titles and not unit


def pair(
    expected: list[Truth], people: tuple[Delegate, ...]
) -> list[tuple[Truth | None, Delegate | None]]:
    """Best pairs first; persons without a counterpart stand alone."""
    likeness = sorted(
        ((_likeness(e, p), -i, -j) for i, e in enumerate(expected) for j, p in enumerate(people)),
        reverse=True,
    )
    left, right = dict(enumerate(expected)), dict(enumerate(people))
    pairs: list[tuple[Truth | None, Delegate | None]] = []
    for value, i, j in likeness:
        if value >= SAME_PERSON and -i in left and -j in right:
            pairs.append((left.pop(-i), right.pop(-j)))
    pairs.extend((e, None) for e in left.values())
    pairs.extend((None, p) for p in right.values())
    return pairs


def _likeness(expected: Truth, got: Delegate) -> float:
    name = fuzz.token_sort_ratio(expected["name"].casefold(), got.name.text.casefold())
    same = sum(is_right(n, expected, got) and bool(_text(got, n)) for n in ("email", "title"))
    return float(name + 10 * same)


def calibration_error(rows: Iterable[Row], bins: int = 10) -> float:
    """Expected calibration error of the rows' confidences, right meaning in every field."""
    return error_of(((row.confidence, row.every_field) for row in rows), bins)
