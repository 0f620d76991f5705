"""Access tokens of OAuth2 client credentials (RFC 6749 section 4.4), through ``msal``.

A program without a person logs in as an application of its own: with a certificate, whose key
never leaves this machine, or with a secret. Every connection asks for a fresh token: one that
was kept expires in the middle of a long night.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from ingest.errors import (
    ExtraMissing,
    IngestError,
    LoginRefused,
    MailboxProtocolError,
    MailboxThrottled,
)
from ingest.https import HttpsClient

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

MICROSOFT: Final = "https://login.microsoftonline.com"
SCOPE: Final = "https://outlook.office365.com/.default"

_KEY: Final = re.compile(
    r"-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----.+?-----END \1-----", re.DOTALL
)
_CERTIFICATE: Final = re.compile(
    r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL
)
_CODE: Final = re.compile(r"AADSTS\d{4,9}")
_MEANINGS: Final = {
    # Microsoft Entra authentication error codes
    "AADSTS7000215": "the secret is wrong (its value is wanted, not its id)",
    "AADSTS7000222": "the secret has expired: make a new one",
    "AADSTS700016": "mailbox.oauth2.client_id is not known in this tenant",
    "AADSTS90002": "there is no such tenant; see mailbox.oauth2.tenant",
    "AADSTS700027": "the certificate is not the one registered for the application, or expired",
    "AADSTS7000112": "the application is disabled",
    "AADSTS1002012": "mailbox.oauth2.scope must end in /.default",
}
_LATER: Final = ("temporarily_unavailable", "server_error")

# It writes whole answers of the token server into the log.
logging.getLogger("msal").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """How the application proves who it is, and to whom.

    ``certificate`` is PEM text with the private key and the certificate; exactly one of it and
    ``secret`` is set. ``authority`` is the token server's address; with a ``tenant`` it is one
    of Microsoft's kind, without one any server that publishes an OpenID configuration.
    """

    client_id: str
    tenant: str | None = None
    secret: str | None = field(default=None, repr=False)
    certificate: str | None = field(default=None, repr=False)
    authority: str = MICROSOFT
    scope: str = SCOPE
    ca_file: Path | None = None
    timeout_s: float = 60.0

    def token(self) -> str:
        """A fresh access token.

        Raises:
            LoginRefused: the token server does not accept the application.
            MailboxUnreachable: it cannot be reached now, or asks us to wait.
            MailboxProtocolError: it answers nonsense.
            ExtraMissing: the extra ``m365`` is not installed.
        """
        try:
            import msal
        except ImportError:
            raise ExtraMissing(
                "mailbox.auth = 'oauth2' needs msal: pip install 'noteverbale[m365]'"
            ) from None
        host = urlsplit(self.authority).hostname or self.authority
        try:
            application = msal.ConfidentialClientApplication(
                self.client_id,
                client_credential=self._credential(),
                http_client=HttpsClient(self.ca_file, self.timeout_s),
                **self._where(),
            )
            answer = application.acquire_token_for_client(scopes=[self.scope])
        except IngestError:
            raise
        except Exception as error:  # noqa: BLE001 - msal promises no types; its text may quote us
            kind = type(error).__name__
            raise MailboxProtocolError(
                f"The token server {host} answered something unexpected ({kind});"
                " see mailbox.oauth2.authority and tenant."
            ) from None
        return _token(answer, host)

    def _where(self) -> dict[str, Any]:
        authority = self.authority.rstrip("/")
        if self.tenant is None:
            return {"oidc_authority": authority}
        # no question to Microsoft whether it knows the server: the configuration does
        return {"authority": f"{authority}/{self.tenant}", "instance_discovery": False}

    def _credential(self) -> str | dict[str, str]:
        if self.certificate is None:
            return self.secret or ""
        key, certificate = pem_parts(self.certificate)
        if not _is_rsa(certificate):
            raise LoginRefused(
                "The certificate for mailbox.oauth2 must have an RSA key.",
                "certificate_unusable",
            )
        return {"private_key": key, "public_certificate": certificate}


def pem_parts(text: str) -> tuple[str, str]:
    """Private key and certificate of a PEM file.

    Raises:
        LoginRefused: one of them is missing, or the key wants a passphrase.
    """
    key, certificate = _KEY.search(text), _CERTIFICATE.search(text)
    if key is None or certificate is None:
        raise LoginRefused(
            "mailbox.oauth2.certificate_file must hold the private key and the certificate (PEM).",
            "certificate_unusable",
        )
    if key[1].startswith("ENCRYPTED"):
        raise LoginRefused(
            "The private key in mailbox.oauth2.certificate_file asks for a passphrase:"
            " write it without one and protect the file.",
            "certificate_unusable",
        )
    return key[0], certificate[0]


def certificate_ends(text: str) -> datetime:
    """When the certificate in a PEM file expires, UTC.

    Raises:
        LoginRefused: it holds none.
        ExtraMissing: the extra ``m365`` is not installed.
    """
    return _loaded(pem_parts(text)[1]).not_valid_after_utc


def _is_rsa(certificate: str) -> bool:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    return isinstance(_loaded(certificate).public_key(), RSAPublicKey)


def _loaded(certificate: str) -> Certificate:
    try:
        from cryptography import x509
    except ImportError:
        raise ExtraMissing("Certificates need msal: pip install 'noteverbale[m365]'") from None
    try:
        return x509.load_pem_x509_certificate(certificate.encode())
    except ValueError:
        raise LoginRefused(
            "The certificate in mailbox.oauth2.certificate_file is damaged.",
            "certificate_unusable",
        ) from None


def _token(answer: object, host: str) -> str:
    """The token in an answer; ``msal`` returns errors as it returns tokens."""
    found = answer if isinstance(answer, dict) else {}
    token = found.get("access_token")
    if isinstance(token, str) and token:
        return token
    error = str(found.get("error") or "no token")[:60]
    code = _CODE.search(str(found.get("error_description") or ""))
    if error in _LATER:
        raise MailboxThrottled(f"The token server {host} is not available at present.")
    shown = "".join(c for c in error if c.isalnum() or c in "_ ")
    why = _MEANINGS.get(code[0], code[0]) if code else shown
    raise LoginRefused(f"The token server {host} gives no token: {why}.", "token_refused")
