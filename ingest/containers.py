"""What comes out of files that hold other files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inner:
    """A file from inside a container.

    ``inline`` when the text of the message shows it, ``problem`` and ``marks`` as in
    ``ingest.types.Attachment``.
    """

    name: str | None
    data: bytes
    inline: bool = False
    problem: str | None = None
    marks: tuple[str, ...] = ()


class NotOpened(Exception):  # noqa: N818 - never leaves the parser
    """A container that cannot be opened; ``problem`` is the attachment's reason code."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
