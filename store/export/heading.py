"""What stands above and below a printed list: meeting, kind of list, days, and the count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from extract.types import Invitation
from store import sanitize
from store.export import days, groups
from store.export.participants import Participant


@dataclass(frozen=True, slots=True)
class Heading:
    """The title block. ``symbol`` is the document's, or the invitation's reference."""

    symbol: str
    meeting: str
    held: str
    title: str
    as_of: str

    @property
    def running(self) -> str:
        """The kind of list and its day, for the head of every page."""
        return f"{self.title}, {self.as_of[:1].lower()}{self.as_of[1:]}"


def heading(meeting: Invitation, as_of: date, *, final: bool, symbol: str | None = None) -> Heading:
    """The title block of one list: provisional unless ``final``."""
    held = ", ".join(p for p in (meeting.place, days.span(meeting.starts, meeting.ends)) if p)
    title = sanitize.printable(meeting.title)
    return Heading(
        symbol=sanitize.printable(symbol or meeting.reference),
        meeting=title[:1].upper() + title[1:],
        held=sanitize.printable(held),
        title="List of participants" if final else "Provisional list of participants",
        as_of=f"As of {days.written(as_of)}",
    )


def counts(participants: list[Participant]) -> list[str]:
    """How many participants of how many delegations, in all and by group.

    Whoever stands under a State or organization that is not known counts as a participant alone.
    """
    people = Counter(str(p["group"] or "unknown") for p in participants)
    sent: dict[str, set[str]] = {}
    for participant in participants:
        group = str(participant["group"] or "unknown")
        sent.setdefault(group, set()).add(groups.delegation(participant))
    states = sum(len(sent.get(group, ())) for group in groups.OF_STATES)
    others = sum(len(sent.get(group, ())) for group in ("union", "entity"))
    whose = [counted(states, "State")] if states else []
    whose += [counted(others, "organization")] if others else []
    total = counted(len(participants), "participant")
    lines = [f"{total} of {' and '.join(whose)}" if whose else total]
    if len(people) > 1:
        for code, words in groups.GROUPS.items():
            if people[code]:
                what = "State" if code in groups.OF_STATES else "organization"
                of = "" if code == "unknown" else f"{counted(len(sent[code]), what)}, "
                lines.append(f"{words}: {of}{counted(people[code], 'participant')}")
    return lines


def counted(count: int, what: str) -> str:
    """``1 note``, ``2 notes``."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
