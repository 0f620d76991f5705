"""Several reviewers and a pipeline that write into one database for a while.

Every reviewer keeps writing a number of its own into a field of its own delegate, through the
page's forms, and all write into one delegate that they share. An edit that was answered with
success must be in ``corrections``, and the field of each must hold the last number written.
"""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from store.opening import open_store
from tests.review.replies import mailed, person

_FIELD = re.compile(r'<input type="hidden" name="(version|order|document)" value="([^"]*)">')


@dataclass(slots=True)
class Together:
    """What came of it: edits by reviewer, collisions told, readings saved, what went wrong."""

    edits: list[int]
    collisions: int = 0
    readings: int = 0
    slowest_s: float = 0.0
    errors: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Reviewer:
    host: str
    headers: dict[str, str]
    own: int
    shared: int
    document: int
    number: int
    written: list[tuple[int, str]] = field(default_factory=list)
    collisions: int = 0
    slowest_s: float = 0.0

    def step(self, count: int) -> None:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.request("GET", f"/reply/{self.document}", headers=self.headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        if answer.status != 200:
            raise RuntimeError(f"the reply answered {answer.status}")
        delegate = self.own if count % 2 else self.shared
        form = page.split(f'action="/delegate/{delegate}"', 1)[1].split("</form>", 1)[0]
        value = f"reviewer {self.number} edit {count}"
        body = {**dict(_FIELD.findall(form)), "do": "save", "title": value}
        began = time.monotonic()
        connection.request(
            "POST",
            f"/delegate/{delegate}",
            urlencode(body),
            {**self.headers, "Content-Type": "application/x-www-form-urlencoded"},
        )
        answer = connection.getresponse()
        answer.read()
        self.slowest_s = max(self.slowest_s, time.monotonic() - began)
        connection.close()
        if answer.status == 200:
            self.written.append((delegate, value))
        elif answer.status == 409:
            self.collisions += 1
        else:
            raise RuntimeError(f"the edit answered {answer.status}")


def work_together(
    path: Path, url: str, cookies: list[dict[str, str]], goes_on: Callable[[int], bool]
) -> Together:
    """Let a reviewer a cookie, and a pipeline beside them, write.

    Args:
        path: the database.
        url: where the page is served.
        cookies: one for each reviewer.
        goes_on: whether a reviewer who has made so many edits makes another one.
    """
    with open_store(path, check=False) as store:
        people = [person(n, name=f"Person Number{n}") for n in range(1, len(cookies) + 2)]
        document = mailed(store, b"shared by all", *people)
        ids = [
            row[0]
            for row in store.rows(
                "SELECT id FROM delegates WHERE document_id = ? ORDER BY seq", [document]
            )
        ]
    host = urlsplit(url).netloc
    reviewers = [
        _Reviewer(host, {**cookie, "Origin": url, "X-Review": "1"}, ids[n], ids[-1], document, n)
        for n, cookie in enumerate(cookies)
    ]
    result = Together([0] * len(reviewers))

    def repeated(step: Callable[[int], None], goes_on: Callable[[int], bool]) -> None:
        count = 0
        while goes_on(count):
            count += 1
            try:
                step(count)
            except Exception as error:  # noqa: BLE001 - whatever it is, the run has failed
                result.errors.append(f"{type(error).__name__}: {error}")

    def pipeline(reviewers: list[threading.Thread]) -> None:
        with open_store(path, check=False) as store:

            def save(count: int) -> None:
                mailed(store, count.to_bytes(4, "big"), person(1, name=f"New Person{count}"))
                result.readings += 1
                time.sleep(0.05)

            repeated(save, lambda _: any(thread.is_alive() for thread in reviewers))

    threads = [threading.Thread(target=repeated, args=[r.step, goes_on]) for r in reviewers]
    for thread in threads:
        thread.start()
    pipeline(threads)
    result.edits = [len(reviewer.written) for reviewer in reviewers]
    result.collisions = sum(reviewer.collisions for reviewer in reviewers)
    result.slowest_s = max(reviewer.slowest_s for reviewer in reviewers)
    result.lost = _lost(path, reviewers)
    return result


def _lost(path: Path, reviewers: list[_Reviewer]) -> list[str]:
    lost = []
    with open_store(path, check=False) as store:
        known = {
            (row["row_id"], row["new"])
            for row in store.rows("SELECT row_id, new FROM corrections WHERE field = 'title'")
        }
        for reviewer in reviewers:
            lost += [value for row, value in reviewer.written if (row, value) not in known]
            own = [value for row, value in reviewer.written if row == reviewer.own]
            row = store.one("SELECT title FROM delegates WHERE id = ?", [reviewer.own])
            if own and (row is None or row["title"] != own[-1]):
                lost.append(own[-1])
    return lost
