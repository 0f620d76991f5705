"""Three meetings: who returns is the same person of the same State, and each meeting is its own."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from extract.facts.invitation import read_invitation
from samples.histories import RETURN, histories
from samples.make import HERE
from samples.notes import Note
from samples.occasions import FIRST, OCCASIONS
from samples.people import folded

COUNT = 120


def _meetings(seed: int = 3) -> list[list[Note]]:
    return [notes for _, notes in histories(seed, COUNT)]


def _keys(notes: list[Note]) -> list[str]:
    return [key for note in notes for key in note.extra["persons"]]


def test_a_seed_gives_the_same_history_and_another_seed_another() -> None:
    one, same, other = _meetings(), _meetings(), _meetings(4)
    assert [[n.html for n in notes] for notes in one] == [[n.html for n in notes] for notes in same]
    assert _keys(one[2]) != _keys(other[2])


def test_two_persons_in_five_return_from_the_second_meeting_on() -> None:
    before: set[str] = set()
    for number, notes in enumerate(_meetings()):
        keys = _keys(notes)
        assert len(keys) == len(set(keys)), "nobody comes twice to one meeting"
        share = sum(key in before for key in keys) / len(keys)
        assert share == 0 if number == 0 else abs(share - RETURN) < 0.05
        before.update(keys)


def test_who_returns_keeps_name_and_state_and_mostly_post_and_address() -> None:
    came = defaultdict(list)
    for notes in _meetings():
        for note in notes:
            for key, person in zip(note.extra["persons"], note.people, strict=True):
                came[key].append((note.state, person))
    again = [visits for visits in came.values() if len(visits) > 1]
    assert all(len({(state, folded(p)) for state, p in visits}) == 1 for visits in again)
    pairs = [(a[1], b[1]) for visits in again for a, b in pairwise(visits)]
    mailed = [(a, b) for a, b in pairs if a.email and b.email]
    assert 0.7 < sum(a.title == b.title for a, b in pairs) / len(pairs) < 0.95
    assert 0.8 < sum(a.email == b.email for a, b in mailed) / len(mailed) < 1


def test_the_names_of_two_persons_are_seldom_the_same() -> None:
    names = defaultdict(set)
    for notes in _meetings():
        for note in notes:
            for key, person in zip(note.extra["persons"], note.people, strict=True):
                names[folded(person)].add(key)
    assert sum(len(keys) > 1 for keys in names.values()) / len(names) < 0.05


def test_each_meeting_has_its_own_reference_dates_and_invitation() -> None:
    text = (Path(HERE) / "invitation.txt").read_text(encoding="utf-8")
    assert FIRST.invitation(text) == text
    for occasion, notes in histories(3, COUNT):
        told = read_invitation(occasion.invitation(text))
        assert told is not None
        assert told.reference == occasion.reference
        assert told.deadline == occasion.deadline
        assert {note.written.year for note in notes if note.written} == {occasion.invited.year}
        if occasion is not FIRST:
            assert not any("2019/59" in note.html or "eighth" in note.html for note in notes)
    assert len({occasion.reference for occasion in OCCASIONS}) == 3
