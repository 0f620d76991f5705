"""Where a value begins and ends: what is a guess is a doubt of the field, and of it alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.checks.boundaries import UNCERTAIN
from extract.note import read_raw
from extract.types import Delegate
from tests.extract.letter import HEAD, TAIL, PageOf

LIST = [
    "1. Mr. John KAMAU, Director, Ministry of Justice, j.kamau@justice.go.ke",
    "2. Ms. Mary WANJIKU, State Counsel, Ministry of Justice, m.wanjiku@justice.go.ke",
    "3. Mr. Peter OTIENO, Registrar, Supreme Court, p.otieno@courts.go.ke",
]


def last_of(page_of: PageOf, *entry: str) -> Delegate:
    return read_raw((page_of([*HEAD, *LIST, *entry, *TAIL]),)).delegates[-1]


def doubted(person: Delegate) -> set[str | None]:
    return {d.field for d in person.doubts if d.code == UNCERTAIN}


@pytest.mark.parametrize(
    "entry",
    [
        "4. Ms. Ann MUTISO, Judge, Supreme Court, a.mutiso@courts.go.ke",
        "4. Ms. Ann MUTISO, Head of the Treaty Department, Supreme Court, a.mutiso@courts.go.ke",
        "4. Ms. Ann MUTISO, Ministry Counsellor, Permanent Mission, a.mutiso@courts.go.ke",
        "4. Ms. Ann MUTISO, Deputy Director and Legal Adviser, a.mutiso@courts.go.ke",
    ],
)
def test_an_entry_with_plain_boundaries_is_not_doubted(page_of: PageOf, entry: str) -> None:
    assert doubted(last_of(page_of, entry)) == set()


@pytest.mark.parametrize(
    "entry",
    [
        # an office that says not which
        ["4. Ms. Ann MUTISO - Assistant Director, Meteorological", "Services, a.m@courts.go.ke"],
        # a label's word is the value's first
        ["4. Ms. Ann MUTISO", "Designation Judge", "a.mutiso@courts.go.ke"],
    ],
)
def test_a_boundary_that_is_a_guess_is_a_doubt(page_of: PageOf, entry: list[str]) -> None:
    assert "title" in doubted(last_of(page_of, *entry))


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        # the role stands where the others have their post
        (["4. Ms. Ann MUTISO, Member of the Delegation, Zelebo Fane, a.m@courts.go.ke"], "title"),
        # words that lost the space between them
        (["4. Ms. Ann MUTISO, Head of MultilateralAffairs, a.mutiso@courts.go.ke"], "title"),
        # the office before the post, which the others have behind it
        (["4. Ms. Ann MUTISO, Supreme Court, Judge, a.mutiso@courts.go.ke"], "title"),
    ],
)
def test_what_is_taken_for_a_part_of_its_neighbour_is_a_doubt(
    page_of: PageOf, entry: list[str], field: str
) -> None:
    assert field in doubted(last_of(page_of, *entry))


CHINESE = [
    "肯尼亚共和国驻奥地利共和国大使馆向联合国毒品和犯罪问题办公室致意，并谨提名下列代表出席会议：",
    "1. 王明华先生，处长，司法部，wang.minghua@justice.go.ke",
    "2. 陈晓明女士，检察官，最高法院，chen.xiaoming@courts.go.ke",
]


def test_white_that_a_chinese_name_lost_is_a_doubt(page_of: PageOf) -> None:
    page = page_of([*CHINESE, "3. 周 燕女士，法官，最高法院，zhou.yan@courts.go.ke"])
    person = read_raw((page,)).delegates[-1]
    assert person.name.text == "周 燕" or doubted(person) == {"name"}


def test_a_word_below_the_last_entry_is_perhaps_its_end(page_of: PageOf) -> None:
    last = "4. Ms. Ann MUTISO, Judge, a.mutiso@courts.go.ke"
    assert doubted(last_of(page_of, last)) == set()
    second = page_of(["Service", *TAIL])
    pages = page_of([*HEAD, *LIST, last]), replace(second, number=2)
    assert doubted(read_raw(pages).delegates[3]) == {"title"}


def test_an_office_that_begins_with_a_word_of_the_post_above_is_a_doubt(page_of: PageOf) -> None:
    first = ["Mr. John KAMAU", "Judge", "Supreme Court", "j.kamau@courts.go.ke", ""]
    post = ["Ms. Ann MUTISO", "Deputy Director, Planning of Common"]
    office = "Directorate of the Lakes"
    for below, fields in ((f"Riverside {office}", {"title"}), (office, set())):
        page = page_of([*HEAD, *first, *post, below, "ann.mutiso@lakes.go.ke", *TAIL])
        assert doubted(read_raw((page,)).delegates[-1]) == fields


def test_a_chinese_post_that_ends_as_no_post_does_is_doubted(page_of: PageOf) -> None:
    lines = (
        "1. 王芳女士，司法厅法律，wangfang@moj.gov.cn",
        "2. 李强先生，司法厅处长，liqiang@moj.gov.cn",
    )
    half, whole = read_raw((page_of([*HEAD, *lines, *TAIL], "zh"),)).delegates
    assert "title" in doubted(half)
    assert "title" not in doubted(whole)


def test_a_part_of_the_name_left_of_its_address_doubts_the_address(page_of: PageOf) -> None:
    entry = "4. Ms. MUTISO Ann, Judge, Supreme Court, ann mutiso@courts.go.ke"
    assert "email" in doubted(last_of(page_of, entry))
    entry = "4. Ms. MUTISO Ann, Judge, Supreme Court, mail mutiso@courts.go.ke"
    assert "email" not in doubted(last_of(page_of, entry))


def test_white_inside_a_post_in_which_nothing_was_read_is_a_doubt(page_of: PageOf) -> None:
    page = page_of(
        [*HEAD, *LIST, "4. Ms. Ann MUTISO, Director of Legal Affairs, High Court", *TAIL]
    )
    lines = []
    for line in page.lines:
        at = [w.text for w in line.words].index("Legal") if "MUTISO," in line.text else None
        moved = tuple(
            replace(w, box=w.box.moved(200, 0)) if at is not None and n >= at else w
            for n, w in enumerate(line.words)
        )
        lines.append(replace(line, words=moved))
    person = read_raw((replace(page, lines=tuple(lines)),)).delegates[-1]
    assert person.title is not None
    assert person.title.text == "Director of Legal Affairs"
    assert "title" in doubted(person)
