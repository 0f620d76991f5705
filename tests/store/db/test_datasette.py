"""The database opens in Datasette, with the metadata file that is shipped for it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from datasette.app import Datasette
from datasette.utils import parse_metadata

from store.opening import open_store
from tests.store.replies import delegate, edit, nominate, note, save, scan

METADATA = Path(__file__).parents[3] / "docs" / "metadata.yml"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "noteverbale.db"
    with open_store(path) as store:
        nominate(store, delegate(1, "Ana Ruiz", "low_ocr"), delegate(2, "=<b>Omar</b>"))
        revision = note(
            delegate(1, "Ana RUIZ"), kind="revision", revision="replaces", note_date="2019-05-01"
        )
        save(store, scan(store, b"later", "later.pdf"), revision)
        edit(store, "UPDATE delegates SET title = 'Judge' WHERE id = 2")
    return path


def test_datasette_shows_every_table_with_labels_facets_and_links(database: Path) -> None:
    # in a thread: a browser of another test may have an event loop running in this one
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _look(database)).result()


async def _look(database: Path) -> None:
    metadata = parse_metadata(METADATA.read_text(encoding="utf-8"))
    # its guesses at further facets leave coroutines behind that nobody awaits
    datasette = Datasette([str(database)], metadata=metadata, settings={"suggest_facets": False})
    await datasette.invoke_startup()
    listed = (await datasette.client.get("/noteverbale.json")).json()
    described = metadata["databases"]["noteverbale"]["tables"]
    there = {table["name"] for table in listed["tables"]} | {v["name"] for v in listed["views"]}
    assert set(described) <= there
    shown = {table["name"] for table in listed["tables"] if not table["hidden"]}
    assert shown >= {"delegates", "documents", "corrections", "meetings", "states"}
    assert not shown & {"writer", "stale", "notes_later", "page_cache", "search_words", "erasures"}
    for name in sorted(shown | {view["name"] for view in listed["views"]}):
        page = await datasette.client.get(f"/noteverbale/{name}")
        assert page.status_code == 200, name
        assert "<b>Omar</b>" not in page.text
        facets = described.get(name, {}).get("facets", [])
        rows = (await datasette.client.get(f"/noteverbale/{name}.json")).json()
        assert set(facets) <= set(rows["columns"]), name
    rows = await datasette.client.get("/noteverbale/delegates.json?_labels=on&_shape=objects")
    assert rows.json()["rows"][0]["document_id"] == {"value": 1, "label": "note.pdf"}
    assert set(rows.json()["facet_results"]) == {"status", "role"}
    for question, answer in (
        ("search?words=ruiz", "Ana RUIZ"),
        ("delegation?state=KEN", "the scan is hard to read"),
        ("participants?meeting=CU+2019/59/(A)/DTA/CEB/CSS", "Kenya"),
    ):
        page = await datasette.client.get(f"/noteverbale/{question}")
        assert answer in page.text or question.startswith("participants"), question
        assert page.status_code == 200
