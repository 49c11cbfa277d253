"""PyAirbyte checks, discovers and reads source-pi into its own cache, twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

import airbyte as ab
import pyarrow as pa
import pytest
from airbyte import exceptions
from airbyte_clients import new_cache, source_pi

from equality import assert_same_rows, expected_rows, found_rows
from plant import Plant
from recorder import recordings
from streams import ACCOUNTS, STREAMS, Json, Stream

START, NOW, AN_HOUR_ON = "2026-03-01T18:00:00Z", "2026-03-02T06:00:00Z", "2026-03-02T07:00:00Z"
# Every event is counted. Frames are read again for so long: PI tells of no change to one.
LOOKBACK_HOURS = 4
EXACTLY = {"load_audit": "full", "event_frames": {"lookback_hours": LOOKBACK_HOURS}}


@dataclass(frozen=True)
class Cached:
    """What the cache held after each of two reads, beside the plant's truth then."""

    found: list[dict[str, pa.Table]]
    truth: list[dict[str, pa.Table]]
    # By point: events both reads told of, and events the second one told of.
    audited: dict[str, int]
    statuses: dict[str, int]


@pytest.fixture(scope="module")
def plant() -> Iterator[Plant]:
    with Plant("--seed", "11", "--points", "96", "--history-start", START, now=NOW) as running:
        yield running


@pytest.fixture(scope="module")
def cached(plant: Plant) -> Cached:
    cache = new_cache("reading")
    found, truth = [], []
    for now in (NOW, AN_HOUR_ON):
        plant.move_clock(now)
        # A new Source object each time: only the cache remembers.
        source = source_pi("reading", plant.config(start_date=START, **EXACTLY))
        source.select_streams([*STREAMS, *ACCOUNTS])
        source.read(cache)
        found.append({name: rows_of(cache, stream) for name, stream in STREAMS.items()})
        truth.append(
            {
                name: expected_rows(stream, plant.truth(START, stream=name))
                for name, stream in STREAMS.items()
            }
        )
    total = "SELECT tag_webid, sum(events_read)::BIGINT FROM {}.load_audit GROUP BY tag_webid"
    audited = counts(cache, total)
    statuses = counts(cache, "SELECT tag_webid, events_this_sync FROM {}.tag_status")
    return Cached(found, truth, audited, statuses)


def counts(cache: ab.caches.DuckDBCache, sql: str) -> dict[str, int]:
    with cache.get_sql_engine().connect() as connection:
        rows = connection.exec_driver_sql(sql.format(cache.schema_name)).fetchall()
    found = dict(map(tuple, rows))
    assert len(found) == len(rows), "a point has more than one row"
    return {point: count for point, count in found.items() if count}


def rows_of(cache: ab.caches.DuckDBCache, stream: Stream) -> pa.Table:
    """A table of the cache, its narrower types put back: see `as_cached` for the loss."""
    with cache.get_sql_engine().connect() as connection:
        result = connection.exec_driver_sql(
            f"SELECT {', '.join(selected(stream))} FROM {cache.schema_name}.{stream.name}"
        )
        rows = result.fetchall()
    types = [pa.decimal128(38, 9) if t == pa.float64() else t for t in arrow_types(stream)]
    columns = {
        name: pa.array([row[place] for row in rows], plain(type_))
        for place, (name, type_) in enumerate(zip(stream.columns, types, strict=True))
    }
    return found_rows(cached_form(stream), with_zone(pa.table(columns)))


def selected(stream: Stream) -> list[str]:
    """JSON as the text that stands in the cache, not as the objects a driver makes of it."""
    return [
        f"{name}::VARCHAR" if type_ is Json else name for name, type_ in stream.columns.items()
    ]


def arrow_types(stream: Stream) -> list[pa.DataType]:
    return [
        type_ if isinstance(type_, pa.DataType) else pa.string()
        for type_ in stream.columns.values()
    ]


def plain(type_: pa.DataType) -> pa.DataType:
    """The cache has no time zones."""
    return pa.timestamp("us") if pa.types.is_timestamp(type_) else type_


