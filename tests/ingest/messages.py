"""Small messages that tests put into mailboxes."""

from __future__ import annotations


def numbered_message(number: int, size: int = 0) -> bytes:
    """Message ``number`` with ``size`` further characters in its body."""
    return (
        f"From: registry{number}@example.org\r\nSubject: note {number}\r\n"
        f"Message-ID: <{number}@example.org>\r\n\r\nbody {number}\r\n" + "x" * size
    ).encode()
