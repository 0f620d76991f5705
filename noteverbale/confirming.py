"""Drafts that tell a mission what was registered, and ask it to say what is wrong.

Who bears a name proofreads it best. What is told are the rows that a person approved, as the list
prints them; a name stands in isolates (UAX 9, 2.4.2), so that one that runs from right to left
leaves the commas beside it where they are.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from noteverbale import templates
from store import sanitize
from store.export.names import Style, printed
from store.intake import answers
from store.service import confirmations, drafts

if TYPE_CHECKING:
    from noteverbale.config import Config
    from store.db.database import Store
    from store.service.confirmations import WantedConfirmation

CONFIRM = "confirm"
"""The text, as a reason of a draft is named."""

MOST_PERSONS = 300
"""Persons of a delegation whom a draft names; a larger one is confirmed by its printed list."""

_FIRST_STRONG, _END = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """The text so that its direction does not move what stands beside it."""
    return f"{_FIRST_STRONG}{text}{_END}" if text else ""


def person(row: dict[str, str | None]) -> dict[str, str]:
    """What the text says of one person: ``role`` is a code, the others are shown as they are."""
    as_written = printed(row, Style("as-written")).lines[0]
    latin = printed(row, Style("latin"))
    in_latin = latin.lines[0] if row["name_latin"] and latin.latin else ""
    shown = {
        "name": as_written,
        "latin": "" if in_latin == as_written else in_latin,
        "title": row["title"] or "",
        "organization": row["organization"] or "",
    }
    cleaned = {field: isolated(sanitize.printable(text)) for field, text in shown.items()}
    return {"role": row["role"] or "", **cleaned}


def until(days: int, starts: str | None, today: date | None = None) -> str:
    """The day by which an answer is asked for: some days on, and before the meeting begins."""
    now = today or datetime.now(UTC).date()
    last = now + timedelta(days=days)
    begins = sanitize.parsed_day(starts)
    before = begins - timedelta(days=1) if begins else last
    return (min(last, before) if before > now else last).isoformat()


def text(
    config: Config,
    wanted: WantedConfirmation,
    people: tuple[dict[str, str | None], ...],
    language: str,
    by: str,
) -> templates.Text:
    """Subject and body; the mark by which an answer is known is in every subject.

    Raises:
        TemplateUnusable: the text has a slip.
    """
    values: dict[str, object] = {
        "meeting": sanitize.printable(wanted.meeting),
        "title": sanitize.printable(wanted.title),
        "note_reference": sanitize.printable(wanted.note_reference),
        "people": [person(row) for row in people],
        "until": by,
    }
    known = language if language in drafts.LANGUAGES else drafts.FALLBACK
    name = f"drafts/{CONFIRM}.{known}.txt"
    if not templates.exists(config, name):
        name = f"drafts/{CONFIRM}.{drafts.FALLBACK}.txt"
    made = templates.render(config, name, values)
    return templates.Text(f"{made.subject} {answers.mark(wanted.token)}", made.body)


def people_of(
    store: Store, wanted: WantedConfirmation, config: Config
) -> tuple[dict[str, str | None], ...] | str:
    """Whom a draft names, or the code of why there shall be none."""
    after = config.drafts.confirm_after
    if wanted.state not in confirmations.finished(store, wanted.meeting, after, wanted.state):
        return "review_open"
    people = confirmations.registered(store, wanted.meeting, wanted.state)[wanted.state]
    return people if len(people) <= MOST_PERSONS else "too_many_persons"


INVENTED = {
    "role": "head",
    "honorific": "Ms.",
    "name": "Amina Otieno",
    "name_latin": None,
    "title": "Judge",
    "organization": "High Court",
}


def try_templates(config: Config) -> None:
    """Makes each text once, of invented facts.

    Raises:
        TemplateUnusable: a template has a slip.
    """
    wanted = confirmations.WantedConfirmation(
        "0" * 32, "CU 1", "A meeting", None, "KEN", None, "12/2019"
    )
    for language in drafts.LANGUAGES:
        text(config, wanted, (INVENTED,), language, "2019-05-10")
