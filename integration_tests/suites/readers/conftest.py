"""Three connections from one plant: merged by key, appended, and replaced as a whole.

Each is synced twice; between the syncs the plant's clock moves on by an hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pytest

from connectors import WORK
from equality import expected_rows
from plant import Plant
from streams import STREAMS
from syncs import Connection, discover

START, NOW, AN_HOUR_ON = "2026-02-28T18:00:00Z", "2026-03-02T06:00:00Z", "2026-03-02T07:00:00Z"
# Small enough that a table gets more than ten commits, and with them a checkpoint. The
# limit on memory keeps a slow machine from making few large commits of what waits.
OFTEN = {"megabytes": 1, "memory_megabytes": 3}


@dataclass(frozen=True)
class Landed:
    """The lakes after both syncs, and the plant's truth at both times."""

    connections: dict[str, Connection]
    truth: dict[str, pa.Table]


@pytest.fixture(scope="session")
def landed() -> Iterator[Landed]:
    plant_options = ("--seed", "7", "--points", "96", "--history-start", START)
    with Plant(*plant_options, now=NOW) as plant:
        config = plant.config(start_date=START)
        catalog = discover(config)
        merged, appended, replaced = (
            Connection(config, WORK / "lakes" / mode, mode, catalog, OFTEN)
            for mode in ("append_dedup", "append", "overwrite")
        )
        first = merged.sync()
        appended.sync_again(first)
        replaced.sync_again(first)
        plant.move_clock(AN_HOUR_ON)
        second = merged.sync()
        appended.sync_again(second)
        replaced.sync()
        truth = {
            name: expected_rows(stream, plant.truth(START, stream=name))
            for name, stream in STREAMS.items()
        }
    yield Landed({each.mode: each for each in (merged, appended, replaced)}, truth)
