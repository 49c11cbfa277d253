"""Every line both connectors printed under the standard tests, by the strict models."""

from __future__ import annotations

import json
from pathlib import Path

from connector_process import honest_runs

from connectors import Run
from line_judge import foreign_objections, own_objections, own_read_objections
from neighbours import forms_of_secrets


def test_the_tests_ran_every_command() -> None:
    commands = {(run.executable.name, run.command) for run in honest_runs}

    assert commands == {
        ("source-pi", "spec"),
        ("source-pi", "check"),
        ("source-pi", "discover"),
        ("source-pi", "read"),
        ("destination-unity", "spec"),
        ("destination-unity", "check"),
    }


def test_each_line_is_strictly_valid_by_the_models_of_airbyte() -> None:
    for run in honest_runs:
        assert foreign_objections(run.lines())[:10] == [], run.stdout


def test_each_run_keeps_our_own_rules() -> None:
    for run in honest_runs:
        assert own_objections(run, forms_of_secrets())[:10] == [], run.stdout


def test_each_finished_read_adds_up() -> None:
    reads = [run for run in honest_runs if run.command == "read" and run.exit_code == 0]

    assert reads
    for read in reads:
        assert own_read_objections(read, asked_streams(read)) == [], read.stdout


def test_a_run_fails_exactly_if_it_tells_of_an_error() -> None:
    """No foreign party looks at the exit code and the lines together."""
    for run in honest_runs:
        errors = [m for m in run.messages("TRACE") if m["trace"]["type"] == "ERROR"]
        assert (run.exit_code != 0) == bool(errors), run.explain()


def asked_streams(read: Run) -> list[str]:
    place = read.arguments.index("--catalog") + 1
    catalog = json.loads(Path(read.arguments[place]).read_text())
    return [configured["stream"]["name"] for configured in catalog["streams"]]
