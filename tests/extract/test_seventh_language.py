"""Portuguese is a file of the lexicon and nothing else: no module knows the language."""

from __future__ import annotations

import re
from pathlib import Path

from extract.judging.build import build_delegates
from extract.language import state_names, terms
from extract.language.dates import find_dates
from extract.language.normalise import fold
from extract.pipeline.reading import ask
from extract.pipeline.stages import FOUND
from tests.extract.delegates.test_ruled_tables import _page

CODE = Path(terms.__file__).parents[1]
OPENING = (
    "A Embaixada de Portugal apresenta os seus cumprimentos ao Secretariado e tem a honra de",
    "comunicar a composição da sua delegação:",
)


def test_no_module_names_the_language() -> None:
    read = 0
    for file in CODE.rglob("*.py"):
        assert not re.search(r"[\"']pt[\"']", file.read_text(encoding="utf-8")), file.name
        read += 1
    assert read > 40


def test_every_list_of_the_six_languages_is_in_the_file() -> None:
    portuguese = next(x for x in terms.languages() if x.code == "pt")
    spanish = next(x for x in terms.languages() if x.code == "es")
    assert set(spanish.phrases) <= set(portuguese.phrases)
    assert set(spanish.patterns) <= set(portuguese.patterns)


def test_a_table_is_read_by_its_headers() -> None:
    rows = [
        ["Nome completo", "Cargo", "Instituição", "Correio eletrónico"],
        ["Dra. Marta Quental", "Subdiretora-Geral", "Ministério da Justiça", "m.quental@dgpj.pt"],
        ["Dr. Rui Sá Nogueira", "Procurador", "Ministério Público", "rui.nogueira@pgr.pt"],
    ]
    people = build_delegates(ask(FOUND, (_page(rows, OPENING),), accepted=True).drafts)
    said = [(p.name.text, p.title and p.title.text, p.email and p.email.text) for p in people]
    assert said == [
        ("Marta Quental", "Subdiretora-Geral", "m.quental@dgpj.pt"),
        ("Rui Sá Nogueira", "Procurador", "rui.nogueira@pgr.pt"),
    ]
    assert [p.organization and p.organization.text for p in people] == [
        "Ministério da Justiça",
        "Ministério Público",
    ]


def test_dates_are_read() -> None:
    for text in ("3 de abril de 2019", "aos 3 de abril de 2019", "3 abr. 2019"):
        assert [m.day.isoformat() for m in find_dates(text)] == ["2019-04-03"], text
    assert [m.day.isoformat() for m in find_dates("primeiro de maio de 2019")] == ["2019-05-01"]


def test_states_have_their_names_in_every_language_of_the_lexicon() -> None:
    wanted = {
        "Alemanha": "DEU",
        "Coreia do Sul": "KOR",
        "República Portuguesa": "PRT",
        "Österreich": "AUT",
        "Ungheria": "HUN",
        "Almanya": "DEU",
    }
    names = state_names.names()
    for name, code in wanted.items():
        assert names[tuple(fold(name).split())] == ("name", (code,)), name
