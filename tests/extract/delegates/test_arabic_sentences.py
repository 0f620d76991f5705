"""Arabic persons of a sentence without form of address, and what is none."""

from __future__ import annotations

import pytest

from extract.note import read_note
from extract.types import NoteVerbale
from tests.extract.conftest import make_page

OPENING = "تهدي سفارة دولة الكويت لدى جمهورية النمسا تحياتها إلى مكتب الأمم المتحدة في فيينا"
CLOSING = "وتغتنم السفارة هذه المناسبة لتعرب عن فائق تقديرها واحترامها."


def _note(sentence: str) -> NoteVerbale:
    return read_note((make_page((OPENING, sentence, "", CLOSING), "ar"),))


def _said(note: NoteVerbale) -> list[tuple[str, str | None]]:
    return [(d.name.text, d.title.text if d.title else None) for d in note.delegates]


@pytest.mark.parametrize("lead", ["سيشارك", "سيشارك في الاجتماع المذكور", "سيشارك في ورشة العمل"])
def test_a_name_between_what_leads_to_it_and_a_post_needs_no_form_of_address(lead: str) -> None:
    note = _note(
        f"وتتشرف السفارة بالإفادة بأنه {lead} سامي فهد الرشود، رئيس النيابة، النيابة العامة."
    )
    assert _said(note) == [("سامي فهد الرشود", "رئيس النيابة")]
    assert "name_without_honorific" in {d.code for d in note.delegates[0].doubts}


def test_and_written_in_one_with_the_next_name_is_not_of_it() -> None:
    note = _note(
        "وتتشرف السفارة بإبلاغها بمشاركة سامي فهد الرشود، رئيس النيابة، النيابة العامة "
        "(البريد الإلكتروني: s.rashoud@pp.gov.kw)، وهدى يوسف الرميثي، مستشار قانوني، وزارة العدل، "
        "ووليد ناصر العلي (مدير إدارة، وزارة الخارجية)."
    )
    assert [name for name, _ in _said(note)] == [
        "سامي فهد الرشود",
        "هدى يوسف الرميثي",
        "وليد ناصر العلي",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "سيشارك في الاجتماع وفد من دولة الكويت، رئيس النيابة، النيابة العامة.",
        "سيشارك وزير العدل في المملكة المتحدة، رئيس الوفد.",
        "سيشارك كوت ديفوار، رئيس الوفد.",
        "سيشارك في الاجتماع، منطقة حولي الجديدة، مدير إدارة.",
    ],
)
def test_no_person_comes_out_of_an_office_a_post_or_a_state(sentence: str) -> None:
    assert _said(_note(f"وتتشرف السفارة بإبلاغها بأنه {sentence}")) == []
