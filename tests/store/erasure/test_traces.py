"""Where SQLite looks for a person before the texts are folded here: no text may be passed over."""

from __future__ import annotations

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from store.erasure.traces import may_mention, mentioned
from store.rules.names import name_key

NAMES = st.sampled_from(
    [
        "Ana Ruiz",
        "OUÉDRAOGO Abdoulaye",
        "O'NEIL-Smith Jo",
        "张小伟",
        "Иван Петров",
        "Şule Ağaoğlu",
        "ß",
    ]
)
EMAILS = st.sampled_from(["a.ruiz@example.org", "q_%x@example.org"])
AROUND = st.text(st.sampled_from("abcXYZ .,'\"-_%*?[]^\n\téÉİıſK张и\u0301\u00a0"), max_size=12)


@given(NAMES, EMAILS, st.lists(st.one_of(AROUND, NAMES, EMAILS), max_size=5), st.booleans())
def test_every_text_that_names_the_person_is_looked_at(
    name: str, email: str, parts: list[str], capitals: bool
) -> None:
    text = " ".join(parts)
    text = text.upper() if capitals else text
    names, emails = {name_key(name)}, {email}
    may, parameters = may_mention("x", names, emails)
    conn = sqlite3.connect(":memory:")
    (found,) = conn.execute(
        f"SELECT {may} FROM (SELECT :x AS x)",  # noqa: S608
        {**parameters, "x": text},
    ).fetchone()
    conn.close()
    assert found or not mentioned(names, emails, text)


def test_most_texts_are_not_looked_at() -> None:
    may, parameters = may_mention("x", {("ana", "ruiz")}, set())
    conn = sqlite3.connect(":memory:")
    texts = ["RUIZ, Ana", "Banana", "Ruizing", "José", "Peter"]
    sql = f"SELECT {may} FROM (SELECT ? AS x)".replace("?", ":x")  # noqa: S608
    found = [bool(conn.execute(sql, {**parameters, "x": text}).fetchone()[0]) for text in texts]
    conn.close()
    assert found == [True, False, True, True, False]
