"""Addresses that spell an Arabic name, and those that only seem to."""

from __future__ import annotations

import pytest

from extract.language.name_fit import name_fit


@pytest.mark.parametrize(
    ("local", "name", "kind"),
    [
        ("alqadri.y", "ياسر القادري", "family"),
        ("tamer.eldeeb", "تامر الديب", "full"),
        ("r.benomar", "رشيد بن عمر", "full"),
        ("hichembenyahia", "هشام بن يحيى", "full"),
        ("jumana_abushadi", "جمانة أبو شادي", "full"),
        ("n_aouadi", "نوال العوادي", "family"),
        ("w.zoghbi", "وسيم الزغبي", "family"),
        ("m.oudeh", "ماهر عودة", "family"),
        ("dinaa", "دينا فهمي السيوفي", "family"),
        ("gacemm", "مالك قاسم", "family"),
        ("youcefaitsalah", "يوسف أيت صالح", "full"),
        ("cheikh.sidibe", "الشيخ سيديبي", "full"),
        ("abderrahim.essaidi", "عبد الرحيم السعيدي", "full"),
        ("abdallahi.sidi", "عبد الله ولد سيدي", "full"),
        ("housseine.t", "حسين طه", "family"),
        ("noof.farid", "نوف فريد", "full"),
    ],
)
def test_an_address_spells_each_letter_in_one_of_its_ways(local: str, name: str, kind: str) -> None:
    assert name_fit(local, name).kind == kind


@pytest.mark.parametrize(
    ("local", "name"),
    [
        ("t.alhakimi", "محمد الحكيمي"),  # another's initial
        ("alhakimi", "محمد الحكيه"),  # an end lost in reading is no initial
        ("k.husseini", "كمال الحسني"),  # a long vowel lost
        ("alqadri5b", "ياسر القادري"),
        ("press.office", "ياسر القادري"),
        ("a.s", "أحمد سعيد"),
    ],
)
def test_an_address_with_letters_the_name_does_not_have_backs_none(local: str, name: str) -> None:
    assert not name_fit(local, name).is_good


def test_long_parts_and_many_words_are_compared_in_no_time() -> None:
    name = " ".join(["عبد الله"] + ["علي"] * 30)
    assert name_fit("ali" * 60, name).kind in ("none", "full")
