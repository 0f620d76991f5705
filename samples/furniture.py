"""Paper furniture: letterhead, number, date, closing formula, signature, addressee."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

from samples.entries import full_name, paragraph
from samples.people import NameStyle, draw_people, draw_style
from samples.plan import Plan
from samples.telephones import telephone
from samples.wording import Wording, capital, upper

_STREETS = [
    "Argentinierstrasse",
    "Reisnerstrasse",
    "Wohllebengasse",
    "Mahlerstrasse",
    "Opernring",
    "Gusshausstrasse",
    "Prinz-Eugen-Strasse",
    "Rennweg",
    "Schwindgasse",
    "Hietzinger Hauptstrasse",
    "Andromeda-Tower, Donau-City-Strasse",
]
_EMBLEM_FRAMES = [
    '<circle cx="50" cy="50" r="46" fill="none" stroke="#111" stroke-width="3"/>'
    '<circle cx="50" cy="50" r="39" fill="none" stroke="#111"/>',
    '<path d="M12 8H88V55Q88 82 50 97Q12 82 12 55Z" fill="none" stroke="#111" stroke-width="3"/>'
    '<path d="M12 34H88" stroke="#111" stroke-width="2"/>',
    '<path d="M20 92Q-8 50 26 10M80 92Q108 50 74 10" fill="none" stroke="#222" stroke-width="7"'
    ' stroke-dasharray="7 3"/>',
]
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_HAN = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything about the sheet that is decided before the text."""

    state: dict[str, Any]
    sender: str
    slots: dict[str, str]
    names: NameStyle
    written: date
    date_line: str
    date_on_top: bool
    addressee_on_top: bool
    signatory: str | None
    letter: bool


def han_number(n: int) -> str:
    """A number below 100 in Chinese numerals."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十") + (
        _HAN[ones] if ones or not tens else ""
    )


def _ordinal(d: int) -> str:
    return f"{d}{'th' if 10 < d % 100 < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(d % 10, 'th')}"


def date_text(w: Wording, day: date, template: str | None = None, place: str = "") -> str:
    """A date as the language writes it."""
    month = w.data["furniture"]["months"][day.month - 1]
    local = w.data["furniture"].get("months_other", w.data["furniture"]["months"])[day.month - 1]
    d = "1er" if w.language == "fr" and day.day == 1 else str(day.day)
    template = template or w.one("furniture", "body_date")
    return template.format(
        place=place,
        d=d,
        dd=f"{day.day:02}",
        d_ord=_ordinal(day.day),
        month=month,
        other_month=local,
        MONTH=upper(month),
        m=day.month,
        mm=f"{day.month:02}",
        y=day.year,
        be=day.year + 543,
        ad=str(day.day).translate(EASTERN),
        ay=str(day.year).translate(EASTERN),
        am=str(day.month).translate(EASTERN),
        hy="".join(_HAN[int(c)] for c in str(day.year)),
        hm=han_number(day.month),
        hd=han_number(day.day),
    )


def _slots(w: Wording, state: dict[str, Any], kind: str) -> dict[str, str]:
    base = {
        "of": state["of"],
        "OF": upper(state["of"]),
        "short": state["short"],
        "SHORT": upper(state["short"]),
        "of_short": state.get("of_short", state["of"]),
        "ABC": state.get("abc", state["iso"]),
        "formal": state.get("formal", state["of"]),
    }
    sender = w.fill(state.get("sender", {}).get(kind) or w.rng.choice(w.data["sender"][kind]), base)
    self = w.data["sender"]["self"][kind]
    return {
        **base,
        "sender": sender,
        "Sender": capital(sender),
        "self": self,
        "Self": capital(self),
    }


def draw_frame(w: Wording, plan: Plan, state_iso: str | None) -> Frame:
    """Sender, date and habits of the sheet."""
    rng = w.rng
    state = w.state(state_iso or plan.state)
    kind = plan.sender or rng.choices(["mission", "embassy", "ministry"], [60, 25, 15])[0]
    slots = _slots(w, state, kind)
    names = draw_style(w)
    written = plan.occasion.first_reply + timedelta(
        days=rng.randrange(43) if plan.day is None else plan.day
    )
    template = rng.choice(w.data["furniture"]["dates"] + state.get("extra_dates", []))
    place = w.pick("furniture", "places")
    if kind == "ministry":
        place = state.get("capital", "")
        template = template if place else w.one("furniture", "plain_date")
    signatory = None
    if "signatory" in plan.flags or "letter" in plan.flags:
        who = draw_people(w, state, 1, names, mails=False)[0]
        signatory = f"{full_name(who, w)}\n{w.pick('text', 'signatory')}"
    return Frame(
        state,
        kind,
        slots,
        names,
        written,
        date_text(w, written, template, place),
        rng.random() < 0.35,
        rng.random() < 0.2,
        signatory,
        "letter" in plan.flags,
    )


def numbering(w: Wording, frame: Frame) -> tuple[str, str | None]:
    """The note's own number: the line, and the number as the truth holds it."""
    if w.rng.random() < 0.04:
        return "", None
    n = w.rng.randrange(12, 320)
    template: str = w.rng.choice(w.data["furniture"]["numbers"])
    template = template.replace("2019", str(frame.written.year))
    line = template.format(
        n=n,
        n3=f"{n:03}",
        n4=f"{n + 1000 * w.rng.randrange(0, 4):04}",
        yy=f"{frame.written:%y}",
        yyyy=str(frame.written.year),
        an=str(n).translate(EASTERN),
        ayyyy=str(frame.written.year).translate(EASTERN),
        ABC=frame.slots["ABC"],
    )
    label, number = line.split("|")
    return label + number, number.strip()


