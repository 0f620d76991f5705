"""Coming in: by the token that was printed at the start, or with name and password."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from review import forms, render
from review.desk import Desk

Endpoint = Callable[[Request], Awaitable[Response]]

CHECKS_AT_ONCE = 2
"""Passwords worked on at the same time: they take memory and threads from who is logged in."""

_TOO_LONG = 1024
"""Longer passwords are refused before anything is worked out."""


def start(desk: Desk, env: Environment) -> Endpoint:
    """``/start?token=...``: the address printed at the start."""

    async def endpoint(request: Request) -> Response:
        token = request.query_params.get("token", "")
        if desk.users is not None or not desk.sessions.is_token(token):
            return render.html(
                env, "message.html", 403, title="Not let in", text="This address is not valid."
            )
        return _welcome(desk, desk.who)

    return endpoint


def form(desk: Desk, env: Environment) -> Endpoint:
    """The form to log in with."""

    async def endpoint(request: Request) -> Response:
        del request
        if desk.users is None:
            return RedirectResponse("/", 303)
        return render.html(env, "login.html", problem=None, name="")

    return endpoint


def log_in(desk: Desk, env: Environment) -> Endpoint:
    """Name and password."""
    checking = asyncio.Semaphore(CHECKS_AT_ONCE)

    async def endpoint(request: Request) -> Response:
        if desk.users is None:
            return RedirectResponse("/", 303)
        fields = await forms.read(request)
        name, password = fields.get("name", ""), fields.get("password", "")
        keys = f"name {name[:64]}", f"from {request.client.host if request.client else ''}"
        wait = desk.brake.wait_s(*keys)
        if wait > 0:
            seconds = math.ceil(wait)
            text = f"Too many wrong passwords. Try again in {seconds} seconds."
            answer = render.html(env, "login.html", 429, problem=text, name=name)
            answer.headers["Retry-After"] = str(seconds)
            return answer
        desk.brake.wrong(*keys)  # before it is checked: tries at the same time count as well
        fits = 0 < len(password) <= _TOO_LONG
        async with checking:
            right = fits and await run_in_threadpool(desk.users.check, name, password)
        if right:
            desk.brake.right(*keys)
            return _welcome(desk, name)
        text = "Name or password is wrong."
        return render.html(env, "login.html", 401, problem=text, name=name)

    return endpoint


def log_out(desk: Desk) -> Endpoint:
    """The session ends."""

    async def endpoint(request: Request) -> Response:
        desk.sessions.end(request.cookies.get(desk.cookie))
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(desk.cookie, secure=desk.secure, httponly=True, samesite="strict")
        return answer

    return endpoint


def _welcome(desk: Desk, who: str) -> Response:
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        desk.cookie,
        desk.sessions.begin(who),
        httponly=True,
        samesite="strict",
        secure=desk.secure,
        path="/",
    )
    return answer
