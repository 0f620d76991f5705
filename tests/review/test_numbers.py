"""Numbers in addresses and forms may be anything: never a fault of the program."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.routing import Mount, Route

from review.app import routes
from review.ids import row_id
from tests.review.conftest import Running

ODD = [
    "9223372036854775807",
    "9223372036854775808",
    "-1",
    "0",
    "999999999999999999",
    "9" * 19,
    "9" * 5000,
    "٣",
    "１",
    "1²",
    "1\x00",
    "1e3",
    "1.0",
    "0x1",
    " 1",
    "+1",
    "",
    "\ud800",
]
numbers = st.one_of(
    st.sampled_from(ODD),
    st.integers().map(str),
    st.integers(min_value=2**62, max_value=2**65).map(str),
    st.text(st.characters(categories=["Nd", "No", "Cc"]), max_size=40),
)
quietly = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def every_odd_one(test: Callable[..., None]) -> Callable[..., None]:
    """Each of the odd ones is tried, beside the few that are drawn."""
    for number in ODD:
        test = example(number=number)(test)
    return test


def _ask(running: Running, method: str, path: str, body: str | None = None) -> int:
    connection = http.client.HTTPConnection(running.host, timeout=20)
    headers = {**running.cookie(), "Origin": running.url, "X-From": "9" * 30}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def _numbered(running: Running) -> list[tuple[str, str]]:
    found = [
        (method, route.path)
        for route in routes(running.desk).routes
        if not isinstance(route, Mount) and isinstance(route, Route) and "{" in route.path
        for method in route.methods or ()
    ]
    assert len(found) >= 10
    return found


@quietly
@every_odd_one
@given(number=numbers)
def test_no_number_in_an_address_is_a_fault(
    running: Running, caplog: pytest.LogCaptureFixture, number: str
) -> None:
    written = quote(number.encode("utf-8", "surrogatepass"), safe="")
    for method, route in _numbered(running):
        status = _ask(running, method, re.sub(r"\{\w+:int\}", written, route), "")
        assert status < 500, (method, route)
    assert "Error" not in caplog.text


@quietly
@every_odd_one
@given(number=numbers)
def test_no_number_in_a_form_or_question_is_a_fault(running: Running, number: str) -> None:
    said = urlencode(
        dict.fromkeys(
            ("document", "after", "above", "with", "meeting", "from"),
            number.encode("utf-8", "surrogatepass"),
        )
    )
    for do in ("add", "save", "accept", "merge", "swap", "up", "remove", "relation", "nobody"):
        other = urlencode({"other": number.encode("utf-8", "surrogatepass"), "do": do})
        for path in ("/delegate/1", "/reply/1"):
            status = _ask(running, "POST", path, f"{said}&{other}&relation=duplicate&version=x")
            assert status < 500, (path, do)
    for path in ("/queue", "/compare/1", "/overview", "/start", "/reply/1"):
        assert _ask(running, "GET", f"{path}?{said}") < 500, path


@pytest.mark.parametrize("number", ["9" * 5000, "9223372036854775808", "1\x00"])
def test_an_odd_number_is_no_page_and_nothing_of_it_is_logged(
    running: Running, caplog: pytest.LogCaptureFixture, number: str
) -> None:
    assert _ask(running, "GET", f"/reply/{quote(number)}") == 404
    assert caplog.text == ""


@given(numbers)
def test_a_row_fits_into_sqlite_or_is_none(text: str) -> None:
    found = row_id(text)
    assert found is None or (0 <= found < 2**63 and text.isascii() and int(text) == found)
