"""The note's own number and the invitation's symbol it quotes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.facts import number_shapes
from extract.facts.look_alikes import MENDED, UNSURE, is_seen_otherwise, without_look_alikes
from extract.facts.quoted_symbol import find_quoted_reference
from extract.facts.references import find_own_reference
from extract.layout.document import build_document
from extract.layout.zones import find_zones
from extract.types import Value
from ocr.types import Page, SecondReading
from tests.extract.conftest import make_page

PageOf = Callable[..., Page]

_BODY = [
    "The Embassy of Kenya presents its compliments to the Secretariat and has the honour to",
    "inform that the following participants have been nominated for the expert meeting:",
]
_FOOT = [
    "The Embassy of Kenya avails itself of this opportunity to renew to the Secretariat the",
    "assurances of its highest consideration.",
]
NUMBERS = [
    ("123/2019", "Ref. No. 123/2019"),
    ("431/SEOVIE", "第431/SEOVIE号"),
    ("0517/MAECI", "照会第0517/MAECI号"),
    ("88/KBR-TT", "第 88/KBR-TT 号"),
    ("MOJ. ICA 7/20 VOL. IV (3)", "Ref. No. MOJ. ICA 7/20 VOL. IV (3)"),
    ("DGX/DOI/N° 81/2019", "N.V. DGX/DOI/N° 81/2019"),
    ("VIE/UN/45/2019", "Ref: VIE/UN/45/2019"),
    ("PM/VIE/2019/077", "Our reference: PM/VIE/2019/077"),
    ("NV/17/2019", "Note No. NV/17/2019"),
    ("0345", "No. 0345"),
    ("2062", "No: 2062"),
    ("41", "Note No 41"),
    ("NOR-VIE/305-19", "NOR-VIE/305-19"),
    ("NOR-VIE/305-19", "Ref.: NOR-VIE/305-19"),
    ("55.03.01/2019/112", "File No. 55.03.01/2019/112"),
    ("3152/MAE/DAJ", "N° 3152/MAE/DAJ"),
    ("0217/AMBV/2019", "Nº 0217/AMBV/2019"),
    ("2019-0142881", "N°2019-0142881"),
    ("114/MPV/FK", "Réf. : 114/MPV/FK"),
    ("7-8-V/19", "Nota N.º 7-8-V/19"),
    ("NV-212/2019", "Nota Verbal Nº NV-212/2019"),
    ("5-2-M/89", "N.º 5-2-M/89"),
    ("029/2019", "Nota N.2 029/2019"),
    ("ABC-29-2019", "Nota N.2 ABC-29-2019"),
    ("AB-CDE/1283", "Nota N.” AB-CDE/1283"),
    ("AB-CDE/39", "Nota N.*£ AB-CDE/39"),
    ("CZE/UN/213/2019", "Ref. No, CZE/UN/213/2019"),
    ("246-19/ПП", "Исх. № 246-19/ПП"),
    ("118", "№ 118"),
    ("02-15/331", "№ 02-15/331"),
    ("٥٥/٢٠١٩", "رقم ٥٥/٢٠١٩"),
    ("213/2019", "الرقم: 213/2019"),
    ("ف/12/4/518", "الإشارة: ف/12/4/518"),
    ("و ق ب/417/2021", "الرقم: و ق ب/417/2021"),
    ("4417/2021", "Réf. : No. 4417/2021"),
    ("4417/2021", "编号：No. 4417/2021"),
    ("QRE/UNV/417/21", "Исх. № QRE/UNV/417/21"),
    ("QRE 417/V/21", "Vienne, le 3 avril 2019\tN° QRE 417/V/21"),
    ("17/QRE/21", "N/Ref. 17/QRE/21"),
    ("417号", "417号"),
    ("（2019）外字第284号", "（2019）外字第284号"),
    ("维代字第31号", "维代字第31号"),
    ("4-2/88", "4-2/88"),
    ("Pol-10/19", "Zl. Pol-10/19"),
    ("350.70", "Gz. 350.70"),
    ("S-0419/19", "S-0419/19"),
    ("CB/019/04/2019", "CB/019/04/2019"),
    ("DRE/OI/1234", "Ref. DRE/OI/1234 Vienna, 3 April 2019"),
    ("1998/19", "No. 1998/19"),
    ("12-4/VIE", "D.O. No. 12-4/VIE"),
    ("1187", "Prot. n. 1187"),
    ("VIE 12.3.1 - 0456/19", "VIE 12.3.1 - 0456/19"),
    ("45 - 2019", "Note No.: 45 - 2019"),
    ("1187 / MAECI / DNUOI", "N° 1187 / MAECI / DNUOI"),
    ("３４／２０１９", "Ｎｏ．３４／２０１９"),
    ("(UN/VIE) 88/2019", "(UN/VIE) 88/2019"),
    ("LUX/1/2019", "LUX/1/2019 Vienna, April 12th, 2019"),
    ("FJ 31 / 07 / 2019", "FJ 31 / 07 / 2019 23rd April, 2019"),
    ("1816", "1816"),
    ("QRX.318.20", "Z. QRX.318.20"),
    ("2021-0417", "Z. 2021-0417"),
    ("318", "Nro. 318"),
    ("120.04/77", "Nro. 120.04/77"),
    ("KT Praha-3-0-1/44", "No.KT Praha-3-0-1/44"),
    ("KT Praha-3-0-1/44", "KT Praha-3-0-1/44"),
    ("QRX 55/3/2021", "No.QRX 55/3/2021"),
    ("ДС-4/915", "N ДС-4/915"),
    ("612-к/2021", "№612- к /2021"),
    ("317 /2021", "Note No. 317 /2021"),
    ("ط ح/44/21", "ط ح/44/21"),
    ("ط ح/44/21", "مرجعنا: ط ح/44/21"),
    ("外字20417号", "外字20417号"),
    ("83/2021 KV", "Nota N.º 83/2021 KV"),
    ("00614 MAEC/DG/OI", "N° 00614 MAEC/DG/OI"),
    ("QREX N° 48/21", "QREX N° 48/21"),
    ("QRE/DG/B-2/No. 317", "QRE/DG/B-2/No. 317"),
    ("2021/4471802-Praha KT/8812", "2021/4471802-Praha KT/8812"),
    ("0417/PLM/QRXV/2021", "0417/PLM/QRX V/2021"),
    ("（2019）外字第284号", "(2019) ）外字第284号"),
    ("417/2021", "编号 ，417/2021"),
    ("QRE 7.31/417", "Note No. QRE 7. 31/417"),
    ("QRE-C-2021-17", "第QRE-C-2021-17号"),
    ("417-К", "Исх. № 417-К"),
    ("(2019)外字第284号", "《2019) 外字第284号"),
    ("(2019)外字第284号", "(2019) 19)外字第284号"),
    ("N.V. 417-21", "No. N.V. 417-21"),
    ("N.V. 417-21", "Note No. N.V. 417-21"),
    ("N.V. 417-21", "Ref. No. N.V. 417-21"),
    ("Q.R.E. 417/21", "Réf. : Q.R.E. 417/21"),
    ("417-21", "N.V. 417-21"),
    ("417/2021", "N.2 417/2021"),
    ("Pol.417/8.3", "N.2 Pol.417/8.3"),
    ("417/QRE/2021", ": N° 417/QRE/2021"),
    ("QRE/4 N° 217", "Ref.: QRE/4 N° 217"),
    ("QRE/VIE/45/Vol. III", "Ref: QRE/VIE/45/Vol. III"),
    ("QREV/417/3/2 (21)", "QREV/417/3/2 (21)"),
    ("0417/QRE/21", "照会0417/QRE/21"),
    ("QRE-V/3 No. 31/21", "Note QRE-V/3 No. 31/21"),
    ("417/21", "Ref: 417/21\t@7 MAY 2021"),
    ("外字〔2021〕417号", "外字 【2021] 417号"),
    ("QRE/2021/417", "编号： ~QRE/2021/417"),
]

NO_NUMBERS = [
    "Tel. +43 1 505 78 11",
    "Fax: 505 78 11 44",
    "P.O. Box 500",
    "1010 Vienna, Austria",
    "Schwindgasse 13/4, 1040 Wien",
    "3 April 2019",
    "Vienna, 03/04/2019",
    "Ref.: CU 2019/59/(A)/DTA/CEB/CSS",
    "Your ref.: NV 44/2019",
    "Votre réf. : 44/DAJ/2019",
    "Your reference: CU 2019/59/(A)/DTA/CEB/CSS",
    "Page 1/2",
    "03/04/2019 08:15 +43 1 505 78 11 S. 01/03",
    "Room 2104/2",
    "1090 Vienna, 14 Boltzmanngasse",
    "Decree No. 12/2018 applies",
    "Tel 505 12 12 - 33",
    "2019",
    "Resolution 7/1",
    "www.mission.example.org",
    "No. of persons: 3",
    "03/05/2019 10:12 +43 1 512345 P. 01/02",
]

OPENING = "The Permanent Mission of Kenya presents its compliments to the Secretariat and refers"


def _own(page: Page) -> Value | None:
    document = build_document((page,))
    return find_own_reference(document, find_zones(document))


def _lines(number: str) -> list[str]:
    return [
        "PERMANENT MISSION OF KENYA",
        "Andromeda Tower, 1220 Vienna",
        "",
        number,
        "",
        OPENING,
        "to its note CU 2019/59/(A)/DTA/CEB/CSS of 25 March 2019 and resolution 7/1 and",
        "has the honour to inform that the following will attend on 31 May 2019:",
        "1. Mr. A. Otieno, Director 2, Ministry of Justice, Tel. +254 20 222 7411",
        "The Permanent Mission avails itself of this opportunity to renew its consideration.",
        "Vienna, 3 April 2019",
    ]


@pytest.mark.parametrize(("number", "line"), NUMBERS)
def test_the_number_is_taken_as_written(page_of: PageOf, number: str, line: str) -> None:
    value = _own(page_of(_lines(line)))
    assert value is not None
    assert value.text == number


@pytest.mark.parametrize("line", NO_NUMBERS)
def test_other_numbers_are_no_reference(page_of: PageOf, line: str) -> None:
    value = _own(page_of(_lines(line)))
    assert value is None


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("QR/17/4 VII (3)", "No. QR/17/4 VII (3)"),
        ("2021/4471-Praha KT DR/8812", "Our reference: 2021/4471-Praha KT DR/8812"),
        ("Q.R.E./N.V. 0417-21", "Q.R.E./N.V. 0417-21"),
        ("NV 417/21", "NV 417/21"),
    ],
)
def test_a_number_in_loose_groups_is_whole_and_doubted(
    page_of: PageOf, number: str, line: str
) -> None:
    value = _own(page_of(_lines(line)))
    assert value is not None
    assert value.text == number
    assert value.confidence <= UNSURE


@pytest.mark.parametrize(
    ("number", "line"),
    [("417/2021", "Ref. 417/2021 VIENNA"), ("417/2021", "N° 417/2021\tVienna, 3 April 2019")],
)
def test_a_place_or_a_date_is_no_part_of_a_number(page_of: PageOf, number: str, line: str) -> None:
    value = _own(page_of(_lines(line)))
    assert value is not None
    assert value.text == number


def test_a_date_makes_no_headline_a_sentence(page_of: PageOf) -> None:
    lines = _lines("Note No. 1417-21/QRE-3 Vienna, April 3rd, 2019")
    lines[5] = "The Secretariat is presented with the compliments of the Mission, which refers"
    value = _own(page_of(lines))
    assert value is not None
    assert value.text == "1417-21/QRE-3"


@pytest.mark.parametrize(
    "line",
    ["Ref. 83/2021 KLM of us", "Ref. 83/2021 K7 x", "No. 412 77/2021 of", "Ref. QRE/4 N° one"],
)
def test_a_number_beside_which_a_code_is_left_is_doubted(page_of: PageOf, line: str) -> None:
    value = _own(page_of(_lines(line)))
    assert value is not None
    assert value.confidence <= UNSURE


def test_letters_before_the_sign_are_taken_and_doubted(page_of: PageOf) -> None:
    value = _own(page_of(_lines("QREX N° 48/21\tVienna, 3 April 2019")))
    assert value is not None
    assert (value.text, value.confidence) == ("QREX N° 48/21", UNSURE)


def test_a_label_that_was_misread_hides_no_number(page_of: PageOf) -> None:
    value = _own(page_of(_lines("Zi. 4171/2021")))
    assert value is not None
    assert (value.text, value.confidence) == ("4171/2021", UNSURE)


@pytest.mark.parametrize(
    ("read", "number"),
    [("外字 (2021] 4175", "外字(2021]417号"), ("外字 [2021] 417", "外字[2021]417")],
)
def test_the_sign_that_ends_a_chinese_number_may_be_read_as_a_figure(
    read: str, number: str
) -> None:
    document = build_document((make_page((read, "", "普通照会"), "zh"),))
    value = find_own_reference(document, find_zones(document))
    assert value is not None
    assert value.text == number
    assert value.confidence <= UNSURE


def test_small_latin_letters_in_a_russian_number_are_doubted(page_of: PageOf) -> None:
    lines = ["Посольство Республики Казахстан", "№ 417/an", "Вербальная нота"]
    value = _own(page_of(lines, "ru"))
    assert value is not None
    assert value.confidence <= UNSURE


@pytest.mark.parametrize("seen", ["A/DTA/CEB/CSS/2021/17", ".DTA/CEB/CSS/(A)2021/17"])
def test_a_symbol_lost_from_right_to_left_is_taken_from_the_other_reader(seen: str) -> None:
    page = make_page(("تهدي السفارة تحياتها وتشير إلى كتابها رقم CU", "9 المؤرخة"), "ar")
    line = page.lines[1]
    line = replace(line, second=(SecondReading(seen, line.box, 0.9, "other"),))
    document = build_document((replace(page, lines=(page.lines[0], line)),))
    value = find_quoted_reference(document)
    assert value is not None
    assert value.text in seen
    assert value.confidence <= MENDED


def test_a_place_is_no_part_of_the_number(page_of: PageOf) -> None:
    value = _own(page_of(_lines("Ref. 83/2021 VIENNA, 3 April 2019")))
    assert value is not None
    assert value.text == "83/2021"
    assert value.confidence > UNSURE


def test_the_number_may_stand_below_the_note(page_of: PageOf) -> None:
    lines = [*_lines(""), "No. 77/2019"]
    value = _own(page_of(lines))
    assert value is not None
    assert value.text == "77/2019"


def test_a_latin_readers_ends_are_mended_on_a_russian_note(page_of: PageOf) -> None:
    lines = [
        "Посольство Республики Армения",
        "Ne41-19/TIII",
        "Посольство свидетельствует свое уважение Управлению и имеет честь сообщить",
    ]
    value = _own(page_of(lines))
    assert value is not None
    assert (value.text, value.original) == ("41-19/ПП", "41-19/TIII")
    assert value.confidence <= 0.5


QUOTED = [
    "CU 2019/59/(A)/DTA/CEB/CSS",
    "CU 2019/59/A/DTA/CEB/CSS",
    "CU2019/59/(A)/DTA/CEB/CSS",
    "CU 2019/59 /(A) / DTA /CEB /CSS",
    "CU 2019/59",
    "CU 2019/59(A)/DTA/CEB/CSS",
    "cu 2019/59/(A)/DTA/CEB/CSS",
    "CU 2019/59/(A)/DTA/CEB",
    "C.U. 2019/59/(A)/DTA/CEB/CSS",
    "CU-2019/59/(A)/DTA/CEB/CSS",
    "CU 2019 / 59 / (A) / DTA / CEB / CSS",
    "CU 2019/59/[A]/DTA/CEB/CSS",
    "CU 2O19/59/(A)/DTA/CEB/CSS",
    "CU 2019-59-(A)-DTA-CEB-CSS",
    "CU/2019/59/(A)/DTA/CEB/CSS",
    "CU 2019/59/(F)/DTA/CEB/CSS",
]


@pytest.mark.parametrize("symbol", QUOTED)
def test_a_sloppy_symbol_is_seen(page_of: PageOf, symbol: str) -> None:
    line = f"{OPENING} to its note {symbol} of 25 March 2019 on the meeting"
    value = find_quoted_reference(build_document((page_of([line]),)))
    assert value is not None
    assert value.text == symbol


def test_a_symbol_whose_beginning_was_misread_is_seen_by_its_offices(page_of: PageOf) -> None:
    line = f"{OPENING} to its note لاح 2019/59/(A)/DTA/CEB/CSS of 25 March"
    value = find_quoted_reference(build_document((page_of([line]),)))
    assert value is not None
    assert value.text == "2019/59/(A)/DTA/CEB/CSS"
    other = f"{OPENING} to its note 2019/59/(A)/MFA of 25 March"
    assert find_quoted_reference(build_document((page_of([other]),))) is None


def test_a_symbol_cut_by_the_margin_is_whole(page_of: PageOf) -> None:
    lines = [f"{OPENING} to its note CU 2019/59/(A)/", "DTA/CEB/CSS of 25 March 2019"]
    value = find_quoted_reference(build_document((page_of(lines),)))
    assert value is not None
    assert value.text.replace(" ", "") == "CU2019/59/(A)/DTA/CEB/CSS"
    assert len(value.evidence) == 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), max_size=12))
def test_numbers_are_printed_where_they_are_found(page_of: PageOf, lines: list[str]) -> None:
    page = page_of(lines)
    value = _own(page)
    assert value is None or all(e.text in page.text for e in value.evidence)
    find_quoted_reference(build_document((page,)))


def test_the_number_of_a_participant_is_no_number_of_the_note(page_of: PageOf) -> None:
    document = build_document(
        (page_of(["Embassy of Kenya", "", *_BODY, "Participant No. 1", *_FOOT]),)
    )
    assert find_own_reference(document, find_zones(document)) is None


def test_the_registrys_number_beside_a_stamp_is_none(page_of: PageOf) -> None:
    head = ["Embassy of Kenya", "RECEIVED BY UNODC REGISTRY", "No. 4460"]
    document = build_document((page_of([*head, "", *_BODY, *_FOOT]),))
    assert find_own_reference(document, find_zones(document)) is None


def test_a_number_beside_a_stamp_is_trusted_less(page_of: PageOf) -> None:
    head = ["Embassy of Kenya", "Ref. No. KEN/12/2019", "RECEIVED BY UNODC REGISTRY"]
    document = build_document((page_of([*head, "", *_BODY, *_FOOT]),))
    value = find_own_reference(document, find_zones(document))
    assert value is not None
    assert (value.text, value.confidence) == ("KEN/12/2019", MENDED)


@pytest.mark.parametrize(("line", "sure"), [("NV-17/2019", True), ("1816", False)])
def test_bare_digits_without_a_label_are_doubted(page_of: PageOf, line: str, sure: bool) -> None:
    value = _own(page_of(_lines(line)))
    assert value is not None
    assert (value.confidence > UNSURE) is sure


@given(st.text(max_size=60))
def test_a_shape_keeps_its_place(text: str) -> None:
    plain = number_shapes.plain(text)
    assert len(plain) == len(text)
    assert number_shapes.extended(plain, 0, min(1, len(plain))) <= max(1, len(plain))
    number_shapes.is_number(plain)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("0917/PLM/QRX1/2021", "0917/PLM/QRXI/2021"),
        ("0917/P0L/2021", "0917/POL/2021"),
    ],
)
def test_a_figure_among_the_letters_of_a_number_is_a_letter_and_doubted(
    page_of: PageOf, read: str, printed: str
) -> None:
    value = _own(page_of(_lines(f"Note No. {read}")))
    assert value is not None
    assert (value.text, value.original) == (printed, read)
    assert value.confidence <= MENDED


@pytest.mark.parametrize(
    ("number", "doubted"),
    [("QR-S-01-7724", True), ("7046/81/", True), ("QR-S-21-7724", False), ("7046/81/3", False)],
)
def test_figures_like_letters_and_a_stroke_that_ends_a_number_are_doubted(
    page_of: PageOf, number: str, doubted: bool
) -> None:
    value = _own(page_of(_lines(f"Note No. {number}")))
    assert value is not None
    assert value.text == number.rstrip("/")
    assert (value.confidence <= UNSURE) is doubted


def test_an_arabic_number_that_lost_its_letter_is_doubted(page_of: PageOf) -> None:
    value = _own(page_of(_lines("الرقم: 7046/81/")))
    assert value is not None
    assert (value.text, value.confidence) == ("7046/81/", UNSURE)


def test_another_reader_knows_what_stands_among_the_letters() -> None:
    others = ("Ref. : 0917/PLM/QRX/2021",)
    assert without_look_alikes("0917/PLM/QR1X/2021", others) == "0917/PLM/QRX/2021"


def test_short_letters_are_those_another_reader_saw_and_a_roman_one_has_no_figure() -> None:
    assert without_look_alikes("10-6/3417", ["10", "IO-6/3417"]) == "IO-6/3417"
    assert without_look_alikes("3417/10", ["3417/I0"]) == "3417/IO"
    assert without_look_alikes("10-6/3417", ["10-6/3417"]) == "10-6/3417"
    assert without_look_alikes("341-6/1V", []) == "341-6/IV"


@pytest.mark.parametrize("number", ["0917/A1/2021", "E10/2021", "PLM-2010/7"])
def test_figures_that_are_none_of_letters_stay(number: str) -> None:
    assert without_look_alikes(number, ()) == number


@pytest.mark.parametrize(
    ("white", "number"), [(28, "（2019）外字第284号"), (4, "(2019)外字第284号")]
)
def test_brackets_of_full_width_are_told_by_the_white_beside_them(white: int, number: str) -> None:
    page = make_page(("(2019) 外字第284号", "", "普通照会"), "zh")
    year, rest = page.lines[0].words
    left = year.box.right + white
    moved = replace(rest, box=replace(rest.box, left=left, right=left + rest.box.width))
    page = replace(page, lines=(replace(page.lines[0], words=(year, moved)), *page.lines[1:]))
    document = build_document((page,))
    found = find_own_reference(document, find_zones(document))
    assert found is not None
    assert found.text == number


@pytest.mark.parametrize(
    ("number", "others", "otherwise"),
    [
        ("MEA/IO/44/V3", ("MFA/IO/44/V3",), True),
        ("BEC-ENSZ/187", ("Ref. BÉC-ENSZ/187",), True),
        ("MFA/IO/44/V3", ("MFA / IO/44/V3", "MEA/IO/44/V3"), False),
        ("MFA/IO/44/V3", ("a.lima@mp.example", "Vienna, 3 May 2019"), False),
        ("147", ("141",), False),
        ("147", (), False),
    ],
)
def test_a_number_that_another_reader_saw_with_other_signs_is_doubted(
    number: str, others: tuple[str, ...], otherwise: bool
) -> None:
    assert is_seen_otherwise(number, others) == otherwise


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("Pol.417/8.3", "Note No. Pol.417/8,3"),
        ("V.4-2-K/881", ".V.4-2-K/881"),
        ("41", "الرقم: :41"),
        ("QRE/2021/417", "编号： ~QRE/2021/417"),
    ],
)
def test_a_number_with_a_comma_or_a_sign_right_before_it_is_doubted(
    page_of: PageOf, number: str, line: str
) -> None:
    value = _own(page_of(_lines(line)))
    assert value is not None
    assert value.text == number
    assert value.confidence <= UNSURE


def test_white_beside_a_box_cut_short_tells_no_full_width() -> None:
    page = make_page(("(2019) 外字第284号", "", "普通照会"), "zh")
    year, rest = page.lines[0].words
    short = replace(year, box=replace(year.box, right=year.box.left + round(1.8 * year.box.height)))
    page = replace(page, lines=(replace(page.lines[0], words=(short, rest)), *page.lines[1:]))
    value = _own(page)
    assert value is not None
    assert value.text == "(2019)外字第284号"


def test_a_word_of_a_stamp_in_a_sentence_takes_no_number(page_of: PageOf) -> None:
    said = "to its note CU 2019/59/(A)/DTA/CEB/CSS, which it received on 28 March 2019, and has"
    lines = _lines("0417-21")
    value = _own(page_of([*lines[:3], "0417-21 Vienna, 3 April 2019", OPENING, said, *lines[7:]]))
    assert value is not None
    assert value.text == "0417-21"


def test_what_a_stamp_left_below_the_note_is_no_number(page_of: PageOf) -> None:
    value = _own(page_of([*_lines("0417-21 Vienna, 3 April 2019"), "", "NO1"]))
    assert value is not None
    assert value.text == "0417-21"


@pytest.mark.parametrize("stamp", [["12 MAY 2019", "No. 4711"], ["No. 4711", "12 MAY 2019"]])
def test_the_number_in_the_middle_below_a_stamped_day_is_the_registrys(
    page_of: PageOf, stamp: list[str]
) -> None:
    page = page_of([*stamp, *_lines("No. 88/2019")])
    day, number = (max(line.words, key=lambda w: w.box.right).box for line in page.lines[:2])
    assert abs(day.right - number.right) < 60  # one middle, nearly
    value = _own(page)
    assert value is not None
    assert value.text == "88/2019"


def test_a_chinese_number_may_have_spaces_around_its_figures(page_of: PageOf) -> None:
    value = _own(page_of(_lines("编号：(2019)维字第 57 号")))
    assert value is not None
    assert value.text == "(2019)维字第57号"


def test_a_number_at_the_end_of_a_sentence_is_another_notes(page_of: PageOf) -> None:
    lines = (
        "The Embassy of Kenya presents its compliments to the Secretariat and has the honour",
        "to transmit the amended list of its delegation, which takes the place of that list",
        "in its Note Verbale No. 84:",
        "1. Mr. John KAMAU, Judge, High Court of Kenya, Nairobi, and head of the delegation",
        "2. Ms. Ann OTIENO, Registrar, High Court of Kenya, Nairobi, and deputy of the head",
    )
    document = build_document((page_of([*lines, ""]),))
    assert find_own_reference(document, find_zones(document)) is None


@pytest.mark.parametrize("number", ["CPM-77/2019", "77/2019"])
def test_the_signs_around_a_number_without_chinese_are_none_of_it(
    page_of: PageOf, number: str
) -> None:
    value = _own(page_of(_lines(f"第 {number} 号")))
    assert value is not None
    assert value.text == number
