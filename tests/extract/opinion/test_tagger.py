"""The second opinion: what it sees of a word, and whether it agrees with the rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.checks.second_opinion import ask_tagger, is_arabic_sentence
from extract.checks.sequence import CHECKS
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from extract.note import read_raw
from extract.opinion.features import features_of, pages_of
from extract.opinion.tagger import agrees, tag
from ocr.types import Page
from tests.extract.conftest import make_page

PageOf = Callable[..., Page]

LIST = [
    "The Embassy presents its compliments and has the honour to nominate:",
    "",
    "1. Mr. John KAMAU, Registrar, Ministry of Justice, j.kamau@justice.go.ke",
    "2. Ms. Mary WANJIKU, Auditor, Ministry of Finance, m.wanjiku@finance.go.ke",
]


def test_every_token_of_every_page_has_a_tag(page_of: PageOf) -> None:
    document = build_document((page_of(LIST), page_of(["Annex", "3. Mr. X. Y"], number=2)))
    assert len(tag(document)) == len(document.tokens) > 40
    assert [len(span) for span in pages_of(document)] == [
        sum(document.lines[t.line].page == n for t in document.tokens) for n in (1, 2)
    ]


def test_names_and_posts_of_a_plain_list_are_seen(page_of: PageOf) -> None:
    document = build_document((page_of(LIST),))
    words = [token.text for token in document.doc]
    tags = dict(reversed(list(zip(words, tag(document), strict=True))))  # not those of addresses
    assert {tags[w] for w in ("john", "kamau", "mary", "wanjiku")} == {"N"}
    assert {tags[w] for w in ("registrar", "auditor")} == {"T"}


def test_which_word_it_is_says_nothing(page_of: PageOf) -> None:
    one = build_document((page_of(["1. Mr. Brolom KAMAU, Zefadir"]),))
    other = build_document((page_of(["1. Mr. Drupak KAMAU, Vobakir"]),))
    assert features_of(one) == features_of(other)


def test_agreement_needs_the_same_words_and_no_more(page_of: PageOf) -> None:
    document = build_document((page_of(LIST),))
    tags = tag(document)
    line = next(n for n, x in enumerate(document.lines) if "KAMAU" in x.text)
    run = TextRun(document, (line,))
    start = run.text.index("John")
    whole, half = (start, start + len("John KAMAU")), (start, start + len("John"))
    assert agrees(tags, run, (whole,), "N")
    assert not agrees(tags, run, (half,), "N")
    assert not agrees(tags, run, (whole,), "T")


def test_the_opinion_is_a_sign_on_each_field(page_of: PageOf) -> None:
    note = read_raw((page_of(LIST),))
    signs = {s for p in note.delegates for s in p.signs if "tagger" in s}
    assert {"name.tagger_agrees", "title.tagger_agrees"} <= signs
    assert ask_tagger in CHECKS


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_no_text_raises(lines: list[str]) -> None:
    document = build_document((make_page(lines),))
    assert len(tag(document)) == len(document.tokens)


@pytest.mark.parametrize("text", ["الحضور للمشاركة في الورشة", "يبلغها", "وترفق بالقائمة طيه"])
def test_words_that_no_name_has_make_an_arabic_sentence(text: str) -> None:
    assert is_arabic_sentence(text)


@pytest.mark.parametrize("text", ["سامر المعتصم بالله", "يبلغها سامر القادري", "نوال العوادي"])
def test_a_name_may_stand_beside_one_word_of_a_sentence(text: str) -> None:
    assert not is_arabic_sentence(text)
