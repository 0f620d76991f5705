"""Entries in Arabic as they are read: lost commas, misread labels, numbers from the right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.delegates.scripts.arabic import without_lost_comma
from extract.delegates.scripts.arabic_words import dotted, mended
from extract.language.phones import find_phones
from extract.note import read_note
from extract.types import Delegate, NoteVerbale
from ocr.types import Box, Line, Word
from tests.extract.conftest import make_page

OPENING = (
    "تهدي سفارة دولة الكويت لدى جمهورية النمسا تحياتها إلى مكتب الأمم المتحدة في فيينا",
    "وتتشرف بإفادتها بأسماء المشاركين في الاجتماع على النحو التالي:",
    "",
)
CLOSING = ("", "وتغتنم السفارة هذه المناسبة لتعرب عن فائق تقديرها واحترامها.")


def _note(*lines: str) -> NoteVerbale:
    return read_note((make_page((*OPENING, *lines, *CLOSING), "ar"),))


def _row(delegate: Delegate) -> tuple[str | None, ...]:
    fields = (delegate.honorific, delegate.name, delegate.title, delegate.email)
    return tuple(v.text if v else None for v in fields)


@pytest.mark.parametrize("mark", ["©", "¥-", '"', "-3", "*"])
def test_a_misread_bullet_still_begins_an_entry(mark: str) -> None:
    note = _note(
        f"{mark} منال عبد الرحيم السالمي, مدير إدارة التعاون الدولي بوزارة العدل",
        f"{mark} كريم ناصر الزياني, مستشار قانوني بوزارة العدل",
    )
    names = [d.name.text for d in note.delegates]
    assert names == ["منال عبد الرحيم السالمي", "كريم ناصر الزياني"]


def test_a_full_stop_or_hamza_for_the_comma_parts_name_and_post() -> None:
    note = _note(
        "* منال عبد الرحيم السالمي. محقق أول بوزارة العدل",
        "* سميرة الزيانيء مستشارة قانونية بوزارة العدل",
    )
    assert [_row(d)[1:3] for d in note.delegates] == [
        ("منال عبد الرحيم السالمي", "محقق أول بوزارة العدل"),
        ("سميرة الزياني", "مستشارة قانونية بوزارة العدل"),
    ]


def test_labels_are_no_part_of_a_post() -> None:
    note = _note(
        "1- السيد/ ناصر السالمي, سكرتير ثان بالبعثة الدائمة في فييناء البريد الإلكتروني:",
        "n.salmi@mfa.example.org الماتف: 7104 234 51 966+",
    )
    (delegate,) = note.delegates
    assert _row(delegate)[1:] == (
        "ناصر السالمي",
        "سكرتير ثان بالبعثة الدائمة في فيينا",
        "n.salmi@mfa.example.org",
    )
    assert delegate.phone is not None
    assert delegate.phone.text == "+966512347104"


def test_a_hamza_that_belongs_to_its_word_stays() -> None:
    for word in ("وزراء", "الزهراء", "علياء", "لجوء"):
        assert without_lost_comma(word, 0, len(word)) == len(word)
    assert without_lost_comma("فييناء", 0, 6) == 5


def test_a_rank_inside_a_post_leads_no_name() -> None:
    note = _note("1- السيدة/ حصة السالمي", "وزير مفوض بوزارة الخارجية")
    assert [_row(d)[1:3] for d in note.delegates] == [("حصة السالمي", "وزير مفوض بوزارة الخارجية")]


def test_those_whose_names_follow_are_nobody() -> None:
    note = read_note(
        (
            make_page(
                (
                    OPENING[0],
                    "وتتشرف السفارة بإبلاغها بأن الوفد سيتكون من السادة التالية أسماؤهم:",
                    "",
                    "1- السيد/ ناصر السالمي, مستشار بوزارة العدل",
                    *CLOSING,
                ),
                "ar",
            ),
        )
    )
    assert [d.name.text for d in note.delegates] == ["ناصر السالمي"]


def test_labelled_lines_are_no_sentence_though_they_speak_of_the_delegation() -> None:
    note = _note(
        "الاسم: السيد/ سلطان فهد السالمي",
        "جهة العمل: ديوان المحاسبة",
        "المنصب: مدير التدقيق",
        "E-mail: s.salmi@audit.example.org",
        "الصفة في الوفد: رئيس الوفد",
        "الاسم: السيدة/ موضي الزياني",
        "جهة العمل: وزارة العدل",
        "المنصب: مستشار قانوني",
        "الصفة في الوفد: عضو",
    )
    assert [(*_row(d)[1:3], d.role and d.role.text) for d in note.delegates] == [
        ("سلطان فهد السالمي", "مدير التدقيق", "head"),
        ("موضي الزياني", "مستشار قانوني", "member"),
    ]


def test_a_contact_right_below_the_last_entry_is_no_part_of_it() -> None:
    note = _note(
        "الاسم: السيد/ سلطان فهد السالمي",
        "المنصب: مدير التدقيق",
        "المؤسسة: ديوان المحاسبة",
        "نقطة الاتصال في البعثة الدائمة: السيدة/ موضي الزياني, مستشار بالبعثة الدائمة",
    )
    (delegate,) = note.delegates
    assert delegate.organization is not None
    assert delegate.organization.text == "ديوان المحاسبة"


def test_father_and_son_are_two() -> None:
    note = _note(
        "1- السيد/ ناصر سالم العلوي, مستشار بوزارة العدل",
        "2- السيد/ فهد ناصر سالم العلوي, سكرتير ثان بوزارة الخارجية",
    )
    assert len(note.delegates) == 2


def test_an_item_that_names_nobody_says_so() -> None:
    note = _note(
        "1- السيد/ ناصر السالمي, مستشار بوزارة العدل",
        "2- 7 ,مدير إدارة التعاون الدولي بوزارة العدل",
    )
    assert "row_without_name" in {d.code for d in note.doubts}


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("محقق ببيئة النزاهة ومكافة الفساد", "محقق بهيئة النزاهة ومكافحة الفساد"),
        ("وككل النائب العام", "وكيل النائب العام"),
        ("رئيسة نيابة", "رئيسة نيابة"),
        ("وزير البيئة", "وزير البيئة"),
        ("مديرة إدارة التعاون الدولي", "مديرة إدارة التعاون الدولي"),
    ],
)
def test_only_misread_phrases_are_mended(read: str, meant: str) -> None:
    assert mended(read) == meant


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("الهاتف: 54 76 23 551 213+(", "+213551237654"),
        ("هاتف: 43-1-234564448+", "+431234564448"),
        ("هاتف: +43 1 2345678", "+4312345678"),
    ],
)
def test_numbers_read_from_the_right_are_put_right(printed: str, number: str) -> None:
    assert [m.text for m in find_phones(printed)] == [number]


def test_a_final_ya_has_its_dots_where_the_page_is_printed_with_them() -> None:
    page = "في اجتماع الخبراء الحكومي الدولي المعنى بالتعاون"
    assert dotted("ملحق دبلوماسى", page) == "ملحق دبلوماسي"
    assert dotted("مصطفى السالمى", page) == "مصطفى السالمي"
    assert dotted("لمى السالمى", page) == "لمى السالمي"
    assert dotted("ملحق دبلوماسى", "فى اجتماع الخبراء الحكومى الدولى المعنى") == "ملحق دبلوماسى"


def test_a_post_behind_the_office_is_the_title() -> None:
    note = _note("1- السيدة/ حصة السالمي, وزارة العدل, محقق أول")
    assert [_row(d)[1:3] for d in note.delegates] == [("حصة السالمي", "محقق أول")]


def test_several_announced_in_one_word_are_nobody() -> None:
    note = _note(
        "وتتشرف السفارة بأن تفيدها بأسماء السادة المشاركين:",
        "1- السيد طارق السالمي، مدير التدقيق بديوان المحاسبة",
    )
    assert [d.name.text for d in note.delegates] == ["طارق السالمي"]


def test_whom_a_letter_addresses_is_no_delegate() -> None:
    note = read_note(
        (
            make_page(
                (
                    "سعادة السيد المدير التنفيذي,",
                    "يشرفني أن أشير إلى المذكرة الشفوية وأن أفيدكم بأنه تم ترشيح السادة:",
                    "",
                    "1- السيد/ طارق السالمي, مدير التدقيق بديوان المحاسبة",
                    "",
                    "وتفضلوا بقبول فائق الاحترام والتقدير.",
                ),
                "ar",
            ),
        )
    )
    assert [d.name.text for d in note.delegates] == ["طارق السالمي"]


def test_an_address_behind_a_label_that_cannot_be_read_is_the_persons() -> None:
    note = _note(
        "الاسم: السيد خالد الغامدي",
        "المنصب: مستشار قانوني",
        "البريد الإلكتروني: k.ghamdi@moj.gov.kw",
        "الاسم: السيدة هدى القاسم",
        "المنصب: مستشارة قانونية",
        "البر بد الإلكترفى: h.qasim@moj.gov.kw",
    )
    mails = [d.email.text for d in note.delegates if d.email]
    assert mails == ["k.ghamdi@moj.gov.kw", "h.qasim@moj.gov.kw"]


def test_a_name_nobody_addresses_is_told_by_its_address_below_a_post() -> None:
    note = _note(
        "مفتش مالي، البنك المركزي:",
        "خالد الغامدي",
        "ghamdik@cbk.gov.kw",
        "رئيس قسم التدقيق، وزارة المالية:",
        "هدى القاسم",
        "h.qasim@mof.gov.kw",
    )
    assert [d.name.text for d in note.delegates] == ["خالد الغامدي", "هدى القاسم"]


@pytest.mark.parametrize(("number", "doubted"), [("م/١٤/2019", True), ("م/14/2019", False)])
def test_a_number_in_digits_no_reader_knows_is_doubted(number: str, doubted: bool) -> None:
    note = read_note((make_page((f"الرقم: {number}", "", *OPENING, *CLOSING), "ar"),))
    assert note.note_reference is not None
    assert ("reference_uncertain" in [d.code for d in note.doubts]) is doubted


def test_a_date_beside_digits_no_reader_knows_is_doubted() -> None:
    lines = ("الرقم: 77/2019", "", *OPENING, "هاتف: ٤٤١٢٣٧", *CLOSING, "فيينا، 14 أيار/مايو 2019")
    note = read_note((make_page(lines, "ar"),))
    assert "date_uncertain" in [d.code for d in note.doubts]


def test_a_number_that_lost_its_stop_counts_on() -> None:
    note = _note(
        "1. منال عبد الرحيم السالمي، محقق أول، m.salmi@moj.example.org",
        "2 كريم ناصر الزياني، مستشار قانوني، k.zayani@moj.example.org",
        "3. سميرة يعقوب البلوشي، سكرتير ثان، s.balushi@mfa.example.org",
    )
    names = [d.name.text for d in note.delegates]
    assert names == ["منال عبد الرحيم السالمي", "كريم ناصر الزياني", "سميرة يعقوب البلوشي"]


def test_brackets_of_a_number_may_be_turned() -> None:
    note = _note(
        ")1( منال عبد الرحيم السالمي، محقق أول، وزارة العدل",
        ")2( كريم ناصر الزياني، مستشار قانوني، وزارة العدل",
    )
    assert len(note.delegates) == 2


def test_a_comma_behind_the_stroke_of_a_form_of_address_is_skipped() -> None:
    note = _note("1- السيد/ ، ناصر يعقوب السالمي، مستشار قانوني، وزارة العدل")
    assert [_row(d)[1:3] for d in note.delegates] == [("ناصر يعقوب السالمي", "مستشار قانوني")]


def test_a_letter_alone_before_a_name_is_skipped_and_doubted() -> None:
    note = _note("1- سعادة السفير ر ناصر السالمي، مستشار قانوني، وزارة العدل")
    (delegate,) = note.delegates
    assert delegate.name.text == "ناصر السالمي"
    assert "boundary_uncertain" in {d.code for d in delegate.doubts if d.field == "name"}


def test_a_word_that_leads_to_the_list_is_nobody() -> None:
    note = _note("بترشيح السادة التالية xastel للمشاركة في الاجتماع المذكور أعلاه")
    assert note.delegates == ()


def test_what_the_sender_hopes_below_a_list_is_no_office() -> None:
    note = _note(
        "1. منال عبد الرحيم السالمي، محقق أول، m.salmi@moj.example.org",
        "2. كريم ناصر الزياني، مستشار قانوني، k.zayani@moj.example.org",
        "وتلتمس السفارة تقديم العون لأعضاء الوفد.",
    )
    assert [d.organization for d in note.delegates] == [None, None]


def test_a_status_beside_a_post_is_the_role() -> None:
    note = _note(
        "الصفة: رئيس الوفد",
        "الاسم: منال عبد الرحيم السالمي",
        "الصفة الوظيفية: مديرة إدارة التعاون الدولي",
        "",
        "الصفة: عضو الوفد",
        "الاسم: كريم ناصر الزياني",
        "الصفة الوظيفية: مستشار قانوني",
    )
    said = [(d.name.text, d.title and d.title.text, d.role and d.role.text) for d in note.delegates]
    assert said == [
        ("منال عبد الرحيم السالمي", "مديرة إدارة التعاون الدولي", "head"),
        ("كريم ناصر الزياني", "مستشار قانوني", "member"),
    ]


def test_a_footnotes_number_glued_to_a_name_is_none_of_it() -> None:
    note = _note(
        "السيدة منال عبد الرحيم السالمي1، محقق أول، وزارة العدل",
        "السيد كريم ناصر الزياني2، مستشار قانوني، وزارة العدل",
        "1 m.salmi@moj.example.org",
        "2 k.zayani@moj.example.org",
        "يرجى إتمام إجراءات التسجيل للمشاركين.",
    )
    said = [
        (d.name.text, d.title and d.title.text, d.email and d.email.text) for d in note.delegates
    ]
    assert said == [
        ("منال عبد الرحيم السالمي", "محقق أول", "m.salmi@moj.example.org"),
        ("كريم ناصر الزياني", "مستشار قانوني", "k.zayani@moj.example.org"),
    ]


def test_those_whose_names_stand_below_are_nobody() -> None:
    note = _note(
        "وتود ترشيح السادة الموضحة أسماؤهم فيما يلي:",
        "1. السيدة منال عبد الرحيم السالمي، محقق أول، وزارة العدل",
    )
    assert [d.name.text for d in note.delegates] == ["منال عبد الرحيم السالمي"]


def test_a_rank_behind_a_post_is_whose_post_that_is() -> None:
    note = _note(
        "1- الدكتور كريم ناصر الزياني",
        "رئيس فريق التدقيق، هيئة النزاهة",
        "karim@nazaha.example.org",
        "2- السيدة منال عبد الرحيم السالمي",
        "محقق أول، وزارة العدل",
        "manal@moj.example.org",
    )
    assert [_row(d)[1:] for d in note.delegates] == [
        ("كريم ناصر الزياني", "رئيس فريق التدقيق", "karim@nazaha.example.org"),
        ("منال عبد الرحيم السالمي", "محقق أول", "manal@moj.example.org"),
    ]


def test_a_given_name_that_is_a_rank_keeps_its_one_family_name() -> None:
    note = _note("السيد/ رائد السالمي", "مدير إدارة التعاون، وزارة العدل", "raed@moj.example.org")
    assert [_row(d)[1] for d in note.delegates] == ["رائد السالمي"]


def test_labels_of_a_telephone_make_no_sentence_of_an_entry() -> None:
    note = _note(
        "زينب بلعيد بن عاشور",
        "باحث قانوني، وزارة العدل",
        "الإيميل: zbelaid@mail.example.org",
        "رقم الهاتف: (+213) 6631-4191",
        "",
        "كمال بوزيد",
        "محقق أول، وزارة العدل",
        "kbouzid@mail.example.org",
    )
    assert [_row(d)[1] for d in note.delegates] == ["زينب بلعيد بن عاشور", "كمال بوزيد"]


def test_a_name_goes_on_behind_a_word_that_was_read_as_latin_letters() -> None:
    note = _note("1) الأستاذة منال os السالمي", "سكرتير أول، وزارة العدل", "manal@moj.example.org")
    (delegate,) = note.delegates
    assert delegate.name.text == "منال os السالمي"
    assert delegate.doubts


def test_an_alif_read_twice_is_no_word_of_a_post() -> None:
    (delegate,) = _note("1- السيدة منال السالمي، خبير ا استرداد الأموال، وزارة العدل").delegates
    assert delegate.title is not None
    assert delegate.title.text == "خبير استرداد الأموال"


def test_an_office_below_a_post_that_wraps_in_its_cell_is_the_office() -> None:
    cells = (
        ((2200, "1)"), (2000, "السيد نادر الحايك"), (1500, "مدير الشؤون")),
        ((1500, "القانونية"),),
        ((1500, "وزارة العدل"),),
        (),
        ((2200, "2)"), (2000, "السيدة هالة الدبس"), (1500, "مدير إدارة")),
        ((1500, "التعاون القضائي الدولي"),),
        ((1500, "وزارة العدل"),),
    )
    page = make_page((*OPENING, *([""] * 7), *CLOSING), "ar", from_right=True)
    lines, y = list(page.lines), page.lines[1].words[0].box.bottom + 40
    for row in cells:
        words = []
        for x, text in row:
            for part in text.split():
                words.append(Word(part, Box(x - 15 * len(part), y, x, y + 30), 0.96))
                x -= 15 * (len(part) + 1)
        lines[-1:-1] = [Line(tuple(words))] if words else []
        y += 40
    note = read_note((replace(page, lines=tuple(lines)),))
    said = [[v.text for v in (d.name, d.title, d.organization) if v] for d in note.delegates]
    assert said == [
        ["نادر الحايك", "مدير الشؤون القانونية", "وزارة العدل"],
        ["هالة الدبس", "مدير إدارة التعاون القضائي الدولي", "وزارة العدل"],
    ]
