"""PyAirbyte checks, discovers and reads source-pi into its own cache, twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa
import pytest
from airbyte import exceptions
from airbyte_clients import new_cache, source_pi
from cached_rows import as_cached, counts, rows_of

from equality import assert_same_rows, expected_rows
from plant import Plant
from recorder import recordings
from streams import ACCOUNTS, STREAMS

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
