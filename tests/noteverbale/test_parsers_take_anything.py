"""What people write for the program: configuration, times, templates, invitations, searches."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import NoteVerbaleError
from noteverbale import early_lock
from noteverbale.config import CONFIG_VARIABLE, parse_config, parse_every
from noteverbale.config_reader import ConfigError
from noteverbale.invitation_file import InvitationUnreadable, text_of
from noteverbale.timetable import cron
from ocr.settings import OcrSettings
from store import sanitize
from store.db.database import Store
from store.opening import open_store
from store.reports import search

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "config.example.toml").read_text(encoding="utf-8")
TEXT = st.text(max_size=60)
VALUES = ("1", "-1", "1e999", "nan", "inf", "true", '""', '"x"', "[]", "{}", "1979-05-27", "''")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 400), st.sampled_from(VALUES), TEXT)
def test_a_configuration_is_taken_or_refused_with_a_word(at: int, value: str, noise: str) -> None:
    """Each line of the example in turn, not commented out, with another value or any text."""
    lines = [line.removeprefix("# ").removeprefix("#") for line in EXAMPLE.splitlines()]
    keys = [n for n, line in enumerate(lines) if " = " in line]
    number = keys[at % len(keys)]
    table = next((ln for ln in reversed(lines[:number]) if ln.startswith("[")), "")
    key = lines[number].partition(" = ")[0]
    for text in (f"{table}\n{key} = {value}", f"{table}\n{key} = {noise}", noise):
        try:
            parse_config(text)
        except ConfigError as error:
            assert str(error)  # noqa: PT017 - that there is a word is the point


@given(st.text(max_size=30) | st.from_regex(r"[-*/,\d ]{1,20}", fullmatch=True))
@settings(max_examples=200, deadline=None)
def test_times_are_taken_or_refused(text: str) -> None:
    for read in (parse_every, cron):
        try:
            read(text)
        except ConfigError as error:
            assert str(error)  # noqa: PT017


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(TEXT, max_size=6), st.binary(max_size=80))
def test_the_early_look_at_the_command_line_never_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], config: bytes
) -> None:
    monkeypatch.delenv(CONFIG_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "x.toml"
    file.write_bytes(config)
    clean = [word.replace("\0", "").replace("/", "") for word in words]
    encodable = [word for word in clean if os.fsencode(word.encode("utf-8", "replace"))]
    for command in ("process", "fetch", "run", "x"):
        early_lock.busy([command, "--config", str(file), *encodable])


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from((b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    st.binary(max_size=200),
    st.sampled_from(("x.txt", "x.docx", "x.pdf")),
)
def test_an_invitation_is_read_or_refused(
    tmp_path: Path, head: bytes, noise: bytes, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(head + noise)
    try:
        assert isinstance(text_of(file, OcrSettings(second_reader=False)), str)
    except NoteVerbaleError as error:
        assert str(error)  # noqa: PT017
        assert isinstance(error, InvitationUnreadable) or head.startswith(b"%PDF")  # noqa: PT017


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(tmp_path_factory.mktemp("search") / "n.db")


@given(st.text(max_size=40) | st.text(alphabet='"*()-:^AND OR NEAR{}王明', max_size=30))
@settings(max_examples=200, deadline=None)
def test_whatever_is_searched_for_there_is_an_answer(store: Store, words: str) -> None:
    assert search.find(store, words) == []


@given(st.text(max_size=30) | st.from_regex(r"\d{4}-\d{2}-\d{2}.{0,12}", fullmatch=True))
def test_moments_and_days_are_read_or_none(text: str) -> None:
    found, day = sanitize.parsed_moment(text), sanitize.parsed_day(text)
    assert found is None or found.tzinfo is not None
    assert day is None or day.isoformat() == sanitize.iso_day(text)
