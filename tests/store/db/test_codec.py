"""Pages and notes come back exactly as they were saved, whatever they say."""

from __future__ import annotations

import json
import zlib
from datetime import date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.types import (
    Delegate,
    DocumentReading,
    Doubt,
    Evidence,
    Kind,
    NoteVerbale,
    Replacement,
    RevisionMode,
    Value,
)
from ocr.types import Box, Cell, Line, Page, SecondReading, Table, Word
from store import sanitize
from store.db import codec
from store.db.database import Store
from store.records import saving, stored
from tests import golden_pages
from tests.store.replies import page, scan, table

TEXT = st.text(st.characters(), max_size=12)  # lone surrogates and NUL are among them
NAME = st.one_of(
    TEXT, st.sampled_from(["'; DROP TABLE pages;--", "\ud800", "\x00", "محمد", "张伟"])
)
SCORE = st.floats(0, 1) | st.floats(-1e9, 1e9)  # of larger ones sums run over
NUMBER = st.integers(-(2**70), 2**70)
BOX = st.builds(
    lambda left, top, width, height: Box(left, top, left + width, top + height),
    NUMBER,
    NUMBER,
    st.integers(0, 5000),
    st.integers(0, 5000),
)


def many(elements: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(elements, max_size=3).map(tuple)


def maybe(elements: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | elements


WORD = st.builds(Word, NAME, BOX, SCORE)
LINE = st.builds(
    Line,
    many(WORD),
    NUMBER,
    NUMBER,
    many(st.builds(SecondReading, NAME, BOX, SCORE, TEXT, many(TEXT))),
)
TABLE = st.builds(Table, BOX, many(st.builds(Cell, NUMBER, NUMBER, BOX, NUMBER, NUMBER)))
PAGE = st.builds(
    Page,
    number=NUMBER,
    width=NUMBER,
    height=NUMBER,
    dpi=NUMBER,
    outcome=st.sampled_from(["read", "warned", "failed"]),
    lines=many(LINE),
    tables=many(TABLE),
    reason=maybe(TEXT),
    language=maybe(TEXT),
    mean_confidence=SCORE,
    rotation=NUMBER,
    skew=st.floats(allow_nan=False),
    engine=TEXT,
    unread=many(BOX),
    name_languages=many(TEXT),
)
EVIDENCE = st.builds(Evidence, NUMBER, NAME, maybe(BOX), SCORE, TEXT)
VALUE = st.builds(
    Value, NAME, SCORE, st.lists(EVIDENCE, min_size=1, max_size=2).map(tuple), maybe(NAME)
)
DOUBT = st.builds(Doubt, TEXT, maybe(TEXT), TEXT)
DELEGATE = st.builds(
    Delegate,
    seq=NUMBER,
    name=VALUE,
    honorific=maybe(VALUE),
    title=maybe(VALUE),
    organization=maybe(VALUE),
    email=maybe(VALUE),
    phone=maybe(VALUE),
    role=maybe(VALUE),
    confidence=SCORE,
    doubts=many(DOUBT),
)
NOTE = st.builds(
    NoteVerbale,
    kind=st.sampled_from(Kind.__args__),  # type: ignore[attr-defined]
    form=st.sampled_from(["note_verbale", "letter", "none"]),
    language=maybe(TEXT),
    state=maybe(VALUE),
    note_reference=maybe(VALUE),
    note_date=maybe(VALUE),
    quoted_reference=maybe(VALUE),
    meeting_titles=many(NAME),
    meeting_dates=many(st.dates()),
    announced=maybe(NUMBER),
    revision=maybe(st.sampled_from(RevisionMode.__args__)),  # type: ignore[attr-defined]
    replacements=many(st.builds(Replacement, NAME, many(EVIDENCE))),
    delegates=many(DELEGATE),
    doubts=many(DOUBT),
)


@given(PAGE)
def test_a_page_comes_back_equal(read: Page) -> None:
    assert codec.page_from_bytes(codec.page_to_bytes(read)) == read


@given(PAGE)
def test_a_kept_page_says_what_the_page_does(read: Page) -> None:
    assert codec.kept_from_bytes(codec.page_to_bytes(read)) == codec.kept(read)


@given(PAGE)
def test_a_page_that_an_earlier_version_kept_is_read(read: Page) -> None:
    """Nothing rewrites a million pages: what is deflated stays so."""
    deflated = zlib.compress(codec.page_json(codec.page_to_bytes(read)), 6)
    assert codec.page_from_bytes(deflated) == read


def test_the_golden_pages_are_smaller_than_they_were_deflated() -> None:
    read = [page for sample in golden_pages.samples() for page in golden_pages.pages_of(sample)]
    bodies = [codec.page_to_bytes(page) for page in read]
    assert len(bodies) > 40
    assert sum(map(len, bodies)) < sum(len(zlib.compress(codec.page_json(b), 6)) for b in bodies)


@given(NOTE)
def test_a_note_replaces_whom_it_says(read: NoteVerbale) -> None:
    names = tuple(one.replaced_name for one in read.replacements)
    text = codec.note_to_json(read)
    assert codec.replaced_names(text) == names
    assert codec.replaced_names(f" {text}") == names  # not one that was just written


@given(NOTE)
def test_a_note_comes_back_equal(read: NoteVerbale) -> None:
    text = codec.note_to_json(read)
    assert codec.note_from_data(json.loads(text)) == read
    assert codec.note_from_json(text) == read


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(PAGE, max_size=2, unique_by=lambda p: sanitize.integer(p.number)), NOTE)
def test_a_saved_document_comes_back_equal(
    store: Store, pages: list[Page], note: NoteVerbale
) -> None:
    """Also over an earlier one, and whatever the pages and the note say."""
    ordered = tuple(sorted(pages, key=lambda p: p.number))
    document = scan(store, b"scan")
    saving.save_reading(
        store, document, DocumentReading("processed", None, ordered, note), "x", "1"
    )
    assert stored.load_pages(store, document) == ordered
    assert stored.load_note(store, document) == note
    assert len(table(store, "*")) == len(note.delegates)
    assert not table(store, "*", "corrections")


def test_the_page_cache_knows_file_page_and_settings(store: Store) -> None:
    stored.put_page(store, "a" * 64, codec.kept(page("one", 1)), "1")
    stored.put_page(store, "a" * 64, codec.kept(page("two", 2)), "1")
    assert stored.get_page(store, "a" * 64, 2, "1") == codec.kept(page("two", 2))
    assert stored.get_page(store, "a" * 64, 1, "2") is None
    assert stored.get_page(store, "b" * 64, 1, "1") is None
    stored.put_page(store, "a" * 64, codec.kept(page("better", 1)), "2")
    assert stored.get_page(store, "a" * 64, 1, "2") == codec.kept(page("better", 1))
    assert stored.get_page(store, "a" * 64, 1, "1") is None


@given(TEXT)
def test_text_at_the_edge_can_be_stored(hostile: str) -> None:
    cleaned = sanitize.text(hostile)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert sanitize.text(cleaned) == cleaned


@given(st.datetimes())
def test_moments_compare_as_text(when: datetime) -> None:
    written = sanitize.moment(when)
    assert written is not None
    assert len(written) == len("2019-04-03T09:15:00Z")
    assert sanitize.moment(sanitize.parsed_moment(written)) == written


def test_what_is_no_day_or_moment_is_none() -> None:
    assert sanitize.iso_day("31 April") is None
    assert sanitize.parsed_day("2019-02-30") is None
    assert sanitize.parsed_day("2019-02-28") == date(2019, 2, 28)
    assert sanitize.parsed_moment("yesterday") is None
    assert sanitize.confidence(float("nan")) == 0.0
    assert sanitize.confidence(7) == 1.0
