"""Chinese labels say whose field it is before what it is."""

from __future__ import annotations

import pytest

from extract.language.han_labels import asked_for
from extract.layout.rows import header_label


@pytest.mark.parametrize(
    ("label", "asked"),
    [("与会者姓名", "姓名"), ("参会代表职务", "职务"), ("姓名", "姓名"), ("外交部", "外交部")],
)
def test_a_label_is_what_is_asked_for(label: str, asked: str) -> None:
    assert asked_for(label) == asked


def test_columns_are_told_by_labels_nobody_listed() -> None:
    assert header_label("出席人员姓名") == "table_headers.name"
    assert header_label("团员工作单位") == "table_headers.organisation"
    assert header_label("王代表职务") is None
