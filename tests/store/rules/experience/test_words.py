"""Words that reviewers confirmed for a State: a hint in one note, evidence in several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.types import Doubt
from store.rules.experience.evidence import Approved
from store.rules.experience.judged import REVIEWED, Judged
from store.rules.experience.words import learnt, of_many_bodies, pattern


def row(
    note: int,
    name: str = "Ada One",
    email: str | None = None,
    title: str | None = None,
) -> Approved:
    return Approved(note * 10, note, "KEN", name, email, title)


def judged(name: str, email: str | None, title: str | None, *doubts: Doubt) -> Judged:
    values = {"name": name, "email": email, "title": title, "organization": None}
    return Judged(
        1, 1, "KEN", None, "en", values, values, dict.fromkeys(REVIEWED, 0.7), doubts, 0.5
    )


MISREAD = Doubt("word_misread", "title")


def test_a_post_of_several_notes_answers_doubts_and_of_one_note_is_a_hint() -> None:
    read = judged("Bo Two", None, "Wali of the Region", MISREAD)
    once = learnt([row(1, title="Wali of the Region"), row(1, title="Wali of the region")])
    hint = once.judge(read)
    assert hint.doubts == read.doubts
    assert read.chances["title"] < hint.chances["title"] < 0.95
    twice = learnt([row(1, title="Wali of the Region"), row(2, title="Wali of the region")])
    after = twice.judge(read)
    assert after.doubts == ()
    assert after.chances["title"] > 0.95
    assert [w.text for w in twice.found.values() if w.kind == "title"] == ["Wali of the Region"]


def test_a_post_that_may_be_cut_short_keeps_the_doubt_of_its_end() -> None:
    whole = "Director, Treaty Department"
    words = learnt([row(n, title=t) for n in (1, 2) for t in ("Director", whole)])
    unsure = Doubt("boundary_uncertain", "title")
    assert words.judge(judged("Bo Two", None, "Director", unsure)).doubts == (unsure,)
    assert words.judge(judged("Bo Two", None, whole, unsure)).doubts == ()


def test_the_way_of_addresses_of_a_state_answers_a_mismatch() -> None:
    mismatch = Doubt("name_email_mismatch", "email")
    words = learnt(
        [row(1, "Ada Oke", "a.oke-law@mfa.go.ke"), row(2, "Bo Tiri", "b.tiri-law@mfa.go.ke")]
    )
    assert words.judge(judged("Cy Ree", "c.ree-law@mfa.go.ke", None, mismatch)).doubts == ()
    for other in ("c.ree-law@mof.go.ke", "b.tiri-law@mfa.go.ke", "x.roe-law@mfa.go.ke"):
        assert words.judge(judged("Cy Ree", other, None, mismatch)).doubts == (mismatch,)


def test_a_mailbox_of_several_persons_and_notes_answers_that_it_is_shared() -> None:
    doubts = (Doubt("name_email_mismatch", "email"), Doubt("email_shared", "email"))
    rows = [row(1, "Ada Oke", "uncac@mfa.go.ke"), row(2, "Bo Tiri", "uncac@mfa.go.ke")]
    read = judged("Cy Ree", "uncac@mfa.go.ke", None, *doubts)
    assert learnt(rows).judge(read).doubts == ()
    assert learnt([rows[0], row(2, "Ada Oke", "uncac@mfa.go.ke")]).judge(read).doubts == doubts


def test_a_domain_of_the_state_answers_and_nearly_one_is_doubted() -> None:
    rows = [row(n, email=f"x{n}@judiciary.go.ke") for n in (1, 2)]
    words = learnt(rows)
    odd = Doubt("domain_unusual", "email", "judiciary-go.ke")
    assert words.judge(judged("Cy Ree", "c@judiciary.go.ke", None, odd)).doubts == ()
    read = judged("Cy Ree", "c@judiciarv.go.ke", None)
    assert words.judge(read).doubts == (Doubt("domain_unusual", "email", "judiciary.go.ke"),)
    assert words.judge(judged("Cy Ree", "c@treasury.go.ke", None)).doubts == ()


def test_a_word_that_was_taken_out_says_nothing() -> None:
    rows = [row(n, title="Wali") for n in (1, 2)]
    words = learnt(rows, frozenset([("title", "wali")]))
    read = judged("Bo Two", None, "Wali", MISREAD)
    assert words.judge(read) == read


@pytest.mark.parametrize(
    ("name", "email", "way"),
    [
        ("John KAMAU", "john.kamau@mfa.go.ke", "first.last@mfa.go.ke"),
        ("John KAMAU", "jkamau@mfa.go.ke", "flast@mfa.go.ke"),
        ("John KAMAU", "kamauj7@mfa.go.ke", "lastf0@mfa.go.ke"),
        ("John Mwangi KAMAU", "mwangi_kamau@mfa.go.ke", "word_last@mfa.go.ke"),
        ("John KAMAU", "j.k@mfa.go.ke", None),
        ("", "a@b", None),
    ],
)
def test_how_an_address_is_made_of_a_name(name: str, email: str, way: str | None) -> None:
    assert pattern(name, email) == way


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_name_and_address_have_a_way_or_none(name: str, email: str) -> None:
    way = pattern(name, email)
    assert way is None or way.endswith("@" + email.partition("@")[2])


@given(
    st.lists(
        st.builds(
            row, st.integers(1, 3), st.text(max_size=6), st.text(max_size=9), st.text(max_size=9)
        ),
        max_size=6,
    )
)
def test_no_word_is_in_more_notes_than_there_are(rows: list[Approved]) -> None:
    notes = len({r.note for r in rows})
    assert all(1 <= word.notes <= notes for word in learnt(rows).found.values())


ACCENTS = Doubt("accents_unsure", "name", "Ludmila Sebestik")


def named(*names: str) -> list[Approved]:
    return [row(note, name) for note, name in enumerate(names, 1)]


def test_words_that_others_of_the_state_bear_answer_doubts_of_a_names_letters() -> None:
    known = named("Božena Šebestík", "Pavel ŠEBESTÍK", "Ludmila Dvořáková", "Ludmila Černá")
    read = judged("Ludmila ŠEBESTÍK", None, None, ACCENTS)
    after = learnt(known).judge(read)
    assert after.doubts == ()
    assert after.chances["name"] > 0.95
    for words in (known[:1], known[:3]):
        assert learnt(words).judge(read).doubts == (ACCENTS,), "a word that one note alone has"
    cut = Doubt("boundary_uncertain", "name")
    assert learnt(known).judge(judged("Ludmila Šebestík", None, None, cut)).doubts == (cut,)


def test_a_word_of_names_without_the_accents_that_others_have_is_doubted() -> None:
    words = learnt(named("Äijö Väisä", "Tuomo Väisä"))
    lost = words.judge(judged("Aino Vaisa", None, None))
    assert lost.doubts == (Doubt("accents_unsure", "name", "Väisä"),)
    for right in ("Aino Väisä", "Aino VAISA"):  # capitals are often printed without
        assert words.judge(judged(right, None, None)).doubts == ()
    both = learnt(named("Äijö Väisä", "Tuomo Väisä", "Pia Vaisa", "Ulla Vaisa"))
    assert both.judge(judged("Aino Vaisa", None, None)).doubts == ()


def test_a_post_with_a_word_of_names_in_it_may_begin_too_early() -> None:
    words = learnt(named("Ana Errázurra", "Luis Errázurra"))
    read = judged("Néstor Fuenzal", None, "Errázurra, Director")
    assert words.judge(read).doubts == (Doubt("boundary_uncertain", "title"),)
    assert words.judge(judged("Néstor Fuenzal", None, "Director")).doubts == ()


def test_an_address_made_as_others_of_its_body_has_no_part_missing() -> None:
    cut = Doubt("boundary_uncertain", "email")
    words = learnt([row(1, "Ada Oke", "a.oke@mfa.go.ke"), row(2, "Bo Tiri", "b.tiri@mfa.go.ke")])
    assert words.judge(judged("Cy Ree", "c.ree@mfa.go.ke", None, cut)).doubts == ()
    for other in ("ree@mfa.go.ke", "c.ree@mof.go.ke"):
        assert words.judge(judged("Cy Ree", other, None, cut)).doubts == (cut,)


def test_a_mailbox_of_many_bodies_names_nobody() -> None:
    mismatch = Doubt("name_email_mismatch", "email")
    lesson = of_many_bodies({"delegation"})
    assert lesson(judged("Cy Ree", "delegation@mfa.go.ke", None, mismatch)).doubts == ()
    read = judged("Cy Ree", "delegations@mfa.go.ke", None, mismatch)
    assert lesson(read) == read