def _emblem(w: Wording) -> str:
    rng = w.rng
    points = " ".join(
        f"{50 + r * math.sin(math.pi * i / rays):.1f},{50 - r * math.cos(math.pi * i / rays):.1f}"
        for rays in (rng.choice([5, 8, 12]),)
        for i in range(2 * rays)
        for r in ((30 if i % 2 == 0 else 15),)
    )
    frame = rng.choice(_EMBLEM_FRAMES)
    return f'<svg viewBox="0 0 100 100">{frame}<polygon points="{points}" fill="#222"/></svg>'


def _address(w: Wording, frame: Frame) -> list[str]:
    rng = w.rng
    place = w.data["furniture"]["places"][0]
    street = f"{rng.choice(_STREETS)} {rng.randrange(2, 60)}{rng.choice(['', '/4', '/11', 'A'])}"
    code = rng.choice(["1010", "1030", "1040", "1220"])
    lines = [f"{street}, {code} {place}, {w.one('furniture', 'country')}"]
    shown, _ = telephone(w, {"cc": "at"}, mobile=False)
    phones = w.pick("furniture", "phone").format(phone=shown)
    if rng.random() < 0.5:
        phones += "   " + w.pick("furniture", "fax").format(
            phone=shown[:-1] + str(rng.randrange(9))
        )
    host = f"{w.data['orgs'][-1]['hosts'][0]}.{frame.state['cc']}"
    box = rng.choice(
        ["vienna", "mission.vienna", "pm.vienna", "emb.vienna", "info", "wien", "office"]
    )
    lines.append(phones)
    if rng.random() < 0.85:
        lines.append(w.pick("furniture", "mail").format(mail=f"{box}@{host}"))
    return lines


def _heading(w: Wording, frame: Frame) -> str:
    heads = frame.state.get("heads")
    if heads and frame.sender != "ministry" and w.rng.random() < 0.6:
        return str(w.rng.choice(heads))
    return w.fill(str(w.rng.choice(w.data["letterhead"][frame.sender])), frame.slots)


def letterhead(w: Wording, frame: Frame, number: str) -> str:
    """Head of the first sheet, with footer, number, and what else stands above the text."""
    rng = w.rng
    side = rng.choice(["centre", "centre", "centre", "right" if w.rtl else "left"])
    lines = _heading(w, frame).split("\n")
    emblem = _emblem(w) if rng.random() < 0.7 else ""
    html = f"<p>{emblem}</p>" if emblem else ""
    html += "".join(f'<p class="big">{escape(x)}</p>' for x in lines)
    address = _address(w, frame)
    footer = ""
    where = rng.random()
    if where < 0.35:
        html += "".join(f'<p class="addr">{escape(x)}</p>' for x in address)
    elif where < 0.85:
        footer = f'<div class="firstfooter"><p>{escape(" | ".join(address))}</p></div>'
    rule = '<div class="rule"></div>' if rng.random() < 0.4 else ""
    out = f'{footer}<div class="head {side}">{html}{rule}</div>'
    out += paragraph(number, "left" if not w.rtl else "") if number else ""
    if frame.date_on_top:
        out += paragraph(frame.date_line, "right")
    if frame.addressee_on_top:
        out += paragraph(w.pick("furniture", "addressee"), "addressee")
    if rng.random() < 0.35 and not frame.letter:
        out += paragraph(w.pick("furniture", "heading"), "title")
    return out


def closing_block(w: Wording, plan: Plan, frame: Frame, slots: dict[str, str]) -> str:
    """Closing formula, date, and room for signature and stamp."""
    key = "letter_close" if "letter" in plan.flags else "closing"
    out = paragraph(capital(w.fill(w.pick("text", key), slots)))
    if not frame.date_on_top:
        out += paragraph(frame.date_line, w.rng.choice(["right", "right", "left", "centre"]))
    out += '<div class="sign" id="sign"></div>'
    if frame.signatory:
        out += paragraph(frame.signatory, "right")
    return out


def addressee_block(w: Wording, frame: Frame) -> str:
    """The address at the foot of the sheet."""
    return (
        "" if frame.addressee_on_top else paragraph(w.pick("furniture", "addressee"), "addressee")
    )
