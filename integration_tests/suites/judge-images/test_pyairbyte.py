"""PyAirbyte runs the images: a read into its cache, and two writes from one into the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import airbyte as ab
import pyarrow as pa
import pytest
from airbyte import exceptions
from airbyte_clients import new_cache, table
from cached_rows import as_cached, rows_of
from images import DESTINATION_IMAGE, DOCKER, SOURCE_IMAGE

from connectors import WORK
from equality import assert_same_rows, expected_rows, found_rows
from plant import Plant
from readers_of_delta import destination_config
from recorder import recordings
from streams import ACCOUNTS, STREAMS

START, NOW, AN_HOUR_ON = "2026-03-01T18:00:00Z", "2026-03-02T06:00:00Z", "2026-03-02T07:00:00Z"
# PyAirbyte shows this folder of its project to the container as /local.
LOCAL = WORK / "destination-unity"


@dataclass(frozen=True)
class Moved:
    """What the cache and the lake hold at the end, beside the plant's truth."""

    cached: dict[str, pa.Table]
    written: dict[str, pa.Table]
    truth: dict[str, pa.Table]


@pytest.fixture(scope="module")
def plant() -> Iterator[Plant]:
    with Plant("--seed", "17", "--points", "96", "--history-start", START, now=NOW) as running:
        yield running


@pytest.fixture(scope="module")
def moved(plant: Plant) -> Moved:
    config = plant.config(start_date=START)
    cache, remembered = new_cache("read"), new_cache("written")
    for now in (NOW, AN_HOUR_ON):
        plant.move_clock(now)
        source(config).read(cache)
        destination().write(source(config), cache=False, state_cache=remembered)
    return Moved(
        {name: rows_of(cache, stream) for name, stream in STREAMS.items()},
        {name: table(LOCAL / "lake", name) for name in STREAMS},
        {n: expected_rows(s, plant.truth(START, stream=n)) for n, s in STREAMS.items()},
    )


def source(config: dict) -> ab.Source:
    image = ab.get_source(
        "source-pi", docker_image=SOURCE_IMAGE, use_host_network=True, config=config
    )
    image.select_streams(list(STREAMS))
    return image


def destination(**more: object) -> ab.Destination:
    # The user of the image is nobody on this machine.
    LOCAL.mkdir(exist_ok=True)
    LOCAL.chmod(0o777)
    return ab.get_destination(
        "destination-unity",
        docker_image=DESTINATION_IMAGE,
        use_host_network=True,
        config=destination_config(Path("/local/lake"), **more),
    )


def test_both_checks_succeed(plant: Plant) -> None:
    source(plant.config(start_date=START)).check()
    destination().check()


def test_a_check_with_a_wrong_password_fails_in_words_of_ours(plant: Plant) -> None:
    config = plant.config(start_date=START)
    config["credentials"] = config["credentials"] | {"password": "not the password"}

    with pytest.raises(exceptions.AirbyteConnectorCheckFailedError) as failed:
        source(config).check()

    assert failed.value.context["failure_reason"]


def test_discover_finds_the_streams(plant: Plant) -> None:
    found = source(plant.config(start_date=START)).get_available_streams()

    assert sorted(found) == sorted([*STREAMS, *ACCOUNTS])


@pytest.mark.parametrize("stream", STREAMS)
def test_the_cache_equals_the_truth(moved: Moved, stream: str) -> None:
    expected = as_cached(moved.truth[stream])

    assert_same_rows(moved.cached[stream], expected, STREAMS[stream].key)


@pytest.mark.parametrize("stream", STREAMS)
def test_the_table_equals_the_truth(moved: Moved, stream: str) -> None:
    found = found_rows(STREAMS[stream], moved.written[stream])

    assert_same_rows(found, moved.truth[stream], STREAMS[stream].key)


def test_the_second_write_carried_only_what_is_new(moved: Moved) -> None:
    first, second = (len(write.received("RECORD")) for write in recordings(DOCKER, "write"))

    assert 0 < second < first / 4
