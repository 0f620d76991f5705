"""Every file of the lexicon loads, and says what the rules expect of it."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.facts import intents
from extract.language import terms
from extract.language.dates import find_dates
from extract.language.normalise import fold

LANGUAGES = [language.code for language in terms.languages()]
UNITED_NATIONS = ("ar", "en", "es", "fr", "ru", "zh")
NEEDED = (
    "letterhead",
    "opening",
    "closing",
    "honour",
    "nominating",
    "declining",
    "acknowledging",
    "extension",
    "revising",
    "contact_not_delegate",
    "list_headings",
    "honorifics_m",
    "honorifics_f",
    "title_heads",
    "org_heads",
    "months",
    "replaces_note",
    "adds_to_note",
    "participants",
    "roles.head",
    "table_headers.name",
    "table_headers.email",
    *(f"senses.{f}" for r in intents.RULES for f in (r.first, r.second)),
)


def test_all_six_languages_of_the_united_nations_are_there() -> None:
    assert set(UNITED_NATIONS) <= set(LANGUAGES)


@pytest.mark.parametrize("code", UNITED_NATIONS)
@pytest.mark.parametrize("label", sorted(set(NEEDED)))
def test_a_language_has_every_list_the_rules_use(code: str, label: str) -> None:
    assert terms.phrases(label, code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_phrases_are_clean(code: str) -> None:
    language = next(x for x in terms.languages() if x.code == code)
    assert language.script in ("latin", "cyrillic", "arabic", "han")
    for label, phrases in language.phrases.items():
        for phrase in phrases:
            assert phrase == phrase.strip(), (label, phrase)
            assert fold(phrase).strip(), (label, phrase)


def test_a_year_has_twelve_months_in_their_order() -> None:
    for language in terms.languages():
        for label, names in language.phrases.items():
            if label.startswith("months") and label != "months_abbr":
                assert len(names) == 12, (language.code, label)


@pytest.mark.parametrize("code", ["en", "fr", "es", "ru"])
def test_every_month_is_read(code: str) -> None:
    for number, name in enumerate(terms.phrases("months", code), start=1):
        found = find_dates(f"5 {name} 2019")
        assert [m.day.month for m in found] == [number], name


def test_patterns_name_what_they_find() -> None:
    for pattern in terms.patterns("date_re"):
        assert (
            {"y", "m", "d"} <= set(pattern.groupindex)
            or {"yh", "mh", "dh"} <= set(pattern.groupindex)
            or {"roc", "m", "d"} <= set(pattern.groupindex)
        )
    for pattern in terms.patterns("note_number_re"):
        assert "id" in pattern.groupindex
    for pattern in terms.patterns("invitation_symbol_re"):
        assert {"year", "num"} <= set(pattern.groupindex)


def test_states_have_codes_and_names() -> None:
    rows = terms.state_rows()
    assert len(rows) >= 197
    codes = [row["iso3"] for row in rows]
    assert len(set(codes)) == len(codes)
    assert {"NAM", "EUN", "VAT", "PSE", "MKD", "SWZ", "TUR"} <= set(codes)
    for row in rows:
        assert re.fullmatch(r"[A-Z]{3}", row["iso3"])
        assert re.fullmatch(r"[A-Z]{2}", row["iso2"]), row["iso3"]
        for column in ("list_name_en", "short_fr", "short_es", "short_ru", "short_ar", "short_zh"):
            assert row[column].strip(), (row["iso3"], column)


def test_no_name_belongs_to_two_states() -> None:
    owners: dict[str, set[str]] = {}
    for row in terms.state_rows():
        for column in (
            "list_name_en",
            "formal_en",
            "short_fr",
            "formal_fr",
            "short_es",
            "short_ru",
        ):
            owners.setdefault(fold(row[column]), set()).add(row["iso3"])
    assert not {name for name, codes in owners.items() if len(codes) > 1}


def test_every_file_is_toml_or_a_table() -> None:
    folder = files("extract").joinpath("lexicon")
    read = 0
    for item in (*folder.iterdir(), *folder.joinpath("languages").iterdir()):
        if item.name.endswith(".toml"):
            tomllib.loads(item.read_text(encoding="utf-8"))
            read += 1
    assert read >= 12


@given(st.text(max_size=80))
def test_a_slip_in_a_language_file_is_one_of_two_errors(text: str) -> None:
    with pytest.raises((tomllib.TOMLDecodeError, KeyError)):
        terms.parse_language(text)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_list_is_empty_and_no_phrase_stands_twice(code: str) -> None:
    language = next(x for x in terms.languages() if x.code == code)
    for label, phrases in language.phrases.items():
        assert phrases or label == "articles" or label.endswith(("of_words", "open_endings")), label
        printed = [p.casefold() for p in phrases]
        twice = {p for p in printed if printed.count(p) > 1}
        assert not twice or label.startswith("months"), (label, twice)


def test_common_lists_hold_texts_that_stand_once() -> None:
    for label, value in terms.common().items():
        if isinstance(value, list):
            assert value, label
            assert all(isinstance(v, str) and v == v.strip() for v in value), label
            assert label.endswith("_re") or len(set(value)) == len(value), label


def test_every_key_of_a_language_file_is_read_by_the_code() -> None:
    """A misspelt key would be read by nobody."""
    folder = Path(terms.__file__).parents[1]
    readers = (*folder.rglob("*.py"), folder / "lexicon" / "patterns.toml")
    code = "\n".join(file.read_text(encoding="utf-8") for file in readers)
    for language in terms.languages():
        for label in (*language.phrases, *language.tables, *language.patterns):
            head = label.split(".")[0]
            assert head in ("states", "senses") or f'"{head}' in code, (language.code, label)
