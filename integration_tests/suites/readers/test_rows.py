"""Every column of every row, as parties that we did not write read it from the lake."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pyarrow as pa
import pytest

from equality import assert_same_rows, expected_rows, found_rows
from readers_of_delta import READERS, table_folder
from streams import STREAMS, TIMESERIES, Stream


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("mode", ["append_dedup", "overwrite"])
@pytest.mark.parametrize("reader", READERS)
def test_rows_equal_the_truth(landed, reader: str, mode: str, stream: str) -> None:
    table = READERS[reader](table_folder(landed.connections[mode].lake, stream))

    found = found_rows(STREAMS[stream], table)

    assert_same_rows(found, landed.truth[stream], STREAMS[stream].key)


@pytest.mark.parametrize("reader", READERS)
def test_appended_events_equal_the_truth(landed, reader: str) -> None:
    """Without a merge nothing hides an event that was delivered twice."""
    table = READERS[reader](table_folder(landed.connections["append"].lake, "timeseries"))

    assert_same_rows(found_rows(TIMESERIES, table), landed.truth["timeseries"], TIMESERIES.key)


def ordered_by_every_column(stream: str) -> Stream:
    """Of rows that come again, the key alone says no order."""
    return replace(STREAMS[stream], key=tuple(STREAMS[stream].columns))


@pytest.fixture(scope="module")
def sent(landed) -> dict[str, pa.Table]:
    """All records of both syncs, as the source printed them."""
    syncs = landed.connections["append"].syncs
    return {
        name: expected_rows(
            ordered_by_every_column(name),
            [record for sync in syncs for record in sync.records_of(name)],
        )
        for name in STREAMS
    }


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("reader", READERS)
def test_appended_rows_equal_what_the_source_sent(
    landed, sent, reader: str, stream: str
) -> None:
    """A full refresh and a frame that was still open come again: both rows are kept."""
    connection = landed.connections["append"]
    rows = ordered_by_every_column(stream)

    found = found_rows(rows, READERS[reader](table_folder(connection.lake, stream)))

    assert_same_rows(found, sent[stream], STREAMS[stream].key)


def test_the_second_sync_brought_only_what_is_new(landed) -> None:
    second = landed.connections["append_dedup"].syncs[1].records_of("timeseries")

    assert min(record["timestamp"] for record in second) >= "2026-03-02T06:00:00"


def test_a_merged_table_keeps_what_lies_behind_the_microsecond(landed) -> None:
    """Delta ends there; two stamps of PI that differ only behind it are two keys."""
    connection = landed.connections["append_dedup"]
    rows = READERS["deltalake"](table_folder(connection.lake, "timeseries"))
    sent = {
        (record["tag_webid"], record["timestamp"], record["sequence"])
        for sync in connection.syncs
        for record in sync.records_of("timeseries")
    }

    restored = zip(
        rows["tag_webid"].to_pylist(),
        map(in_full, rows["timestamp"].to_pylist(), rows["_nanos_of_timestamp"].to_pylist()),
        rows["sequence"].to_pylist(),
    )

    assert set(restored) == sent
    assert rows.num_rows == len(sent)


def in_full(instant: datetime, nanos: int | None) -> str:
    """As the source writes it, with seven decimals."""
    return f"{instant:%Y-%m-%dT%H:%M:%S.%f}{(nanos or 0) // 100}Z"
