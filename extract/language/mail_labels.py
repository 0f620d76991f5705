"""Labels of addresses that no lexicon has, told by the lines of a note: ``... Netpost: a@b.xx``.

Where the same words stand before most addresses they are a label, wherever in a line they begin.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.emails import find_emails
from extract.language.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_WORDS = 4  # of a label
REPEATED = 3  # addresses that make words a label; two persons may be of one family
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEADS = re.compile(r"\s*[:：.]?\s*[-–—]?\s*")
"""What stands between a label and its address; a comma or bracket parts a post from it."""

Place = tuple[int, int, int]
"""Number of a line, and [start, end) in it."""


def repeated_labels(lines: Sequence[str]) -> tuple[Place, ...]:
    """Where the label before most of a note's addresses stands; none where the lexicon has it.

    Of words the lexicon knows for something else, a label has none.
    """
    found = list(_before_addresses(lines))
    for size in range(MAX_WORDS, 0, -1):
        places = [(_text(lines, words[-size:]), words) for words in found if len(words) >= size]
        counts = Counter(text for text, _ in places)
        text, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
        if count >= REPEATED and 2 * count > len(found) and _is_label(text):
            return tuple(
                (words[-size][0], words[-size][1], words[-1][2])
                for own, words in places
                if own == text
            )
    return ()


def _is_label(text: str) -> bool:
    """Words nobody knows, the last of which may be a known label: ``Netpost``, ``Electro mail``."""
    labels = terms.folded("labels_email")
    words = text.split()
    known = next((n for n in range(len(words)) if " ".join(words[n:]) in labels), len(words))
    return known > 0 and not any(w in terms.words() for w in words[:known])


def _text(lines: Sequence[str], words: Sequence[Place]) -> str:
    return " ".join(fold(lines[n][start:end]) for n, start, end in words)


def _before_addresses(lines: Sequence[str]) -> Iterator[tuple[Place, ...]]:
    """The words before each address, on its line or at the end of the one above."""
    for number, line in enumerate(lines):
        for mail in find_emails(line) if "@" in line else ():
            words = _words(lines, number, mail.start)
            if words:
                led = _LEADS.fullmatch(line, words[-1][2], mail.start)
                yield words if led else ()
            else:
                above = lines[number - 1].rstrip() if number else ""
                yield _words(lines, number - 1, len(above)) if above.endswith((":", "：")) else ()


def _words(lines: Sequence[str], number: int, end: int) -> tuple[Place, ...]:
    """The words that end a line before a character, back to the first sign between two of them."""
    text = lines[number][:end]
    found: list[Place] = []
    for match in reversed(list(_WORD.finditer(text))):
        if found and text[match.end() : found[0][1]] != " ":
            break
        found.insert(0, (number, *match.span()))
    return tuple(found[-MAX_WORDS:])
