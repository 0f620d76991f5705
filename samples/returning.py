"""Persons who were at an earlier meeting: the same name, sometimes another post or address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from samples.people import NameStyle, Person, new_post, post_box, written
from samples.telephones import telephone
from samples.wording import Wording, name_pool

NEW_POST = 0.2
"""Share of them who have another post than last time, and the form of address of it."""

NEW_ADDRESS = 0.1
"""Share of those with an address who have moved to another."""

LATE_ADDRESS = 0.5
"""Share of those without an address last time who have one now."""


def come_again(
    w: Wording, person: Person, state: dict[str, Any], style: NameStyle, mails: bool, phones: bool
) -> Person:
    """``person`` as a later note of the State prints him or her, in its own way of writing."""
    rng = w.rng
    pool = name_pool(state["names"])
    p = person
    if pool.get("script", "latin") == "latin":
        p = replace(p, name=written(p.given, p.family, style, pool))
    if rng.random() < NEW_POST:
        p = new_post(w, p, state, style)
    elif style.honorific == "never":
        p = replace(p, honorific=None)
    elif p.honorific is None:
        forms = w.data["people"]["female" if p.female else "male"]
        p = replace(p, honorific=str(forms[style.form % len(forms)]))
    if rng.random() < (NEW_ADDRESS if p.email else LATE_ADDRESS):
        p = replace(p, email=post_box(w, p, state["cc"]))
    if not phones:
        p = replace(p, phone=None, phone_e164=None)
    elif p.phone is None and rng.random() < 0.85:
        printed, e164 = telephone(w, state)
        p = replace(p, phone=printed, phone_e164=e164)
    return p if mails else replace(p, email=None)
