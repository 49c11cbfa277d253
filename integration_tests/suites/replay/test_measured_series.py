"""What was measured stands in the table: each reading once, to the last bit."""

from __future__ import annotations

import struct
from collections import Counter
from datetime import datetime

import pytest

from line_judge import (
    foreign_objections,
    own_echo_objections,
    own_objections,
    own_read_objections,
)
from plant import forms_of_secret
from readers_of_delta import READERS, table_folder
from streams import STREAMS

READINGS = {
    "RIVER.FLOW": 1268,
    "ROOM.CO2": 509,
    "ROOM.HUMIDITY": 509,
    "ROOM.LIGHT": 509,
    "ROOM.TEMPERATURE": 509,
}


def test_the_package_still_ships_the_series(replayed) -> None:
    assert Counter(point for point, _ in replayed.measured) == READINGS


@pytest.fixture(params=READERS)
def rows(request, replayed) -> list[dict]:
    return READERS[request.param](table_folder(replayed.lake, "timeseries")).to_pylist()


def test_each_reading_is_there_once_at_its_time_and_to_the_last_bit(
    replayed, rows: list[dict]
) -> None:
    found = [(row["tag_name"], row["timestamp"], bits(row["value"])) for row in events(rows)]
    expected = [
        (point, time, bits(value)) for (point, time), value in replayed.measured.items()
    ]

    assert sorted(found) == sorted(expected)


def test_each_reading_is_a_good_number(rows: list[dict]) -> None:
    seen = {
        (
            row["value_kind"],
            row["quality_good"],
            row["quality_questionable"],
            row["quality_substituted"],
        )
        for row in events(rows)
    }

    assert seen == {("number", True, False, False)}


def test_nothing_is_in_the_table_beside_the_readings(replayed, rows: list[dict]) -> None:
    """But what a PI point says before its first value, if anything."""
    others = [row for row in rows if row["value_kind"] == "system_state"]

    assert len(events(rows)) + len(others) == len(rows)
    assert {row["digital_name"] for row in others} <= {"Pt Created"}


def test_the_night_the_clocks_went_forward_has_an_hour_less(rows: list[dict]) -> None:
    night = [
        row["timestamp"]
        for row in events(rows)
        if row["tag_name"] == "RIVER.FLOW"
        and row["timestamp"].date() == datetime(2022, 3, 27).date()
    ]

    assert len(set(night)) == 24


def test_every_line_of_the_sync_is_strictly_valid(replayed) -> None:
    for run in (replayed.sync.source, replayed.sync.destination):
        assert foreign_objections(run.lines())[:10] == []
        assert own_objections(run, forms_of_secret()) == []


def test_counts_and_states_of_the_sync_agree(replayed) -> None:
    sync = replayed.sync
    sent = [message["state"] for message in sync.source.messages("STATE")]
    counts = {name: len(sync.records_of(name)) for name in STREAMS}

    assert own_read_objections(sync.source, STREAMS) == []
    assert own_echo_objections(sent, sync.destination, counts) == []


def events(rows: list[dict]) -> list[dict]:
    return [row for row in rows if row["value_kind"] != "system_state"]


def bits(value: float) -> bytes:
    return struct.pack("<d", value)
