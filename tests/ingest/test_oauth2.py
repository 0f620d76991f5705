"""Log-in with a token: a real token server on loopback, and dovecot that asks about the token."""

from __future__ import annotations

import base64
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography import x509

from ingest.errors import (
    CertificateNotTrusted,
    ExtraMissing,
    LoginRefused,
    MailboxError,
    MailboxProtocolError,
    MailboxThrottled,
    MailboxUnreachable,
)
from ingest.imap import ImapSource, MailboxAccount
from ingest.oauth2 import ClientCredentials, certificate_ends
from tests.ingest.messages import numbered_message
from tests.mail_server import Mailbox
from tests.token_server import TOKENS, Form, TokenServer, token_server

SECRET = "s3cret~value"


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[TokenServer]:
    with token_server(mailbox.server.folder) as state:
        state.user = mailbox.user
        yield state


@pytest.fixture
def credentials(server: TokenServer, mailbox: Mailbox) -> ClientCredentials:
    return ClientCredentials(
        "client-id",
        tenant="tenant",
        secret=SECRET,
        authority=server.authority,
        ca_file=mailbox.server.ca_file,
        timeout_s=5,
    )


@pytest.fixture
def token_account(account: MailboxAccount, credentials: ClientCredentials) -> MailboxAccount:
    return replace(account, password="", oauth2=credentials)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Private key and certificate of an application, as one PEM text."""
    folder = tmp_path_factory.mktemp("app")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 40 -subj /CN=noteverbale"
    subprocess.run(
        [*command.split(), "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True,
        capture_output=True,
    )
    return (folder / "key.pem").read_text() + (folder / "cert.pem").read_text()


def test_a_mailbox_is_read_with_a_secret(
    mailbox: Mailbox, token_account: MailboxAccount, server: TokenServer
) -> None:
    mailbox.deliver(numbered_message(1))
    with ImapSource(token_account) as source:
        assert [i.data for i in source.items(source.keys())] == [numbered_message(1)]
    (form,) = server.asked
    assert form["grant_type"] == "client_credentials"
    assert form["client_secret"] == SECRET
    assert form["scope"] == "https://outlook.office365.com/.default"


def test_a_certificate_signs_instead_of_sending_a_secret(
    mailbox: Mailbox, token_account: MailboxAccount, server: TokenServer, certificate: str
) -> None:
    assert token_account.oauth2 is not None
    proof = replace(token_account.oauth2, secret=None, certificate=certificate)
    with ImapSource(replace(token_account, oauth2=proof)) as source:
        source.keys()
    (form,) = server.asked
    assert "client_secret" not in form
    public = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    endpoint = f"{server.authority}/tenant/oauth2/v2.0/token"
    claims = jwt.decode(form["client_assertion"], public, ["PS256"], audience=endpoint)  # type: ignore[arg-type]
    assert (claims["iss"], claims["sub"]) == ("client-id", "client-id")


def test_every_connection_asks_for_a_fresh_token(
    mailbox: Mailbox, token_account: MailboxAccount, server: TokenServer
) -> None:
    for _ in range(3):
        with ImapSource(token_account) as source:
            source.keys()
        TOKENS.clear()  # an hour has passed
    assert len(server.asked) == 3


def test_any_server_with_an_openid_configuration_will_do(
    token_account: MailboxAccount, server: TokenServer
) -> None:
    assert token_account.oauth2 is not None
    other = replace(token_account.oauth2, tenant=None, authority=f"{server.authority}/realm")
    with ImapSource(replace(token_account, oauth2=other)) as source:
        source.keys()
    assert len(server.asked) == 1


def test_a_token_the_mailbox_does_not_take_is_said_plainly(
    token_account: MailboxAccount, server: TokenServer
) -> None:
    server.user = "somebody-else"
    with pytest.raises(LoginRefused, match=r"IMAP\.AccessAsApp") as caught:
        ImapSource(token_account).keys()
    assert caught.value.reason == "token_refused"
    assert caught.value.retry_after_s == 3600


@pytest.mark.parametrize(
    ("status", "headers", "answer", "kind", "words"),
    [
        (401, {}, {"error": "invalid_client"}, LoginRefused, "invalid_client"),
        (
            401,
            {},
            {
                "error": "invalid_client",
                "error_description": f"AADSTS7000222: The provided keys are expired. {SECRET}",
            },
            LoginRefused,
            "the secret has expired",
        ),
        (
            400,
            {},
            {"error": "x", "error_description": "AADSTS50034: u"},
            LoginRefused,
            "AADSTS50034",
        ),
        (200, {}, {"access_token": ""}, LoginRefused, "no token"),
        (200, {}, [], MailboxProtocolError, "unexpected"),
        (400, {}, {"error": "temporarily_unavailable"}, MailboxThrottled, "not available"),
        (429, {"Retry-After": "77"}, {}, MailboxThrottled, "asks us to wait"),
        (503, {}, {}, MailboxUnreachable, "503"),
        (200, {}, b"<html>", MailboxProtocolError, "unexpected"),
        (302, {"Location": "https://elsewhere.example/"}, b"", MailboxProtocolError, "unexpected"),
    ],
)
def test_a_token_server_that_gives_none_is_an_error_of_ours(
    token_account: MailboxAccount,
    server: TokenServer,
    caplog: pytest.LogCaptureFixture,
    status: int,
    headers: Form,
    answer: object,
    kind: type[MailboxError],
    words: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answer = lambda form: (status, headers, answer)
    with pytest.raises(kind, match=words) as caught:
        ImapSource(token_account).keys()
    if status == 429:
        assert caught.value.retry_after_s == 77
    for text in (str(caught.value), caplog.text):
        assert SECRET not in text
    assert len(server.asked) == 1


def test_a_token_server_that_is_not_there_or_not_trusted(
    credentials: ClientCredentials, server: TokenServer
) -> None:
    with pytest.raises(MailboxUnreachable, match="token server localhost"):
        replace(credentials, authority="https://localhost:1").token()
    with pytest.raises(CertificateNotTrusted, match=r"mailbox\.ca_file"):
        replace(credentials, ca_file=None).token()
    assert server.asked == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("-----BEGIN CERTIFICATE-----", "-----BEGIN SOMETHING-----"), "private key and the cert"),
        (("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"), "passphrase"),
    ],
)
def test_a_certificate_file_that_cannot_be_used_is_named(
    credentials: ClientCredentials, certificate: str, change: tuple[str, str], words: str
) -> None:
    broken = replace(credentials, secret=None, certificate=certificate.replace(*change))
    with pytest.raises(LoginRefused, match=words) as caught:
        broken.token()
    assert caught.value.reason == "certificate_unusable"


def test_a_certificate_that_cannot_sign_is_named(
    credentials: ClientCredentials, mailbox: Mailbox, certificate: str
) -> None:
    curve = (mailbox.server.folder / "key.pem").read_text() + mailbox.server.ca_file.read_text()
    body = certificate.rindex("-----BEGIN CERTIFICATE-----") + 40
    for text, words in (
        (curve, "RSA"),
        (certificate[:body] + "AAAA" + certificate[body:], "damaged"),
    ):
        with pytest.raises(LoginRefused, match=words):
            replace(credentials, secret=None, certificate=text).token()


def test_when_a_certificate_ends_is_read_from_it(certificate: str) -> None:
    left = certificate_ends(certificate) - datetime.now(UTC)
    assert timedelta(days=39) < left <= timedelta(days=40)


def test_no_secret_shows_in_a_representation(
    token_account: MailboxAccount, certificate: str
) -> None:
    assert token_account.oauth2 is not None
    shown = repr(token_account) + repr(token_account.login())
    shown += repr(replace(token_account.oauth2, certificate=certificate))
    assert SECRET not in shown
    assert "PRIVATE KEY" not in shown


def test_tokens_are_never_logged(
    token_account: MailboxAccount, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    TOKENS.clear()
    with ImapSource(token_account) as source:
        source.keys()
    (token,) = TOKENS
    said = caplog.text
    assert token[:40] not in said
    coded = base64.b64encode(f"user={token_account.user}".encode()).decode()[:16]
    assert coded not in said
    assert SECRET not in json.dumps(said)


def test_without_msal_the_way_to_install_it_is_said(
    credentials: ClientCredentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "msal", None)
    with pytest.raises(ExtraMissing, match=r"noteverbale\[m365\]"):
        credentials.token()
