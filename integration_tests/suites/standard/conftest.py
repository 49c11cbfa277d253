"""What both connectors are tested against, and which of the tests are asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

import pytest

from connectors import WORK
from neighbours import NOW, START, ClosedDoor, destination_configs, source_configs
from plant import Plant
from scenarios import keep_what_is_asked_for, write_configs, write_scenarios


def pytest_configure() -> None:
    """Files with configurations stay in the folder of the suite."""
    tempfile.tempdir = str(WORK)
    # A read waits a minute for a server that cannot be reached: that is left to other tests.
    write_scenarios("source-pi", read=["config", "refused"])
    write_scenarios("destination-unity", read=[])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    keep_what_is_asked_for(config, items)


@pytest.fixture(scope="session", autouse=True)
def neighbours() -> Iterator[None]:
    """What the configurations name is there as long as anything runs."""
    a_file = WORK / "in-the-way"
    a_file.write_text("")
    plant_options = ("--seed", "15", "--points", "24", "--history-start", START)
    with Plant(*plant_options, now=NOW) as plant, ClosedDoor() as door:
        lake = WORK / "lakes/standard"
        write_configs("source-pi", source_configs(plant))
        write_configs("destination-unity", destination_configs(door.url, lake, a_file))
        yield
