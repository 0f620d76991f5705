"""Names in other scripts in Latin letters: proposed with a source, and rather not than wrongly."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.latin.proposal import PLAIN, LatinStyle, propose


def _latin(name: str, state: str | None = None, style: LatinStyle = PLAIN) -> str | None:
    found = propose(name, state=state, style=style)
    assert found is None or (found.source, found.confirmed) == ("table", False)
    return found.latin if found else None


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Щербакова Ольга", "Shcherbakova Olga"),
        ("ИВАНОВ Юрий", "IVANOV Yuriy"),
        ("Ю.А. Жуков", "Yu.A. Zhukov"),
        ("Жуков Ю. А.", "Zhukov Yu. A."),
        ("Римский-Корсаков", "Rimskiy-Korsakov"),
        ("李小明", "Li Xiaoming"),
        ("李 小明", "Li Xiaoming"),
        ("欧阳修", "Ouyang Xiu"),
        ("曾庆红", "Zeng Qinghong"),  # elsewhere the sign is read Ceng
        ("吕布", "Lyu Bu"),
        ("张爱安", "Zhang Ai'an"),
    ],
)
def test_standard_tables_give_a_proposal_that_nothing_confirms(name: str, latin: str) -> None:
    assert _latin(name) == latin
    assert _latin(unicodedata.normalize("NFD", name)) == latin


@pytest.mark.parametrize(
    ("name", "state", "latin"),
    [
        ("Сергій Щербак", "UKR", "Serhii Shcherbak"),
        ("Згурський Юрій", "UKR", "Zghurskyi Yurii"),
        ("Сергей Рыбаков", "UKR", "Sergey Rybakov"),  # ы: written in Russian
        ("Ўладзімір Гурык", "BLR", "Uladzimir Huryk"),
        ("Ковалевич Алексей Сергеевич", "BLR", "Kovalevich Aleksey Sergeevich"),
        ("Ђорђе Петровић", "SRB", "Đorđe Petrović"),
        ("Мария Христова", "BGR", "Maria Hristova"),
        ("Ѓорѓи Јовановски", "MKD", "Gjorgji Jovanovski"),
        ("Әсел Қасымова", "KAZ", "Asel Kasymova"),
        ("Ғафур Ўктамов", "UZB", "G'afur O'ktamov"),
        ("Дөлгөөн Бат", "MNG", "Dulguun Bat"),
    ],
)
def test_a_language_has_the_table_of_its_own_standard(name: str, state: str, latin: str) -> None:
    assert _latin(name, state) == latin


def test_russian_is_spelled_by_the_standard_that_was_chosen() -> None:
    name = "Юрий Объедков"
    assert _latin(name, "RUS") == "Yuriy Obedkov"
    assert _latin(name, "RUS", LatinStyle("passport")) == "Iurii Obieedkov"


@pytest.mark.parametrize(
    ("name", "state", "latin"),
    [
        ("محمد صلاح", "EGY", "Mohamed Salah"),
        ("عبد القادر بن علي", "DZA", "Abdelkader Benali"),
        ("خالد القحطاني", "SAU", "Khalid Al-Qahtani"),
        ("سلطان آل مكتوم", "ARE", "Soltan Al Maktoum"),
    ],
)
def test_arabic_names_are_spelled_as_people_of_the_state_do(
    name: str, state: str, latin: str
) -> None:
    pytest.importorskip("arabic_name_romanizer")
    assert _latin(name, state) == latin


@pytest.mark.parametrize(
    ("name", "state", "address", "latin", "source", "confirmed"),
    [
        ("钱婉清", "CHN", "wanqing.qian@", "Qian Wanqing", "address", True),
        ("钱婉清", "CHN", "wqqian@", "Qian Wanqing", "address_and_table", True),
        ("钱婉清", "CHN", "li.ming@", "Qian Wanqing", "table", False),
        ("曾志伟", "CHN", "ceng.zhiwei@", "Ceng Zhiwei", "address", True),
        ("ИВАНОВ Юрий", "RUS", "iurii.ivanov@", "IVANOV Iurii", "address", True),
        ("Глеб Иванов", "RUS", "g.ivanoff@", "Gleb Ivanoff", "address_and_table", True),
        # Yuriy, Iurii: the standards differ, and the initial tells neither
        ("Юрий Иванов", "RUS", "y.ivanov@", "Yuriy Ivanov", "address_and_table", False),
        ("Ю.О. Петрашевич", "BLR", "iuliia.petrashevich@", "Iu.O. Petrashevich", "address", True),
        (
            "Шмелёв-Яров Пётр",
            "RUS",
            "p.shmelyov@",
            "Shmelyov-Yarov Petr",
            "address_and_table",
            False,
        ),
        ("Глеб Иванов", "RUS", "g.ivanov-uncac@", "Gleb Ivanov", "address_and_table", True),
        ("Юрий Иванов", "RUS", "secretariat@", "Yuriy Ivanov", "table", False),
        # written in another case than spelled: proposed, and not confirmed
        ("Каримова Рустама", "UZB", "rustam.karimov@", "Karimov Rustam", "address", False),
        ("أمل الزبيدي", "KWT", "alzubaidi.amal@", "Amal Al-Zubaidi", "address", True),
        ("محمد الحسن", "OMN", "m.alhassan@", None, "address_and_table", False),
        ("فاطمة الزهراني", "YEM", "fatima.zahrani@", "Fatima Al-Zahrani", "address", True),
        # letters without vowels spell nothing
        ("فيصل المطوع", "SAU", "lmtw_fysl@", None, "table", False),
    ],
)
def test_the_address_is_a_witness_of_the_spelling(
    name: str, state: str, address: str, latin: str | None, source: str, confirmed: bool
) -> None:
    if state in ("KWT", "OMN", "YEM", "SAU"):
        pytest.importorskip("arabic_name_romanizer")
    found = propose(name, state=state, email=f"{address}mfa.example")
    assert found is not None
    assert (found.source, found.confirmed) == (source, confirmed)
    assert latin is None or found.latin == latin


@pytest.mark.parametrize(
    ("name", "state", "note", "latin"),
    [
        ("钱婉清", "CHN", "1. 钱婉清 (Qian Wanqing) 女士，参赞", "Qian Wanqing"),
        ("钱婉清", "CHN", "Ms. Wanqing QIAN, Counsellor", "Wanqing QIAN"),
        ("محمد علي", "EGY", "محمد علي / Mohamed Aly, adviser", "Mohamed Aly"),
        ("محمد علي", "EGY", "Name in English: Mohammad Ali", "Mohammad Ali"),
        ("خالد القحطاني", "SAU", "Khaled Al Qahtani\nDirector", "Khaled Al Qahtani"),
        ("Юрий Иванов", "RUS", "Passport: IVANOV IURII", "IVANOV IURII"),
        ("Юрий Львович Иванов", "RUS", "(Iurii Ivanov), советник", "Iurii Ivanov"),
        ("محمد سالم علي", "EGY", "محمد سالم علي (Mohamed Ali)", "Mohamed Ali"),
    ],
)
def test_what_the_note_prints_in_latin_letters_comes_first(
    name: str, state: str, note: str, latin: str
) -> None:
    found = propose(name, state=state, note=note, email="a.b@example.org", known="Somebody Else")
    assert found is not None
    assert (found.latin, found.source, found.confirmed) == (latin, "note", True)


def test_an_address_or_another_person_in_the_note_is_no_spelling_of_it() -> None:
    note = "qian.wanqing@mfa.gov.cn, Mr. Qiang Wang, Wanqing District"
    found = propose("钱婉清", state="CHN", note=note)
    assert found is not None
    assert found.source == "table"


def test_a_name_in_both_scripts_is_spelled_as_it_is_printed() -> None:
    found = propose("محمد علي / Mohammad Aly", state="EGY")
    assert found is not None
    assert (found.latin, found.source) == ("Mohammad Aly", "note")


def test_an_approved_spelling_holds_unless_the_address_says_otherwise() -> None:
    known = propose("Юрий Иванов", state="RUS", known="Iouri Ivanov")
    assert known is not None
    assert (known.latin, known.source, known.confirmed) == ("Iouri Ivanov", "known_person", False)
    email = "iurii.ivanov@mid.example"
    other = propose("Юрий Иванов", state="RUS", known="Iouri Ivanov", email=email)
    assert other is not None
    assert (other.latin, other.source) == ("Iurii Ivanov", "address")


@pytest.mark.parametrize(
    "name",
    [
        "José Ruiz",
        "约翰·史密斯",  # a foreign name, written by its sound
        "司马",  # a family name alone
        "Ivanоv",  # one letter of another script: read wrongly
        "王",
        "?",
        "",
    ],
)
def test_what_cannot_be_told_is_not_proposed(name: str) -> None:
    assert propose(name) is None


@given(st.text(max_size=12), st.text(max_size=20), st.text(max_size=20))
def test_a_proposal_is_in_latin_letters_and_no_text_is_an_error(
    name: str, local: str, note: str
) -> None:
    found = propose(name, email=f"{local}@example.org", note=note)
    if found is not None:
        letters = [char for char in found.latin if char.isalpha()]
        assert letters
        assert all("LATIN" in unicodedata.name(char) for char in letters)
