"""Two people at one queue are never sent to the same reply, and see where the other one is."""

from __future__ import annotations

import http.client
import json
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from store.opening import open_store
from tests.review.conftest import Running
from tests.review.replies import mailed, person


def _get(running: Running, cookie: dict[str, str], path: str) -> tuple[str, str | None]:
    """The page, and where it leads to."""
    with closing(http.client.HTTPConnection(running.host, timeout=10)) as connection:
        connection.request("GET", path, headers=cookie)
        answer = connection.getresponse()
        return answer.read().decode(), answer.headers["Location"]


def _next(running: Running, cookie: dict[str, str], document: int) -> int:
    page, _ = _get(running, cookie, f"/reply/{document}")
    found = re.search(r'data-next="/reply/(\d+)"', page)
    assert found is not None
    return int(found[1])


def _more(running: Running, count: int) -> list[int]:
    with open_store(running.path, check=False) as store:
        return [
            mailed(store, b"%03d" % n, person(1, 0.3, name=f"Person {n}"), details=f"NV/{n}/19")
            for n in range(count)
        ]


def test_begin_leads_two_people_to_two_replies(running: Running) -> None:
    places = {
        _get(running, running.cookie(who), "/begin?meeting=1")[1]
        for who in ("amal", "noor", "tomas")
    }
    assert len(places) == 3


def test_next_is_another_reply_for_each(running: Running) -> None:
    here = _more(running, 12)[0]
    amal, noor = running.cookie("amal"), running.cookie("noor")
    assert _next(running, amal, here) != _next(running, noor, here)
    assert _next(running, amal, here) == _next(running, amal, here)  # it is still kept for her


def test_even_at_the_same_moment(running: Running) -> None:
    here = _more(running, 12)[0]
    cookies = [running.cookie(f"reviewer {n}") for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda cookie: _next(running, cookie, here), cookies))
    assert len(set(found)) == 4


def test_the_queue_says_who_has_a_reply_open(running: Running) -> None:
    headers = {
        **running.cookie("noor"),
        "Origin": running.url,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with closing(http.client.HTTPConnection(running.host, timeout=10)) as connection:
        connection.request("POST", "/look/1", "next=2", headers)
        assert json.loads(connection.getresponse().read())["other"] is None
    page, _ = _get(running, running.cookie("amal"), "/queue")
    assert page.count("open at noor") == 1  # what comes next on her screen is not open yet
