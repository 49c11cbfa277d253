"""One file per text, whose bounds in the log are cut: a filter must still find each.

The texts are shared among tables of six files: eight small ones would be put together.

The bounds keep the first 32 characters. Where a text goes on behind them, the upper one
has to be made greater, which is hard for a character that nothing is greater than.
"""

from __future__ import annotations

import json

import pyarrow.compute as pc
import pytest
from deltalake import DeltaTable

from connectors import DESTINATION_UNITY, WORK, run, write_json
from readers_of_delta import destination_config, duckdb_connection, table_folder

LAKE = WORK / "lakes/bounds"
LAST = "\U0010ffff"
TEXTS = [
    "a" * 32,
    "a" * 33,
    "a" * 31 + "🧪🧪",
    "a" * 31 + LAST + "b",
    LAST * 40,
    "\ud7ff" * 40,
    "\uffff" * 40,
    "z" * 31 + "\x7f\x7f",
    "z" * 31 + "\x00\x00",
    "é" * 40,
    "",
    "你" * 31 + "🧪" * 9,
]
FILES = 6
STREAMS = sorted({f"bounds_{number // FILES}" for number in range(len(TEXTS))})


def configured(stream: str) -> dict:
    schema = {"type": "object", "properties": {"text": {"type": "string"}}}
    modes = ["full_refresh"]
    return {
        "stream": {"name": stream, "supported_sync_modes": modes, "json_schema": schema},
        "sync_mode": "full_refresh",
        "destination_sync_mode": "append",
    }


def table_of(text: str) -> str:
    return str(table_folder(LAKE, STREAMS[TEXTS.index(text) // FILES]))


@pytest.fixture(scope="module", autouse=True)
def _written() -> None:
    config = write_json("config", destination_config(LAKE))
    for number, text in enumerate(TEXTS):
        stream = STREAMS[number // FILES]
        catalog = write_json("catalog", {"streams": [configured(stream)]})
        stdin = WORK / f"bounds-{number}.jsonl"
        said = (json.dumps(message) + "\n" for message in messages(stream, text))
        stdin.write_text("".join(said))
        written = run(
            DESTINATION_UNITY, "write", "--config", config, "--catalog", catalog, stdin=stdin
        )
        assert written.exit_code == 0, written.explain()


def messages(stream: str, text: str) -> list[dict]:
    record = {"stream": stream, "emitted_at": 1767225600000, "data": {"text": text}}
    status = {"stream_descriptor": {"name": stream}, "status": "COMPLETE"}
    trace = {"type": "STREAM_STATUS", "emitted_at": 1767225600000, "stream_status": status}
    return [{"type": "RECORD", "record": record}, {"type": "TRACE", "trace": trace}]


@pytest.mark.parametrize("stream", STREAMS)
def test_each_text_lies_in_a_file_of_its_own(stream: str) -> None:
    assert len(DeltaTable(str(table_folder(LAKE, stream))).file_uris()) == FILES


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_a_filter_finds_the_text(text: str) -> None:
    table = table_of(text)
    by_deltalake = (
        DeltaTable(table).to_pyarrow_dataset().to_table(filter=pc.field("text") == text)
    )
    with duckdb_connection() as connection:
        by_duckdb = connection.execute(
            "SELECT text FROM delta_scan($table) WHERE text = $text",
            {"table": table, "text": text},
        ).fetchall()

    assert by_deltalake["text"].to_pylist() == [text]
    assert by_duckdb == [(text,)]


def test_a_filter_on_a_beginning_finds_all_that_share_it() -> None:
    expected = sorted(text for text in TEXTS if "a" * 31 < text < "b")
    assert {table_of(text) for text in expected} == {table_of(TEXTS[0])}

    with duckdb_connection() as connection:
        found = connection.execute(
            "SELECT text FROM delta_scan($table) WHERE text > $low AND text < 'b'",
            {"table": table_of(TEXTS[0]), "low": "a" * 31},
        ).fetchall()

    assert sorted(text for (text,) in found) == expected
