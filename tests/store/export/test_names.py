"""Names as a list prints them: which form, and what of it in capitals."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.export.names import CAPITALS, NAMES, Style, addressed, parts, printed
from store.rules.family import name_parts

WORDS = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Lm", "Mn"], include_characters="'’.-"),
    min_size=1,
    max_size=12,
)
PRINTED_NAMES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


def row(name: str, **values: str | None) -> dict[str, object]:
    return {"honorific": None, "name_latin": None, "state": "KEN", "name": name, **values}


@pytest.mark.parametrize(
    ("values", "names", "lines"),
    [
        (dict(name="Ana RUIZ", honorific="Ms."), "both", ("Ms. Ana RUIZ",)),
        (dict(name="Ana RUIZ", honorific="Ms."), "latin", ("Ms. Ana RUIZ",)),
        (
            dict(name="钱婉清", honorific="女士", name_latin="Qian Wanqing"),
            "as-written",
            ("钱婉清女士",),
        ),
        (
            dict(name="钱婉清", honorific="女士", name_latin="Qian Wanqing"),
            "both",
            ("Qian Wanqing", "钱婉清女士"),
        ),
        (
            dict(name="钱婉清", honorific="Ms.", name_latin="Qian Wanqing"),
            "latin",
            ("Ms. Qian Wanqing",),
        ),
        (
            dict(name="ИВАНОВ Юрий", honorific="г-н", name_latin="IVANOV Yuriy"),
            "latin",
            ("IVANOV Yuriy",),
        ),
    ],
)
def test_the_form_that_is_wanted_is_printed(
    values: dict[str, str], names: str, lines: tuple[str, ...]
) -> None:
    found = printed(row(**values), Style(names))
    assert found.lines == lines
    assert found.latin


def test_a_name_without_a_latin_form_is_printed_as_written_and_said_so() -> None:
    for names in ("latin", "both"):
        found = printed(row("كريم الحمصاني", honorific="السيد"), Style(names))
        assert found.lines == ("السيد كريم الحمصاني",)
        assert not found.latin


@pytest.mark.parametrize(
    ("values", "names", "line", "known"),
    [
        (dict(name="Ana RUIZ"), "as-written", "Ana RUIZ", True),
        (dict(name="Jan van der BERG"), "as-written", "Jan van der BERG", True),
        (dict(name="Ian McDONALD"), "as-written", "Ian McDONALD", True),
        (dict(name="Ana Ruiz"), "as-written", "Ana Ruiz", False),
        (dict(name="ANA RUIZ"), "as-written", "ANA RUIZ", False),
        (dict(name="Suharto"), "as-written", "Suharto", False),
        (dict(name="钱婉清"), "as-written", "钱婉清", True),
        (dict(name="钱婉清", name_latin="Qian Wanqing"), "latin", "QIAN Wanqing", True),
        (dict(name="钱婉清", name_latin="Wanqing Qian"), "latin", "Wanqing QIAN", True),
        (dict(name="欧阳修", name_latin="Ouyang Xiu"), "latin", "OUYANG Xiu", True),
        (dict(name="钱婉清", name_latin="Jenny Wong"), "latin", "Jenny Wong", False),
        (dict(name="ИВАНОВ Юрий", name_latin="Ivanov Yury"), "latin", "IVANOV Yury", True),
        (dict(name="Иванов Юрий", name_latin="Ivanov Yuriy"), "latin", "IVANOV Yuriy", True),
        (dict(name="كريم", name_latin=None), "latin", "كريم", True),
    ],
)
def test_a_family_name_is_put_into_capitals_where_something_tells_it(
    values: dict[str, str], names: str, line: str, known: bool
) -> None:
    found = printed(row(**values), Style(names, "family"))
    assert (found.lines, found.family_known) == ((line,), known)


def test_a_whole_name_in_capitals_follows_its_language() -> None:
    assert printed(row("Işık Demir", state="TUR"), Style(capitals="whole")).lines == ("IŞIK DEMİR",)
    assert printed(row("Olivia Weiß", state="DEU"), Style(capitals="whole")).lines == (
        "OLIVIA WEISS",
    )
    assert printed(row("钱婉清"), Style(capitals="whole")).lines == ("钱婉清",)


def test_first_and_last_name_are_those_of_the_form_that_is_printed() -> None:
    chinese = row("钱婉清", name_latin="Qian Wanqing")
    assert parts(chinese, Style()) == ("婉清", "钱", False)
    assert parts(chinese, Style("latin")) == ("Wanqing", "Qian", False)
    assert parts(row("Ana RUIZ"), Style("latin")) == ("Ana", "RUIZ", False)


@given(PRINTED_NAMES)
@example("McDONALD Ian")
@example("ANA RUIZ")
@example("钱婉清")
def test_a_parted_name_has_every_word_once(name: str) -> None:
    told = name_parts(name)
    first, last = told.given, told.family
    if " " in name:
        assert sorted(f"{first} {last}".split()) == sorted(name.split())
    else:
        assert "".join(sorted(first + last)) == "".join(sorted(name))


@given(
    PRINTED_NAMES,
    st.one_of(st.none(), PRINTED_NAMES),
    st.sampled_from(NAMES),
    st.sampled_from(CAPITALS),
)
def test_a_list_changes_nothing_of_a_name_but_its_case(
    name: str, latin: str | None, names: str, capitals: str
) -> None:
    found = printed(row(name, name_latin=latin), Style(names, capitals))
    assert 1 <= len(found.lines) <= (2 if names == "both" else 1)
    # twice folded: ß and its like have capitals of two letters, İ one of its own
    written = {_alike(text) for text in (name, latin) if text}
    assert {_alike(line) for line in found.lines} <= written
    again = printed(row(found.lines[0]), Style(capitals=capitals))
    assert capitals == "as-written" or again.lines[0] == found.lines[0]


def _alike(text: str) -> str:
    return " ".join(text.upper().casefold().upper().split())


@given(PRINTED_NAMES)
def test_an_honorific_of_the_same_script_stands_before_a_name_or_behind_a_chinese_one(
    name: str,
) -> None:
    assert addressed("", name) == name
    assert addressed("Ms.", name) == f"Ms. {name}"
    assert addressed("女士", "钱婉清") == "钱婉清女士"
