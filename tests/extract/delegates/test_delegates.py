"""Persons of a note, layout by layout, from pages made of plain text lines."""

from __future__ import annotations

from extract.delegates.finder import Found
from extract.judging.build import build_delegates
from extract.pipeline.reading import ask
from extract.pipeline.stages import FOUND
from extract.types import Delegate, Value
from ocr.types import Box, Line, Page, Word

CHAR, LINE, COLUMN = 15, 40, 500


def _page(text: str) -> Page:
    """Lines of 30 pixels; an empty line is a gap, three spaces jump to the next column."""
    lines: list[Line] = []
    y = 100
    for row in text.strip("\n").split("\n"):
        words: list[Word] = []
        x = 100
        for part in row.replace("   ", " \t ").split(" "):
            if part == "\t":
                x = (x // COLUMN + 1) * COLUMN
            elif part:
                words.append(Word(part, Box(x, y, x + len(part) * CHAR, y + 30), 0.96))
                x += len(part) * CHAR + 10
        if words:
            lines.append(Line(tuple(words)))
        y += LINE if words else 30
    return Page(1, 2500, 3500, 200, "read", tuple(lines))


def _find(text: str) -> Found:
    return ask(FOUND, (_page(text),), accepted=True)


def _read(text: str) -> tuple[Delegate, ...]:
    return build_delegates(_find(text).drafts)


def _text(value: Value | None) -> str | None:
    return value.text if value else None


def _rows(text: str) -> list[tuple[str | None, ...]]:
    return [
        (
            _text(d.honorific),
            d.name.text,
            _text(d.title),
            _text(d.organization),
            _text(d.email),
            _text(d.role),
        )
        for d in _read(text)
    ]


HEAD = """
The Permanent Mission of Kenya presents its compliments to the Secretariat and has the honour
to inform that the delegation will be composed as follows:
"""
FOOT = """
The Permanent Mission avails itself of this opportunity to renew the assurances of its highest
consideration.

Vienna, 3 April 2019
Mr. James SIGNER, Ambassador
"""


def test_a_numbered_list_gives_each_person_once_and_no_signatory() -> None:
    rows = _rows(
        HEAD
        + """
1. H.E. Mr. John KAMAU, Ambassador, Permanent Representative (Head of Delegation)
E-mail: j.kamau@mfa.go.ke
2. Peter OTIENO, State Counsel, Office of the Attorney General, potieno@ag.go.ke
"""
        + FOOT
    )
    assert rows == [
        (
            "H.E. Mr.",
            "John KAMAU",
            "Ambassador, Permanent Representative",
            None,
            "j.kamau@mfa.go.ke",
            "head",
        ),
        (
            None,
            "Peter OTIENO",
            "State Counsel",
            "Office of the Attorney General",
            "potieno@ag.go.ke",
            None,
        ),
    ]


def test_role_headings_give_roles_to_the_stacks_below_them() -> None:
    rows = _rows(
        HEAD
        + """
Head of Delegation:
Mr. Kofi MENSAH
Director, Legal Department
Ministry of Justice
kofi.mensah@moj.gov.gh

Members:
Ms. Ama OWUSU
Senior State Attorney
ama.owusu@moj.gov.gh
"""
        + FOOT
    )
    assert rows == [
        (
            "Mr.",
            "Kofi MENSAH",
            "Director, Legal Department",
            "Ministry of Justice",
            "kofi.mensah@moj.gov.gh",
            "head",
        ),
        ("Ms.", "Ama OWUSU", "Senior State Attorney", None, "ama.owusu@moj.gov.gh", "member"),
    ]


def test_labelled_blocks_are_read_label_by_label() -> None:
    rows = _rows(
        """
La Mission permanente présente ses compliments au Secrétariat et a l'honneur de communiquer :

Nom et prénom : M. DIOP Mamadou
Fonction : Directeur des affaires juridiques
Structure : Ministère de la Justice
Courriel : mamadou.diop@justice.gouv.sn

Nom et prénom : Mme FALL Awa
Fonction : Magistrat
Courriel : awa.fall@ofnac.sn
"""
    )
    assert rows == [
        (
            "M.",
            "DIOP Mamadou",
            "Directeur des affaires juridiques",
            "Ministère de la Justice",
            "mamadou.diop@justice.gouv.sn",
            None,
        ),
        ("Mme", "FALL Awa", "Magistrat", None, "awa.fall@ofnac.sn", None),
    ]


def test_unruled_columns_keep_wrapped_cells_together() -> None:
    rows = _rows(
        HEAD
        + """
Name   Title   Organization   E-mail
Juan PÉREZ SOTO   Director of   Ministry of   jperez@minjus.cl
   Legal Affairs   Justice
Ana ROJAS   Prosecutor   Public Prosecutor's Office   arojas@fiscalia.cl
"""
        + FOOT
    )
    assert rows == [
        (
            None,
            "Juan PÉREZ SOTO",
            "Director of Legal Affairs",
            "Ministry of Justice",
            "jperez@minjus.cl",
            None,
        ),
        (
            None,
            "Ana ROJAS",
            "Prosecutor",
            "Public Prosecutor's Office",
            "arojas@fiscalia.cl",
            None,
        ),
    ]


def test_noise_columns_are_never_stored() -> None:
    delegates_found = _read(
        HEAD
        + """
No.   Name   Position   E-mail   Passport No.
1   Dr. Anna Schmidt   Counsellor   anna.schmidt@example.org   C01X0006H
2   Mr. Jan Berg   Attaché   jan.berg@example.org   C02Y7776K
"""
        + FOOT
    )
    assert [d.name.text for d in delegates_found] == ["Anna Schmidt", "Jan Berg"]
    assert "C01X0006H" not in repr(delegates_found)


def test_a_sentence_names_several_persons_with_posts_before_or_after() -> None:
    after = _rows(
        """
The Embassy of Chile has the honour to inform that Chile will be represented by Mr. Juan PÉREZ,
Director of Legal Affairs (jperez@minjus.cl), and Ms. Ana ROJAS, Prosecutor. The Embassy would
appreciate visas.
"""
    )
    before = _rows(
        """
The Embassy of Chile has the honour to inform that the Director of Legal Affairs, Mr. Juan
PÉREZ, and the Legal Counsellor of this Mission, Ms. Ana ROJAS, will attend the meeting.
"""
    )
    assert [r[1:3] for r in after] == [
        ("Juan PÉREZ", "Director of Legal Affairs"),
        ("Ana ROJAS", "Prosecutor"),
    ]
    assert [r[1:3] for r in before] == [
        ("Juan PÉREZ", "Director of Legal Affairs"),
        ("Ana ROJAS", "Legal Counsellor of this Mission"),
    ]


def test_the_contact_person_is_no_delegate() -> None:
    found = _find(
        HEAD
        + """
1. Ms. Mary NJOROGE, Deputy Director, m.njoroge@eacc.go.ke

For any further information please contact Mr. Tom MBOYA, First Secretary, tmboya@mfa.go.ke.
"""
        + FOOT
    )
    assert [d.name_text for d in found.drafts] == ["Mary NJOROGE"]
    assert [d.name_text for d in found.contacts] == ["Tom MBOYA"]


def test_russian_arabic_and_chinese_lists() -> None:
    russian = _rows(
        """
Постоянное представительство имеет честь сообщить, что в составе делегации:

1. Иванов Иван Иванович – советник Министерства юстиции, ivanov@minjust.example.org
2. г-жа Петрова Анна Сергеевна, начальник отдела, Генеральная прокуратура
"""
    )
    arabic = _rows(
        """
تتشرف البعثة الدائمة بإبلاغ الأمانة بأسماء أعضاء الوفد على النحو التالي:
1. السيد/ سالم بن ناصر الهنائي، مدير دائرة التعاون الدولي، وزارة العدل (رئيس الوفد)
"""
    )
    chinese = _rows(
        """
谨通知代表团名单如下：
团长：张三先生，外交部条约法律司副司长，电子邮件：zhang_san@mfa.gov.cn
二、陈丽，外交部条约法律司一等秘书，chen_li@mfa.gov.cn
"""
    )
    assert [r[:4] for r in russian] == [
        (None, "Иванов Иван Иванович", "советник Министерства юстиции", None),
        ("г-жа", "Петрова Анна Сергеевна", "начальник отдела", "Генеральная прокуратура"),
    ]
    assert arabic == [
        (
            "السيد",
            "سالم بن ناصر الهنائي",
            "مدير دائرة التعاون الدولي",
            "وزارة العدل",
            None,
            "head",
        )
    ]
    assert [(r[0], r[1], r[2], r[4]) for r in chinese] == [
        ("先生", "张三", "外交部条约法律司副司长", "zhang_san@mfa.gov.cn"),
        (None, "陈丽", "外交部条约法律司一等秘书", "chen_li@mfa.gov.cn"),
    ]


def test_addresses_in_turn_go_to_the_persons_they_spell() -> None:
    rows = _rows(
        """
La Misión Permanente tiene el honor de comunicar que ha designado a la Licda. Marta Solano,
Fiscal Adjunta, y al Lic. Óscar Mora, Procurador, correos msolano@example.org y
omora@example.com, respectivamente, para participar en la reunión.
"""
    )
    assert [(r[1], r[4]) for r in rows] == [
        ("Marta Solano", "msolano@example.org"),
        ("Óscar Mora", "omora@example.com"),
    ]


def test_a_rank_inside_a_post_is_no_honorific() -> None:
    rows = _rows(
        HEAD
        + """
1. Sr. Luis QUISPE, Procurador General Adjunto, Ministerio Público
"""
        + FOOT
    )
    assert [r[1:3] for r in rows] == [("Luis QUISPE", "Procurador General Adjunto")]


def test_every_value_stands_on_the_page() -> None:
    text = HEAD + "1. Ms. Mary NJOROGE, Deputy Director, m.njoroge@eacc.go.ke\n" + FOOT
    for delegate in _read(text):
        for value in (delegate.name, delegate.title, delegate.email):
            assert value is not None
            assert all(e.text in text and e.box is not None for e in value.evidence)


def test_an_accent_tells_an_office_from_its_holder() -> None:
    rows = _rows(
        """
The Embassy has the honour to nominate:

1. Sr. Juan Pérez Quispe
Especialista en recuperación de activos
Secretaría de Transparencia
juan.perezquispe@transparencia.gob.ec
2. Sra. Ana Mamani Condori
Secretaria Ejecutiva
Policía Nacional
ana.mamani@policia.gob.ec
"""
    )
    assert [r[2:4] for r in rows] == [
        ("Especialista en recuperación de activos", "Secretaría de Transparencia"),
        ("Secretaria Ejecutiva", "Policía Nacional"),
    ]


def test_a_role_and_a_spaced_colon_lead_a_name_without_honorific() -> None:
    rows = _rows(
        """
La Mission permanente a l'honneur de communiquer la liste de la délégation :

- Chef de la délégation : M. Parfait Essomba, Directeur des affaires criminelles
- Membre : Chantal Mvondo, Première Conseillère (chantalm7@mp-vienne.example)
"""
    )
    assert [(r[1], r[2], r[5]) for r in rows] == [
        ("Parfait Essomba", "Directeur des affaires criminelles", "head"),
        ("Chantal Mvondo", "Première Conseillère", "member"),
    ]


def test_the_sentence_after_the_last_entry_is_no_part_of_it() -> None:
    rows = _rows(
        """
The Embassy has the honour to nominate:

1. Mr. John Kamau, Adviser, Ministry of Justice
It would be appreciated if the letters for the entry visas could be issued in due time.
"""
    )
    assert [r[1:4] for r in rows] == [("John Kamau", "Adviser", "Ministry of Justice")]
