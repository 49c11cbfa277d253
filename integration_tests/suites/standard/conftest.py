"""What both connectors are tested against, and which of the tests are asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

import pytest
from neighbours import NOW, START, ClosedDoor, destination_configs, source_configs

from connectors import WORK
from plant import Plant
from scenarios import write_configs, write_scenarios

CHECKED = {
    "source-pi": ["config", "refused", "unreachable"],
    "destination-unity": ["config", "refused", "unreachable", "blocked"],
}
# A read waits a minute for a server that cannot be reached, which is left to other tests.
READ = {"source-pi": ["config", "refused"], "destination-unity": []}

# The command a test is about. A scenario that is not meant for a command would be skipped
# by the test itself; a skipped check counts as failed here, so it is not collected.
COMMAND_OF_TEST = {
    "test_check": "check",
    "test_config_matches_spec": "spec",
    "test_discover": "discover",
    "test_basic_read": "read",
    "test_fail_read_with_bad_catalog": "read",
}


def pytest_configure() -> None:
    """Files with configurations stay in the folder of the suite."""
    tempfile.tempdir = str(WORK)
    for connector in CHECKED:
        write_scenarios(connector, CHECKED[connector], READ[connector])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    asked = [item for item in items if is_asked_for(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in asked])
    # The lines of all runs are judged once all runs have been made.
    items[:] = sorted(asked, key=lambda item: item.path.name == "test_lines.py")


def is_asked_for(item: pytest.Item) -> bool:
    command = COMMAND_OF_TEST.get(getattr(item, "originalname", item.name))
    scenario = getattr(getattr(item, "callspec", None), "params", {}).get("scenario")
    return scenario is None or command is None or scenario.runs(command)


@pytest.fixture(scope="session", autouse=True)
def neighbours() -> Iterator[None]:
    """What the configurations name is there as long as anything runs."""
    plant_options = ("--seed", "15", "--points", "24", "--history-start", START)
    with Plant(*plant_options, now=NOW) as plant, ClosedDoor() as door:
        write_configs("source-pi", source_configs(plant))
        write_configs("destination-unity", destination_configs(door.url))
        yield
