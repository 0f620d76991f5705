"""Messages taken apart in a limited child process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.limits import ParseLimits

if TYPE_CHECKING:
    from ingest.types import ParsedMessage
    from noteverbale.config import Config


def parse_limits(config: Config) -> ParseLimits:
    """The bounds for one message that a configuration asks for."""
    return ParseLimits(max_message_mb=config.limits.max_message_mb)


@contextmanager
def message_parser(config: Config) -> Iterator[Callable[[bytes], ParsedMessage]]:
    """A function that takes a message apart; its child process ends with the block."""
    from ingest.mime_child import parse_limited

    limits = parse_limits(config)

    def parse(data: bytes) -> ParsedMessage:
        return parse_limited(
            data,
            limits,
            timeout_s=config.limits.message_timeout_s,
            memory_mb=config.limits.memory_mb,
        )

    yield parse
