"""Words before the addresses of a note that no lexicon has."""

from __future__ import annotations

from extract.language.mail_labels import repeated_labels

ENTRIES = [
    "Mr. Tobin WEXLER Zarbpost : t.wexler@example.org",
    "Ms. Aleen BRIGHT, Judge Zarbpost : a.bright@example.org",
    "Mr. Oswin PATEL Zarbpost :",
    "o.patel@example.org",
]


def said(lines: list[str]) -> list[str]:
    return [lines[n][start:end] for n, start, end in repeated_labels(lines)]


def test_the_same_words_before_most_addresses_are_a_label() -> None:
    assert said(ENTRIES) == ["Zarbpost"] * 3


def test_words_before_a_known_label_are_part_of_it() -> None:
    assert said([x.replace("Zarbpost", "Zarb mail") for x in ENTRIES]) == ["Zarb mail"] * 3


def test_two_persons_of_one_name_are_no_label() -> None:
    assert said(["Tobin WEXLER t.wexler@example.org", "Aleen WEXLER a.wexler@example.org"]) == []


def test_words_the_lexicon_knows_are_none() -> None:
    assert said([x.replace("Zarbpost", "Justice") for x in ENTRIES]) == []
    assert said([x.replace("Zarbpost", "E-mail") for x in ENTRIES]) == []


def test_a_post_that_several_persons_have_is_none() -> None:
    posts = [
        "Mr. Tobin WEXLER, Under-Zarbling, t.wexler@example.org",
        "Ms. Aleen BRIGHT, Under-Zarbling (a.bright@example.org)",
        "Mr. Oswin PATEL, Under-Zarbling",
        "o.patel@example.org",
    ]
    assert said(posts) == []
