"""Where a person or a file has left traces: rows, pages, labels, copies, what is inside."""

from __future__ import annotations

import json
from collections.abc import Iterable

from store.db.database import Store
from store.rules.names import CHINESE, folded, name_key

IDS = "(SELECT value FROM json_each(:ids))"
"""Any number of ids as one parameter."""


def states_of(store: Store, documents: set[int]) -> set[str]:
    """The States whose notes these are, so far as known."""
    sql = f"SELECT DISTINCT state FROM documents WHERE id IN {IDS}"  # noqa: S608 - a constant
    rows = store.rows(sql, {"ids": json.dumps(sorted(documents))})
    return {row["state"] for row in rows if row["state"]}


def rows_of(store: Store, names: set[tuple[str, ...]], emails: set[str]) -> list[tuple[int, str]]:
    """Delegates with one of the names or addresses: id and name."""
    may, parameters = may_mention(
        "name || ' ' || coalesce(read_name, '') || ' ' || coalesce(email, '')", names, emails
    )
    sql = f"SELECT id, name, read_name, email FROM delegates WHERE {may}"  # noqa: S608 - our own
    return [
        (row["id"], row["name"])
        for row in store.rows(sql, parameters)
        if name_key(row["name"]) in names
        or (row["read_name"] and name_key(row["read_name"]) in names)
        or row["email"] in emails
    ]


def documents_of(store: Store, delegates: set[int]) -> set[int]:
    """Where the rows stand, and where they stood: a moved row leaves its name behind."""
    return ids_of(
        store,
        f"SELECT document_id FROM delegates WHERE id IN {IDS}"  # noqa: S608 - a constant
        " UNION SELECT document_id FROM corrections WHERE table_name = 'delegates'"
        f" AND document_id IN (SELECT id FROM documents) AND row_id IN {IDS}",
        delegates,
    )


def mentioning(
    store: Store, names: set[tuple[str, ...]], emails: set[str], states: set[str]
) -> set[int]:
    """Documents on whose pages the person stands, of these States if it is known of which."""
    found: set[int] = set()
    for question in [*map(_together, names), *map(_phrase, emails)]:
        rows = store.rows("SELECT document_id, state FROM found WHERE words = ?", [question])
        found |= {r["document_id"] for r in rows if not states or r["state"] in (None, *states)}
    for sign in ("".join(words) for words in names if CHINESE.search("".join(words))):
        rows = store.rows(
            "SELECT p.document_id FROM search_chinese AS s JOIN pages AS p ON p.id = s.rowid"
            " WHERE instr(replace(s.page, ' ', ''), ?) > 0",
            [sign],
        )
        found |= {row["document_id"] for row in rows}
    return found


def labelled(
    store: Store, names: set[tuple[str, ...]], emails: set[str]
) -> tuple[set[int], set[int]]:
    """Documents whose file name, messages whose subject or sender is the person's."""

    def chosen(table: str, number: str, text: str) -> set[int]:
        may, parameters = may_mention(text, names, emails)
        sql = f"SELECT {number}, {text} FROM {table} AND {may}"  # noqa: S608 - our own
        return {row[0] for row in store.rows(sql, parameters) if mentioned(names, emails, row[1])}

    documents = chosen("documents WHERE forgotten_at IS NULL", "id", "filename")
    messages = chosen(
        "messages WHERE forgotten_at IS NULL",
        "id",
        "coalesce(from_address, '') || ' ' || coalesce(subject, '')",
    ) | chosen("dropped_parts WHERE TRUE", "message", "filename")
    return documents, messages


def may_mention(
    column: str, names: Iterable[tuple[str, ...]], emails: Iterable[str]
) -> tuple[str, dict[str, str]]:
    """A condition that holds wherever ``mentioned`` does, and its parameters.

    SQLite looks through a million texts in the time in which some thousands are folded here. A
    text in ASCII has the longest word of the name in it as it is, but for its case; every other
    text may have it.
    """
    told = {max(name, key=len) for name in names if name} | set(emails)
    sought = {f"word{n}": word.lower() for n, word in enumerate(sorted(told)) if word.isascii()}
    found = "".join(f" OR instr(lower({column}), :{place})" for place in sought)
    return f"({column} GLOB '*[^ -~]*'{found})", sought


