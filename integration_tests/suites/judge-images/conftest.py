"""What the images are run against, and a `docker` that keeps what passes through it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from images import DOCKER

from connectors import WORK
from neighbours import NOW, START, ClosedDoor, destination_configs, source_configs
from plant import Plant
from recorder import recorded_executable
from scenarios import copy_metadata, keep_what_is_asked_for, write_configs, write_scenarios

# Of the container: a folder its user may write to, and a file.
LAKE, A_FILE = Path("/local/standard"), Path("/etc/hostname")


def pytest_configure() -> None:
    tempfile.tempdir = str(WORK)
    write_scenarios("source-pi", read=["config"])
    write_scenarios("destination-unity", read=[])
    for connector in ("source-pi", "destination-unity"):
        copy_metadata(connector)
    front = recorded_executable(Path(shutil.which("docker")), DOCKER)
    os.environ["PATH"] = f"{front.parent}:{os.environ['PATH']}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    keep_what_is_asked_for(config, items)


@pytest.fixture(scope="session", autouse=True)
def neighbours() -> Iterator[None]:
    """What the configurations name is there as long as anything runs."""
    plant_options = ("--seed", "16", "--points", "24", "--history-start", START)
    with Plant(*plant_options, now=NOW) as plant, ClosedDoor() as door:
        write_configs("source-pi", source_configs(plant))
        write_configs("destination-unity", destination_configs(door.url, LAKE, A_FILE))
        yield
