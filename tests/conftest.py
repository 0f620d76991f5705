"""Fixtures of the whole suite: the mail server and a new database, once; a fresh mailbox a test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import new_databases
from tests.mail_server import Dovecot, Mailbox, running
from tests.token_server import introspection

# how long an example takes says how busy the machine is, nothing of the program
settings.register_profile(
    "any machine", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

_numbers = itertools.count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--golden-write`` writes the golden readings anew instead of comparing with them."""
    parser.addoption("--golden-write", action="store_true", default=False)


@pytest.fixture(scope="session", autouse=True)
def _databases_are_copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with new_databases.copied(tmp_path_factory.mktemp("new-database")):
        yield


@pytest.fixture
def made_anew() -> Iterator[None]:
    """Databases are made step by step, as the program does it."""
    with new_databases.made_anew():
        yield


@pytest.fixture(scope="session")
def introspection_port() -> Iterator[int]:
    """Where dovecot asks whether a token is good."""
    with introspection() as port:
        yield port


@pytest.fixture(scope="session")
def dovecot(introspection_port: int) -> Iterator[Dovecot]:
    """The server of the session."""
    with running(introspection_port) as server:
        yield server


@pytest.fixture
def mailbox(dovecot: Dovecot) -> Mailbox:
    """An empty mailbox of a new user."""
    return Mailbox(dovecot, f"u{next(_numbers)}")
