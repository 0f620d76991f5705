"""Fresh replies: the same for one seed, different for another, and truth in the same form."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from samples import make
from samples.mail import compose
from samples.notes import write
from samples.plan import Plan, at_random
from samples.wording import LANGUAGES

SAMPLES = Path(__file__).parents[2] / "samples"


BASE = Plan(
    stem="x",
    seed=5,
    language="en",
    layout="numbered_list",
    degradation="clean",
    container="png",
)


def test_a_seed_gives_the_same_files_and_another_seed_others(tmp_path: Path) -> None:
    for folder, seed in (("a", 7), ("b", 7), ("c", 8)):
        argv = [
            "--seed",
            str(seed),
            "--count",
            "2",
            "--languages",
            "en",
            "--out",
            str(tmp_path / folder),
        ]
        assert make.main(argv) == 0
    read = {
        f: {p.name: p.read_bytes() for p in sorted((tmp_path / f).rglob("*")) if p.is_file()}
        for f in "abc"
    }
    assert len(read["a"]) == 5  # two replies, two truths and the invitation
    assert read["a"] == read["b"]
    assert read["a"] != read["c"]
    truths = [json.loads(v) for k, v in read["a"].items() if k.endswith(".json")]
    assert all((tmp_path / "a" / t["file"]).exists() for t in truths)


def test_random_plans_reach_every_language_layout_and_degradation() -> None:
    plans = at_random(1, 400, LANGUAGES)
    assert {p.language for p in plans} == set(LANGUAGES)
    assert len({p.layout for p in plans}) == 9
    assert len({p.degradation for p in plans}) == 8
    assert {p.revision for p in plans} == {None, "replaces", "adds", "substitutes"}


def test_every_reply_of_many_seeds_can_be_written() -> None:
    for p in at_random(99, 500, LANGUAGES):
        note = write(p)
        assert "{" not in note.html
        assert (len(note.printed) > 0) == (p.kind in ("nomination", "revision"))


def test_a_substitution_names_only_the_new_person() -> None:
    first = write(replace(BASE, count=2))
    later = write(
        replace(BASE, seed=6, layout="prose", kind="revision", revision="substitutes"), first
    )
    assert later.state == first.state
    assert later.extra["replaced"] == [first.people[0].name]
    assert [p.record["name"] for p in later.printed] != [first.people[0].name]
    assert len(later.printed) == 1


def test_a_revision_keeps_the_people_who_stay() -> None:
    first = write(replace(BASE, count=3))
    later = write(replace(BASE, seed=6, kind="revision", revision="replaces", count=3), first)
    names = [p.record["name"] for p in later.printed]
    assert [p.name for p in first.people[1:]] == names[:2]
    assert first.people[0].name not in names


def test_messages_are_the_same_in_every_run() -> None:
    entry = {
        "slug": "t",
        "shape": "logo",
        "sender": "A <a@example.org>",
        "subject": "Note",
        "received": "2019-05-08T10:14:09+02:00",
        "text": "Attached.",
        "parts": [{"reply": "001-ken-numbered", "filename": "Nota é.pdf"}],
    }
    assert compose(entry, SAMPLES) == compose(entry, SAMPLES)
