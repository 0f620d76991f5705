"""Invented words, names, dates and sums for office pages."""

from __future__ import annotations

from random import Random


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WORDS = _split(
    "the of and to in a for that on with by as at from this which be is was are not have "
    "an or under between before after during each other such any all party parties "
    "agreement section notice court counsel witness record exhibit motion order hearing "
    "district claim plaintiff defendant evidence statement schedule account payment "
    "balance report annual quarter revenue expense total amount office department division "
    "board member director program project budget estimate approval application request "
    "permit license property building street county state federal public service system "
    "equipment material supply delivery invoice shipment vendor contract price quantity "
    "unit measure water energy health safety training review meeting minutes committee "
    "chair staff employee position salary benefit insurance coverage policy premium rate "
    "interest principal period date number number received submitted filed signed dated "
    "prior current former additional required available applicable provided described "
    "attached forwarded considered determined held"
)
FAMILY = _split(
    "Abernathy Brockhurst Castellane Dunmore Ellingwood Farnsworth Gallowell Hartnoll "
    "Iverdale Jessamine Kirkbride Lathrop Merriweather Northgate Oakhurst Pemberley "
    "Quillan Rosswell Stanhope Thornbury Underwick Vandermeer Whitlock Yardley Zellman"
)
GIVEN = _split(
    "Alma Bertram Cora Desmond Edith Franklin Greta Harold Imogen Jasper Katrin Leonard "
    "Mabel Norbert Olive Percy Ruth Stella Theodore Ursula Victor Wilma"
)
TOWNS = _split("Ashford Bellmont Clearwater Dunfield Eastbrook Fairmead Glenrock Harmony")
MONTHS = _split(
    "January February March April May June July August September October November December"
)


def words(rng: Random, count: int) -> str:
    """``count`` words of an office in any order."""
    return " ".join(rng.choice(WORDS) for _ in range(count))


def sentence(rng: Random) -> str:
    """A sentence, sometimes with a comma or a date in it."""
    found = words(rng, rng.randint(7, 18)).capitalize()
    if rng.random() < 0.3:
        parts = found.split()
        parts[len(parts) // 2] += ","
        found = " ".join(parts)
    if rng.random() < 0.2:
        found += f" ({date(rng)})"
    return found + "."


def text(rng: Random, sentences: int) -> str:
    """So many sentences."""
    return " ".join(sentence(rng) for _ in range(sentences))


def name(rng: Random) -> str:
    """A person who does not exist."""
    return f"{rng.choice(GIVEN)} {rng.choice('ABCDEFGHJKLMPRST')}. {rng.choice(FAMILY)}"


def date(rng: Random) -> str:
    """A date, in words or in figures."""
    if rng.random() < 0.5:
        return f"{rng.choice(MONTHS)} {rng.randint(1, 28)}, {rng.randint(1961, 2019)}"
    return f"{rng.randint(1, 12):02}/{rng.randint(1, 28):02}/{rng.randint(61, 99)}"


def amount(rng: Random, most: int = 900_000) -> str:
    """A sum, sometimes with cents, sometimes in brackets as a loss."""
    value = rng.randint(10, most)
    text = f"{value:,}" if rng.random() < 0.6 else f"{value / 100:,.2f}"
    return f"({text})" if rng.random() < 0.1 else text


def phrase(rng: Random, least: int, most: int) -> str:
    """A few words with a capital letter at the start."""
    return words(rng, rng.randint(least, most)).capitalize()
