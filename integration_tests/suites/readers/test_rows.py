"""Every column of every row, as parties that we did not write read it from the lake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equality import assert_same_rows, expected_rows, found_rows
from readers_of_delta import READERS, table_folder
from streams import STREAMS, TIMESERIES


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


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("reader", READERS)
def test_appended_rows_equal_what_the_source_sent(landed, reader: str, stream: str) -> None:
    """A full refresh and a frame that was still open come again: both rows are kept."""
    connection = landed.connections["append"]
    # Rows with one key differ elsewhere, so the order is made of every column.
    rows = replace(STREAMS[stream], key=tuple(STREAMS[stream].columns))
    sent = [record for sync in connection.syncs for record in sync.records_of(stream)]

    found = found_rows(rows, READERS[reader](table_folder(connection.lake, stream)))

    assert_same_rows(found, expected_rows(rows, sent), STREAMS[stream].key)


def test_the_second_sync_brought_only_what_is_new(landed) -> None:
    second = landed.connections["append_dedup"].syncs[1].records_of("timeseries")

    assert min(record["timestamp"] for record in second) >= "2026-03-02T06:00:00"
