"""Which places of a page the other readers are sent to."""

from __future__ import annotations

from collections.abc import Callable

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
    (names,) = places.names
    assert places.languages == names.languages == ("kk",)
    assert len(names.boxes) == 1
    assert places.boxes == ()
