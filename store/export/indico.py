"""Registrants for Indico's import: six columns, no header, its rules checked beforehand.

Indico (module ``events.registration``, "Import registrations") takes first name, last name,
affiliation, position, telephone and e-mail address, and refuses the whole file for one row
without a valid address, with an address that another row has, or without one of the names. It
writes each name with ``str.title()``. Fields end at every line end that ``str.splitlines``
knows, quoted or not.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TextIO

from store import sanitize
from store.export.names import Style, parts
from store.export.participants import Participant
from store.spreadsheet import guarded

COLUMNS = ("first_name", "last_name", "affiliation", "position", "phone", "email")
"""Indico's columns, in its order."""

NO_EMAIL = "no e-mail address"
BAD_EMAIL = "the e-mail address is not valid"
SHARED_EMAIL = "another participant has the same e-mail address"
ONE_NAME = "Indico needs a first and a last name"
GUESSED = "the last word was taken for the last name; nothing in the note tells"

NO_PHONE = "what stands as the telephone number is none and was left out"
_PHONE = COLUMNS.index("phone")
# After a plus a number of five digits at least, and no other plus but before another number.
_DIALLED = re.compile(r"\+ ?\(?[0-9](?:[^+0-9]{0,4}[0-9]){4}(?:[^+]|(?<=[ ,;/])\+)*")
# What a spreadsheet needs to do more than add up: a call, a reference to elsewhere, a command.
_RUNS = re.compile(r"""[=|!"'@<>:\\$&*^{}\[\]]|[^\W\d]\s*\(""")


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Something Indico would refuse (``left_out``) or change."""

    delegate: int
    state: str | None
    what: str
    left_out: bool


@dataclass(frozen=True, slots=True)
class Import:
    """The rows that Indico takes, and what is to be said about them and about the others."""

    rows: tuple[tuple[str, ...], ...]
    problems: tuple[ImportProblem, ...]


def prepare(participants: list[Participant], style: Style | None = None) -> Import:
    """What can be imported. Of participants who share an address none is taken.

    Indico has one registration an address: a person has to say whose it is.
    """
    emails = [sanitize.printable(str(p["email"] or "")).lower() for p in participants]
    shared = {email for email, times in Counter(emails).items() if times > 1}
    rows, problems = [], []
    for participant, email in zip(participants, emails, strict=True):
        first, last, guessed = parts(participant, style or Style())
        refused = _refusal(email, shared, first, last)
        if refused is not None:
            problems.append(_problem(participant, refused, left_out=True))
            continue
        problems.extend(_changes(participant, first, last, guessed))
        phone = _phone(participant)
        if phone is None:
            problems.append(_problem(participant, NO_PHONE))
        title = sanitize.printable(str(participant["title"] or ""))
        rows.append((first, last, _affiliation(participant), title, phone or "", email))
    return Import(tuple(rows), tuple(problems))


def write(rows: tuple[tuple[str, ...], ...], out: TextIO) -> None:
    """The file to upload, in UTF-8; choose "comma" as the delimiter.

    Telephone numbers are plain: nothing in them can run, and Indico would keep an apostrophe.
    """
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        cells = [guarded(value) for value in row]
        cells[_PHONE] = row[_PHONE]
        writer.writerow(cells)


def _refusal(email: str, shared: set[str], first: str, last: str) -> str | None:
    if not email:
        return NO_EMAIL
    if not _is_valid(email):
        return BAD_EMAIL
    if email in shared:
        return SHARED_EMAIL
    return None if first and last else ONE_NAME


def _is_valid(email: str) -> bool:
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _changes(participant: Participant, first: str, last: str, guessed: bool) -> list[ImportProblem]:
    found = []
    changed = [f"{n!r} to {n.title()!r}" for n in (first, last) if n.title() != n]
    # OUÉDRAOGO becomes Ouédraogo, which is right; McDONALD becomes Mcdonald
    wrong = [n for n in (first, last) if n.title() != n and not _only_capitals(n)]
    if wrong:
        found.append(_problem(participant, f"Indico will change {' and '.join(changed)}"))
    if guessed:
        found.append(_problem(participant, GUESSED))
    return found


def _only_capitals(name: str) -> bool:
    """Whether title case is what a name in capitals stands for: no mixed case, no apostrophe."""
    return name.upper() == name and all(word.isalpha() for word in re.split("[ -]", name))


def _problem(participant: Participant, what: str, *, left_out: bool = False) -> ImportProblem:
    state = participant["state"]
    identity = participant["delegate_id"]
    number = identity if isinstance(identity, int) else 0
    return ImportProblem(number, None if state is None else str(state), what, left_out)


def _affiliation(participant: Participant) -> str:
    """The organization, else the State: Indico has no other place for whom a person stands."""
    value = participant["organization"] or participant["state_name"]
    return sanitize.printable(str(value or ""))


def _phone(participant: Participant) -> str | None:
    """The number with digits and signs as a keyboard has them; None for what is no number."""
    text = unicodedata.normalize("NFKC", sanitize.printable(str(participant["phone"] or "")))
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    if guarded(plain) == plain:  # no spreadsheet takes it for a formula
        return plain
    return plain if _DIALLED.fullmatch(plain) and not _RUNS.search(plain) else None