def with_zone(table: pa.Table) -> pa.Table:
    fields = [
        field.with_type(pa.timestamp("us", "UTC"))
        if pa.types.is_timestamp(field.type)
        else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def cached_form(stream: Stream) -> Stream:
    """Numbers of the cache are DECIMAL(38, 9)."""
    columns = {
        name: pa.decimal128(38, 9) if type_ == pa.float64() else type_
        for name, type_ in stream.columns.items()
    }
    return replace(stream, columns=columns)


def as_cached(truth: pa.Table) -> pa.Table:
    """The truth with what the cache cannot hold taken off: digits after the ninth."""
    for place, field in enumerate(truth.schema):
        if field.type == pa.float64():
            numbers = [
                None if n is None else nine_digits(n) for n in truth[field.name].to_pylist()
            ]
            truth = truth.set_column(place, field.name, pa.array(numbers, pa.decimal128(38, 9)))
    return truth


def nine_digits(number: float) -> Decimal:
    return Decimal(repr(number)).quantize(Decimal("1e-9"))


def test_check_succeeds(plant: Plant) -> None:
    source_pi("checking", plant.config(start_date=START)).check()


def test_check_with_a_wrong_password_fails_in_words_of_ours(plant: Plant) -> None:
    config = plant.config(start_date=START)
    config["credentials"] = config["credentials"] | {"password": "not the password"}

    with pytest.raises(exceptions.AirbyteConnectorCheckFailedError) as failed:
        source_pi("refused", config).check()

    assert failed.value.context["failure_reason"]


def test_discover_finds_the_streams(plant: Plant) -> None:
    found = source_pi("discovering", plant.config(start_date=START)).get_available_streams()

    assert sorted(found) == sorted([*STREAMS, *ACCOUNTS])


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("read", [1, 2])
def test_the_cache_equals_the_truth(cached: Cached, read: int, stream: str) -> None:
    found, truth = cached.found[read - 1][stream], cached.truth[read - 1][stream]

    assert_same_rows(found, as_cached(truth), STREAMS[stream].key)


def test_the_second_read_brings_only_new_events(cached: Cached) -> None:
    first, second = (emitted(read, "timeseries") for read in recordings("reading", "read"))
    events = [truth["timeseries"].num_rows for truth in cached.truth]

    assert [len(first), len(second)] == [events[0], events[1] - events[0]]


def test_the_second_read_brings_frames_that_changed_and_late_ones(cached: Cached) -> None:
    read = recordings("reading", "read")[1]
    before, after = (rows_by_id(truth["event_frames"]) for truth in cached.truth)
    changed = {frame for frame, row in after.items() if before.get(frame) != row}
    since = datetime.fromisoformat(NOW) - timedelta(hours=LOOKBACK_HOURS)

    brought = [record["data"]["event_frame_id"] for record in emitted(read, "event_frames")]

    assert len(brought) == len(set(brought)) < len(after)
    assert changed <= set(brought)
    ends = [before[frame]["end_time"] for frame in set(brought) - changed]
    assert [end for end in ends if end is not None and end < since] == []


def rows_by_id(frames: pa.Table) -> dict[str, dict]:
    return {row["event_frame_id"]: row for row in frames.to_pylist()}


def test_a_stream_without_a_cursor_is_read_whole_again(cached: Cached) -> None:
    """The client asks for `incremental` and hands the finished state back."""
    counts = [len(emitted(read, "af_elements")) for read in recordings("reading", "read")]

    assert counts == [truth["af_elements"].num_rows for truth in cached.truth]


def emitted(read, stream: str) -> list[dict]:
    return [m["record"] for m in read.messages("RECORD") if m["record"]["stream"] == stream]


def test_what_the_source_tells_of_itself_is_cached_and_true(cached: Cached) -> None:
    """Its account of what it read, and of how each point stands, beside the plant's truth."""
    events = Counter(cached.truth[1]["timeseries"]["tag_webid"].to_pylist())
    new = cached.truth[1]["timeseries"].num_rows - cached.truth[0]["timeseries"].num_rows

    assert cached.audited == events
    assert cached.statuses.keys() <= events.keys()
    assert sum(cached.statuses.values()) == new
