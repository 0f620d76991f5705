"""The door: what is asked of every request before anything else sees it, static files included.

Loopback is no boundary: any web page can send requests to it, and a name in the DNS can be
made to point at it. So the Host must be one of ours, and whoever says that the request comes
from another site is refused, whatever the method. Writes must say where they come from.
https://www.w3.org/TR/fetch-metadata/, https://owasp.org/www-community/attacks/csrf
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer, forms would send "Origin: null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_SAFE = ("GET", "HEAD")
_OWN_SITE = ("same-origin", "none")


class Guard:
    """Lets a request through, or answers 403; puts the safety headers on every answer.

    Args:
        app: what is behind the door.
        hosts: values of the Host header that are ours, with their ports.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts
        self._origins = frozenset(f"{scheme}://{h}" for h in hosts for scheme in ("http", "https"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI has it."""
        if scope["type"] != "http":  # no web sockets here
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        if self._is_foreign(scope["method"], Headers(scope=scope)):
            answer = PlainTextResponse("This request does not come from the review page.\n", 403)
            await answer(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)

    def _is_foreign(self, method: str, headers: Headers) -> bool:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return True
        origins, sites = headers.getlist("origin"), headers.getlist("sec-fetch-site")
        if any(origin.lower() not in self._origins for origin in origins):
            return True
        if any(site not in _OWN_SITE for site in sites):
            return True
        # a browser says where a write comes from; what says nothing is not the page
        return method not in _SAFE and not origins and "same-origin" not in sites
