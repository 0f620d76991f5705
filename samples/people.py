"""Invented persons: names, honorifics, posts and mailboxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from samples.telephones import telephone
from samples.wording import Wording, name_pool, upper

_SPECIAL = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "æ": "ae",
        "'": "",
    }
)
_LETTERS = (
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f "
    "х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya қ=k ў=o ғ=g ҳ=h ң=n ө=o ү=u ә=a ұ=u і=i"
)
_CYRILLIC = dict(pair.split("=") for pair in _LETTERS.split())


@dataclass(frozen=True, slots=True)
class Person:
    """A delegate (or contact) as the note prints him or her.

    ``role`` is a key of the contract (``head`` ...); ``role_printed`` says whether the page
    says it. ``latin`` is the name in ASCII, for mailboxes. ``key`` tells one who comes to several
    meetings from all others.
    """

    given: str
    family: str
    female: bool
    name: str
    latin: tuple[str, str]
    title: str
    organization: str | None
    org_in_phrase: str
    host: str
    honorific: str | None = None
    email: str | None = None
    phone: str | None = None
    phone_e164: str | None = None
    role: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class NameStyle:
    """How one note writes names and honorifics."""

    caps: bool
    family_first: bool
    honorific: str  # 'always', 'mixed', 'never'
    form: int  # which of the everyday honorifics


def ascii_name(text: str) -> str:
    """Lower-case ASCII letters of a Latin or Cyrillic name, words joined."""
    text = "".join(_CYRILLIC.get(c, c) for c in text.lower()).translate(_SPECIAL)
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if c.isascii() and (c.isalnum() or c == "-")).lower()


def draw_style(w: Wording) -> NameStyle:
    """A way of writing names for one note."""
    latin = w.language in ("en", "fr", "es")
    return NameStyle(
        caps=w.rng.random() < (0.55 if latin else 0.0),
        family_first=w.rng.random() < (0.25 if latin else 0.0),
        honorific=w.rng.choices(["always", "mixed", "never"], [75, 13, 12])[0],
        form=w.rng.randrange(3),
    )


def _latin_name(w: Wording, pool: dict[str, Any], female: bool) -> tuple[str, str]:
    rng = w.rng
    given = rng.choice(pool["female" if female else "male"])
    if pool.get("mono_only") or (pool.get("mono") and rng.random() < 0.2):
        return "", rng.choice(pool["mono"]) if pool.get("mono") else given
    families = pool["family_f"] if female and "family_f" in pool else pool["family"]
    family = rng.choice(families)
    if pool.get("double") and rng.random() < 0.4:
        given += " " + rng.choice(pool["female" if female else "male"])
    if pool.get("initial") and rng.random() < 0.4:
        given += f" {rng.choice('ABDEGHLMNPRST')}."
    return given, family


def written(given: str, family: str, style: NameStyle, pool: dict[str, Any]) -> str:
    """A Latin name as one note writes it."""
    shown = family
    if style.caps and not pool.get("mono_only"):
        keep = ("bin", "binti", "de", "la", "der", "von", "van", "zu", "y", "da")
        shown = " ".join(x if x in keep else upper(x) for x in family.split())
        shown = shown.replace("MCA", "McA").replace("MCK", "McK")
    if style.family_first or pool.get("order") == "family":
        return f"{shown} {given}".strip()
    return f"{given} {shown}".strip()


def _names(w: Wording, state: dict[str, Any], style: NameStyle) -> Person:
    female = w.rng.random() < 0.45
    pool = name_pool(state["names"])
    script = pool.get("script", "latin")
    if script == "han":
        family, fl = w.rng.choice(pool["family"]).split("=")
        given, gl = w.rng.choice(pool["female" if female else "male"]).split("=")
        name, latin = family + given, (gl, fl)
    elif script == "arabic":
        given, gl = w.rng.choice(pool["female" if female else "male"]).split("=")
        middle, _ = w.rng.choice(pool["male"]).split("=")
        family, fl = w.rng.choice(pool["family"]).split("=")
        given = w.rng.choice(
            [given, f"{given} {middle}", f"{given} {pool['link']} {middle}"]
        ).strip()
        name, latin = f"{given} {family}", (gl, fl)
    elif script == "cyrillic":
        given, family, name = _cyrillic_name(w, pool, female)
        latin = (ascii_name(given.split()[0].strip(".")), ascii_name(family))
    else:
        given, family = _latin_name(w, pool, female)
        name = written(given, family, style, pool)
        first = given.split()[0] if given else family.split()[-1]
        latin = (ascii_name(first), ascii_name("".join(family.split()[:3])))
    return Person(given, family, female, name, latin, "", None, "", "")


def _cyrillic_name(w: Wording, pool: dict[str, Any], female: bool) -> tuple[str, str, str]:
    given = w.rng.choice(pool["female" if female else "male"])
    family, feminine = (w.rng.choice(pool["family"]).split("|") * 2)[:2]
    family = feminine if female else family
    if pool.get("patronymic") and w.rng.random() < 0.8:
        father = w.rng.choice(pool["patronymic"]).split("|")
        patronymic = father[1] if female else father[0]
        if w.rng.random() < 0.2:
            initials = f"{given[0]}.{patronymic[0]}."
            return initials, family, w.rng.choice([f"{initials} {family}", f"{family} {initials}"])
        given = f"{given} {patronymic}"
    order = w.rng.random() < 0.5
    return given, family, f"{family} {given}" if order else f"{given} {family}"


def _gendered(text: str, female: bool) -> str:
    both = text.split("|")
    return both[-1] if female else both[0]


def _post(
    w: Wording, p: Person, state: dict[str, Any], mission: bool
) -> tuple[Person, dict[str, Any], bool]:
    orgs = [o for o in w.data["orgs"] if bool(o.get("mission")) == mission]
    org = w.rng.choice(orgs)
    envoy = bool(org.get("envoy")) and w.rng.random() < 0.25
    title = _gendered(w.rng.choice(org["envoy"] if envoy else org["titles"]), p.female)
    name, phrase = org["name"], org.get("genitive", org["name"])
    if not mission and w.rng.random() < 0.15 and "{of}" in w.one("text", "of_org"):
        tail = w.one("text", "of_org").replace("{of}", state["of"])
        glue = "" if w.language == "zh" else " "
        name, phrase = (
            (tail + name, tail + phrase)
            if w.language == "zh"
            else (f"{name}{glue}{tail}", f"{phrase}{glue}{tail}")
        )
    host = f"{w.rng.choice(org['hosts'])}.{state['cc']}"
    p = replace(p, title=title, organization=name, org_in_phrase=phrase, host=host)
    return p, org, envoy


def new_post(
    w: Wording, p: Person, state: dict[str, Any], style: NameStyle, mission: bool = False
) -> Person:
    """``p`` in another post, with its form of address."""
    p, org, envoy = _post(w, p, state, mission)
    return replace(p, honorific=_honorific(w, p, org, envoy, style))


def folded(p: Person) -> str:
    """The name whatever way a note writes it: words in order of the alphabet, no capitals."""
    return " ".join(sorted(f"{p.given} {p.family}".casefold().split()))


def _with_second_name(w: Wording, p: Person, state: dict[str, Any], style: NameStyle) -> Person:
    """``p`` with one more given name, for States whose few names are used up."""
    pool = name_pool(state["names"])
    second = w.rng.choice(pool["female" if p.female else "male"]).split("=")[0].split()[-1]
    if second in p.given:
        return p
    if pool.get("script", "latin") == "latin":
        given = f"{p.given} {second}".strip()
        return replace(p, given=given, name=written(given, p.family, style, pool))
    given = p.given + second if pool["script"] == "han" else f"{p.given} {second}"
    return replace(p, given=given, name=p.name.replace(p.given, given))


def _honorific(
    w: Wording, p: Person, org: dict[str, Any], envoy: bool, style: NameStyle
) -> str | None:
    rng, people = w.rng, w.data["people"]
    side = 1 if p.female else 0
    if style.honorific == "never" or (style.honorific == "mixed" and rng.random() < 0.5):
        return None
    if envoy:
        return str(rng.choice(people["envoy"])[side])
    if org.get("officer") and rng.random() < 0.6:
        return str(rng.choice(people["officer"])[side])
    if rng.random() < 0.15:
        return str(rng.choice(people["doctor"])[side])
    forms = people["female" if p.female else "male"]
    return str(forms[style.form % len(forms)])


def post_box(w: Wording, p: Person, cc: str) -> str:
    """An address for ``p``, mostly at the host of the post."""
    first, last = p.latin
    rng = w.rng
    local = rng.choices(
        [
            f"{first}.{last}",
            f"{first[:1]}.{last}",
            f"{first[:1]}{last}",
            last,
            f"{last}.{first}",
            f"{first}_{last}",
            f"{first}{last[:1]}{rng.randrange(2, 99)}",
        ],
        [38, 14, 16, 8, 9, 5, 10],
    )[0]
    host = p.host
    if rng.random() < 0.14:
        host = rng.choice(
            [f"correo-mail.{cc}", f"webpost.{cc}", "quickletter.example.com", f"netbox.{cc}"]
        )
    return f"{local.strip('-._')}@{host}".lower()


def draw_people(
    w: Wording,
    state: dict[str, Any],
    count: int,
    style: NameStyle,
    mails: bool = True,
    phones: bool = False,
    taken: Collection[str] = (),
) -> list[Person]:
    """``count`` different persons of one State; the mission's own people come last.

    Nobody has a name of ``taken`` (as ``folded``).
    """
    people: list[Person] = []
    shared = w.rng.random() < 0.06
    mission_staff = w.rng.randrange(2) if count > 1 else 0
    for attempt in range(1000):
        if len(people) == count:
            break
        p = _names(w, state, style)
        if any(p.name == q.name or p.latin == q.latin for q in people):
            continue
        if attempt < 60 and any(p.family == q.family or p.given == q.given for q in people):
            continue
        if folded(p) in taken:
            p = _with_second_name(w, p, state, style) if attempt > 200 else p
            if folded(p) in taken:
                continue
        p = new_post(w, p, state, style, mission=len(people) >= count - mission_staff)
        if mails and w.rng.random() < 0.92:
            p = replace(p, email=post_box(w, p, state["cc"]))
        if phones and w.rng.random() < 0.85:
            printed, e164 = telephone(w, state)
            p = replace(p, phone=printed, phone_e164=e164)
        people.append(p)
    if shared and count > 1 and mails:
        box = f"delegation@{people[0].host}"
        people[:2] = [replace(q, email=box) for q in people[:2]]
    return people
