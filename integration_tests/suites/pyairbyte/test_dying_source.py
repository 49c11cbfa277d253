"""A source that is killed in the middle of a line: what was acknowledged stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pytest
from airbyte import exceptions
from airbyte_clients import destination_unity, new_cache, source_pi, table

from connectors import WORK
from equality import assert_same_rows, expected_rows, found_rows
from plant import Plant
from recorder import Recording, recordings
from streams import STREAMS, TIMESERIES

START, NOW = "2026-03-01T18:00:00Z", "2026-03-02T06:00:00Z"
LAKE = WORK / "lakes/dying"
AFTER_LINES = 9_000
AFTER_EVERY_SLICE = {"CHECKPOINT_INTERVAL_SECONDS": "0"}


@dataclass(frozen=True)
class Death:
    """The write that lost its source, the table after it, and after the next write."""

    write: Recording
    raised: BaseException | None
    after: pa.Table
    healed: dict[str, pa.Table]
    truth: dict[str, pa.Table]


@pytest.fixture(scope="module")
def death() -> Iterator[Death]:
    with Plant("--seed", "13", "--points", "96", "--history-start", START, now=NOW) as plant:
        # Small answers make many slices, and a state after each.
        config = plant.config(start_date=START, load={"max_values_per_response": 1000})
        remembered = new_cache("dying")
        mortal = source_pi(
            "mortal", config, dies_after_lines=AFTER_LINES, environment=AFTER_EVERY_SLICE
        )
        mortal.select_streams(["timeseries"])
        with pytest.raises(exceptions.AirbyteConnectorWriteError) as failed:
            destination_unity("left-alone", LAKE).write(
                mortal, cache=False, state_cache=remembered
            )
        after = table(LAKE, "timeseries")

        destination_unity("left-alone", LAKE).write(
            source_pi("successor", config), cache=False, state_cache=remembered
        )
        yield Death(
            recordings("left-alone", "write")[0],
            failed.value,
            after,
            {name: table(LAKE, name) for name in STREAMS},
            {n: expected_rows(s, plant.truth(START, stream=n)) for n, s in STREAMS.items()},
        )


def acknowledged(write: Recording) -> list[dict]:
    """The records that came before the last state that was given back."""
    given_back = [message["state"]["stream"] for message in write.messages("STATE")]
    messages = write.received("RECORD", "STATE")
    last = max(
        place
        for place, message in enumerate(messages)
        if message["type"] == "STATE" and message["state"]["stream"] == given_back[-1]
    )
    return [
        message["record"]["data"] for message in messages[:last] if message["type"] == "RECORD"
    ]


def test_the_write_fails(death: Death) -> None:
    assert death.raised is not None
    assert death.write.exit_code != 0


def test_the_destination_says_why_it_did_not_finish(death: Death) -> None:
    (error,) = [
        m["trace"]["error"]
        for m in death.write.messages("TRACE")
        if m["trace"]["type"] == "ERROR"
    ]

    assert error["message"]


def test_some_states_were_given_back_but_not_all_records_covered(death: Death) -> None:
    """Without both, the next checks would look at nothing."""
    assert 0 < len(acknowledged(death.write)) < death.truth["timeseries"].num_rows


def test_every_acknowledged_row_is_in_the_table(death: Death) -> None:
    kept = set(
        zip(*(found_rows(TIMESERIES, death.after)[name].to_pylist() for name in TIMESERIES.key))
    )
    promised = expected_rows(TIMESERIES, acknowledged(death.write))

    missing = set(zip(*(promised[name].to_pylist() for name in TIMESERIES.key))) - kept

    assert missing == set()


@pytest.mark.parametrize("stream", STREAMS)
def test_the_next_write_completes_the_table(death: Death, stream: str) -> None:
    found = found_rows(STREAMS[stream], death.healed[stream])

    assert_same_rows(found, death.truth[stream], STREAMS[stream].key)


def test_the_next_write_went_on_from_the_last_state(death: Death) -> None:
    successor = recordings("successor", "read")[0]
    again = [m for m in successor.messages("RECORD") if m["record"]["stream"] == "timeseries"]

    assert len(again) < death.truth["timeseries"].num_rows
