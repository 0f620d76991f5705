"""Filters: whom they let through, and that no pattern can take long."""

from __future__ import annotations

import fnmatch
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.filters import Filters
from ingest.mime import parse_message
from ingest.types import ParsedMessage
from tests.work import at_most

MESSAGE = ParsedMessage(
    message_id=None,
    from_address="vienna@mfa.example.org",
    subject="Note Verbale CU 2019/59",
    sent_at=None,
    received_at=datetime(2019, 5, 1, 23, 30, tzinfo=UTC),
    attachments=(),
    recipients=("uncac@example.org", "other@example.org"),
)


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (Filters(), None),
        (Filters(only_to=("UNCAC@*",)), None),
        (Filters(only_to=("someone@*", "*@example.org")), None),
        (Filters(only_to=("someone@*",)), "filtered_recipient"),
        (Filters(not_to=("other@*",)), "filtered_recipient"),
        (Filters(only_from=("*@mfa.*",)), None),
        (Filters(only_from=("*@mfa",)), "filtered_sender"),
        (Filters(not_from=("*@*.example.org",)), "filtered_sender"),
        (Filters(only_subject=("*2019/5?",)), None),
        (Filters(only_subject=("*2019/6?",)), "filtered_subject"),
        (Filters(not_subject=("note verbale*",)), "filtered_subject"),
        (Filters(since=date(2019, 5, 1), until=date(2019, 5, 1)), None),
        (Filters(since=date(2019, 5, 2)), "filtered_date"),
        (Filters(until=date(2019, 4, 30)), "filtered_date"),
    ],
)
def test_each_filter_has_its_reason(filters: Filters, reason: str | None) -> None:
    assert filters.reason(MESSAGE) == reason


def test_recipients_are_those_the_message_was_sent_or_delivered_to() -> None:
    parsed = parse_message(
        b'To: "a@example.org" <b@example.org>, c@example.org\r\nCc: d@example.org\r\n'
        b"Delivered-To: e@example.org\r\n\r\nx"
    )
    assert set(parsed.recipients) == {
        "b@example.org",
        "c@example.org",
        "d@example.org",
        "e@example.org",
    }


@settings(max_examples=300)
@given(st.text("ab*?.", max_size=8), st.text("ab.", max_size=8))
def test_patterns_mean_what_they_mean_to_a_shell(pattern: str, value: str) -> None:
    shell = fnmatch.fnmatchcase(value, pattern)
    message = ParsedMessage(None, None, value, None, None, ())
    assert (Filters(only_subject=(pattern,)).reason(message) is None) == shell


def test_no_pattern_takes_long() -> None:
    message = ParsedMessage(None, None, "a" * 100_000, None, None, ())
    with at_most(cpu_s=0.5):
        assert Filters(only_subject=("*a" * 90 + "b",)).reason(message) is not None
