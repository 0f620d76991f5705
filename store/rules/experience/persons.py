"""Persons approved before, as witnesses of a row read now. Pure: rows in, the row judged out.

Who is read again as approved is confirmed. Who is a letter, an accent or an address away from a
known person of the State is doubted, and what is known is offered: nothing is put in its place.
A person is a name with an address, so that two of one name stay apart.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from extract.types import Doubt
from store.rules.experience.evidence import (
    AGAINST,
    ALONE,
    ENOUGH,
    SOFT,
    TOGETHER,
    Approved,
    confirmed,
    notes_of,
    raised,
)
from store.rules.experience.judged import KNOWN_NEW_ADDRESS, Judged
from store.rules.experience.letters import (
    but_for_accents,
    letters,
    one_letter_apart,
    one_sign_apart,
    same_family,
    same_name,
)
from store.rules.names import likeness
from store.rules.same_note import SAME_READING

KNOWN_NEARLY = "known_nearly"
"""Doubt: a letter away from what was approved before."""

KNOWN_ACCENTS = "known_accents"
"""Doubt: approved before with other accents."""

KNOWN_OTHER_ADDRESS = "known_other_address"
"""Doubt: the person was approved before with another address, and the one read now is in doubt."""

KNOWN_OTHER_STATE = "known_other_state"
"""Doubt: the person was approved before under another State."""

OFFERED = (KNOWN_NEARLY, KNOWN_ACCENTS, KNOWN_OTHER_ADDRESS, KNOWN_NEW_ADDRESS)
"""Doubts whose ``field`` the known row can give. The ``detail`` of these, and of the other State,
is the number of that row and not what it says: no copy of personal data is made."""


NAMED_ALONE = frozenset({"name_without_honorific", "name_twice"})
"""Doubts of a person that name and address answer together; of two who are named nearly alike the
other one stays in doubt."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known that may bear on a note: of its State, and of others, without the note itself.

    ``beside`` are the names in the note: who stands there as known is no other row's namesake.
    """

    here: Sequence[Approved] = ()
    elsewhere: Sequence[Approved] = ()
    beside: frozenset[str] = frozenset()

    def judge(self, judged: Judged) -> Judged:
        """The row as known persons bear on it."""
        name, email = judged.read.get("name"), judged.read.get("email")
        if not name:
            return judged
        same = [row for row in self.here if same_name(row.name, name)]
        pair = [row for row in same if email and row.email == email]
        rival = self._rival(name, email, pair)
        if rival is not None:
            return judged.doubted(_otherwise(name, rival))
        if pair:
            return _together(judged, pair)
        if same:
            return _by_name(judged, same, email)
        return self._elsewhere(judged, name, email)

    def _rival(self, name: str, email: str | None, pair: Sequence[Approved]) -> Approved | None:
        """Whom the row may be instead: a near one of the State, with more to say than ``pair``."""
        rows = [row for row in self.here if _is_near(name, email, row)]
        rows = [row for row in rows if not any(same_name(row.name, n) for n in self.beside)]
        if pair:
            rows = [row for row in rows if row.email == email]
        elif any(same_name(row.name, name) for row in self.here):
            return None

        def weight(row: Approved) -> tuple[bool, bool, int, int]:
            named = [other for other in rows if same_name(other.name, row.name)]
            accents = but_for_accents(row.name, name)
            return bool(email) and row.email == email, accents, notes_of(named), row.delegate

        best = max(rows, key=weight, default=None)
        if best is None or not pair:
            return best
        return best if weight(best)[2] >= notes_of(pair) else None

    def _elsewhere(self, judged: Judged, name: str, email: str | None) -> Judged:
        title = letters(judged.read.get("title") or "")
        for row in self.elsewhere:
            alike = same_name(row.name, name)
            mailbox = bool(email) and row.email == email
            if (mailbox and (alike or likeness(row.name, name) >= SAME_READING)) or (
                alike and title and title == letters(row.title or "")
            ):
                return judged.doubted(_as(KNOWN_OTHER_STATE, None, row))
        return judged


def _is_near(name: str, email: str | None, row: Approved) -> bool:
    if same_name(row.name, name):
        return False
    if but_for_accents(row.name, name):
        return True
    if email and row.email == email:
        return one_letter_apart(row.name, name) or likeness(row.name, name) >= SAME_READING
    return one_letter_apart(row.name, name) and same_family(row.name, name)


def _otherwise(name: str, known: Approved) -> Doubt:
    code = KNOWN_ACCENTS if but_for_accents(known.name, name) else KNOWN_NEARLY
    return _as(code, "name", known)


def _as(code: str, field: str | None, known: Approved) -> Doubt:
    return Doubt(code, field, str(known.delegate))


def _together(judged: Judged, rows: Sequence[Approved]) -> Judged:
    """Name and address read again as approved: they confirm each other, and that it is a person."""
    after = confirmed(judged, "name", rows, TOGETHER, SOFT | AGAINST | NAMED_ALONE)
    after = confirmed(after, "email", rows, TOGETHER)
    return _title(after, rows)


def _by_name(judged: Judged, rows: Sequence[Approved], email: str | None) -> Judged:
    """The name alone read again as approved; its address is new, another one, or not there."""
    known = [row for row in rows if row.email]
    bare = [row for row in rows if row.email is None]
    after = confirmed(judged, "name", rows, ALONE)
    if email is not None:
        near = [row for row in known if row.email and one_sign_apart(row.email, email)]
        if near:
            return after.doubted(_as(KNOWN_NEARLY, "email", _newest(near)))
        if known and not bare:
            sure = all(doubt.field != "email" for doubt in after.doubts)
            code = KNOWN_NEW_ADDRESS if sure else KNOWN_OTHER_ADDRESS
            return _title(after.doubted(_as(code, "email", _newest(known))), known)
        return _title(after, bare)
    if not bare and len({row.email for row in known}) == 1:
        return after.doubted(_as(KNOWN_OTHER_ADDRESS, "email", _newest(known)))
    if notes_of(bare) >= ENOUGH and not known:
        after = after.without("email_missing").likely(email=raised(judged.chances["email"], ALONE))
    return _title(after, bare)


def _title(judged: Judged, rows: Sequence[Approved]) -> Judged:
    """A title as approved before is confirmed, another one is ordinary; a letter less is not."""
    title = judged.read.get("title")
    if not title or not rows:
        return judged
    same = [row for row in rows if row.title and letters(row.title) == letters(title)]
    if same:
        return confirmed(judged, "title", same, TOGETHER)
    near = [row for row in rows if row.title and one_sign_apart(row.title, title)]
    return judged.doubted(_as(KNOWN_NEARLY, "title", _newest(near))) if near else judged


def _newest(rows: Collection[Approved]) -> Approved:
    return max(rows, key=lambda row: row.delegate)