def confirmed_by(store: Store, names: set[tuple[str, ...]], emails: set[str]) -> set[int]:
    """Messages that answered a letter which named the person: it is quoted in them, or meant."""
    named = {
        row["id"]
        for row in store.rows(
            "SELECT a.id, c.told, a.text FROM confirmation_answers AS a"
            " JOIN confirmation_drafts AS c ON c.id = a.draft"
        )
        if any(mentioned(names, emails, text) for text in (*told(row["told"]), row["text"]))
    }
    return answers(store, named)


def answers(store: Store, ids: Iterable[int]) -> set[int]:
    """The messages of these answers, and their copies."""
    return ids_of(
        store,
        "SELECT m.id FROM messages AS m WHERE m.forgotten_at IS NULL AND m.sha256 IN"  # noqa: S608
        " (SELECT p.sha256 FROM messages AS p JOIN confirmation_answers AS a ON a.message = p.id"
        f" WHERE a.id IN {IDS})",
        ids,
    )


def told(people: str | None) -> list[str]:
    """What a letter said of each person, in one text each."""
    return [" ".join(filter(None, one.values())) for one in json.loads(people or "[]")]


def mentioned(names: Iterable[tuple[str, ...]], emails: Iterable[str], text: str) -> bool:
    """Whether a text has all words of one of the names, or one of the addresses."""
    words = set(folded(text).split())
    return any(words.issuperset(name) for name in names) or any(
        address in text.lower() for address in emails
    )


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _together(words: tuple[str, ...]) -> str:
    """The words in any order, next to each other but for an initial (FTS5 section 3.5)."""
    phrases = " ".join(map(_phrase, words))
    return phrases if len(words) == 1 else f"NEAR({phrases}, {len(words) + 1})"


def copies(store: Store, documents: set[int]) -> set[int]:
    """The documents, all with the same bytes, and those whose bytes hold theirs.

    Not those that are forgotten already.
    """
    found: set[int] = set()
    more = documents
    while not more <= found:
        found |= more
        more = ids_of(
            store,
            "SELECT id FROM documents WHERE sha256 IN"  # noqa: S608 - a constant
            f" (SELECT sha256 FROM documents WHERE id IN {IDS})"
            f" UNION SELECT enclosed_in FROM documents WHERE id IN {IDS}"
            "   AND enclosed_in IS NOT NULL",
            found,
        )
    sql = f"SELECT id FROM documents WHERE forgotten_at IS NULL AND id IN {IDS}"  # noqa: S608
    return ids_of(store, sql, found)


def inside(store: Store, documents: set[int]) -> set[int]:
    """The documents that came inside these, at any depth."""
    return ids_of(
        store,
        "WITH RECURSIVE inside (id) AS (SELECT id FROM documents"  # noqa: S608 - a constant
        f"  WHERE enclosed_in IN {IDS} UNION SELECT d.id FROM documents AS d"
        "   JOIN inside ON d.enclosed_in = inside.id) SELECT id FROM inside",
        documents,
    )


def messages_of(store: Store, documents: set[int]) -> set[int]:
    """The messages that brought the documents, and their copies: they hold the same scans."""
    return ids_of(
        store,
        "SELECT id FROM messages WHERE forgotten_at IS NULL AND sha256 IN"  # noqa: S608
        " (SELECT m.sha256 FROM messages AS m JOIN documents AS n ON n.message = m.id"
        f" WHERE n.id IN {IDS})",
        documents,
    )


def ids_of(store: Store, sql: str, ids: Iterable[int]) -> set[int]:
    """What a query over ``IDS`` finds."""
    return {row[0] for row in store.rows(sql, {"ids": json.dumps(sorted(ids))})}
