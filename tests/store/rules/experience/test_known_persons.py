"""What an approved row says of one read later, and what it must not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.types import Doubt
from store.rules.experience import persons
from store.rules.experience.evidence import AGAINST, MOST_NOTES, SOFT, Approved, raised
from store.rules.experience.judged import REVIEWED, Judged, finished
from store.rules.experience.letters import letters, one_letter_apart, same_name, spelled_like
from store.rules.experience.persons import Memory

READ = frozenset(("name", "email", "title"))
THRESHOLD = 0.8


def judged(
    name: str = "Juan GONZÁLEZ",
    email: str | None = "juan.gonzalez@mre.gob.ex",
    title: str | None = "Legal Adviser",
    *doubts: Doubt,
    chances: Mapping[str, float] | None = None,
) -> Judged:
    values = {"name": name, "email": email, "title": title, "organization": None}
    likely = dict.fromkeys((*REVIEWED, "organization", "honorific", "phone", "role"), 0.97)
    return Judged(
        delegate=1,
        document=1,
        state="PER",
        meeting="M",
        language="es",
        values=values,
        read=values,
        chances={**likely, **(chances or {})},
        doubts=doubts,
        row=0.9,
    )


def approved(
    name: str = "Juan GONZÁLEZ",
    email: str | None = "juan.gonzalez@mre.gob.ex",
    title: str | None = "Legal Adviser",
    *,
    note: int = 10,
    borne_out: frozenset[str] = READ,
    state: str = "PER",
) -> Approved:
    return Approved(note * 10, note, state, name, email, title, borne_out=borne_out)


def codes(row: Judged) -> set[str]:
    return {d.code for d in finished(row, likely=row.reviewed >= THRESHOLD)}


def test_name_and_address_read_again_as_approved_confirm_each_other() -> None:
    row = judged(
        "Juan GONZÁLEZ",
        "juan.gonzalez@mre.gob.ex",
        "Legal Adviser",
        Doubt("accents_unsure", "name"),
        Doubt("readers_disagree", "email"),
        Doubt("boundary_uncertain", "title"),
        chances={"name": 0.55, "email": 0.6, "title": 0.7},
    )
    assert "low_confidence" in codes(row)
    after = Memory([approved()]).judge(row)
    assert codes(after) == set()
    assert after.reviewed > 0.95
    assert after.values == row.values


@pytest.mark.parametrize("code", ["title_missing", "several_emails"])
def test_a_doubt_of_the_row_itself_is_not_answered_by_letters(code: str) -> None:
    row = judged("Juan GONZÁLEZ", "juan.gonzalez@mre.gob.ex", "Legal Adviser", Doubt(code, "name"))
    assert code in codes(Memory([approved()] * 3).judge(row))


@pytest.mark.parametrize("code", sorted(AGAINST))
def test_memory_as_doubtful_as_the_page_does_not_answer_what_the_page_says_against_it(
    code: str,
) -> None:
    """A wrong memory that is read again needs evidence on a page: one reading that is clear."""
    row = judged(
        "Juan GONZALES",
        "juan.gonzalez@mre.gob.ex",
        "Legal Adviser",
        Doubt(code, "name", "GONZÁLEZ"),
    )
    known = approved("Juan GONZALES", borne_out=frozenset())
    assert code in codes(Memory([known]).judge(row))
    assert code not in codes(Memory([known, replace(known, note=11)]).judge(row))
    assert code not in codes(Memory([replace(known, borne_out=READ)]).judge(row))


@pytest.mark.parametrize("name", ["Juan González", "GONZÁLEZ Juan"])
def test_a_name_in_another_case_or_order_is_not_confirmed(name: str) -> None:
    unsure = Doubt("accents_unsure", "name")
    row = judged(name, "juan.gonzalez@mre.gob.ex", None, unsure, chances={"name": 0.6})
    after = Memory([approved()]).judge(row)
    assert after.doubts == (unsure,)
    assert after.chances["name"] == 0.6


@pytest.mark.parametrize("doubt", ["low_ocr", "readers_disagree", "name_email_mismatch"])
def test_what_was_typed_and_never_read_so_confirms_nothing_until_a_second_note(doubt: str) -> None:
    """The worst that can be told: a wrong name is approved that is just what will be misread."""
    row = judged("Juan GONZALES", chances={"name": 0.6}, title=None).doubted(Doubt(doubt, "name"))
    typed = approved("Juan GONZALES", borne_out=frozenset(("email",)))
    assert {doubt, "low_confidence"} <= codes(Memory([typed]).judge(row))
    assert codes(Memory([typed, replace(typed, note=11)]).judge(row)) == set()


def test_who_is_known_by_name_and_address_is_a_person_without_a_form_of_address() -> None:
    bare = Doubt("name_without_honorific", "name")
    row = judged("Juan GONZÁLEZ", "juan.gonzalez@mre.gob.ex", None, bare)
    assert codes(Memory([approved()]).judge(row)) == set()
    alone = judged("Juan GONZÁLEZ", None, None, bare)
    assert "name_without_honorific" in codes(Memory([approved(email=None)]).judge(alone))


def test_scans_of_one_note_and_further_notes_do_not_strengthen_without_end() -> None:
    row = judged(chances={"name": 0.5})
    one = Memory([approved(note=10)] * 5).judge(row)
    assert one == Memory([approved(note=10)]).judge(row)
    most = Memory([approved(note=n) for n in range(MOST_NOTES)]).judge(row)
    assert most == Memory([approved(note=n) for n in range(50)]).judge(row)
    assert one.chances["name"] < most.chances["name"] < 1.0


def test_an_accent_that_was_approved_is_offered_and_not_written() -> None:
    row = judged("GONZALEZ Juan")
    after = Memory([approved()]).judge(row)
    assert Doubt("known_accents", "name", "100") in after.doubts
    assert after.values == row.values
    assert after.chances == row.chances


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Juan GONZÁLES", "juan.gonzalez@mre.gob.ex"),
        ("Jvan GONZALES", "juan.gonzalez@mre.gob.ex"),
        ("Juana GONZÁLEZ", None),
    ],
)
def test_one_letter_away_is_doubted_and_offered(name: str, email: str | None) -> None:
    row = judged(name, email)
    after = Memory([approved()]).judge(row)
    assert after.doubts == (Doubt(persons.KNOWN_NEARLY, "name", "100"),)
    assert after.values == row.values


def test_one_letter_away_from_another_family_is_another_person() -> None:
    row = judged("Juan GONZÁLEX", "j.gonzalex@mre.gob.ex")
    assert Memory([approved()]).judge(row) == row


def test_a_namesake_who_stands_in_the_note_is_not_offered_to_another_row() -> None:
    row = judged("Juana GONZÁLEZ", "juana@mre.gob.ex")
    assert Memory([approved()], beside=frozenset(["Juan González"])).judge(row) == row


def test_a_known_person_with_another_address_is_said() -> None:
    row = judged(email="jgonzalez@correo.ex")
    after = Memory([approved()]).judge(row)
    assert after.doubts == (Doubt("known_new_address", "email", "100"),)
    assert not after.asks


def test_a_known_person_with_an_unsure_other_address_is_doubted() -> None:
    unsure = Doubt("readers_disagree", "email")
    after = Memory([approved()]).judge(judged("Juan GONZÁLEZ", "j@correo.ex", "Judge", unsure))
    assert Doubt("known_other_address", "email", "100") in after.doubts
    assert after.asks


def test_an_address_one_sign_away_is_offered() -> None:
    row = judged(email="juan.gonza1ez@mre.gob.ex")
    after = Memory([approved()]).judge(row)
    assert after.doubts == (Doubt("known_nearly", "email", "100"),)


def test_two_persons_of_one_name_are_kept_apart() -> None:
    other = approved(email="otro@mre.gob.ex", title="Judge", note=11)
    both = Memory([approved(), other])
    for email, title in (("otro@mre.gob.ex", "Judge"), ("juan.gonzalez@mre.gob.ex", None)):
        after = both.judge(judged(email=email, title=title))
        assert not {d.code for d in after.doubts} & {"known_other_address", "known_nearly"}
        assert after.chances["email"] > 0.99
    unknown = both.judge(judged(email=None))
    assert unknown.doubts == ()


def test_no_address_twice_answers_that_none_is_there() -> None:
    row = judged("Juan GONZÁLEZ", None, "Legal Adviser", Doubt("email_missing", "email"))
    bare = approved(email=None)
    assert "email_missing" in codes(Memory([bare]).judge(row))
    assert "email_missing" not in codes(Memory([bare, replace(bare, note=11)]).judge(row))


def test_an_address_that_was_approved_and_is_not_read_is_offered() -> None:
    after = Memory([approved()]).judge(judged(email=None))
    assert Doubt("known_other_address", "email", "100") in after.doubts


def test_a_changed_title_is_ordinary_and_one_a_letter_away_is_offered() -> None:
    assert Memory([approved()]).judge(judged(title="Ambassador")).doubts == ()
    after = Memory([approved()]).judge(judged(title="Lega1 Adviser"))
    assert after.doubts == (Doubt("known_nearly", "title", "100"),)


def test_a_known_person_under_another_state_is_said() -> None:
    after = Memory(elsewhere=[approved(state="CHL")]).judge(judged())
    assert after.doubts == (Doubt("known_other_state", None, "100"),)
    namesake = approved(email="x@y.ex", title="Judge", state="CHL")
    assert Memory(elsewhere=[namesake]).judge(judged()) == judged()


def test_of_two_ways_to_write_a_person_the_one_with_fewer_notes_is_doubted() -> None:
    right, wrong = approved(note=1), approved("Juan GONZÁLES", note=3)
    for rows in ([right, wrong], [wrong, right]):
        assert "known_nearly" in codes(Memory(rows).judge(judged()))
        assert "known_nearly" in codes(Memory(rows).judge(judged("Juan GONZÁLES")))
    more = [right, replace(right, note=2), wrong]
    assert codes(Memory(more).judge(judged())) == set()
    assert "known_nearly" in codes(Memory(more).judge(judged("Juan GONZÁLES")))


NAMES = st.text(alphabet="abcdeñéü", min_size=3, max_size=9).map(str.capitalize)
WORDS = st.lists(NAMES, min_size=2, max_size=3).map(" ".join)
CODES = st.sampled_from(sorted(SOFT | AGAINST | {"title_missing", "email_missing"}))
DOUBTS = st.lists(st.builds(Doubt, CODES, st.sampled_from(REVIEWED)), max_size=4)
CHANCES = st.fixed_dictionaries(dict.fromkeys(REVIEWED, st.floats(0.0, 1.0)))


@given(
    name=WORDS,
    where=st.integers(0, 30),
    sign=st.sampled_from("abcdeñéü"),
    more=DOUBTS,
    chances=CHANCES,
    notes=st.integers(1, 4),
    same=st.booleans(),
)
def test_a_wrong_memory_never_makes_a_right_reading_an_unmarked_wrong_one(
    name: str,
    where: int,
    sign: str,
    more: list[Doubt],
    chances: dict[str, float],
    notes: int,
    *,
    same: bool,
) -> None:
    """One letter of it is wrong: the reading stays, is not trusted more, and no doubt goes."""
    at = where % len(name)
    wrong = name[:at] + sign + name[at + 1 :]
    if same_name(wrong, name):
        return
    row = judged(name, "a.b@c.ex" if same else None, "Judge", *more, chances=chances)
    known = [approved(wrong, "a.b@c.ex", "Judge", note=n) for n in range(notes)]
    after = Memory(known).judge(row)
    assert after.values == row.values
    assert set(row.doubts) <= set(after.doubts)
    assert after.chances == row.chances


@given(name=WORDS, known=WORDS, more=DOUBTS, chances=CHANCES)
def test_no_chance_leaves_its_bounds_and_none_falls(
    name: str, known: str, more: list[Doubt], chances: dict[str, float]
) -> None:
    row = judged(name, "a@b.ex", "Judge", *more, chances=chances)
    after = Memory([approved(known, "a@b.ex"), approved(name, "a@b.ex", note=2)]).judge(row)
    for field, chance in row.chances.items():
        assert chance <= after.chances[field] <= 1.0


@given(chance=st.floats(0, 1), odds=st.floats(1, 1000))
def test_raising_a_chance_never_lowers_it(chance: float, odds: float) -> None:
    assert chance - 1e-12 <= raised(chance, odds) <= 1.0


@given(st.text(max_size=20), st.text(max_size=20))
def test_letters_of_any_text_can_be_compared(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)
    assert one_letter_apart(one, other) == one_letter_apart(other, one)
    assert letters(letters(one)) == letters(one)
    spelled_like(one, other)
