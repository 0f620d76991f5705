"""Which registered invitation a note answers."""

from __future__ import annotations

from datetime import date

import pytest

from extract.facts.meeting import match
from extract.types import Evidence, Invitation, NoteVerbale, Value

REFERENCE = "CU 2019/59/(A)/DTA/CEB/CSS"
OURS = Invitation(
    REFERENCE,
    "eighth open-ended intergovernmental expert meeting on international cooperation",
    date(2019, 5, 31),
    date(2019, 5, 31),
)
OTHER = Invitation(
    "CU 2019/77/(A)/DTA/CEB/CSS",
    "tenth session of the Open-ended Intergovernmental Working Group on Prevention",
    date(2019, 9, 4),
    date(2019, 9, 6),
)


def _note(
    quoted: str | None = None,
    titles: tuple[str, ...] = (),
    days: tuple[date, ...] = (),
    language: str = "en",
) -> NoteVerbale:
    value = Value(quoted, 0.9, (Evidence(1, quoted, None, 0.9, "test"),)) if quoted else None
    return NoteVerbale(
        "nomination",
        "note_verbale",
        language,
        quoted_reference=value,
        meeting_titles=titles,
        meeting_dates=days,
    )


@pytest.mark.parametrize(
    "quoted",
    [
        "CU 2019/59/(A)/DTA/CEB/CSS",
        "CU2019/59/A/DTA/CEB/CSS",
        "cu 2019/59",
        "CU 2019 /59/ (A) / DTA /CEB / CSS",
        "CU-2019-59-(A)-DTA-CEB-CSS",
        "C.U. 2019/59/(A)/DTA/CEB/CSS",
        "CU 2O19/59/(A)/DTA/CEB/CSS",
        "CU 2019/59/(F)/DTA/CEB/CSS",
        "CU 2019/59/(A)/DTA/CEB/C5S",
        "CU 2019/59/(A)/DTA/CEB",
        "CU 2019/059/(A)/DTA/CEB/CSS",
        "CU 2019/59/DTA/CEB/ ‘CSS",
        "CU 2019/59/DTA/CEB/",
        "CV 2019/59/(A)/DTA/CEB/CSS",
        "2019/59/(A)/DTA/CEB/CSS",
    ],
)
def test_a_sloppy_symbol_finds_its_invitation(quoted: str) -> None:
    assert match(_note(quoted), (OURS, OTHER)) == REFERENCE


@pytest.mark.parametrize(
    "quoted",
    [
        "CU 2019/95/(A)/DTA/CEB/CSS",
        "CU 2018/59/(A)/DTA/CEB/CSS",
        "CU 2019/590/(A)/DTA/CEB/CSS",
        "CU 2019/5/(A)/DTA/CEB/CSS",
        "CU 2019/59/(A)/DO/LPU/MIX",
    ],
)
def test_another_symbol_is_another_meeting(quoted: str) -> None:
    note = _note(quoted, (OURS.title,), (date(2019, 5, 31),))
    assert match(note, (OURS, OTHER)) is None


def test_title_and_day_stand_in_for_the_symbol() -> None:
    title = (
        "the 8th Open-ended Intergovernmental Expert Meeting on International Cooperation, to be"
    )
    assert match(_note(None, (title,), (date(2019, 5, 31),)), (OURS, OTHER)) == REFERENCE


@pytest.mark.parametrize(
    ("titles", "days"),
    [
        (("expert meeting on international cooperation",), ()),
        ((), (date(2019, 5, 31),)),
        (("expert meeting on international cooperation",), (date(2019, 6, 30),)),
        ((), ()),
    ],
)
def test_one_of_both_is_not_enough(titles: tuple[str, ...], days: tuple[date, ...]) -> None:
    assert match(_note(None, titles, days), (OURS, OTHER)) is None


def test_a_title_in_another_language_needs_the_day() -> None:
    titles = ("huitième réunion intergouvernementale d'experts à composition non limitée",)
    assert match(_note(None, titles, (date(2019, 5, 31),), "fr"), (OURS, OTHER)) == REFERENCE
    assert match(_note(None, titles, (date(2019, 9, 4),), "fr"), (OURS,)) is None


def test_without_invitations_nothing_matches() -> None:
    assert match(_note(REFERENCE), ()) is None
