"""How right the rules are on notes by another hand, every letter and place being right.

    python benchmarks/foreign.py NOTES.jsonl.gz... [--grouping height|gaps|both] [--jobs 2]
        [--disturb RATE] [--leave-out COMPONENT]

A line of the file is a note: its words with their boxes and the truth (keys: see ``Foreign``). No
picture is read. A page reader does not see a layout as the typesetter did, so the words are put
into lines in two ways: by height across the whole page (columns are joined), and cut where a gap
is wide (cells are torn apart). Persons must be found the same in both. ``--list-errors`` lists
every loss with its likely cause: ``boundary`` (more or less than the value was taken), ``other
field`` (the words stand in another field of the row), ``lost`` (nowhere), ``invented``, ``missed``.
The last table says what a reviewer is not shown: rows without a mark and how many of them are
wrong, and persons missed in notes without one. For this take ``--disturb 0``: two readers without
fault, so that doubt is of structure alone. ``--disturb RATE`` puts faults into that share of the
words (``disturb.py``).
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Literal

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabulate import tabulate

from benchmarks.accuracy import total
from benchmarks.disturb import disturbed
from benchmarks.scoring import (
    NOTE_FIELDS,
    WHOLE,
    Error,
    Scored,
    Truth,
    calibration_error,
    score,
)
from extract.types import Invitation
from noteverbale.reading import extract_note
from ocr.types import Box, Line, Page, Word, enclosing

Grouping = Literal["height", "gaps"]
Foreign = dict[str, Any]
"""``pages[].words`` ``[text, x0, y0, x1, y1]`` and ``pages[].lines`` ``[text, x, y, height]`` in
points from the top left, ``text`` a page, ``delegates`` with ``*_accept``, and the note's facts."""

KINDS = {
    "other": "other",
    "reply": "nomination",
    "decline": "decline",
    "ack": "acknowledgement",
    "extension": "extension_request",
    "revision_replace": "revision",
    "revision_add": "revision",
}
DPI = 200
_SCALE = DPI / 72
_CONFIDENCE = 0.95
_SAME_LINE = 0.5
"""Words stand on one line when their middles are nearer than this share of the lower one."""
_GAP = 1.2
"""A gap wider than this many heights of a line parts two cells."""
_ADVANCE = 0.5
"""Width of a letter in heights of its line, at most, where only lines are known."""
_LATIN_RUN = re.compile(r"(?<!\S)[!-~]*[A-Za-z][!-~]*(?:\s+[!-~]+)*(?!\S)")
_LONG = 40
"""Letters of a line that may reach from margin to margin."""


def pages_of(note: Foreign, grouping: Grouping) -> tuple[Page, ...]:
    """The note's pages as a reader without fault would give them, pixels at 200 dpi."""
    rtl = note["language"] == "ar"
    advance = min(map(advance_of, note["pages"]))
    return tuple(
        _page(number, page, note["language"], grouping, rtl, advance)
        for number, page in enumerate(note["pages"], 1)
    )


def advance_of(page: Foreign) -> float:
    """Width of a letter in heights of its line: a long line that begins at the margin ends at one.

    Arabic letters are half as wide as others; lines drawn too wide would cover each other.
    """
    long: list[tuple[float, float]] = [
        (x, h * len(t)) for t, x, _, h in page["lines"] if len(t) >= _LONG
    ]
    margin = min((x for x, _ in long), default=0.0)
    room = float(page["width"]) - 2 * margin
    # lines that all begin right of the middle say nothing of the margin
    return min([_ADVANCE, *(room / width for _, width in long if room > 0)])


def _page(
    number: int, page: Foreign, language: str, grouping: Grouping, rtl: bool, advance: float
) -> Page:
    given = page["words"]
    words = list(_words(given)) if given else list(_from_lines(page, rtl, advance))
    rows = _rows(words)
    runs = [run for row in rows for run in (cut_at_gaps(row) if grouping == "gaps" else [row])]
    lines = tuple(Line(tuple(sorted(run, key=_left, reverse=rtl))) for run in runs)
    return Page(
        number,
        round(page["width"] * _SCALE),
        round(page["height"] * _SCALE),
        DPI,
        "read",
        lines=lines,
        language=language,
        mean_confidence=_CONFIDENCE,
        engine="printed",
    )


