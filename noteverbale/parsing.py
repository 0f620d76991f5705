"""Messages taken apart in a limited child process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.limits import ParseLimits

if TYPE_CHECKING:
    from ingest.types import ParsedMessage
    from noteverbale.config import Config


def parse_limits(config: Config) -> ParseLimits:
    """The bounds for one message that a configuration asks for."""
    return ParseLimits(max_message_mb=config.limits.max_message_mb)


@contextmanager
def message_parser(config: Config) -> Iterator[Callable[..., ParsedMessage]]:
    """A function that takes a message or archive apart, by its bytes and the name of its file.

    What ``[filters]`` leaves out comes back with the reason; a bounce stays a bounce.
    """
    limits = parse_limits(config)

    def parse(data: bytes, name: str | None = None) -> ParsedMessage:
        from ingest.mime_child import parse_limited  # a poll without mail does not need it

        parsed = parse_limited(
            data,
            limits,
            timeout_s=config.limits.message_timeout_s,
            memory_mb=config.limits.memory_mb,
            name=name,
        )
        reason = parsed.skip_reason or config.filters.reason(parsed)
        return replace(parsed, skip_reason=reason)

    yield parse
