"""PyAirbyte writes source-pi through destination-unity, twice, and once from its cache."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from airbyte_clients import destination_unity, new_cache, source_pi, table

from connectors import WORK
from equality import assert_same_rows, expected_rows, found_rows
from plant import Plant
from recorder import recordings
from streams import STREAMS

START, NOW, AN_HOUR_ON = "2026-03-01T18:00:00Z", "2026-03-02T06:00:00Z", "2026-03-02T07:00:00Z"
LAKE, LAKE_FROM_CACHE = WORK / "lakes/written", WORK / "lakes/from-cache"


@pytest.fixture(scope="module")
def truth() -> Iterator[dict[str, pa.Table]]:
    """Both writes are made; what the plant holds at the end."""
    with Plant("--seed", "12", "--points", "96", "--history-start", START, now=NOW) as plant:
        config = plant.config(start_date=START)
        remembered = new_cache("written")
        for now in (NOW, AN_HOUR_ON):
            plant.move_clock(now)
            destination_unity("writing", LAKE).write(
                source_pi("written", config), cache=False, state_cache=remembered
            )
        from_cache = source_pi("cached", config).read(new_cache("cached"))
        destination_unity("writing-from-cache", LAKE_FROM_CACHE).write(
            from_cache, state_cache=new_cache("cached_states")
        )
        yield {
            name: expected_rows(stream, plant.truth(START, stream=name))
            for name, stream in STREAMS.items()
        }


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("lake", [LAKE, LAKE_FROM_CACHE], ids=["two writes", "from the cache"])
def test_the_table_equals_the_truth(
    truth: dict[str, pa.Table], lake: Path, stream: str
) -> None:
    expected = truth[stream]
    if lake == LAKE_FROM_CACHE:
        expected = rounded_by_the_cache(expected)

    found = found_rows(STREAMS[stream], table(lake, stream))

    assert_same_rows(found, expected, STREAMS[stream].key)


def rounded_by_the_cache(truth: pa.Table) -> pa.Table:
    """The cache keeps nine digits after the point, so that is what it sends."""
    for place, field in enumerate(truth.schema):
        if field.type == pa.float64():
            numbers = [
                None if n is None else float(f"{n:.9f}") for n in truth[field.name].to_pylist()
            ]
            truth = truth.set_column(place, field.name, pa.array(numbers, pa.float64()))
    return truth


def test_the_second_write_carried_only_what_is_new(truth: dict[str, pa.Table]) -> None:
    first, second = recordings("writing", "write")

    carried = [len(write.received("RECORD")) for write in (first, second)]

    assert 0 < carried[1] < carried[0] / 4


def test_both_writes_named_the_same_generation(truth: dict[str, pa.Table]) -> None:
    """The trap: 1 and 1 on every write reads like an order to begin anew each time."""
    for write in recordings("writing", "write"):
        catalog = json.loads((write.documents / "catalog").read_text())
        for stream in catalog["streams"]:
            assert (stream["generation_id"], stream["minimum_generation_id"]) == (1, 1)


def test_no_value_was_nulled(truth: dict[str, pa.Table]) -> None:
    for lake in (LAKE, LAKE_FROM_CACHE):
        for name in STREAMS:
            metas = [
                json.loads(text) for text in set(table(lake, name)["_airbyte_meta"].to_pylist())
            ]
            assert [meta for meta in metas if meta["changes"]] == []


def test_rows_from_the_cache_keep_their_time_of_extraction(truth: dict[str, pa.Table]) -> None:
    """The client sends `emitted_at` in seconds there."""
    years = {
        str(instant)[:4]
        for instant in table(LAKE_FROM_CACHE, "timeseries")["_airbyte_extracted_at"]
    }

    assert "1970" not in years
