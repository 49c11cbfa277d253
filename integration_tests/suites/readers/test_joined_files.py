"""Small files of many syncs that were put together, by readers we did not write."""

from __future__ import annotations

import json

import pytest
from deltalake import DeltaTable

from connectors import DESTINATION_UNITY, WORK, run, write_json
from readers_of_delta import destination_config, duckdb_connection, table_folder

LAKE = WORK / "lakes/joined"
SYNCS = 20
ROWS = 5
STREAM = "joined"
SCHEMA = {
    "type": "object",
    "properties": {"tag": {"type": "string"}, "at": {"type": "integer"}},
}
CATALOG = {
    "streams": [
        {
            "stream": {
                "name": STREAM,
                "supported_sync_modes": ["full_refresh", "incremental"],
                "json_schema": SCHEMA,
            },
            "sync_mode": "incremental",
            "destination_sync_mode": "append_dedup",
            "cursor_field": ["at"],
            "primary_key": [["tag"], ["at"]],
        }
    ]
}


@pytest.fixture(scope="module")
def table() -> str:
    config = write_json("config", destination_config(LAKE))
    catalog = write_json("catalog", CATALOG)
    for sync in range(SYNCS):
        stdin = WORK / f"joined-{sync}.jsonl"
        stdin.write_text("".join(json.dumps(message) + "\n" for message in messages(sync)))
        written = run(
            DESTINATION_UNITY, "write", "--config", config, "--catalog", catalog, stdin=stdin
        )
        assert written.exit_code == 0, written.explain()
    return str(table_folder(LAKE, STREAM))


def messages(sync: int) -> list[dict]:
    emitted = {"stream": STREAM, "emitted_at": 1767225600000 + sync}
    records = [
        {"type": "RECORD", "record": {**emitted, "data": {"tag": tag, "at": sync}}}
        for tag in tags()
    ]
    descriptor = {"name": STREAM}
    status = {"stream_descriptor": descriptor, "status": "COMPLETE"}
    trace = {"type": "STREAM_STATUS", "emitted_at": 1767225600000, "stream_status": status}
    return [*records, {"type": "TRACE", "trace": trace}]


def tags() -> list[str]:
    return [f"tag {number}" for number in range(ROWS)]


EXPECTED = sorted((tag, at) for tag in tags() for at in range(SYNCS))


def test_files_were_put_together(table: str) -> None:
    assert len(DeltaTable(table).file_uris()) == SYNCS - 2 * (8 - 1)
    operations = [commit["operation"] for commit in DeltaTable(table).history()]
    assert operations.count("OPTIMIZE") == 2


def test_deltalake_reads_each_row_once(table: str) -> None:
    rows = DeltaTable(table).to_pyarrow_table(columns=["tag", "at"]).to_pylist()
    assert sorted((row["tag"], row["at"]) for row in rows) == EXPECTED


def test_duckdb_reads_each_row_once(table: str) -> None:
    with duckdb_connection() as connection:
        rows = connection.execute(
            'SELECT tag, "at" FROM delta_scan($table)', {"table": table}
        ).fetchall()
    assert sorted(rows) == EXPECTED


def test_deltalake_reads_the_version_before(table: str) -> None:
    joined = [
        commit["version"]
        for commit in DeltaTable(table).history()
        if commit["operation"] == "OPTIMIZE"
    ]
    before = DeltaTable(table, version=min(joined) - 1)
    assert len(before.file_uris()) == 8
    assert before.to_pyarrow_table().num_rows == 8 * ROWS
