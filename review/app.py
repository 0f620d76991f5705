"""The application: its routes, who may use them, and how a request reaches its page."""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from review import (
    actions,
    auth,
    chasing,
    forms,
    ids,
    listing,
    minutes,
    pages,
    quality,
    render,
    unread,
)
from review.connections import recognise
from review.desk import Desk
from review.guard import Guard
from review.pages import Context
from review.sessions import Session
from store.errors import StoreError

log = logging.getLogger(__name__)

DEBUG_VARIABLE = "NOTEVERBALE_DEBUG"

Page = Callable[[Context], Response]
Endpoint = Callable[[Request], Awaitable[Response]]

_ERRORS = {
    400: "This form cannot be understood.",
    404: "There is no such page, reply or meeting.",
    405: "This cannot be done here.",
    410: "The scan is not kept any more.",
    413: "Too much was sent at once.",
    415: "This form cannot be understood.",
}


def application(desk: Desk, hosts: frozenset[str]) -> ASGIApp:
    """The review page as an ASGI application.

    Args:
        desk: the wiring.
        hosts: values of the Host header that are ours, such as ``127.0.0.1:8019``.
    """
    return Guard(routes(desk), hosts)


def routes(desk: Desk) -> Starlette:
    """The application behind the door of ``Guard``."""
    ids.register()
    env = render.environment(desk.in_words)

    def of(page: Page) -> Endpoint:
        return _endpoint(desk, env, page)

    async def failed(request: Request, error: Exception) -> Response:
        del request
        status = error.status_code if isinstance(error, HTTPException) else 500
        text = str(error) if isinstance(error, StoreError) else _ERRORS.get(status)
        return render.html(
            env, "message.html", status, title="Not done", text=text or "Something went wrong."
        )

    handlers: dict[Any, Any] = {HTTPException: failed, StoreError: failed, 500: failed}
    return Starlette(
        routes=[
            Route("/", of(pages.home)),
            Route("/queue", of(pages.queue)),
            Route("/certain/{meeting:int}", of(pages.certain)),
            Route("/certain/{meeting:int}", of(actions.certain), methods=["POST"]),
            Route("/begin", of(pages.begin)),
            Route("/unread", of(unread.page)),
            Route("/accept/{document:int}", of(unread.read_anyway), methods=["POST"]),
            Route("/again/{document:int}", of(unread.ask_again), methods=["POST"]),
            Route("/original/{document:int}", of(unread.warning)),
            Route("/original/{document:int}", of(unread.original), methods=["POST"]),
            Route("/overview", of(pages.overview)),
            Route("/overview/{meeting:int}", of(pages.overview)),
            Route("/changes", of(pages.changes)),
            Route("/history", of(minutes.page)),
            Route("/history.{kind}", of(minutes.file)),
            Route("/chase", of(chasing.page)),
            Route("/chase/{meeting:int}", of(chasing.page)),
            Route("/chase/{meeting:int}", of(chasing.note), methods=["POST"]),
            Route("/chase/{meeting:int}.csv", of(chasing.file)),
            Route("/list", of(listing.page)),
            Route("/list/{meeting:int}", of(listing.page)),
            Route("/list/{meeting:int}/file", of(listing.file)),
            Route("/quality", of(quality.page)),
            Route("/quality/{meeting:int}", of(quality.page)),
            Route("/audit", of(quality.begin)),
            Route("/audit/{delegate:int}", of(quality.row)),
            Route("/audit/{delegate:int}", of(quality.write), methods=["POST"]),
            Route("/reply/{document:int}", of(pages.reply)),
            Route("/cards/{document:int}", of(pages.cards)),
            Route("/compare/{document:int}", of(pages.compare)),
            Route("/page/{document:int}/{page:int}.png", of(pages.image)),
            Route("/reply/{document:int}", of(actions.note), methods=["POST"]),
            Route("/delegate/{delegate:int}", of(actions.delegate), methods=["POST"]),
            Route("/look/{document:int}", of(pages.look), methods=["POST"]),
            Route("/undo", of(actions.undo), methods=["POST"]),
            Route("/start", auth.start(desk, env)),
            Route("/login", auth.form(desk, env)),
            Route("/login", auth.log_in(desk, env), methods=["POST"]),
            Route("/logout", auth.log_out(desk), methods=["POST"]),
            Mount("/static", StaticFiles(packages=[("review", "static")])),
        ],
        exception_handlers=handlers,
    )


def _endpoint(desk: Desk, env: Environment, page: Page) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        session = desk.sessions.find(request.cookies.get(desk.cookie))
        recognise(request, known=session is not None)
        if session is None:
            return _stranger(desk, env, request)
        form = await forms.read(request) if request.method == "POST" else {}
        return await run_in_threadpool(_run, desk, env, page, session, request, form)

    return endpoint


def _run(
    desk: Desk,
    env: Environment,
    page: Page,
    session: Session,
    request: Request,
    form: dict[str, str],
) -> Response:
    try:
        with desk.store() as store:
            return page(Context(desk, env, session, store, request, form))
    except (HTTPException, StoreError):
        raise
    except Exception as error:  # logged by its place: the text may have names in it
        place = traceback.extract_tb(error.__traceback__)[-1]
        log.error("%s in %s line %s", type(error).__name__, Path(place.filename).name, place.lineno)  # noqa: TRY400
        if os.environ.get(DEBUG_VARIABLE):
            raise
        raise HTTPException(500) from None


def _stranger(desk: Desk, env: Environment, request: Request) -> Response:
    if desk.users is not None and request.method in ("GET", "HEAD"):
        return RedirectResponse("/login", 303)
    text = "Open the address that `noteverbale review` printed when it was started."
    if desk.users is not None:
        text = "You were logged out. Log in, and send it again: what you typed is still there."
    return render.html(env, "message.html", 401, title="Please come in by the door", text=text)
