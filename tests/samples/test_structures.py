"""Lists of random structure print what their records say."""

from __future__ import annotations

import re
from random import Random

import pytest

from benchmarks.labelled_notes import labelled
from samples.notes import write
from samples.plan import Plan
from samples.produce import print_note
from samples.structures import invented
from samples.wording import LANGUAGES, load


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_recorded_stands_on_the_page(language: str) -> None:
    plan = Plan("any", 31, language, "any", "clean", "pdf-jpeg", count=4)
    note = write(plan, None)
    page = re.sub(r"\s", "", "".join(print_note(note, Random(1)).texts))
    assert len(note.printed) == 4
    for entry in note.printed:
        assert re.sub(r"\s", "", entry.record["name"]) in page
        for key in ("title", "email"):
            value = entry.record[key]
            assert value is None or re.sub(r"\s", "", value) in page


def test_unknown_posts_are_words_of_no_language() -> None:
    parts = load("posts")["en"]
    known = {w for key in ("head", "rank", "field") for part in parts[key] for w in part.split()}
    for seed in range(20):
        plain = invented("en", "title", Random(seed), 0.0)
        strange = invented("en", "title", Random(seed), 1.0)
        assert known & set(re.findall(r"[A-Z][a-z]+", plain))
        assert not known & set(re.findall(r"[A-Z][a-z]+", strange))


def test_a_learning_note_has_a_tag_for_every_token_and_all_its_names() -> None:
    pages = labelled(1)
    assert pages
    for features, tags in pages:
        assert len(features) == len(tags)
    assert {"N", "T", "O"} <= {t for _, tags in pages for t in tags}
