"""Every line the images printed for their judges, by the strict models and our own rules."""

from __future__ import annotations

import pytest
from images import DESTINATION_IMAGE, DOCKER, SOURCE_IMAGE

from line_judge import own_objections, own_read_objections, own_secrets
from neighbours import forms_of_secrets
from recorded_lines import objections_to_echo, objections_to_lines, was_killed
from recorder import Recording, recordings


@pytest.fixture(scope="module")
def recorded() -> list[Recording]:
    found = [each for each in recordings(DOCKER) if each.arguments]
    commands = {(each.executable.name, each.command) for each in found}
    source, destination = (name.split("/")[-1] for name in (SOURCE_IMAGE, DESTINATION_IMAGE))
    assert commands >= {
        *((source, command) for command in ("spec", "check", "discover", "read")),
        *((destination, command) for command in ("spec", "check", "write")),
    }
    return found


def test_each_line_is_strictly_valid_by_the_models_of_airbyte(
    recorded: list[Recording],
) -> None:
    for each in recorded:
        assert objections_to_lines(each)[:10] == [], each.stdout


def test_each_run_keeps_our_own_rules(recorded: list[Recording]) -> None:
    for each in recorded:
        assert own_secrets(each, forms_of_secrets()) == [], each.stdout
        if not was_killed(each):
            assert own_objections(each)[:10] == [], each.stdout


def test_each_finished_read_adds_up(recorded: list[Recording]) -> None:
    reads = [each for each in recorded if each.command == "read" and each.exit_code == 0]

    assert reads
    for each in reads:
        assert own_read_objections(each, each.streams) == [], each.stdout


def test_each_state_comes_back_once_and_in_order(recorded: list[Recording]) -> None:
    writes = [each for each in recorded if each.command == "write" and each.exit_code == 0]

    assert writes
    for each in writes:
        assert objections_to_echo(each) == [], each.stdout
