"""Which places of a page the other readers are sent to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extract.second_look import second_look
from ocr.types import Page

PageOf = Callable[..., Page]

NOTE = (
    "The Embassy of Poland presents its compliments to the Secretariat and has the honour to "
    "inform it that the delegation of Poland to the meeting will be composed of:",
    "",
    "1. Mr. Lukasz Zielinski, Prosecutor, Ministry of Justice",
    "2. Ms. Anna Nowak, Adviser, Ministry of Justice",
    "",
    "The Embassy of Poland avails itself of this opportunity to renew its highest consideration.",
)


def test_names_and_the_language_of_the_sending_state_are_told(page_of: PageOf) -> None:
    page = page_of(NOTE)
    places = second_look(page)
    assert places.languages == ("pl",)
    (names,) = places.names
    assert names.languages == ("pl",)
    for box, name in zip(names.boxes, ("Lukasz", "Anna"), strict=True):
        (line,) = [li for li in page.lines if li.box.top <= box.center[1] < li.box.bottom]
        assert name in line.text


def test_arabic_names_and_posts_are_for_their_own_model(page_of: PageOf) -> None:
    note = (
        "تهدي سفارة دولة الكويت تحياتها إلى مكتب الأمم المتحدة في فيينا",
        "وتتشرف بإفادتها بأسماء المشاركين في الاجتماع على النحو التالي:",
        "",
        "1. السيد خالد الغامدي، مستشار قانوني",
        "",
        "وتغتنم السفارة هذه المناسبة لتعرب عن فائق تقديرها واحترامها.",
    )
    places = second_look(page_of(note))
    (names,) = places.names
    assert names.languages == ("ar",)
    assert len(names.boxes) == 2
    assert places.boxes == ()


def test_cyrillic_names_are_for_the_models_of_the_senders_languages(page_of: PageOf) -> None:
    note = (
        "Посольство Республики Казахстан свидетельствует свое уважение Секретариату и имеет честь",
        "сообщить следующий состав делегации Республики Казахстан:",
        "",
        "1. Г-н Габит Турлыбек, советник, Министерство юстиции",
        "",
        "Посольство пользуется случаем, чтобы возобновить уверения в своем высоком уважении.",
    )
    places = second_look(page_of(note))
    names, lines = places.names
    assert places.languages == names.languages == ("kk",)
    assert len(names.boxes) == 1
    assert places.boxes == ()
    # the model for lines reads posts and offices, too
    assert lines.languages == ("ru",)
    assert {*names.boxes} < {*lines.boxes}


def test_the_notes_number_is_read_by_another_reader_too(page_of: PageOf) -> None:
    page = page_of(("Ref.: MFA/IO/44/V3", "", *NOTE))
    (line, *_) = page.lines
    assert any(line.box.holds(box) for box in second_look(page).boxes)


def test_a_name_broken_in_its_cell_is_read_line_by_line(page_of: PageOf) -> None:
    """The page reader's line of a cell may hold words that stand under each other."""
    page = page_of(NOTE)
    lines = []
    for line in page.lines:
        words = tuple(
            replace(w, box=w.box.moved(0, w.box.height + 6)) if w.text == "Zielinski," else w
            for w in line.words
        )
        lines.append(replace(line, words=words))
    (names,) = second_look(replace(page, lines=tuple(lines))).names
    assert len(names.boxes) == 3
    assert len({box.height for box in names.boxes}) == 1


SPANISH = (
    "La Embajada saluda muy atentamente a la Secretaría y tiene el honor de comunicar",
    "que la delegación estará integrada por:",
    "1. Sr. Tomás Quintero, Asesor Juridico, tomas.quintero@example.org",
    "2. Sra. Inés Robledo, Directora de Energia, ines.robledo@example.org",
    "La Embajada aprovecha la oportunidad para reiterar las seguridades de su consideración.",
)


def test_spanish_posts_are_read_again_after_all_names(page_of: PageOf) -> None:
    """Its model sees the accent of ``í`` as the dot of ``i`` and is sure of it."""
    page = replace(page_of(SPANISH), language="es")
    words = {w.text: w.box for line in page.lines for w in line.words}
    names = [words["Tomás"], words["Inés"]]
    posts = [words["Juridico,"], words["Energia,"]]
    places = second_look(page).boxes
    order = [
        next(n for n, place in enumerate(places) if place.holds(box)) for box in (*names, *posts)
    ]
    assert max(order[:2]) < min(order[2:])


def test_posts_of_other_notes_are_read_again_only_in_doubt(page_of: PageOf) -> None:
    page = replace(page_of(NOTE), language="en")
    words = {w.text: w.box for line in page.lines for w in line.words}
    assert not any(place.holds(words["Prosecutor,"]) for place in second_look(page).boxes)
