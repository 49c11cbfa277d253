"""Every line both connectors printed under PyAirbyte, and of each command run directly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors import (
    DESTINATION_UNITY,
    SOURCE_PI,
    WORK,
    Run,
    configured_catalog,
    run,
    write_json,
)
from line_judge import (
    foreign_objections,
    own_objections,
    own_read_objections,
    own_secrets,
)
from plant import Plant, forms_of_secret
from readers_of_delta import destination_config
from recorded_lines import objections_to_echo, objections_to_lines
from recorder import Recording, all_recordings
from streams import STREAMS
from syncs import Connection, discover

START, NOW, AN_HOUR_ON = "2026-03-02T00:00:00Z", "2026-03-02T06:00:00Z", "2026-03-02T07:00:00Z"


@pytest.fixture(scope="module")
def direct() -> Iterator[dict[str, Run]]:
    """Each command of each connector, run once without anybody between."""
    with Plant("--seed", "14", "--points", "96", "--history-start", START, now=NOW) as plant:
        config = plant.config(start_date=START)
        document = write_json("config", config)
        refused = config | {
            "credentials": config["credentials"] | {"username": "PLANT\\nobody"}
        }
        unreachable = config | {"base_url": "http://127.0.0.1:9/piwebapi"}
        lake = write_json("config", destination_config(WORK / "lakes/direct"))
        a_file = write_json("in-the-way", {})
        blocked = write_json("config", destination_config(a_file / "lake"))
        connection = Connection(config, WORK / "lakes/direct", "append_dedup", discover(config))
        first = connection.sync()
        plant.move_clock(AN_HOUR_ON)
        second = connection.sync()
        whole = write_json("catalog", configured_catalog(connection.catalog, "overwrite", 1))
        yield {
            "source spec": run(SOURCE_PI, "spec"),
            "source check": run(SOURCE_PI, "check", "--config", document),
            "source check refused": run(
                SOURCE_PI, "check", "--config", write_json("config", refused)
            ),
            "source check unreachable": run(
                SOURCE_PI, "check", "--config", write_json("config", unreachable)
            ),
            "source discover": run(SOURCE_PI, "discover", "--config", document),
            "source read": first.source,
            "source read incremental": second.source,
            "source read full": run(
                SOURCE_PI, "read", "--config", document, "--catalog", whole
            ),
            "destination spec": run(DESTINATION_UNITY, "spec"),
            "destination check": run(DESTINATION_UNITY, "check", "--config", lake),
            "destination check blocked": run(DESTINATION_UNITY, "check", "--config", blocked),
            "destination write": first.destination,
            "destination write incremental": second.destination,
        }


CHECKS = {
    "source check": "SUCCEEDED",
    "source check refused": "FAILED",
    "source check unreachable": "FAILED",
    "destination check": "SUCCEEDED",
    "destination check blocked": "FAILED",
}


@pytest.mark.parametrize("check", CHECKS)
def test_check_says_how_it_stands_and_ends_well(direct: dict[str, Run], check: str) -> None:
    status = direct[check].message("CONNECTION_STATUS")

    assert status["status"] == CHECKS[check]
    assert status.get("message") or CHECKS[check] == "SUCCEEDED"
    assert direct[check].exit_code == 0


def test_every_other_command_ends_well(direct: dict[str, Run]) -> None:
    assert [name for name, run_ in direct.items() if run_.exit_code != 0] == []


def test_each_line_is_strictly_valid_by_the_models_of_airbyte(direct: dict[str, Run]) -> None:
    for name, run_ in direct.items():
        assert foreign_objections(run_.lines())[:10] == [], name


def test_each_run_keeps_our_own_rules(direct: dict[str, Run]) -> None:
    for name, run_ in direct.items():
        assert own_objections(run_, forms_of_secret())[:10] == [], name


def test_counts_statuses_and_states_of_each_read_agree(direct: dict[str, Run]) -> None:
    for name in ("source read", "source read incremental", "source read full"):
        assert own_read_objections(direct[name], STREAMS) == [], name


@pytest.fixture(scope="module")
def recorded() -> list[Recording]:
    ours = (SOURCE_PI, DESTINATION_UNITY)
    found = [each for each in all_recordings() if each.executable in ours]
    commands = {(each.executable.name, each.command) for each in found}
    assert commands >= {
        ("source-pi", "spec"),
        ("source-pi", "check"),
        ("source-pi", "discover"),
        ("source-pi", "read"),
        ("destination-unity", "write"),
    }
    return found


def test_each_line_under_pyairbyte_is_strictly_valid(recorded: list[Recording]) -> None:
    for each in recorded:
        assert objections_to_lines(each)[:10] == [], each.stdout


def test_each_run_under_pyairbyte_keeps_our_own_rules(recorded: list[Recording]) -> None:
    for each in recorded:
        assert own_secrets(each, forms_of_secret()) == [], each.stdout
        if each.exit_code >= 0:
            assert own_objections(each)[:10] == [], each.stdout


def test_each_finished_read_under_pyairbyte_adds_up(recorded: list[Recording]) -> None:
    reads = [each for each in recorded if each.command == "read" and each.exit_code == 0]

    assert reads
    for each in reads:
        assert own_read_objections(each, each.streams) == [], each.stdout


def test_each_state_under_pyairbyte_comes_back_once_and_in_order(
    recorded: list[Recording],
) -> None:
    writes = [each for each in recorded if each.command == "write" and each.exit_code == 0]

    assert writes
    for each in writes:
        assert objections_to_echo(each) == [], each.stdout
