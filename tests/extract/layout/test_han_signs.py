"""What stands behind a Chinese form of address is what was printed, not what it was taken for."""

from __future__ import annotations

import pytest

from extract.layout.han_signs import with_signs_behind_names
from tests.extract.conftest import make_page


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("高云峰先生一一环境保护司处长", "高云峰先生——环境保护司处长"),
        ("高云峰先生一 环境保护司处长", "高云峰先生— 环境保护司处长"),
        ("高云峰先生。环境保护司处长 外交部", "高云峰先生，环境保护司处长 外交部"),
        ("高云峰先生一等秘书", "高云峰先生一等秘书"),
        ("并派高云峰先生。顺致崇高敬意", "并派高云峰先生。顺致崇高敬意"),
        ("逐条一一说明", "逐条一一说明"),
    ],
)
def test_a_dash_or_a_comma_leads_to_the_post(read: str, printed: str) -> None:
    page = with_signs_behind_names(make_page((read,), "zh"))
    assert page.lines[0].text == printed
