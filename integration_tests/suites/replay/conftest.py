"""Series that somebody measured, from a public package, through the whole pipe."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import pytest

from connectors import WORK
from plant import Plant
from syncs import Connection, Sync, discover

DATA = Path(os.environ["SUITES_HOME"]) / "downloads/river/river"

# Later than the last event of all series.
# Replayed points live here; a second server without points would be taken for one that
# hides them, so the one to read is named.
SERVER = "PISRV01"

NOW, START = "2022-06-01T00:00:00Z", "2015-01-01T00:00:00Z"


@dataclass(frozen=True)
class Series:
    """Columns of a file, each of which becomes a point."""

    file: str
    time_column: str
    points: dict[str, str]


SERIES = [
    # A river's flow, hourly in local time, over the night the clocks went forward.
    Series("datasets/water-flow.csv", "Time", {"RIVER.FLOW": "Water flow [l/s]"}),
    # Temperature, humidity, light and CO2 of a room, each with noise in many digits.
    Series(
        "drift/datasets/occupancy.csv",
        "time",
        {"ROOM.TEMPERATURE": "V1", "ROOM.HUMIDITY": "V2", "ROOM.LIGHT": "V3", "ROOM.CO2": "V4"},
    ),
]

Measured = dict[tuple[str, datetime], float]


@dataclass(frozen=True)
class Replayed:
    measured: Measured
    sync: Sync
    lake: Path


@pytest.fixture(scope="session")
def replayed() -> Iterator[Replayed]:
    exported = WORK / "exported.csv"
    write_export(exported)
    with Plant("--points", "0", "--replay", str(exported), now=NOW) as plant:
        config = plant.config(start_date=START, selection={"data_servers": [SERVER]})
        connection = Connection(config, WORK / "lake", "append", discover(config))
        yield Replayed(measured(), connection.sync(), connection.lake)


def readings(series: Series) -> Iterator[tuple[str, str, str]]:
    """Point, time and value as they stand in the file."""
    with open(DATA / series.file, newline="") as file:
        for row in csv.DictReader(file):
            for point, column in series.points.items():
                yield point, row[series.time_column], row[column]


def write_export(path: Path) -> None:
    """The form in which people export from PI: one line per reading."""
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["tag", "timestamp", "value"])
        for series in SERIES:
            writer.writerows(readings(series))


def measured() -> Measured:
    """The files as Python reads them; a time without a zone is taken as UTC."""
    found: Measured = {}
    for series in SERIES:
        for point, time, value in readings(series):
            instant = datetime.fromisoformat(time)
            in_utc = (
                instant.astimezone(timezone.utc)
                if instant.tzinfo
                else instant.replace(tzinfo=timezone.utc)
            )
            assert (point, in_utc) not in found, f"{point} has two readings at {time}"
            found[point, in_utc] = float(value)
    return found
