"""Two events of one point 100 ns apart, merged by their key, twice."""

from __future__ import annotations

import json

import pytest

from connectors import DESTINATION_UNITY, WORK, run, write_json
from readers_of_delta import READERS, destination_config, table_folder

LAKE = WORK / "lakes/near"
STAMPS = [
    "2026-03-02T06:00:00.1234567Z",
    "2026-03-02T06:00:00.1234568Z",
    "2026-03-02T06:00:01Z",
]
CATALOG = {
    "streams": [
        {
            "stream": {
                "name": "near",
                "supported_sync_modes": ["full_refresh", "incremental"],
                "json_schema": {
                    "type": "object",
                    "properties": {
                        "tag": {"type": "string"},
                        "timestamp": {
                            "type": "string",
                            "format": "date-time",
                            "airbyte_type": "timestamp_with_timezone",
                        },
                        "value": {"type": "number"},
                    },
                },
            },
            "sync_mode": "incremental",
            "cursor_field": ["timestamp"],
            "destination_sync_mode": "append_dedup",
            "primary_key": [["tag"], ["timestamp"]],
        }
    ]
}


def messages(attempt: int) -> list[dict]:
    status = {"stream_descriptor": {"name": "near"}, "status": "COMPLETE"}
    records = [
        {"tag": "TIC101", "timestamp": stamp, "value": number + attempt / 10}
        for number, stamp in enumerate(STAMPS)
    ]
    return [
        {
            "type": "RECORD",
            "record": {"stream": "near", "emitted_at": 1767225600000, "data": data},
        }
        for data in records
    ] + [
        {
            "type": "TRACE",
            "trace": {"type": "STREAM_STATUS", "emitted_at": 1.0, "stream_status": status},
        }
    ]


@pytest.fixture(scope="module")
def table():
    config, catalog = (
        write_json("config", destination_config(LAKE)),
        write_json("catalog", CATALOG),
    )
    for attempt in (1, 2):
        stdin = WORK / f"near-{attempt}.jsonl"
        stdin.write_text("".join(json.dumps(message) + "\n" for message in messages(attempt)))
        written = run(
            DESTINATION_UNITY, "write", "--config", config, "--catalog", catalog, stdin=stdin
        )
        assert written.exit_code == 0, written.explain()
    return table_folder(LAKE, "near")


@pytest.mark.parametrize("reader", READERS)
def test_each_is_a_row_and_the_later_write_won(table, reader: str) -> None:
    assert sorted(READERS[reader](table)["value"].to_pylist()) == [0.2, 1.2, 2.2]
