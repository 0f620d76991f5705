"""What stands below a list or beside its names: everybody's address, a contact, a spelling."""

from __future__ import annotations

import pytest

from extract.delegates.blocks.line_starts import begins_sentence_below, is_plain_sentence
from extract.facts.kind import KindReading
from extract.language.dates import find_dates
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from extract.note import read_raw
from extract.pipeline.reading import ask
from extract.pipeline.stages import KIND
from tests.extract.letter import HEAD, TAIL, PageOf

_LIST = ["1. Mr. John KAMAU, Registrar", "2. Ms. Mary WANJIKU, Auditor"]


def _people(page_of: PageOf, body: list[str]) -> list[tuple[str, str | None, str | None]]:
    note = read_raw((page_of([*HEAD, *body, *TAIL]),))
    return [
        (
            p.name.text,
            p.email.text if p.email else None,
            p.organization.text if p.organization else None,
        )
        for p in note.delegates
    ]


@pytest.mark.parametrize(
    "below",
    [
        ["Common e-mail address of the delegates: registry7@justice.go.ke"],
        ["E-mail of all participants:", "registry7@justice.go.ke"],
        ["", "Shared e-mail: registry7@justice.go.ke"],
    ],
)
def test_everybodys_address_goes_to_all(page_of: PageOf, below: list[str]) -> None:
    assert _people(page_of, [*_LIST, *below]) == [
        ("John KAMAU", "registry7@justice.go.ke", None),
        ("Mary WANJIKU", "registry7@justice.go.ke", None),
    ]


def test_everybodys_address_is_no_one_s_who_has_his_own(page_of: PageOf) -> None:
    first = "1. Mr. John KAMAU, Registrar, j.kamau@justice.go.ke"
    people = _people(page_of, [first, _LIST[1], "Common e-mail of all: audit3@finance.go.ke"])
    assert [mail for _, mail, _ in people] == ["j.kamau@justice.go.ke", "audit3@finance.go.ke"]


def test_a_head_of_delegation_keeps_his_address(page_of: PageOf) -> None:
    first = "1. Mr. John KAMAU, Registrar, Head of the Delegation, e-mail: registry7@justice.go.ke"
    people = _people(page_of, [first, _LIST[1]])
    assert [mail for _, mail, _ in people] == ["registry7@justice.go.ke", None]


def test_a_person_under_a_label_of_his_own_below_the_list_does_not_go(page_of: PageOf) -> None:
    body = [
        "Mr. John KAMAU, Registrar",
        "Ms. Mary WANJIKU, Auditor",
        "Travel matters: Mr. Peter OUKO (p.ouko@mfa.go.ke).",
    ]
    assert [name for name, *_ in _people(page_of, body)] == ["John KAMAU", "Mary WANJIKU"]


def test_a_form_of_address_that_no_other_has_may_be_a_name(page_of: PageOf) -> None:
    body = [
        "- Brahim OULDALI, Auditor",
        "- Sidi Omar BENKHALFA, Registrar",
        "- Nadia TEMSAOUI, Inspector",
    ]
    names = [name for name, *_ in _people(page_of, body)]
    assert names == ["Brahim OULDALI", "Sidi Omar BENKHALFA", "Nadia TEMSAOUI"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["отдел организационно-", "правовой работы"], "отдел организационно-правовой работы"),
        (["комитет по законо-", "дательной работе"], "комитет по законодательной работе"),
        (["Генеральной проку-", "ратуры"], "Генеральной прокуратуры"),
    ],
)
def test_a_russian_compound_keeps_its_hyphen(page_of: PageOf, lines: list[str], text: str) -> None:
    run = TextRun(build_document((page_of(lines),)), (0, 1))
    assert run.read(0, len(run.text)) == text


def _kind(page_of: PageOf, said: str) -> KindReading:
    frame = HEAD[:-1]
    return ask(KIND, (page_of([*frame, said, *TAIL]),))


@pytest.mark.parametrize(
    "said",
    [
        "has decided not to be represented at the meeting.",
        "has opted not to take part in the meeting.",
    ],
)
def test_who_decides_not_to_come_declines(page_of: PageOf, said: str) -> None:
    assert _kind(page_of, said).unnamed == "decline"


@pytest.mark.parametrize(
    "said",
    [
        "informs that a clerical error was made in the name of one participant:",
        "informs that the name of the second participant should be read as follows:",
    ],
)
def test_a_told_error_is_a_revision(page_of: PageOf, said: str) -> None:
    assert _kind(page_of, said).kind == "revision"


def test_the_islamic_day_stands_before_the_same_gregorian_day() -> None:
    found = find_dates("فيينا، ١٢ رجب ١٤٤٢هـ الموافق ٢٤ فبراير ٢٠٢١م")
    assert [d.calendar for d in found] == ["hijri", "gregorian"]


def test_a_name_in_capitals_begins_no_sentence(page_of: PageOf) -> None:
    lines = ["VELDEN, who will not attend the sessions.", "Travel costs will be met by them."]
    document = build_document((page_of(lines),))
    assert [is_plain_sentence(document, n) for n in (0, 1)] == [False, True]


@pytest.mark.parametrize(
    "sentence",
    [
        ["Rooms in Vienna will be found by the Embassy of Kenya itself."],
        ["The costs of the above will be borne by the Government of", "Kenya alone."],
        ["Se ruega a la Secretaría confirmar la inscripción de la delegación."],
        ["Расходы указанных лиц будет полностью нести Правительство Кении."],
    ],
)
@pytest.mark.parametrize("white", [[], [""]])
@pytest.mark.parametrize("marks", [("1. ", "2. "), ("", "")])
def test_a_sentence_below_the_list_is_no_office_of_the_last(
    page_of: PageOf, marks: tuple[str, str], white: list[str], sentence: list[str]
) -> None:
    entries = (
        "Mr. John KAMAU, Registrar, Ministry of Water",
        "Ms. Mary WANJIKU, Auditor, Ministry of Works",
    )
    lines = [mark + entry for mark, entry in zip(marks, entries, strict=True)]
    assert _people(page_of, [*lines, *white, *sentence]) == [
        ("John KAMAU", None, "Ministry of Water"),
        ("Mary WANJIKU", None, "Ministry of Works"),
    ]


@pytest.mark.parametrize(
    "line", ["Works and Public Buildings", "Responsible for the Water Charter of the Treaty"]
)
def test_what_an_entry_goes_on_with_is_no_sentence(page_of: PageOf, line: str) -> None:
    first = ["1. Mr. John KAMAU, Registrar, Ministry of", "Works and Public Buildings."]
    page = page_of([*HEAD, *first, "2. Ms. Mary WANJIKU, Auditor,", f"{line}.", *TAIL])
    document = build_document((page,))
    at = next(n for n, x in enumerate(document.lines) if x.text.startswith(line) and n > 4)
    assert not begins_sentence_below(document, (at - 1,), 3, at)
