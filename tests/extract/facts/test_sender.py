"""The sending State from letterheads, openings and closings of many governments."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.facts.sender import find_sender
from extract.language import terms
from extract.layout.document import build_document
from extract.layout.zones import find_zones
from extract.types import Doubt, Value
from ocr.types import Page

PageOf = Callable[..., Page]

LETTERHEADS = [
    ("GEO", ["Embassy of Georgia in Austria"]),
    # offices that are no missions
    ("MWI", ["ANTI-CORRUPTION BUREAU OF MALAWI"]),
    ("ARM", ["СЛЕДСТВЕННЫЙ КОМИТЕТ", "РЕСПУБЛИКИ АРМЕНИЯ"]),
    ("KAZ", ["ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ", "БАС ПРОКУРАТУРАСЫ"]),
    ("GEO", ["EMBASSY OF GEORGIA", "TO THE REPUBLIC OF AUSTRIA"]),
    ("GEO", ["Permanent Mission of Georgia to the United Nations Office at Vienna"]),
    ("GEO", ["Embassy, Anna-Holland-Gasse 12, 1190 Wien", "of Georgia"]),
    ("CHE", ["Ambassade de Suisse en Autriche"]),
    # unions of States have no ministries: what such a one is for
    ("KEN", ["Republic of Kenya", "Ministry of Tourism, European Union and Trade"]),
    ("EUN", ["Delegation of the European Union", "to the international organisations"]),
    # as the English model reads the ü that this State's name has had since 2022
    ("TUR", ["Embassy of the Republic of Tiirkiye", "in Austria"]),
    ("KOR", ["大韩民国驻奥地利共和国大使馆"]),
    ("CHN", ["中华人民共和国常驻维也纳联合国和其他国际组织代表团"]),
    ("CHN", ["中国常驻维也纳代表团"]),
    ("THA", ["ROYAL THAI EMBASSY", "VIENNA"]),
    ("GBR", ["British Embassy", "Vienna"]),
    ("NOR", ["Royal Norwegian Embassy", "Vienna"]),
    ("KAZ", ["Посольство Республики Казахстан", "в Австрийской Республике"]),
    (
        "KGZ",
        [
            "ПОСТОЯННОЕ ПРЕДСТАВИТЕЛЬСТВО",
            "КЫРГЫЗСКОЙ РЕСПУБЛИКИ",
            "при международных организациях в Вене",
        ],
    ),
    (
        "BLR",
        [
            "Постоянное представительство Республики Беларусь",
            "при международных организациях в Вене",
        ],
    ),
    (
        "RUS",
        [
            "ПОСТОЯННОЕ ПРЕДСТАВИТЕЛЬСТВО",
            "РОССИЙСКОЙ ФЕДЕРАЦИИ",
            "ПРИ МЕЖДУНАРОДНЫХ ОРГАНИЗАЦИЯХ В ВЕНЕ",
        ],
    ),
    ("SAU", ["سفارة المملكة العربية السعودية", "فيينا"]),
    ("DZA", ["البعثة الدائمة للجزائر", "لدى مكتب الأمم المتحدة في فيينا"]),
    ("BHR", ["وزارة الخارجية في مملكة البحرين"]),
    ("JOR", ["البعثة الدائمة للمملكة الأردنية الحاشمية", "فيينا"]),
    ("JOR", ["البعثة الدائمة للمملكة الأردنية الهاشمية", "فيينا"]),
    ("QAT", ["البعثة الدائمة لدولة قطر", "لدى الأمم المتحدة والمنظمات الدولية - فيينا"]),
    (
        "DEU",
        ["Ständige Vertretung der Bundesrepublik Deutschland", "beim Büro der Vereinten Nationen"],
    ),
    ("CHE", ["Schweizerische Botschaft in Österreich", "Schweizerische Eidgenossenschaft"]),
    ("FIN", ["Suomen pysyvä edustusto, Wien", "Permanent Mission of Finland, Vienna"]),
    (
        "MEX",
        [
            "Misión Permanente de los Estados Unidos Mexicanos",
            "ante los Organismos Internacionales",
        ],
    ),
    ("USA", ["United States Mission to International Organizations in Vienna"]),
    ("USA", ["Misión Permanente de los Estados Unidos de América"]),
    ("BRA", ["Missão Permanente do Brasil junto à AIEA e Organismos Internacionais em Viena"]),
    ("PRT", ["MISSÃO PERMANENTE DE PORTUGAL", "JUNTO DAS NAÇÕES UNIDAS EM VIENA"]),
    (
        "ITA",
        ["Rappresentanza Permanente d'Italia", "presso le Organizzazioni Internazionali - Vienna"],
    ),
    ("TUR", ["TÜRKİYE CUMHURİYETİ", "Viyana BM Ofisi Nezdinde Daimi Temsilciliği"]),
    ("COD", ["REPUBLIQUE DEMOCRATIQUE DU CONGO", "Mission Permanente auprès de l'ONU"]),
    ("COG", ["Ambassade de la République du Congo", "Vienne"]),
    ("NER", ["REPUBLIQUE DU NIGER", "Ambassade du Niger"]),
    ("NGA", ["Embassy of the Federal Republic of Nigeria", "Vienna, Austria"]),
    ("GNQ", ["Misión Permanente de la República de Guinea Ecuatorial"]),
    ("GNB", ["Embaixada da República da Guiné-Bissau"]),
    ("GIN", ["Ambassade de la République de Guinée"]),
    ("PNG", ["Permanent Mission of Papua New Guinea"]),
    ("DMA", ["Ministry of Foreign Affairs, Commonwealth of Dominica"]),
    ("DOM", ["MISIÓN PERMANENTE DE LA REPÚBLICA DOMINICANA"]),
    ("PRK", ["Permanent Mission of the Democratic People's Republic of Korea"]),
    ("KOR", ["PERMANENT MISSION OF THE REPUBLIC OF KOREA", "VIENNA"]),
    ("SSD", ["Embassy of the Republic of South Sudan"]),
    ("SDN", ["EMBASSY OF THE REPUBLIC OF THE SUDAN", "VIENNA"]),
    ("MKD", ["Permanent Mission of the Republic of North Macedonia"]),
    ("MKD", ["Embassy of the Republic of Macedonia", "Vienna"]),
    ("SWZ", ["High Commission of the Kingdom of Swaziland"]),
    ("CIV", ["REPUBLIQUE DE COTE D'IVOIRE", "Ambassade de Côte d’Ivoire en Autriche"]),
    ("CPV", ["Embassy of Cape Verde"]),
    ("CZE", ["Permanent Mission of the Czech Republic to the United Nations in Vienna"]),
    ("EUN", ["DELEGATION OF THE EUROPEAN UNION", "to the International Organisations in Vienna"]),
    ("VAT", ["APOSTOLIC NUNCIATURE", "Permanent Mission of the Holy See"]),
    ("PSE", ["Permanent Observer Mission of the State of Palestine", "Vienna"]),
    (
        "IRN",
        ["Permanent Mission of the Islamic Republic of Iran", "to the United Nations - Vienna"],
    ),
    ("IRQ", ["EMBASSY OF THE REPUBLIC OF IRAQ", "VIENNA"]),
    ("LAO", ["Lao Embassy", "Vienna"]),
    ("LAO", ["EMBASSY OF THE LAO PEOPLE'S DEMOCRATIC REPUBLIC", "VIENNA"]),
    (
        "TZA",
        [
            "THE UNITED REPUBLIC OF TANZANIA",
            "MINISTRY OF FOREIGN AFFAIRS AND EAST AFRICAN COOPERATION",
        ],
    ),
    ("ZAF", ["South African Permanent Mission", "Vienna"]),
    ("ZAF", ["Department of International Relations and Cooperation", "REPUBLIC OF SOUTH AFRICA"]),
    ("GRC", ["Permanent Mission of Greece", "HELLENIC REPUBLIC"]),
    ("LBN", ["AMBASSADE DU LIBAN", "VIENNE"]),
    ("CHL", ["EMBAJADA DE CHILE", "EN AUSTRIA"]),
    ("VEN", ["Embajada de la República Bolivariana de Venezuela", "ante la República de Austria"]),
    ("BOL", ["Embajada del Estado Plurinacional de Bolivia", "Viena - Austria"]),
    ("ESP", ["REPRESENTACIÓN PERMANENTE DE ESPAÑA", "ANTE LA OFICINA DE LAS NACIONES UNIDAS"]),
    ("ARE", ["Embassy of the United Arab Emirates", "Vienna"]),
    ("NLD", ["Permanent Mission of the Kingdom of the Netherlands"]),
    ("MMR", ["Embassy of the Republic of the Union of Myanmar", "Vienna"]),
    ("VNM", ["EMBASSY OF THE SOCIALIST REPUBLIC OF VIET NAM"]),
    ("FRA", ["RÉPUBLIQUE FRANÇAISE", "Représentation permanente de la France"]),
    ("MAR", ["ROYAUME DU MAROC", "Mission Permanente", "Vienne"]),
    ("NAM", ["REPUBLIC OF NAMIBIA", "Embassy of the Republic of Namibia"]),
    ("AUS", ["Australian Embassy and Permanent Mission to the United Nations", "Vienna"]),
    ("AUT", ["Federal Ministry Republic of Austria", "Europe, Integration and Foreign Affairs"]),
    ("WSM", ["Ministry of Foreign Affairs and Trade", "Government of Samoa"]),
    ("COK", ["Ministry of Foreign Affairs and Immigration", "Government of the Cook Islands"]),
    ("ISL", ["Permanent Delegation of Iceland"]),
    ("SRB", ["РЕПУБЛИКА СРБИЈА", "Permanent Mission of the Republic of Serbia"]),
    ("UKR", ["ПОСТІЙНЕ ПРЕДСТАВНИЦТВО УКРАЇНИ", "Permanent Mission of Ukraine"]),
    ("SYR", ["سفارة الجمهورية العربية السورية", "فيينا"]),
    ("OMN", ["سفارة سلطنة عمان", "فيينا"]),
    ("SGP", ["新加坡共和国外交部"]),
    ("LCA", ["Ministry of External Affairs", "Saint Lucia"]),
    (
        "STP",
        ["MINISTÉRIO DOS NEGÓCIOS ESTRANGEIROS", "República Democrática de São Tomé e Príncipe"],
    ),
    ("AGO", ["MISSÃO PERMANENTE DA REPÚBLICA DE ANGOLA"]),
    ("HTI", ["Ministère des Affaires Étrangères et des Cultes", "République d'Haïti"]),
]


def _sender(pages: tuple[Page, ...]) -> tuple[Value | None, tuple[Doubt, ...]]:
    document = build_document(pages)
    return find_sender(document, find_zones(document))


def _note(head: Sequence[str], opening: str = "", closing: str = "") -> list[str]:
    return [
        *head,
        "",
        "Ref. 112/2019",
        opening,
        "The following expert has been designated:",
        "Mr. Jordan Chadwick, Director for Austria and Switzerland",
        closing,
        "Vienna, 3 April 2019",
        "",
        "Secretariat of the Conference of the States Parties",
        "1400 Vienna, Austria",
    ]


@pytest.mark.parametrize(("code", "head"), LETTERHEADS, ids=[h[1][0] for h in LETTERHEADS])
def test_the_letterhead_names_the_sender(page_of: PageOf, code: str, head: list[str]) -> None:
    value, _ = _sender((page_of(_note(head)),))
    assert value is not None
    assert value.text == code
    assert value.evidence[0].box is not None


SENTENCES = [
    ("KEN", "The Permanent Mission of Kenya presents its compliments to the UNODC", ""),
    ("CUB", "", "The Embassy of Cuba avails itself of this opportunity to renew to the Office"),
    ("TCD", "L'Ambassade de la République du Tchad présente ses compliments au Secrétariat", ""),
    ("ECU", "La Embajada del Ecuador saluda muy atentamente a la Secretaría", ""),
    ("UZB", "Посольство Республики Узбекистан свидетельствует свое уважение Управлению", ""),
    ("TJK", "Посольство Таджикистана в Австрии свидетельствует свое уважение", ""),
    ("EGY", "تهدي سفارة جمهورية مصر العربية في فيينا أطيب تحياتها إلى مكتب الأمم المتحدة", ""),
    ("MAR", "تهدي سفارة المملكة المغربية لدى جمهورية النمسا تحياتها إلى المكتب", ""),
    ("JPN", "日本国常驻维也纳代表团向联合国毒品和犯罪问题办公室致意", ""),
    (
        "PER",
        "La Misión Permanente del Perú ante los Organismos Internacionales saluda atentamente a",
        "",
    ),
    (
        "BGD",
        "The Government of the People's Republic of Bangladesh presents its compliments to",
        "",
    ),
    (
        "JAM",
        "The Ministry of Foreign Affairs and Foreign Trade of Jamaica presents its compliments to",
        "",
    ),
    ("NZL", "The New Zealand Embassy presents its compliments to the Secretariat", ""),
    ("SWE", "The Royal Swedish Embassy presents its compliments to the Secretariat", ""),
    ("PHL", "The Philippine Permanent Mission presents its compliments to the Secretariat", ""),
    ("AUT", "The Permanent Mission of Austria presents its compliments to the Secretariat", ""),
]


@pytest.mark.parametrize(("code", "opening", "closing"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_a_note_without_letterhead_is_told_by_its_formulae(
    page_of: PageOf, code: str, opening: str, closing: str
) -> None:
    value, _ = _sender((page_of(_note(["NOTE VERBALE"], opening, closing)),))
    assert value is not None
    assert value.text == code


MISREAD = [
    ("Embassy of Austrla", None),
    ("Embassy of the Republic of Irau", None),
    ("Permanent Mission of Nigerla", "NGA"),
    ("Permanent Mission of Slovenla", "SVN"),
    ("Permanent Mission of Kazakhstam", "KAZ"),
    ("Misión Permanente de Co1ombia", "COL"),
    ("Ambassade du Buridina Faso", "BFA"),
]


@pytest.mark.parametrize(("head", "code"), MISREAD)
def test_a_misread_name_is_never_taken_without_doubt(
    page_of: PageOf, head: str, code: str | None
) -> None:
    value, doubts = _sender((page_of(_note([head])),))
    assert (value.text if value else None) in (code, None)
    assert {d.code for d in doubts} & {"state_uncertain", "state_missing"}


def test_a_page_in_disorder_still_names_its_sender(page_of: PageOf) -> None:
    lines = [
        "its compliments to the United",
        "has the honour to refer to the invitation and to confirm the participation of",
        "Mr. Jordan Chadwick, First Secretary",
        "The Embassy of Romania in Vienna avails itself of this opportunity to renew to the United",
        "Nations Office on Drugs and Crime (UNODC) the assurances of its highest consideration.",
        "EMBASSY AND PERMANENT MISSION",
        "OF ROMANIA",
        "IN AUSTRIA",
    ]
    value, _ = _sender((page_of(lines),))
    assert value is not None
    assert value.text == "ROU"


def test_persons_and_posts_name_no_sender(page_of: PageOf) -> None:
    value, doubts = _sender((page_of(_note(["NOTE VERBALE"])),))
    assert value is None
    assert [d.code for d in doubts] == ["state_missing"]


def test_a_mailbox_of_another_state_is_a_doubt(page_of: PageOf) -> None:
    head = ["Permanent Mission of Ghana", "Tel. +43 1 2345", "E-mail: mission@mfa.gov.gm"]
    opening = "The Permanent Mission of Ghana presents its compliments to the Secretariat"
    value, doubts = _sender((page_of(_note(head, opening)),))
    assert value is not None
    assert value.text == "GHA"
    assert [d.code for d in doubts] == ["state_email_mismatch"]


def test_a_mailbox_of_the_host_or_of_no_country_says_nothing(page_of: PageOf) -> None:
    for mailbox in ("office@ghana-embassy.at", "ghana@mission.example.com"):
        head = ["Permanent Mission of Ghana", f"E-mail: {mailbox}"]
        opening = "The Permanent Mission of Ghana presents its compliments to the Secretariat"
        assert not _sender((page_of(_note(head, opening)),))[1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), max_size=12))
def test_any_text_has_a_known_sender_or_none(page_of: PageOf, lines: list[str]) -> None:
    value, _ = _sender((page_of(lines),))
    assert value is None or value.text in {row["iso3"] for row in terms.state_rows()}


def test_the_seat_of_a_mission_is_no_addressee(page_of: PageOf) -> None:
    lines = [
        "Stale Przedstawicielstwo",
        "",
        "The Permanent Mission of the Republic of Poland to the United Nations Office at",
        "Vienna presents its compliments to the United Nations Office on Drugs and Crime and",
        "has the honour to acknowledge receipt of the invitation.",
    ]
    document = build_document((page_of(lines),))
    value, _ = find_sender(document, find_zones(document))
    assert value is not None
    assert value.text == "POL"


def test_where_no_state_can_be_read_the_missions_mailbox_tells_one_to_confirm(
    page_of: PageOf,
) -> None:
    lines = [
        "MISSION PERMANENTE",
        "DE LA REPUBLIQUE DU MXLXMAR",
        "Courriel : info@diplomatie.gouv.ml",
        "",
        "J'ai l'honneur de me référer à l'invitation concernant la réunion d'experts et de vous",
        "informer que mon Gouvernement a désigné les personnes suivantes :",
    ]
    document = build_document((page_of(lines, "fr"),))
    value, doubts = find_sender(document, find_zones(document))
    assert value is not None
    assert (value.text, value.evidence[0].rule) == ("MLI", "state.mailbox")
    assert [d.code for d in doubts] == ["state_uncertain"]


def test_a_chinese_sender_whose_verb_is_on_the_next_line_is_no_addressee(page_of: PageOf) -> None:
    lines = [
        "常驻联合国代表团",
        "",
        "编号：QRE/2021/417",
        "",
        "大韩民国常驻联合国代表团向《联合国反腐败公约》缔约国会",
        "议秘书处致意，并谨提及秘书处2021年3月25日普通照会，答复如下。",
    ]
    document = build_document((page_of(lines, "zh"),))
    value, _ = find_sender(document, find_zones(document))
    assert value is not None
    assert value.text == "KOR"
