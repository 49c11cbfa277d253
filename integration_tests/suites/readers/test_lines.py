"""Every line that the two connectors printed while the lakes were filled."""

from __future__ import annotations

import pytest

from connectors import Run
from line_judge import (
    foreign_objections,
    own_echo_objections,
    own_objections,
    own_read_objections,
)
from plant import forms_of_secret
from streams import STREAMS


@pytest.fixture(scope="module")
def runs(landed) -> list[Run]:
    syncs = [sync for connection in landed.connections.values() for sync in connection.syncs]
    by_output = {run.stdout: run for sync in syncs for run in (sync.source, sync.destination)}
    return list(by_output.values())


def test_each_is_strictly_valid_by_the_models_of_airbyte(runs: list[Run]) -> None:
    for run in runs:
        assert foreign_objections(run.lines())[:10] == [], run.stdout


def test_each_keeps_our_own_rules(runs: list[Run]) -> None:
    for run in runs:
        assert own_objections(run, forms_of_secret())[:10] == [], run.stdout


def test_counts_statuses_and_states_of_each_read_agree(runs: list[Run]) -> None:
    for run in runs:
        if run.command == "read":
            assert own_read_objections(run, STREAMS) == [], run.stdout


def test_each_state_comes_back_once_and_in_order(landed) -> None:
    for connection in landed.connections.values():
        for sync in connection.syncs:
            sent = [message["state"] for message in sync.source.messages("STATE")]
            counts = {name: len(sync.records_of(name)) for name in STREAMS}

            assert own_echo_objections(sent, sync.destination, counts) == []
