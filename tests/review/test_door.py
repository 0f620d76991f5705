"""Who is let in, and from where: every route, every method, static files too."""

from __future__ import annotations

import http.client
import re
import socket
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.routing import Mount, Route

from review import users
from review.app import routes
from review.guard import HEADERS
from review.users import Brake, Users, UsersError
from tests.review.conftest import TOKEN, Running

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _ask(
    running: Running,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    body: str | None = None,
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(running.host, timeout=10)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def _every_route(running: Running) -> list[tuple[str, str]]:
    found = []
    for route in routes(running.desk).routes:
        if isinstance(route, Mount):
            found += [("GET", f"{route.path}/{name}") for name in ("review.css", "main.js")]
        else:
            assert isinstance(route, Route)
            path = re.sub(r"\{\w+:int\}", "1", route.path)
            found += [(method, path) for method in route.methods or ()]
    assert len(found) > 25
    return found


@pytest.mark.parametrize(
    "foreign",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "localhost.evil.example:80"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_foreign_requests_are_refused_on_every_route(
    running: Running, foreign: dict[str, str]
) -> None:
    cookie = running.cookie()
    for method, path in [*_every_route(running), ("GET", "/nowhere"), ("PUT", "/queue")]:
        answer = _ask(running, method, path, {**cookie, **FORM, **foreign})
        assert answer.status == 403, (method, path)
        assert answer.getheader("Content-Security-Policy") == HEADERS["Content-Security-Policy"]


def test_a_write_must_say_where_it_comes_from(running: Running) -> None:
    for method, path in _every_route(running):
        if method == "POST":
            assert _ask(running, method, path, {**running.cookie(), **FORM}).status == 403, path


def test_nothing_is_shown_without_a_session(running: Running) -> None:
    own = {"Origin": running.url}
    for method, path in _every_route(running):
        if path.startswith(("/static/", "/login", "/logout", "/start")):
            continue
        assert _ask(running, method, path, {**own, **FORM}).status == 401, (method, path)
    assert _ask(running, "GET", "/start?token=wrong").status == 403


def test_the_token_gives_a_cookie_that_scripts_and_other_sites_do_not_get(running: Running) -> None:
    answer = _ask(running, "GET", f"/start?token={TOKEN}")
    cookie = (answer.getheader("Set-Cookie") or "").lower()
    assert answer.status == 303
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_every_answer_has_the_safety_headers(running: Running) -> None:
    for path in (
        "/queue",
        "/reply/1",
        "/page/1/1.png",
        "/static/review.css",
        "/nowhere",
        "/reply/99",
    ):
        answer = _ask(running, "GET", path, running.cookie())
        for name, value in HEADERS.items():
            assert answer.getheader(name) == value, (path, name)
        policy = answer.getheader("Content-Security-Policy") or ""
        assert "unsafe" not in policy


def test_two_hosts_in_one_request_are_refused(running: Running) -> None:
    name, port = running.host.split(":")
    with socket.create_connection((name, int(port)), timeout=10) as wire:
        wire.sendall(
            f"GET /queue HTTP/1.1\r\nHost: {running.host}\r\nHost: evil.example\r\n\r\n".encode()
        )
        status = wire.recv(100).split(b" ")[1]
    assert status in (b"400", b"403")


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("do=accept&document=1&name=" + "x" * 300_000, FORM, 413),
        ("do=accept", FORM, 400),
        ("do=nothing&document=1", FORM, 400),
        ("do=accept&document=9999999999999999999999", FORM, 400),
        ("&".join(f"a{n}=1" for n in range(300)), FORM, 400),
        ("{}", {"Content-Type": "application/json"}, 415),
    ],
    ids=["too large", "no document", "no such action", "no number", "too many", "no form"],
)
def test_odd_forms_are_refused(
    running: Running, body: str, headers: dict[str, str], status: int
) -> None:
    own = {"Origin": running.url, **running.cookie(), **headers}
    assert _ask(running, "POST", "/delegate/1", own, body).status == status


def _log_in(running: Running, password: str, name: str = "noor") -> http.client.HTTPResponse:
    body = urlencode({"name": name, "password": password})
    return _ask(running, "POST", "/login", {"Origin": running.url, **FORM}, body)


def test_users_log_in_and_guessing_is_slowed_down(
    with_users: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _ask(with_users, "GET", "/queue").getheader("Location") == "/login"
    assert _ask(with_users, "GET", f"/start?token={TOKEN}").status == 403
    right = _log_in(with_users, "correct horse battery")
    assert right.status == 303
    cookie = {"Cookie": (right.getheader("Set-Cookie") or "").split(";")[0]}
    assert _ask(with_users, "GET", "/queue", cookie).status == 200
    monkeypatch.setattr(users, "LOG_N", 10)  # a name that is not there costs as much as this
    assert _log_in(with_users, "correct horse battery", "nobody").status == 401
    for _ in range(users.FREE_TRIES - 1):
        assert _log_in(with_users, "").status == 401
    refused = _log_in(with_users, "correct horse battery")
    assert refused.status == 429
    assert int(refused.getheader("Retry-After") or 0) >= 1
    own = {"Origin": with_users.url, **FORM, **cookie}
    assert _ask(with_users, "POST", "/logout", own, "").status == 303
    assert _ask(with_users, "GET", "/queue", cookie).status == 303


def test_the_users_file_holds_no_password_and_is_its_owners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(users, "LOG_N", 10)
    found = Users(tmp_path / "review-users")
    found.add("noor", "a long password")
    assert "a long password" not in found.path.read_text()
    assert found.path.stat().st_mode & 0o777 == 0o600
    assert found.check("noor", "a long password")
    assert not found.check("noor", "a long passwore")
    assert not found.check("mallory", "a long password")
    for name, password in (("no:or", "a long password"), ("noor", "short")):
        with pytest.raises(UsersError):
            found.add(name, password)


def test_each_wrong_password_makes_the_wait_longer() -> None:
    brake = Brake()
    waits = []
    for _ in range(10):
        brake.wrong("name noor")
        waits.append(brake.wait_s("name noor", "from here"))
    assert waits[: users.FREE_TRIES - 1] == [0.0] * (users.FREE_TRIES - 1)
    assert waits[users.FREE_TRIES - 1 :] == sorted(waits[users.FREE_TRIES - 1 :])
    assert waits[-1] > 30
    brake.right("name noor")
    assert brake.wait_s("name noor") == 0.0
