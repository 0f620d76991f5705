"""Labels in words nobody listed: what stands behind them in all blocks says what they announce."""

from __future__ import annotations

import pytest

from extract.delegates.blocks.labels import find_labels
from extract.delegates.blocks.learnt_labels import learn_labels
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from tests.extract.conftest import make_page
from tests.extract.delegates.test_printed_entries import facts, people

BLOCKS = (
    (
        "Delegate: Mr. Tobin WEXLER",
        "Quorl: Zarb Officer",
        "Plim: Board of Zarbs",
        "Vip: +43 123456",
    ),
    (
        "Delegate: Ms. Aleen BRIGHT",
        "Quorl: Chief Plurrer",
        "Plim: Plurr Agency",
        "Vip: +43 765432",
    ),
)


def runs(*blocks: tuple[str, ...]) -> list[TextRun]:
    found = []
    for block in blocks:
        document = build_document((make_page(block),))
        found.append(TextRun(document, tuple(range(len(document.lines)))))
    return found


def test_labels_are_learnt_from_what_stands_behind_them() -> None:
    assert learn_labels(runs(*BLOCKS)).kinds == {
        "delegate": "name",
        "quorl": "title",
        "plim": "organization",
        "vip": "phone",
    }


def test_a_label_that_stands_once_is_learnt_by_a_value_that_tells_alone() -> None:
    once = ("Delegate: Mr. Tobin WEXLER", "Quorl: Legal Adviser", "Zarb: plimmer vents")
    assert learn_labels(runs(once)).kinds == {"delegate": "name", "quorl": "title"}


def test_one_label_and_an_address_are_no_block() -> None:
    assert (
        learn_labels(runs(("Plurrer: Mr. Tobin WEXLER, Judge", "E-mail: t@example.org"))).kinds
        == {}
    )


def test_of_labels_for_posts_the_one_before_roles_is_for_roles() -> None:
    blocks = [
        (f"Статус: {role}", f"Ф.И.О.: г-н Иван ПЕТРОВ{n}", "Должность: советник")
        for n, role in enumerate(("глава делегации", "член делегации", "член делегации"))
    ]
    assert learn_labels(runs(*blocks)).kinds == {"статус": "role"}


def test_learnt_labels_are_found() -> None:
    run = runs(BLOCKS[1])[0]
    found = find_labels(run, 0, len(run.text), learn_labels(runs(*BLOCKS)))
    assert [label.kind for label in found] == ["name", "title", "organization", "phone"]


def test_persons_come_out_of_blocks_with_unknown_labels() -> None:
    found = people(*BLOCKS[0], "", *BLOCKS[1])
    assert [facts(p) for p in found] == [
        ("Mr.", "Tobin WEXLER", "Zarb Officer", "Board of Zarbs"),
        ("Ms.", "Aleen BRIGHT", "Chief Plurrer", "Plurr Agency"),
    ]


@pytest.mark.parametrize("first", ["Role", "Capacity"])
def test_a_block_may_begin_with_the_role(first: str) -> None:
    lines = [
        (f"{first}: {role}", f"Name: {name}", "Position: Judge")
        for role, name in (
            ("Head of Delegation", "Mr. Tobin WEXLER"),
            ("Member", "Ms. Aleen BRIGHT"),
        )
    ]
    found = people(*lines[0], "", *lines[1])
    assert [(p.name.text, p.role.text if p.role else None) for p in found] == [
        ("Tobin WEXLER", "head"),
        ("Aleen BRIGHT", "member"),
    ]


def test_a_label_whose_colon_was_lost_leads_to_the_address_on_the_next_line() -> None:
    found = people(
        "Name: Mr. Tobin WEXLER",
        "Title: Judge",
        "Organization: Board of Works",
        "E-mail address",
        "tobin.wexler@example.org",
    )
    assert [facts(p) for p in found] == [("Mr.", "Tobin WEXLER", "Judge", "Board of Works")]
    assert [p.email.text for p in found if p.email] == ["tobin.wexler@example.org"]


def test_a_label_of_two_words_is_known_although_letters_were_misread() -> None:
    (run,) = runs(
        ("Full name: Mr. Tobin WEXLER", "E-mail addrass: t@zarb.xx", "Job tifle: Plurrer")
    )
    kinds = [
        (x.kind, run.text[x.end :].partition("\n")[0].strip()) for x in find_labels(run, 0, 99)
    ]
    assert kinds == [("name", "Mr. Tobin WEXLER"), ("email", "t@zarb.xx"), ("title", "Plurrer")]


def test_an_address_on_a_line_of_its_own_is_no_part_of_the_office_above() -> None:
    (run,) = runs(
        (
            "Name: Mr. Tobin WEXLER",
            "Ministry: Board of Zarbs",
            "wexler@zarb.xx:o",
            "Position: Chief Plurrer",
        )
    )
    assert [x.kind for x in find_labels(run, 0, len(run.text))] == [
        "name",
        "organization",
        "email",
        "title",
    ]


def test_a_label_before_every_name_is_no_role() -> None:
    found = people(*BLOCKS[0], "", *BLOCKS[1])
    assert [p.role for p in found] == [None, None]


@pytest.mark.parametrize("lead", ["Head of Delegation:", "• Head of Delegation:"])
def test_beside_a_head_it_is_one(lead: str) -> None:
    head = (f"{lead} Ms. Mora TILLIS", *BLOCKS[1][1:])
    found = people(*head, "", *BLOCKS[0])
    assert [p.role and p.role.text for p in found] == ["head", "member"]
