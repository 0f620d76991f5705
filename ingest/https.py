"""HTTPS for the token server: the same trust as for mail, a time-out, bounded answers.

Plain ``urllib``; it has the four names that ``msal`` asks of an HTTP client.
"""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Final

from ingest.backoff import MOST_BACKOFF_S
from ingest.errors import CertificateNotTrusted, MailboxThrottled, MailboxUnreachable
from ingest.imap_client import tls_context

MOST_BYTES: Final = 1 << 20  # of an answer, which holds one token
_THROTTLED: Final = 429  # Too Many Requests, RFC 6585


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, as ``msal`` wants it."""

    status_code: int
    text: str
    headers: dict[str, str] = field(default_factory=dict)

    def raise_for_status(self) -> None:
        """An error of the server.

        Raises:
            MailboxUnreachable: the status says so.
        """
        if self.status_code >= 400:
            raise MailboxUnreachable(
                f"The token server answers with status {self.status_code}.", "token_unavailable"
            )


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A secret is sent where the configuration says and nowhere else."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


class HttpsClient:
    """Requests over HTTPS.

    Args:
        ca_file: one more certificate authority (PEM), as for the mail server.
        timeout_s: seconds for every answer.
    """

    def __init__(self, ca_file: Path | None, timeout_s: float) -> None:
        handler = urllib.request.HTTPSHandler(context=tls_context(ca_file))
        self._opener = urllib.request.build_opener(handler, _NoRedirect)
        self._timeout_s = timeout_s

    def get(
        self,
        url: str,
        params: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        **_: object,
    ) -> Response:
        """A GET request."""
        return self._send(url, None, params, headers)

    def post(
        self,
        url: str,
        params: dict[str, str] | None = None,
        data: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        **_: object,
    ) -> Response:
        """A POST request of a form."""
        return self._send(url, urllib.parse.urlencode(data or {}).encode(), params, headers)

    def close(self) -> None:
        """Nothing is held open."""

    def _send(
        self,
        url: str,
        body: bytes | None,
        params: dict[str, str] | None,
        headers: dict[str, str] | None,
    ) -> Response:
        if params:
            url += ("&" if "?" in url else "?") + urllib.parse.urlencode(params)
        host = urllib.parse.urlsplit(url).hostname or ""
        if not url.startswith("https://"):
            raise CertificateNotTrusted(f"The token server {host} is asked over https only.")
        request = urllib.request.Request(url, data=body, headers=headers or {})  # noqa: S310 - https
        try:
            with self._opener.open(request, timeout=self._timeout_s) as answer:
                return _response(answer.status, answer.read(MOST_BYTES), answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                found = _response(error.code, error.read(MOST_BYTES), error.headers)
            return _checked(found, host)
        except (OSError, HTTPException) as error:
            raise _explained(error, host) from None


def _response(status: int, body: bytes, headers: Message) -> Response:
    return Response(status, body.decode("utf-8", "replace"), dict(headers.items()))


def _checked(found: Response, host: str) -> Response:
    """Refusals come back; what time will mend is raised."""
    if found.status_code == _THROTTLED:
        after = next((v for k, v in found.headers.items() if k.lower() == "retry-after"), "")
        seconds = min(MOST_BACKOFF_S, float(after)) if after.isascii() and after.isdigit() else None
        raise MailboxThrottled(f"{host} asks us to wait.", seconds)
    if found.status_code >= 500:
        found.raise_for_status()
    return found


def _explained(error: Exception, host: str) -> Exception:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if type(cause).__name__ == "SSLCertVerificationError":
        return CertificateNotTrusted(
            f"The certificate of the token server {host} is not trusted; see mailbox.ca_file."
        )
    kind = type(cause).__name__
    return MailboxUnreachable(f"The token server {host} cannot be reached ({kind}).")
