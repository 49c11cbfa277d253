"""A source that we did not write, through PyAirbyte into destination-unity, twice."""

from __future__ import annotations

import json
import os
from pathlib import Path

import airbyte as ab
import pytest
from airbyte_clients import destination_unity, new_cache, table
from as_sent import differences

from connectors import WORK
from recorder import Recording, recorded_executable, recordings

FAKER = Path(os.environ["SUITES_HOME"]) / "environments/faker/bin/source-faker"
LAKE = WORK / "lakes/faker"
USERS = 600
STREAMS = ["products", "purchases", "users"]


@pytest.fixture(scope="module")
def writes() -> list[Recording]:
    remembered = new_cache("faker")
    for _ in range(2):
        source = ab.get_source(
            "source-faker",
            local_executable=recorded_executable(FAKER, "faker"),
            # By default it sends every record anew each time.
            config={"count": USERS, "seed": 5, "always_updated": False},
            install_if_missing=False,
        )
        source.select_streams(STREAMS)
        destination_unity("faker-writing", LAKE).write(
            source, cache=False, state_cache=remembered
        )
    return recordings("faker-writing", "write")


def sent(writes: list[Recording], stream: str) -> dict[int, dict]:
    """By key, what came to the destination last."""
    records = (message["record"] for write in writes for message in write.received("RECORD"))
    return {
        record["data"]["id"]: record["data"] for record in records if record["stream"] == stream
    }


def test_the_second_write_carried_next_to_nothing(writes: list[Recording]) -> None:
    """A table that was begun anew by it would be left all but empty."""
    carried = [len(write.received("RECORD")) for write in writes]

    assert carried[0] > 2 * USERS
    assert carried[1] < carried[0] / 10


@pytest.mark.parametrize("stream", STREAMS)
def test_the_table_holds_every_key_once(writes: list[Recording], stream: str) -> None:
    keys = table(LAKE, stream)["id"].to_pylist()

    assert sorted(keys) == sorted(sent(writes, stream))


@pytest.mark.parametrize("stream", STREAMS)
def test_every_value_is_the_one_that_was_sent(writes: list[Recording], stream: str) -> None:
    records = sent(writes, stream)

    for row in table(LAKE, stream).to_pylist():
        assert differences(row, records[row["id"]]) == [], (stream, row["id"])


def test_each_state_is_kept_by_the_client(writes: list[Recording]) -> None:
    handed_back = recordings("faker", "read")[1]

    assert {
        state["stream"]["stream_descriptor"]["name"]
        for state in json.loads((handed_back.documents / "state").read_text())
    } == set(STREAMS)
