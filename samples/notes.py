"""What a reply says: from a plan to HTML blocks and the facts for the truth file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from samples.entries import Marks, Printed, full_name, paragraph, post, printed, running
from samples.furniture import (
    Frame,
    addressee_block,
    closing_block,
    date_text,
    draw_frame,
    letterhead,
    numbering,
)
from samples.lists import LAYOUTS
from samples.people import Person, draw_people
from samples.plan import MEETING, Plan
from samples.returning import come_again
from samples.structures import with_posts
from samples.telephones import telephone
from samples.wording import Wording, capital

SLOPPY = [
    MEETING,
    MEETING,
    MEETING,
    "CU 2019/59/(A)/DTA/CEB/CSS",
    "CU 2019/59(A)/DTA/CEB/CSS",
    "CU2019/59/(A)/DTA/CEB/CSS",
    "CU 2019/59/A/DTA/CEB/CSS",
    "CU 2019/59 /(A) /DTA /CEB /CSS",
    "CU 2019/59/DTA/CEB/CSS",
    "cu 2019/59/(A)/DTA/CEB/CSS",
]
OTHER_MEETINGS = ["CU 2019/112/(A)/DTA/CEB/ISS", "CU 2019/87/DTA/CEB/CSS", "CU 2018/310(A)/DTA/OCB"]


@dataclass(frozen=True, slots=True)
class Note:
    """A reply ready to be set: HTML, and what the truth file says of it."""

    plan: Plan
    html: str
    rtl: bool
    state: str | None
    reference: str | None
    written: date | None
    people: tuple[Person, ...]
    printed: tuple[Printed, ...]
    extra: dict[str, Any] = field(default_factory=dict)


def _invitation(w: Wording, plan: Plan, slots: dict[str, str]) -> str:
    if "bare" in plan.flags:
        return w.pick("text", "invitation_bare")
    if plan.meeting:
        slots["ref"] = plan.occasion.quoted(w.rng.choice(SLOPPY))
    else:
        slots["ref"] = plan.occasion.in_year(w.rng.choice(OTHER_MEETINGS))
    return w.pick("text", "invitation")


def _slots(w: Wording, plan: Plan, frame: Frame) -> dict[str, str]:
    held = plan.occasion.held
    meeting = held if plan.meeting else held - timedelta(days=4)
    addressee = w.pick("text", "addressee")
    title = w.pick("text", "title" if plan.meeting else "other_title")
    slots = {
        **frame.slots,
        "addressee": addressee,
        "title": plan.occasion.named(title) if plan.meeting else title,
        "mdate": date_text(w, meeting),
        "idate": date_text(w, plan.occasion.invited),
        "edate": date_text(w, held - timedelta(days=14)),
    }
    slots["invitation"] = _invitation(w, plan, slots)
    slots["opening"] = w.pick("text", "opening")
    return slots


def _body(w: Wording, slots: dict[str, str], announce: str) -> str:
    text = w.fill(w.pick("text", "join"), {**slots, "announce": announce})
    style = "first" if w.rng.random() < 0.4 else ""
    return "".join(paragraph(capital(part.strip()), style) for part in text.split("|"))


def _roles(people: list[Person], w: Wording, layout: str) -> list[Person]:
    named = layout in ("bulleted_roles", "role_headings")
    roles: list[str | None] = ["head"]
    rest = w.rng.choice(
        [
            ["member"],
            ["alternate", "adviser", "member"],
            ["member", "adviser"],
            ["alternate", "member"],
        ]
    )
    roles += [
        rest[min(i * len(rest) // max(len(people) - 1, 1), len(rest) - 1)]
        for i in range(len(people) - 1)
    ]
    if named and w.rng.random() < 0.12 and len(people) > 2:
        roles[-1] = "observer"
    if layout == "role_headings" and w.rng.random() < 0.15:
        roles = [None] * len(people)
    return [replace(p, role=r) for p, r in zip(people, roles, strict=True)]


def _person_phrase(p: Person, w: Wording, m: Marks, how: int, reach: bool) -> str:
    if reach and p.email and not p.phone and "reach" in w.data["list"]:
        tail = w.pick("list", "reach").format(email=p.email)
        return f"{full_name(p, w)}{m.sep}{post(p, w)[0]}{m.sep}{tail}"
    return running(p, w, m, how)


def _prose(
    w: Wording, slots: dict[str, str], people: list[Person], key: str
) -> tuple[str, list[Printed]]:
    m, how, reach = Marks.draw(w), w.rng.choice([0, 0, 1]), w.rng.random() < 0.15
    phrases = [_person_phrase(p, w, m, how, reach) for p in people]
    glue = {"zh": "；", "ar": "؛ "}.get(w.language, "; ")
    last = w.one("text", "and")
    if glue == "; ":
        last = f"{w.rng.choice([';', ','])}{last}"

    def join(items: list[str]) -> str:
        return last.join([glue.join(items[:-1]), items[-1]]) if len(items) > 1 else items[0]

    head = key == "prose" and len(people) > 1 and w.rng.random() < 0.5
    if head:
        announce = w.fill(
            w.pick("text", "prose_head"), {**slots, "head": phrases[0], "others": join(phrases[1:])}
        )
    else:
        announce = w.fill(
            w.pick("text", key), {**slots, "people": join(phrases), "new": phrases[0]}
        )
    records = [
        printed(replace(p, role="head" if i == 0 else None), w, True, head)
        for i, p in enumerate(people)
    ]
    return _body(w, slots, announce), records


def _contact(w: Wording, frame: Frame, people: list[Person], plan: Plan) -> str:
    if "contact_is_delegate" in plan.flags:
        person = people[-1]
    else:
        person = draw_people(w, frame.state, 1, frame.names, phones=False)[0]
        shown, e164 = telephone(w, frame.state)
        person = replace(person, phone=shown, phone_e164=e164)
    text = running(person, w, Marks.draw(w), 0)
    return paragraph(capital(w.fill(w.pick("text", "contact"), {**frame.slots, "person": text})))


def _nomination(
    w: Wording, plan: Plan, frame: Frame, slots: dict[str, str], people: list[Person]
) -> tuple[str, str, list[Printed]]:
    """Body, annex and records of a note that names delegates."""
    key = plan.revision or "announce"
    if "letter" in plan.flags:
        text = w.fill(w.pick("text", "letter_open"), slots)
        body = "".join(paragraph(capital(x)) for x in text.split("|"))
    elif plan.layout == "prose":
        body, records = _prose(
            w, slots, people, "substitutes" if plan.revision == "substitutes" else "prose"
        )
        return body, "", records
    elif plan.layout == "annex":
        body = _body(w, slots, w.fill(w.pick("text", "announce_annex"), slots))
        inner = w.rng.choice(["ruled_table", "ruled_table", "numbered_list", "labelled_blocks"])
        html, records = LAYOUTS[inner](people, w)
        title = paragraph(w.pick("list", "annex"), "centre") + paragraph(
            w.fill(w.pick("list", "heading"), slots), "title"
        )
        return body, f'<div class="annex">{title}{html}</div>', records
    else:
        body = _body(w, slots, w.fill(w.pick("text", key), slots))
    html, records = LAYOUTS[plan.layout](people, w)
    if w.rng.random() < 0.15:
        body += paragraph(w.fill(w.pick("list", "heading"), slots), "title")
    return body + html, "", records


def _delegates(
    w: Wording,
    plan: Plan,
    frame: Frame,
    stay: Sequence[Person],
    known: Sequence[Person],
    taken: Collection[str],
) -> list[Person]:
    """Whom the note names beside those who ``stay``: some come again, the others are new."""
    mails, phones = "no_mail" not in plan.flags, "phones" in plan.flags
    wanted = delegates(plan) - len(stay)
    back = [come_again(w, p, frame.state, frame.names, mails, phones) for p in known]
    if not back:
        return draw_people(w, frame.state, max(wanted, 1), frame.names, mails, phones, taken)
    fresh = draw_people(w, frame.state, wanted - len(back), frame.names, mails, phones, taken)
    both = back + fresh
    w.rng.shuffle(both)
    return both


def delegates(plan: Plan) -> int:
    """How many persons the reply names."""
    if plan.kind not in ("nomination", "revision"):
        return 0
    return 1 if plan.revision in ("adds", "substitutes") else plan.count


def _earlier(
    w: Wording, plan: Plan, frame: Frame, earlier: Note | None
) -> tuple[dict[str, str], list[Person]]:
    if earlier is not None and earlier.written is not None and earlier.reference is not None:
        people = list(earlier.people)
        slots = {"earlier": earlier.reference, "earlier_date": date_text(w, earlier.written)}
    else:
        people = draw_people(w, frame.state, 2, frame.names)
        slots = {
            "earlier": f"{w.rng.randrange(11, 99)}/{frame.written.year}",
            "earlier_date": date_text(w, plan.occasion.first_reply + timedelta(days=5)),
        }
    old = people[0]
    slots["old"] = full_name(old, w)
    return slots, people


def write(
    plan: Plan,
    earlier: Note | None = None,
    known: Sequence[Person] = (),
    taken: Collection[str] = (),
) -> Note:
    """The reply that ``plan`` describes.

    Args:
        plan: what to write.
        earlier: the note it changes, if that was written, too.
        known: persons of earlier meetings who come again, of the State of ``plan``.
        taken: names that nobody else may have, as ``people.folded``.
    """
    w = Wording(plan.language, Random(plan.seed))
    frame = draw_frame(w, plan, earlier.state if earlier else None)
    slots = _slots(w, plan, frame)
    number_html, reference = numbering(w, frame)
    extra: dict[str, Any] = {}
    people: list[Person] = []
    records: list[Printed] = []
    annex = ""
    if plan.revision:
        more, before = _earlier(w, plan, frame, earlier)
        slots.update(more)
        extra = {"revision": plan.revision}
        if plan.revision == "substitutes":
            extra["replaced"] = [before[0].name]
        people = [p for p in before[1:]] if plan.revision == "replaces" and earlier else []
    if plan.kind in ("nomination", "revision"):
        people = _roles(people + _delegates(w, plan, frame, people, known, taken), w, plan.layout)
        if "any_posts" in plan.flags:
            people = with_posts(people, w)
        body, annex, records = _nomination(w, plan, frame, slots, people)
    else:
        body = _body(w, slots, w.fill(plan.occasion.in_year(w.pick("text", plan.kind)), slots))
    if "contact" in plan.flags or "contact_is_delegate" in plan.flags:
        body += _contact(w, frame, people, plan)
    if people and w.rng.random() < 0.45:
        body += paragraph(w.fill(w.pick("text", "requests"), slots))
    if "letter" in plan.flags:
        extra["form"] = "letter"
    html = (
        letterhead(w, frame, number_html)
        + body
        + closing_block(w, plan, frame, slots)
        + addressee_block(w, frame)
        + annex
    )
    return Note(
        plan,
        html,
        w.rtl,
        frame.state["iso"],
        reference,
        frame.written,
        tuple(people),
        tuple(records),
        extra,
    )
