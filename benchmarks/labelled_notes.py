"""Notes of random structure whose every token is known to be name, title, organization or none.

Printed with ``samples.structures`` (and a third with the layouts of ``samples.lists``), taken as
words with their boxes as a reader without fault would, once with the lines across the page and
once torn apart at wide gaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from benchmarks.foreign import cut_at_gaps
from extract.language.normalise import fold
from extract.language.tokens import split_tokens
from extract.layout.document import Document, build_document
from extract.opinion.features import features_of, pages_of
from ocr.types import Line, Page
from samples.notes import Note, write
from samples.pages import Printout, boxes_of
from samples.plan import Plan
from samples.printed import DPI
from samples.printed import pages_of as printed_pages
from samples.produce import print_note

TAGS = {"honorific": "H", "name": "N", "title": "T", "organization": "G"}
LANGUAGES = ("en", "en", "fr", "es", "ru", "ar", "zh")
OWN_LAYOUTS = (
    "numbered_list",
    "prose",
    "prose",
    "labelled_blocks",
    "bulleted_roles",
    "ruled_table",
    "unruled_columns",
    "stack",
    "annex",
    "role_headings",
)
_FLAGS = {"contact": 0.25, "phones": 0.25, "no_mail": 0.07, "signatory": 0.25, "bare": 0.1}
_COUNTS = (1, 1, 2, 2, 3, 3, 4, 5, 6, 8)
_NOBODY = 12  # one note in so many names nobody
_OWN = 3  # one note in so many has a layout of ``samples.lists``
_TORN = 0.6  # share of notes that are used torn apart, too
_SCALE = DPI / 96
_SLACK = 2  # pixels by which a box may stand off after rounding

Sequence = tuple[list[list[str]], list[str]]
"""One page: features of each token, and its tag."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a value as it was set: pixels of the page, and the baseline."""

    tag: str
    text: str
    left: float
    right: float
    baseline: float


def plan_of(seed: int) -> Plan:
    """What the note of a seed is to be."""
    rng = Random(seed)
    flags = tuple(flag for flag, share in _FLAGS.items() if rng.random() < share)
    layout, kind = "any", "nomination"
    if seed % _NOBODY == _NOBODY - 1:
        layout = "prose"
        kind = rng.choice(["decline", "acknowledgement", "extension_request"])
    elif seed % _OWN == 0:
        layout = rng.choice(OWN_LAYOUTS)
        flags = (*flags, "any_posts")
    return Plan(
        stem=f"learn-{seed}",
        seed=seed,
        language=LANGUAGES[seed % len(LANGUAGES)],
        layout=layout,
        degradation="clean",
        container="pdf-jpeg",
        kind=kind,
        count=rng.choice(_COUNTS),
        flags=flags,
    )


def labelled(seed: int) -> list[Sequence]:
    """The pages of a seed's note; none where its values could not be found again."""
    plan = plan_of(seed)
    note = write(plan, None)
    printout = print_note(note, Random(seed))
    pages = printed_pages(printout, note)
    ways = [pages]
    if Random(seed).random() < _TORN:
        ways.append(_torn(pages, note.rtl))
    found: list[Sequence] = []
    for way in ways:
        document = build_document(way)
        marked = plan.layout == "any" or plan.kind != "nomination"
        tags = _by_marks(document, printout) if marked else _by_search(document, note)
        if tags is None:
            continue
        features = features_of(document)
        for span in pages_of(document):
            if span:
                found.append((features[span.start : span.stop], tags[span.start : span.stop]))
    return found


def _torn(pages: tuple[Page, ...], rtl: bool) -> tuple[Page, ...]:
    return tuple(
        replace(
            page,
            tables=(),
            lines=tuple(
                Line(tuple(reversed(run) if rtl else run))
                for line in page.lines
                for run in cut_at_gaps(sorted(line.words, key=lambda w: w.box.left))
            ),
        )
        for page in pages
    )


def _marks(printout: Printout) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    for number, page in enumerate(printout.layout, 1):
        for box in boxes_of(page):
            element = box.element
            if element is None or type(box).__name__ != "TextBox":
                continue
            key = element.get("class") if getattr(element, "tag", None) == "span" else None
            if key in TAGS and key is not None:
                left, right = box.position_x * _SCALE, (box.position_x + box.width) * _SCALE
                base = (box.position_y + box.baseline) * _SCALE
                found.setdefault(number, []).append(Mark(TAGS[key], box.text, left, right, base))
    return found


def _by_marks(document: Document, printout: Printout) -> list[str]:
    """Tags by the spans that the values were printed in."""
    marks = _marks(printout)
    tags = ["O"] * len(document.tokens)
    for number, line in enumerate(document.lines):
        low = line.box.bottom + _SLACK + 0.3 * line.height
        here = [m for m in marks.get(line.page, []) if line.box.top <= m.baseline <= low]
        for at in document.tokens_of(number):
            token = document.tokens[at]
            for word, start in zip(line.words, line.starts, strict=True):
                if start <= token.start < start + len(word.text):
                    share = ((token.start + token.end) / 2 - start) / len(word.text)
                    middle = word.box.left + word.box.width * share
                    text = line.text[token.start : token.end]
                    tags[at] = next((m.tag for m in here if _covers(m, middle, text)), "O")
    return tags


def _covers(mark: Mark, x: float, text: str) -> bool:
    return mark.left - 1 <= x <= mark.right + 1 and text in mark.text


def _by_search(document: Document, note: Note) -> list[str] | None:
    """Tags by looking for the printed values; None where a name is not found."""
    words = [token.text for token in document.doc]
    tags = ["O"] * len(words)
    after = 0
    for entry in note.printed:
        places = list(_places(words, entry.record["name"]))
        place = next((p for p in places if p.start >= after), places[0] if places else None)
        if place is None:
            return None
        _mark(tags, place, "N")
        after = place.stop
        for key in ("honorific", "title", "organization"):
            texts = [entry.record.get(key), *entry.other.get(f"{key}_alternatives", [])]
            found = [p for text in texts[:1] for p in _places(words, text or "")] or [
                p for text in texts for p in _places(words, text or "")
            ]
            if found:
                near = min(found, key=lambda p, at=place.start: abs(p.start - at))  # type: ignore[misc]
                _mark(tags, near, TAGS[key])
    return tags


def _places(words: list[str], text: str) -> Iterator[range]:
    wanted = [t for t in (fold(text[a:b]).strip() for a, b in split_tokens(text)) if t]
    for at in range(len(words) - len(wanted) + 1 if wanted else 0):
        if words[at : at + len(wanted)] == wanted:
            yield range(at, at + len(wanted))


def _mark(tags: list[str], place: range, tag: str) -> None:
    for at in place:
        if tags[at] == "O":
            tags[at] = tag
