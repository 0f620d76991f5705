"""Letters that a sender's names may need and a keyboard may not have."""

from __future__ import annotations

from extract.words import table

GENERAL = ("fr", "de", "es", "pt")
"""Languages (ISO 639-1) whose letters are offered where the sender's are not known."""


def letters(state: str | None, language: str | None) -> str:
    """Accented small letters, each once, the State's own first.

    Args:
        state: ISO 3166-1 alpha-3 of the sender.
        language: ISO 639-1 of the note.
    """
    known: dict[str, str] = table("common")["name_letters"]
    spoken: dict[str, list[str]] = table("common")["name_letter_states"]
    own = [code for code, states in spoken.items() if state in states]
    wanted = [*own, *([language] if language in known and language not in own else [])]
    return "".join(dict.fromkeys("".join(known[code] for code in wanted or GENERAL)))