def _words(given: list[list[Any]]) -> Iterator[Word]:
    for text, *corners in given:
        for part in str(text).split():
            yield Word(part, Box(*(round(c * _SCALE) for c in corners)), _CONFIDENCE)


def _from_lines(page: Foreign, rtl: bool, advance: float) -> Iterator[Word]:
    """Words of whole lines, each as wide as its share of the letters."""
    for text, x, y, height in page["lines"]:
        step = advance * height
        width = step * len(text)
        places = [m.span() for m in re.finditer(r"\S+", text)]
        for (at, end), (left, right) in zip(
            places, _turned(text, places) if rtl else places, strict=True
        ):
            start, stop = left * step, right * step
            if rtl:
                start, stop = width - stop, width - start
            box = (x + start, y, x + stop, y + height)
            yield Word(text[at:end], Box(*(round(c * _SCALE) for c in box)), _CONFIDENCE)


def _turned(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places of words as counted from the right: those of a Latin run stand the other way round."""
    turned: list[tuple[int, int]] = []
    for first, last in (m.span() for m in _LATIN_RUN.finditer(text)):
        turned += [p for p in places if len(turned) <= places.index(p) and p[1] <= first]
        run = [p for p in places if first <= p[0] and p[1] <= last]
        turned += [(first + last - end, first + last - at) for at, end in run]
    return turned + places[len(turned) :]


def _left(word: Word) -> int:
    return word.box.left


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words of one height together, from the top down, each row from the left."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.center[1]):
        last = rows[-1][-1].box if rows else None
        near = last is not None and abs(last.center[1] - word.box.center[1]) < _SAME_LINE * min(
            last.height, word.box.height
        )
        if near:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=_left) for row in rows]


def cut_at_gaps(row: list[Word]) -> list[list[Word]]:
    """A row of words from the left, cut where a gap is wide."""
    runs = [[row[0]]]
    for word in row[1:]:
        before = enclosing(tuple(w.box for w in runs[-1]))
        if word.box.left - before.right > _GAP * before.height:
            runs.append([word])
        else:
            runs[-1].append(word)
    return runs


def truth_of(note: Foreign) -> Truth:
    """The truth in the form of ``samples/truth``."""
    people = [
        person
        | {f"{k.removesuffix('_accept')}_alternatives": person[k] for k in person if "_acc" in k}
        for person in note["delegates"]
    ]
    for person in people:
        e164 = person.get("phone_e164")
        person["phone_alternatives"] = [e164] if e164 else []
    return {
        "file": note["id"],
        "outcome": "processed",
        "reason": None,
        "kind": KINDS.get(note["kind"], note["kind"]),
        **{k: note[k] for k in ("state", "meeting", "note_reference", "note_date")},
        "language": note["language"],
        "layout": note["layout"] or "no list",
        "quality": "perfect",
        "degradation": "none",
        "delegates": people,
        "pages": [{"number": n, "text": text} for n, text in enumerate(note["text"], 1)],
    }


def score_note(
    note: Foreign,
    grouping: Grouping,
    invitations: tuple[Invitation, ...],
    rate: float | None = None,
    without: tuple[str, ...] = (),
) -> Scored:
    """What the rules, ``without`` some components, find on one note, compared with its truth."""
    from extract.facts.meeting import match

    pages = pages_of(note, grouping)
    if rate is not None:
        pages = disturbed(pages, rate, f"{note['id']}{grouping}")
    start = time.process_time()
    reading = extract_note(pages, without=without)
    seconds = time.process_time() - start
    meeting = match(reading.note, invitations) if reading.note else None
    return score(truth_of(note), reading, meeting, seconds)


def cause(error: Error, others: dict[str, str]) -> str:
    """Why a value was probably lost; ``others`` are the values found in the same row."""
    if not error.what.partition(".")[2]:
        return error.what.partition(" ")[0]
    if (
        error.got
        and error.expected
        and (error.got in error.expected or error.expected in error.got)
    ):
        return "boundary"
    if error.expected and any(error.expected in value for value in others.values()):
        return "other field"
    return "lost" if error.got is None else "wrong"


def load(files: Iterable[Path]) -> list[Foreign]:
    """All notes of the files."""
    found = []
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            found += [json.loads(line) for line in file]
    return found


def table(scored: list[Scored], group: str) -> list[tuple[str, float, int, int, int]]:
    """F1 of whole delegates by a key of the truth."""
    parts: dict[str, list[Scored]] = defaultdict(list)
    for s in scored:
        parts[str(s.truth[group])].append(s)
    rows = []
    for value, chosen in sorted(parts.items()):
        count = total([s.whole for s in chosen])
        rows.append((f"{group}: {value}", count.f1, count.right, count.found, count.wanted))
    return rows


def silence(scored: list[Scored]) -> list[tuple[str, float | int]]:
    """What is marked and what is not; a row is right with name, title and address."""
    rows = [row for s in scored for row in s.rows]
    quiet = [row for row in rows if not row.marked]
    right = [row for row in rows if row.whole]
    errors = [e for s in scored for e in s.errors]
    missed = [e for e in errors if e.what == "missed person"]
    return [
        ("rows", len(rows)),
        ("unmarked", len(quiet)),
        ("  of these wrong", sum(not r.whole for r in quiet)),
        ("  share wrong", sum(not r.whole for r in quiet) / max(1, len(quiet))),
        ("right rows unmarked, share", sum(not r.marked for r in right) / max(1, len(right))),
        ("persons missed", len(missed)),
        ("  in a note without a mark", sum(e.silent for e in missed)),
        ("invented without a mark", sum(e.silent for e in errors if e.what == "invented person")),
        ("calibration error of rows", calibration_error(rows)),
    ]


def show(scored: list[Scored], list_errors: bool) -> None:
    """The figures of one grouping."""
    count = total([s.whole for s in scored])
    rows = [("whole delegates", count.f1, count.right, count.found, count.wanted)]
    for name in (*WHOLE, "organization", "honorific"):
        c = total([s.fields[name] for s in scored])
        rows.append((name, c.f1, c.right, c.found, c.wanted))
    rows += table(scored, "layout") + table(scored, "language")
    print(tabulate(rows, ("", "F1", "right", "found", "wanted"), floatfmt=".3f"))
    notes = ((n, sum(s.note[n] for s in scored) / len(scored)) for n in NOTE_FIELDS)
    print(tabulate(notes, ("note", "right"), floatfmt=".3f"))
    print(tabulate(silence(scored), ("what a reviewer sees", ""), floatfmt=".4f"))
    causes: Counter[tuple[str, str]] = Counter()
    for s in scored:
        for error in s.errors:
            row = error.what.partition(".")[0]
            others = (
                {e.what: e.got for e in s.errors if e.got and e.what.partition(".")[0] == row}
                if row.isdecimal()
                else {}
            )
            why = cause(error, others)
            causes[(error.what.partition(".")[2] or error.what, why)] += 1
            if list_errors:
                layout = s.truth["layout"]
                quiet = "SILENT " if error.silent else ""
                print(f"  {quiet}{error.file} {layout} {error.what} ({why})")
                print(f"      expected {error.expected!r}\n      got      {error.got!r}")
    print(tabulate([(*k, n) for k, n in causes.most_common(25)], ("value", "cause", "times")))
    print(f"processor time a note: {sum(s.seconds for s in scored) / len(scored) * 1000:.0f} ms")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--grouping", choices=("height", "gaps", "both"), default="both")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list-errors", action="store_true")
    parser.add_argument("--leave-out", metavar="COMPONENT", help="of extract.pipeline")
    parser.add_argument("--disturb", type=float, help="share of words with a fault")
    options = parser.parse_args()
    notes = load(options.files)
    # the files say which meetings there are, not what they are called: the symbol must do
    references = sorted({note["meeting"] for note in notes if note["meeting"]})
    invitations = tuple(Invitation(reference, reference) for reference in references)
    ways: tuple[Grouping, ...] = ("height", "gaps")
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.jobs, mp_context=context) as pool:
        for way in ways if options.grouping == "both" else (options.grouping,):
            print(f"\n{len(notes)} notes, words in lines by {way}")
            work = partial(
                score_note,
                grouping=way,
                invitations=invitations,
                rate=options.disturb,
                without=(options.leave_out,) if options.leave_out else (),
            )
            show(list(pool.map(work, notes, chunksize=8)), options.list_errors)


if __name__ == "__main__":
    main()
