"""An invented list as it comes to print: 43 States, four scripts, a large delegation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from extract.types import Invitation
from store.db.database import Store
from store.records import meetings
from tests.store.replies import INVITATION, MEETING, delegate, edit, note, save, scan

MEETING_LISTED: Invitation = replace(
    INVITATION,
    title="eighth open-ended intergovernmental expert meeting to enhance international"
    " cooperation under the United Nations Convention against Corruption",
    starts=date(2026, 12, 7),
    ends=date(2026, 12, 9),
)

LARGE = 60
"""Delegates of the one large delegation."""

STATES = (
    *("DZA", "AGO", "ARG", "AUS", "AUT", "BGD", "BLR", "BEL", "BRA", "BFA", "CAN", "TCD", "CHL"),
    *("COL", "CRI", "CIV", "HRV", "CZE", "EGY", "SLV", "FRA", "GEO", "DEU", "GHA", "IND", "IRQ"),
    *("ITA", "JPN", "KEN", "MEX", "NGA", "PAK", "PER", "SRB", "TUN", "TUR", "GBR"),
)

GIVEN = ("Amina", "Bruno", "Celeste", "Dimitar", "Elvira", "Farid", "Gisela", "Horacio")
FAMILY = ("ABENDROTH", "BALDACCHINI", "CHERKOUT", "DALGAARDEN", "EKWUEMELI", "FONTAMARE")
POSTS = (
    ("Director, Department of International Legal Cooperation", "Ministry of Justice"),
    ("Counsellor", "Permanent Mission to the United Nations (Vienna)"),
    ("Senior Prosecutor", "Office of the Prosecutor General"),
    ("Investigating Judge", "High Court"),
)
LONG_TITLE = (
    "Deputy Head of the Division for Mutual Legal Assistance, Extradition and Recovery of Assets,"
    " Directorate for International Legal Cooperation and Human Rights, acting as Secretary of the"
    " Interministerial Committee for the Implementation of the Convention against Corruption"
)
LONG_NAME = (
    "Maria Esperança do Nascimento de Albuquerque e VASCONCELLOS-MONTENEGRO de LIMA CAVALCANTI"
)

FOREIGN = {
    "JOR": (
        dict(
            honorific="السيد", name="كريم عبد الله الحمصاني", title="رئيس نيابة عامة", role="head"
        ),
        dict(honorific="السيدة", name="ليلى الطراونة", title="مستشارة قانونية (LL.M.)"),
    ),
    "CHN": (
        dict(honorific="先生", name="欧阳明远", title="条约法律司副司长", role="head"),
        dict(honorific="女士", name="钱婉清", title="三等秘书"),
    ),
    "RUS": (
        dict(
            honorific="г-н",
            name="ВЕРЕСОВ Игорь Павлович",
            title="заместитель начальника Главного управления международно-правового"
            " сотрудничества",
            organization="Генеральная прокуратура Российской Федерации",
            role="head",
        ),
        dict(honorific="г-жа", name="Лаптина Ольга Сергеевна", title="советник"),
    ),
    "SYR": (dict(honorific="Mr.", name="Samir HALABOUNI", title="First Secretary"),),
    "ERI": (dict(honorific="Ms.", name="Senait TEKLEAB", title="Attaché"),),
    "EUN": (dict(honorific="Ms.", name="Katrijn VANDERSTOCKT", title="Policy Officer"),),
}


def people(place: int, count: int) -> list[dict[str, str]]:
    """Invented delegates, the alternate before the head: a note need not name them in order."""
    found = []
    for n in range(count):
        title, organization = POSTS[(place + n) % len(POSTS)]
        family = FAMILY[(2 * place + n) % len(FAMILY)]
        found.append(
            {
                "honorific": ("Mr.", "Ms.", "H.E. Mr.", "Dr.")[(place + n) % 4],
                "name": f"{GIVEN[(place + 3 * n) % len(GIVEN)]} {family}",
                "title": title,
                "organization": organization,
                "email": f"{GIVEN[n % len(GIVEN)]}.{n}@state{place}.example".lower(),
                "phone": f"+43 1 26060-{4000 + 10 * place + n}",
            }
        )
    if count > 1:
        found[0]["role"], found[1]["role"] = "alternate", "head"
    return found


def fill(store: Store) -> None:
    """The whole list, approved: 43 States, the European Union and an organization."""
    meetings.add(store, MEETING_LISTED)
    lists = {state: people(n, 1 + n % 3) for n, state in enumerate(STATES)}
    lists |= {state: [dict(person) for person in of_it] for state, of_it in FOREIGN.items()}
    lists["BRA"] = people(8, LARGE)
    lists["CIV"][0]["title"] = LONG_TITLE
    lists["PER"][0]["name"] = LONG_NAME
    lists["POL"] = [{"honorific": "Mr.", "name": "Zdzisław Brzezina", "title": "Prosecutor"}]
    for state, of_it in lists.items():
        _add(store, state, of_it)
    _add(store, None, [dict(name="Ingrid SOLHAUG", title="Coordinator", organization="INTERPOL")])
    edit(store, "UPDATE delegates SET status = 'approved'")


def _add(store: Store, state: str | None, of_it: list[dict[str, str]]) -> None:
    document = scan(store, f"list {state}".encode(), f"{state}.pdf")
    rows = (delegate(n, p.pop("name"), **p) for n, p in enumerate(of_it, start=1))
    save(store, document, note(*rows, state=state), MEETING)
