"""Patterns of words stand in their examples and not in what only looks like them."""

from __future__ import annotations

import pytest

from extract.language.matching import COMPONENTS, patterns, words_pipeline
from extract.layout.document import build_document
from tests.extract.conftest import make_page

NAMES = [pattern["name"] for pattern in patterns()]
WITH = [(p["name"], line) for p in patterns() for line in p["examples"]]
WITHOUT = [(p["name"], line) for p in patterns() for line in p["no_examples"]]


def _stands_in(name: str, line: str) -> bool:
    return bool(build_document((make_page((line,)),)).labelled(f"pattern.{name}"))


def test_each_pattern_has_a_name_of_its_own_and_examples_of_both_sorts() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert {name for name, _ in WITH} == {name for name, _ in WITHOUT} == set(NAMES)


@pytest.mark.parametrize(("name", "line"), WITH)
def test_a_pattern_stands_in_its_example(name: str, line: str) -> None:
    assert _stands_in(name, line)


@pytest.mark.parametrize(("name", "line"), WITHOUT)
def test_a_pattern_does_not_stand_in_what_looks_like_it(name: str, line: str) -> None:
    assert not _stands_in(name, line)


def test_a_pattern_is_found_across_the_lines_it_spans_and_says_where() -> None:
    page = make_page(("has the honour to present its compliments", "to the Embassy of Benin"))
    document = build_document((page,))
    (greeting,) = document.labelled("pattern.greets_mission")
    assert (greeting.line, greeting.last_line) == (0, 1)


def test_the_pipeline_of_words_names_its_components() -> None:
    assert tuple(words_pipeline().pipe_names) == COMPONENTS
