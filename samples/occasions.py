"""The meetings that replies answer: how each is called, when it is convened and held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_ORDINALS = (
    ("eighth", "ninth", "tenth"),
    ("Eighth", "Ninth", "Tenth"),
    ("8th", "9th", "10th"),
    ("huitième", "neuvième", "dixième"),
    ("8e", "9e", "10e"),
    ("octava", "novena", "décima"),
    ("Octava", "Novena", "Décima"),
    ("8.ª", "9.ª", "10.ª"),
    ("восьмое", "девятое", "десятое"),
    ("الثامن", "التاسع", "العاشر"),
    ("第八次", "第九次", "第十次"),
)
"""Of one meeting after the other, in the words of ``data/*.toml``, which know the first."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One meeting.

    ``number`` counts from 0. Replies are written in the six weeks from the second day after
    ``invited``; ``deadline`` is the last day for them.
    """

    number: int
    reference: str
    invited: date
    deadline: date
    held: date

    def named(self, text: str) -> str:
        """``text``, in which the first meeting stands, for this one."""
        for words in _ORDINALS if self.number else ():
            text = text.replace(words[0], words[self.number])
        return text

    def quoted(self, reference: str) -> str:
        """A way of writing the first meeting's reference, for this one."""
        return reference.replace("2019/59", self.reference[3:10])

    def in_year(self, text: str) -> str:
        """``text`` with the year of this meeting for that of the first."""
        return text.replace("2019", str(self.invited.year))

    @property
    def first_reply(self) -> date:
        """The first day on which a reply is written."""
        return self.invited + timedelta(days=2)

    def invitation(self, text: str) -> str:
        """The first meeting's invitation, for this one."""
        for day in ("invited", "deadline", "held"):
            text = text.replace(_long(getattr(FIRST, day)), _long(getattr(self, day)))
        text = text.replace("eighth", self.named("eighth"), 1)
        return self.quoted(text).replace("session8", f"session{8 + self.number}")


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


OCCASIONS = (
    Occasion(
        0,
        "CU 2019/59/(A)/DTA/CEB/CSS",
        invited=date(2019, 3, 25),
        deadline=date(2019, 5, 10),
        held=date(2019, 5, 31),
    ),
    Occasion(
        1,
        "CU 2020/71/(A)/DTA/CEB/CSS",
        invited=date(2020, 3, 23),
        deadline=date(2020, 5, 8),
        held=date(2020, 5, 29),
    ),
    Occasion(
        2,
        "CU 2021/64/(A)/DTA/CEB/CSS",
        invited=date(2021, 3, 22),
        deadline=date(2021, 5, 7),
        held=date(2021, 5, 28),
    ),
)
FIRST = OCCASIONS[0]
