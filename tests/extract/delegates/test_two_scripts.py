"""One person whose name a note prints in two scripts is one delegate."""

from __future__ import annotations

import pytest

from extract.note import read_note
from tests.extract.conftest import make_page

OPENING = {
    "zh": (
        "中华人民共和国驻奥地利共和国大使馆向联合国毒品和犯罪问题办公室致意，荣幸地通知，",
        "中国政府指派以下人员组成代表团出席会议：",
        "",
    ),
    "ru": (
        "Посольство Российской Федерации в Австрии свидетельствует свое уважение Секретариату",
        "и имеет честь сообщить, что в состав делегации войдут:",
        "",
    ),
}


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh", ("姓名：钱婉清", "英文姓名：Qian Wanqing", "职务：参赞", "单位：司法部")),
        ("zh", ("姓名：钱婉清 / Qian Wanqing", "职务：参赞", "单位：司法部")),
        ("ru", ("1. Шидлович Глеб Львович / SHIDLOVICH GLEB", "советник, Министерство юстиции")),
    ],
)
def test_the_second_script_makes_no_second_person(language: str, lines: tuple[str, ...]) -> None:
    note = read_note((make_page((*OPENING[language], *lines), language),))
    (delegate,) = note.delegates
    assert delegate.name.text in ("钱婉清", "Шидлович Глеб Львович")
    assert delegate.title is not None
    assert delegate.title.text in ("参赞", "советник")


def test_two_persons_in_two_scripts_are_two() -> None:
    lines = ("姓名：钱婉清", "职务：参赞", "姓名：Amina Diallo", "职务：处长")
    note = read_note((make_page((*OPENING["zh"], *lines), "zh"),))
    assert [d.name.text for d in note.delegates] == ["钱婉清", "Amina Diallo"]
