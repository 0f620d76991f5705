"""What a note wants: told by the sense of its sentences, in six languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.note import read_note
from extract.types import NoteVerbale
from ocr.types import Page

PageOf = Callable[..., Page]

FRAMES = {
    "en": (
        "The Permanent Mission of Kenya to the United Nations (Vienna) presents its compliments",
        "to the United Nations Office on Drugs and Crime and, with reference to the note verbale",
        "CU 2019/59/(A)/DTA/CEB/CSS dated 25 March 2019 concerning the expert meeting on",
        "international cooperation to be held in Vienna on 31 May 2019,",
        "The Permanent Mission avails itself of this opportunity to renew to the Office",
        "the assurances of its highest consideration.",
    ),
    "fr": (
        "La Mission permanente du Sénégal présente ses compliments à l'Office des Nations Unies",
        "contre la drogue et le crime et, se référant à sa note verbale",
        "CU 2019/59/(A)/DTA/CEB/CSS du 25 mars 2019 relative à la réunion d'experts sur la",
        "coopération internationale prévue à Vienne le 31 mai 2019,",
        "La Mission permanente saisit cette occasion pour renouveler à l'Office les assurances",
        "de sa haute considération.",
    ),
    "es": (
        "La Misión Permanente del Perú saluda muy atentamente a la Oficina de las Naciones",
        "Unidas contra la Droga y el Delito y, con referencia a su nota verbal",
        "CU 2019/59/(A)/DTA/CEB/CSS de fecha 25 de marzo de 2019 sobre la reunión de expertos",
        "en cooperación internacional que se celebrará en Viena el 31 de mayo de 2019,",
        "La Misión Permanente aprovecha la oportunidad para reiterar a la Oficina las",
        "seguridades de su más alta consideración.",
    ),
    "ru": (
        "Постоянное представительство Республики Армения свидетельствует свое уважение",
        "Управлению Организации Объединенных Наций по наркотикам и преступности и, ссылаясь",
        "на ноту CU 2019/59/(A)/DTA/CEB/CSS от 25 марта 2019 года о совещании экспертов по",
        "международному сотрудничеству в Вене 31 мая 2019 года,",
        "Постоянное представительство пользуется случаем, чтобы возобновить Управлению",
        "уверения в своем высоком уважении.",
    ),
    "ar": (
        "تهدي البعثة الدائمة لدولة الكويت أطيب تحياتها إلى مكتب الأمم المتحدة المعني بالمخدرات",
        "والجريمة، وبالإشارة إلى مذكرته CU 2019/59/(A)/DTA/CEB/CSS المؤرخة 25 مارس 2019",
        "بشأن اجتماع الخبراء المعني بالتعاون الدولي المقرر عقده في فيينا يوم 31 مايو 2019،",
        "",
        "وتغتنم البعثة الدائمة هذه الفرصة لتعرب للمكتب عن فائق التقدير والاحترام.",
        "",
    ),
    "zh": (
        "新加坡共和国常驻代表团向联合国毒品和犯罪问题办公室致意，并就贵办2019年3月25日",
        "CU 2019/59/(A)/DTA/CEB/CSS号照会关于2019年5月31日在维也纳举行的国际合作专家会议事，",
        "",
        "",
        "顺致最崇高的敬意。",
        "",
    ),
}

DECLINES = {
    "en": [
        "regrets to inform that Kenya will not be in a position to take part in the meeting.",
        "informs that, regrettably, no Kenyan official can be present on this occasion.",
        "wishes to advise that the Government is unable to send a representative.",
        "has the honour to inform that Kenya does not plan to attend the said meeting.",
        "has the honour to convey that the competent authorities cannot participate this year.",
        "would like to inform that there will be no participation from Kenya.",
        "thanks the Office for the invitation, which it is not able to accept.",
        "has the honour to inform that Kenya will not be nominating any expert.",
    ],
    "fr": [
        "a le regret de l'informer que le Sénégal ne sera pas en mesure d'y participer.",
        "l'informe que les autorités sénégalaises ne pourront y prendre part.",
        "a l'honneur de lui faire savoir que le Sénégal n'enverra pas de représentant.",
        "regrette de ne pouvoir donner une suite favorable à cette invitation.",
        "l'informe que le Sénégal n'y sera pas représenté.",
        "a l'honneur de l'informer qu'aucun expert sénégalais n'assistera à la réunion.",
    ],
    "es": [
        "lamenta informar que el Perú no podrá participar en la citada reunión.",
        "tiene a bien comunicar que el Gobierno no enviará delegación a dicha reunión.",
        "tiene el honor de informar que no se contará con la participación del Perú.",
        "comunica que no le será posible asistir a la reunión de referencia.",
        "informa que el Perú no estará representado en esa oportunidad.",
        "lamenta comunicar que no se encuentra en condiciones de acreditar representantes.",
    ],
    "ru": [
        "имеет честь сообщить, что представители Армении не смогут участвовать в совещании.",
        "с сожалением сообщает, что армянская сторона не сможет принять участие в совещании.",
        "имеет честь информировать, что участие представителей Армении не планируется.",
        "сообщает, что Армения не будет представлена на указанном мероприятии.",
        "имеет честь сообщить о невозможности участия армянских экспертов.",
    ],
    "ar": [
        "تأسف لإبلاغه بعدم تمكن الجهات المعنية من المشاركة في الاجتماع المذكور.",
        "تتشرف بالإفادة بأن دولة الكويت لن تشارك في الاجتماع المشار إليه.",
        "تعتذر عن عدم المشاركة في هذا الاجتماع.",
        "تود الإفادة بتعذر مشاركة وفد دولة الكويت.",
    ],
    "zh": [
        "谨通知，新方因故无法派员参会。",
        "遗憾地通知，新加坡将不派代表团出席上述会议。",
        "谨告，新方代表不能与会。",
        "荣幸地通知，新加坡决定不参加此次会议。",
    ],
}

ACKNOWLEDGEMENTS = {
    "en": [
        "has the honour to acknowledge receipt of the said note, which was sent to the capital.",
        "confirms that the invitation has been received and forwarded to the authorities.",
        "has the honour to inform that two experts will attend; their names will follow.",
        "wishes to advise that the composition of the delegation will be communicated later.",
        "takes note of the invitation and will submit the nominations in due course.",
        "informs that the matter is under consideration by the competent authorities.",
    ],
    "fr": [
        "a l'honneur d'en accuser réception et de l'informer que la note a été transmise.",
        "l'informe que la composition de la délégation lui sera communiquée ultérieurement.",
        "l'assure que l'invitation a été portée à la connaissance des autorités compétentes.",
        "fera parvenir les noms des participants dès que possible.",
    ],
    "es": [
        "tiene el honor de acusar recibo de la misma, que fue remitida a las autoridades.",
        "informa que los nombres de los participantes serán comunicados oportunamente.",
        "informa que la invitación ha sido puesta en conocimiento de las autoridades competentes.",
        "hará llegar la composición de la delegación a la mayor brevedad.",
    ],
    "ru": [
        "имеет честь подтвердить получение указанной ноты.",
        "сообщает, что состав делегации будет направлен дополнительно.",
        "сообщает, что нота направлена компетентным органам Республики Армения.",
        "имеет честь сообщить, что имена участников будут представлены позднее.",
    ],
    "ar": [
        "تتشرف بتأكيد استلام المذكرة المشار إليها، وقد أحيلت إلى الجهات المختصة.",
        "تفيد بأنه سيتم موافاته بأسماء المشاركين في وقت لاحق.",
        "تود الإفادة بأن أسماء أعضاء الوفد سترسل لاحقا.",
    ],
    "zh": [
        "谨确认收到上述照会，并已转国内主管部门。",
        "谨告，代表团名单将另行通知。",
        "谨通知，参会人员名单待确定后再行提供。",
    ],
}

EXTENSIONS = {
    "en": [
        "kindly requests that the deadline for nominations be extended to 20 May 2019.",
        "would appreciate additional time, until 17 May 2019, to communicate its delegation.",
        "requests a postponement of the time limit for the submission of names.",
        "would be grateful for an extension of the closing date until 17 May 2019.",
        "asks whether nominations could be accepted after the deadline of 10 May 2019.",
    ],
    "fr": [
        "prie l'Office de bien vouloir proroger au 17 mai 2019 le délai de réponse.",
        "sollicite un délai supplémentaire pour la communication de sa délégation.",
        "souhaiterait que la date limite soit reportée au 17 mai 2019.",
    ],
    "es": [
        "solicita se sirva prorrogar hasta el 17 de mayo el plazo para presentar candidatos.",
        "agradecería una ampliación del plazo establecido.",
        "solicita extender la fecha límite para la designación de su delegación.",
    ],
    "ru": [
        "просит продлить срок представления состава делегации до 17 мая 2019 года.",
        "просит перенести крайний срок подачи заявок на 17 мая.",
        "просит предоставить дополнительное время для согласования кандидатур.",
    ],
    "ar": [
        "ترجو تمديد الموعد النهائي لتقديم أسماء الوفد حتى 17 مايو 2019.",
        "تطلب منح مهلة إضافية لموافاته بأسماء المشاركين.",
    ],
    "zh": [
        "谨请将提交代表团名单的期限延长至2019年5月17日。",
        "请求推迟报名截止日期。",
    ],
}

NOMINATIONS = {
    "en": [
        "acknowledges receipt of it and has the honour to nominate:|Ms. Ann Wafula, State Counsel,"
        " Office of the Attorney General, a.wafula@ag.example.org",
        "regrets the late submission and the delay, and nominates:|1. Mr. Tom Odera, Director,"
        " Ministry of Justice, tom.odera@justice.example.org",
        "will, unfortunately after the deadline, be represented by:|Mr. Tom Odera, Inspector,"
        " National Police, t.odera@police.example.org",
        "wishes to advise that the Minister is unable to attend and the country will be"
        " represented by:|1. Ms. Ann Wafula, Director, Ministry of Justice, ann.w@mj.example.org",
    ],
    "fr": [
        "tout en s'excusant du retard, a l'honneur de communiquer le nom de son expert :|"
        "- M. Abdou NDOYE, Magistrat, Ministère de la Justice, abdou.ndoye@justice.example.org",
        "en accuse réception et lui fait savoir que l'intéressé ci-après y prendra part :|"
        "1. Mme Awa DIATTA, Conseillère, awa.diatta@diplomatie.example.org",
    ],
    "es": [
        "acusa recibo y comunica la participación del siguiente funcionario:|"
        "1. Sr. Raúl Quispe Luján, Fiscal, Ministerio Público, rquispe@mp.example.org",
    ],
    "ru": [
        "подтверждает получение ноты и сообщает, что в совещании примет участие:|"
        "1. г-н Акопян Тигран, начальник отдела, Министерство юстиции, t.akopyan@mj.example.org",
    ],
}

PERSONS = {
    "en": "1. Ms. Ann Wafula, Director, Ministry of Justice, ann.wafula@justice.example.org",
    "fr": "1. Mme Awa DIATTA, Directrice, Ministère de la Justice, a.diatta@justice.example.org",
    "es": "1. Sra. Ana Ruiz, Directora, Ministerio de Justicia, aruiz@minjus.example.org",
    "ru": "1. г-н Акопян Тигран, начальник отдела, Министерство юстиции, t.a@mj.example.org",
    "ar": "1. السيد أحمد العلي، مدير إدارة، وزارة العدل، a.ali@moj.example.org",
    "zh": "1. 林伟明先生，司长，律政部，wm.lim@mlaw.example.org",
}
MISLEADING = {
    "en": [
        "wishes to register the officer below, whose travel details will be communicated later:",
        "informs that, although no official of the Interior can attend, the country will send:",
        "submits, with apologies for having missed the deadline, its nominee:",
        "requests that the deadline not be applied strictly and nominates:",
        "informs that the delegate below will participate and requires no visa to attend:",
    ],
    "fr": [
        "transmet l'identité de son représentant, dont le vol n'est pas encore réservé :",
        "prie de noter que la personne suivante sera présente, sans interprète :",
    ],
    "es": [
        "acredita al siguiente representante, cuyo itinerario se comunicará oportunamente:",
        "informa que, si bien no viajará delegación de la capital, asistirá:",
    ],
    "ru": [
        "просит зарегистрировать следующего участника, которому виза не требуется:",
        "сообщает, что не позднее 30 мая в Вену прибудет:",
    ],
    "ar": ["ترشح للمشاركة في الاجتماع:", "تفيد بأن المذكور أدناه سيحضر الاجتماع:"],
    "zh": ["新方将派以下人员参会，航班信息将另行通知：", "参会人员如下："],
}

REVISIONS = [
    ("replaces", "en", "wishes to inform that this note cancels and replaces its note 12/2019:"),
    ("replaces", "en", "wishes to inform that its note No. 12/2019 of 3 April 2019 is cancelled:"),
    ("replaces", "en", "submits herewith the updated composition of the delegation:"),
    (
        "adds",
        "en",
        "in addition to its earlier note, informs that the delegation will also include:",
    ),
    ("adds", "en", "informs that, additional to those already notified, there will attend:"),
    ("adds", "es", "informa que, de forma adicional a los expertos ya comunicados, asistirá:"),
    ("adds", "fr", "l'informe qu'en supplément des experts déjà annoncés participera :"),
    ("substitutes", "en", "informs that Mr. Paul Kimani has been replaced by:"),
    ("substitutes", "en", "informs that, instead of Mr. Paul Kimani, the following will attend:"),
    (
        "substitutes",
        "en",
        "says that P. Kimani will no longer travel and that the following will attend instead:",
    ),
    ("replaces", "fr", "l'informe que la présente note annule et remplace la précédente :"),
    ("replaces", "fr", "transmet la liste jointe, qui remplace la précédente et l'annule :"),
    ("replaces", "fr", "l'informe que la délégation à la réunion est désormais composée de :"),
    ("replaces", "en", "submits this list, which supersedes the earlier one:"),
    ("replaces", "en", "informs that the delegation to the meeting is now as follows:"),
    ("replaces", "es", "remite esta nómina, que reemplaza a la anterior:"),
    ("adds", "fr", "l'informe que se joindra également à la délégation :"),
    ("adds", "ar", "إلحاقا بمذكرتها السابقة، تطلب إضافة الاسمين التاليين إلى الوفد:"),
    ("replaces", "es", "remite la lista actualizada, que deja sin efecto la nota anterior:"),
    ("adds", "es", "informa que se incorpora a la delegación el siguiente funcionario:"),
    ("adds", "es", "en adición a lo comunicado por nota 7/19, se incorporan a la delegación:"),
    ("replaces", "es", "informa que la nómina remitida por nota 7/19 queda sin efecto:"),
    ("adds", "en", "in addition to the names communicated by note 7/19, nominates also:"),
    ("adds", "fr", "en complément des noms communiqués par la note 7/19, désigne :"),
    ("replaces", "ru", "направляет уточненный состав делегации взамен ранее представленного:"),
    ("adds", "ru", "сообщает, что в состав делегации дополнительно включен:"),
    ("replaces", "ru", "сообщает, что состав делегации на совещание изменился:"),
    ("replaces", "es", "comunica que la delegación a la reunión ha variado y es la siguiente:"),
    ("adds", "fr", "le prie d'accréditer également à la réunion :"),
    ("adds", "es", "comunica que, además de las personas acreditadas por nota 7/19, asistirá:"),
    ("adds", "fr", "en complément de la note n° 41 du 3 avril, désigne en outre :"),
    ("replaces", "zh", "谨告代表团名单现改为："),
    ("adds", "zh", "并就其5月3日照会补充如下："),
    ("replaces", "ar", "تفيد بأن تشكيل الوفد إلى الاجتماع قد تغير وأصبح على النحو التالي:"),
]


def _read(page_of: PageOf, language: str, sentence: str) -> NoteVerbale:
    first, second, third, fourth, closing, end = FRAMES[language]
    text = sentence.split("|")
    lines = ["N. 77/2019", "", first, second, third, fourth, *text, "", closing, end, "2.4.2019"]
    return read_note((page_of(lines, language=language),))


def _cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in table.items() for text in texts]


@pytest.mark.parametrize(("language", "sentence"), _cases(DECLINES))
def test_a_decline_is_told(page_of: PageOf, language: str, sentence: str) -> None:
    note = _read(page_of, language, sentence)
    assert note.kind == "decline"
    assert not note.delegates


@pytest.mark.parametrize(("language", "sentence"), _cases(ACKNOWLEDGEMENTS))
def test_an_acknowledgement_is_told(page_of: PageOf, language: str, sentence: str) -> None:
    note = _read(page_of, language, sentence)
    assert note.kind == "acknowledgement"
    assert not note.delegates


@pytest.mark.parametrize(("language", "sentence"), _cases(EXTENSIONS))
def test_a_request_for_time_is_told(page_of: PageOf, language: str, sentence: str) -> None:
    note = _read(page_of, language, sentence)
    assert note.kind == "extension_request"
    assert not note.delegates


@pytest.mark.parametrize(("language", "sentence"), _cases(NOMINATIONS))
def test_names_make_a_nomination(page_of: PageOf, language: str, sentence: str) -> None:
    note = _read(page_of, language, sentence)
    assert note.kind == "nomination"
    assert len(note.delegates) == 1


@pytest.mark.parametrize(("language", "sentence"), _cases(MISLEADING))
def test_words_of_refusal_and_delay_do_not_hide_a_name(
    page_of: PageOf, language: str, sentence: str
) -> None:
    note = _read(page_of, language, f"{sentence}|{PERSONS[language]}")
    assert note.kind == "nomination"
    assert len(note.delegates) == 1


@pytest.mark.parametrize(("mode", "language", "sentence"), REVISIONS)
def test_how_a_revision_changes_the_earlier_note(
    page_of: PageOf, mode: str, language: str, sentence: str
) -> None:
    people = "1. Ms. Ann Wafula, Director, Ministry of Justice, ann.wafula@justice.example.org"
    note = _read(page_of, language, f"{sentence}|{people}")
    assert note.kind == "revision"
    assert note.revision == mode


def test_a_person_named_in_a_declining_note_is_not_dropped_in_silence(page_of: PageOf) -> None:
    sentence = (
        "that it regrets that no expert will be able to attend the session.|"
        "Kenya will be represented by Mr. Peter Odhiambo, Counsellor, of the Permanent Mission."
    )
    note = _read(page_of, "en", sentence)
    assert note.kind == "decline"
    assert "names_in_declining_note" in [d.code for d in note.doubts]


@pytest.mark.parametrize(
    ("told", "kind"),
    [("has the honour to inform as follows.", "nomination"), ("refers to its note.", "revision")],
)
def test_who_comes_besides_the_head_is_added_only_to_an_earlier_note(
    page_of: PageOf, told: str, kind: str
) -> None:
    people = (
        "The delegation will be headed by Ms. Ann Wafula, Director, Ministry of Justice.|"
        "It will also include Mr. Peter Odhiambo, Counsellor."
    )
    assert _read(page_of, "en", f"{told}|{people}").kind == kind


def test_who_stands_in_for_an_absent_ambassador_is_nominated_for_nothing(page_of: PageOf) -> None:
    lines = [
        "No. 77/2019",
        "",
        "The Permanent Mission of Kenya presents its compliments to the Secretariat of the",
        "Conference of the States Parties and has the honour to inform that Mr. Paul Kimani,",
        "Counsellor, will act as Chargé d'affaires during the absence of the Ambassador.",
        "",
        "The Permanent Mission avails itself of this opportunity to renew to the Secretariat",
        "the assurances of its highest consideration.",
    ]
    note = read_note((page_of(lines),))
    assert (note.kind, note.delegates) == ("other", ())


def test_further_to_a_note_with_the_secretariats_symbol_is_an_answer_to_it(page_of: PageOf) -> None:
    page = page_of(
        [
            "تهدي سفارة دولة قطر في فيينا أطيب تحياتها إلى مكتب الأمم المتحدة المعني بالمخدرات",
            "والجريمة، وإلحاقا بمذكرتها رقم CU 2019/59/(A)/DTA/CEB/CSS المؤرخة 25 مارس 2019",
            "بشأن الاجتماع المقرر عقده في فيينا، يسرها أن تفيد بأن الوفد سيتألف من:",
            "1. السيد جابر الكواري، مستشار، وزارة العدل",
            "وتغتنم السفارة هذه الفرصة لتعرب للمكتب عن فائق التقدير والاحترام.",
        ],
        "ar",
    )
    assert read_note((page,)).kind == "nomination"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Should there be any change in the composition, the Secretariat will be told."),
        ("fr", "Toute modification de la composition lui sera communiquée sans délai."),
        ("es", "Cualquier cambio en la composición será comunicado oportunamente."),
        ("ru", "О любых изменениях в составе делегации будет сообщено дополнительно."),
    ],
)
def test_a_change_that_may_come_changes_nothing(
    page_of: PageOf, language: str, sentence: str
) -> None:
    nominates = NOMINATIONS[language][0].split("|")
    note = _read(page_of, language, "|".join([*nominates, "", sentence]))
    assert note.kind == "nomination"
    assert len(note.delegates) == 1


def test_who_stands_below_the_list_that_replaces_another_comes(page_of: PageOf) -> None:
    list_of = "la presente nómina reemplaza a la anterior:"
    note = _read(page_of, "es", f"comunica que {list_of}||Sra. Rosa Quispe Luna|Directora")
    assert note.kind == "revision"
    assert [d.name.text for d in note.delegates] == ["Rosa Quispe Luna"]
    assert not note.replacements
