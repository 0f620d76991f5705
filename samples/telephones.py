"""Invented telephone numbers that a State could have."""

from __future__ import annotations

from typing import Any

import phonenumbers

from samples.wording import Wording


def telephone(w: Wording, state: dict[str, Any], mobile: bool = True) -> tuple[str, str]:
    """A number of the State as printed and in E.164; the last digits are invented."""
    region = state["cc"].upper()
    kind = (
        phonenumbers.PhoneNumberType.MOBILE if mobile else phonenumbers.PhoneNumberType.FIXED_LINE
    )
    number = phonenumbers.example_number_for_type(region, kind) or phonenumbers.example_number(
        region
    )
    if number is None or number.national_number is None:
        raise ValueError(f"no telephone numbers are known for {region}")
    for _ in range(20):
        trial = phonenumbers.PhoneNumber(
            country_code=number.country_code,
            national_number=number.national_number // 10000 * 10000 + w.rng.randrange(1000, 9999),
            italian_leading_zero=number.italian_leading_zero,
        )
        if phonenumbers.is_valid_number(trial):
            number = trial
            break
    printed = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    code, rest = printed.split(" ", 1)
    printed = w.rng.choice(
        [
            printed,
            printed,
            f"({code}) {rest}",
            f"{code} {rest.replace(' ', '.')}",
            f"{code}-{rest.replace(' ', '-')}",
        ]
    )
    if w.rtl:  # keeps the groups of digits from being set in reverse order
        printed = f"\u2066{printed}\u2069"
    return printed, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
