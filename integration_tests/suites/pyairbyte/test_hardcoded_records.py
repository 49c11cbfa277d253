"""A source whose every record is known: through PyAirbyte, and in a pipe without it.

Each of its streams is one record many times over and has no key, so a row too many or too
few shows in the count, and every row has the same content to hold.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import airbyte as ab
import pytest
from airbyte_clients import destination_unity, table
from as_sent import differences

from connectors import DESTINATION_UNITY, WORK, Run, configured_catalog, pipe, run, write_json
from line_judge import foreign_objections, own_echo_objections, own_objections
from readers_of_delta import destination_config
from recorder import recorded_executable

BIN = Path(os.environ["SUITES_HOME"]) / "environments/hardcoded-records/bin"
SOURCE = BIN / "source-hardcoded-records"
EACH = 5_000
CONFIG = {"count": EACH}
STREAMS = ["customers", "dummy_fields", "products"]
# Its schema allows a time, a text or null.
UNIONS = ["accepts_marketing_updated_at"]
BY_THE_CLIENT, APPENDED, REPLACED = (
    WORK / "lakes" / f"hardcoded-{way}" for way in ("client", "append", "overwrite")
)
ROWS = {BY_THE_CLIENT: EACH, APPENDED: 2 * EACH, REPLACED: EACH}


@dataclass(frozen=True)
class Landed:
    """What the source sent, by stream, and the writes that took it."""

    records: dict[str, list[dict]]
    sent_states: list[dict]
    writes: list[Run]


@pytest.fixture(scope="module")
def landed() -> Landed:
    by_the_client()
    source, first = in_a_pipe()
    writes = [
        first,
        run(DESTINATION_UNITY, *writing(APPENDED, "append", 2), stdin=source.stdout),
        run(DESTINATION_UNITY, *writing(REPLACED, "overwrite", 1), stdin=source.stdout),
        run(DESTINATION_UNITY, *writing(REPLACED, "overwrite", 2), stdin=source.stdout),
    ]
    for each in (source, *writes):
        assert each.exit_code == 0, each.explain()
    records: dict[str, list[dict]] = {}
    for message in source.messages("RECORD"):
        records.setdefault(message["record"]["stream"], []).append(message["record"]["data"])
    return Landed(records, [m["state"] for m in source.messages("STATE")], writes)


def by_the_client() -> None:
    source = ab.get_source(
        "source-hardcoded-records",
        local_executable=recorded_executable(SOURCE, "hardcoded"),
        config=CONFIG,
        install_if_missing=False,
    )
    source.select_all_streams()
    destination_unity("hardcoded-writing", BY_THE_CLIENT).write(
        source, cache=False, state_cache=False
    )


def in_a_pipe() -> tuple[Run, Run]:
    """The source into the destination, with nobody between."""
    config = write_json("config", CONFIG)
    reading = ["read", "--config", config, "--catalog", wanted("append", 1)]
    return pipe(reading, writing(APPENDED, "append", 1), SOURCE)


def writing(lake: Path, mode: str, generation: int) -> list:
    into = write_json("config", destination_config(lake))
    return ["write", "--config", into, "--catalog", wanted(mode, generation)]


@cache
def wanted(mode: str, generation: int) -> Path:
    return write_json("catalog", configured_catalog(discovered(), mode, generation))


@cache
def discovered() -> dict:
    return run(SOURCE, "discover", "--config", write_json("config", CONFIG)).message("CATALOG")


def test_the_source_sends_what_it_says(landed: Landed) -> None:
    counts = {name: len(records) for name, records in sorted(landed.records.items())}

    assert counts == dict.fromkeys(STREAMS, EACH)


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("lake", ROWS, ids=["by the client", "appended", "replaced"])
def test_every_row_is_as_it_was_sent(landed: Landed, lake: Path, stream: str) -> None:
    rows = table(lake, stream).to_pylist()
    # All records of a stream are the same, so each row is compared with each other's.
    (record, *others) = landed.records[stream]
    assert others == [record] * (EACH - 1)

    assert len(rows) == ROWS[lake]
    assert {column for row in rows for column in differences(row, record, UNIONS)} == set()


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("lake", ROWS, ids=["by the client", "appended", "replaced"])
def test_every_row_has_an_id_of_its_own(landed: Landed, lake: Path, stream: str) -> None:
    ids = table(lake, stream)["_airbyte_raw_id"].to_pylist()

    assert len(set(ids)) == ROWS[lake]


def test_each_line_of_the_writes_is_strictly_valid(landed: Landed) -> None:
    for write in landed.writes:
        assert foreign_objections(write.lines())[:10] == [], write.stdout
        assert own_objections(write)[:10] == [], write.stdout


def test_each_state_comes_back_once_and_in_order(landed: Landed) -> None:
    counts = dict.fromkeys(STREAMS, EACH)

    for write in landed.writes:
        assert own_echo_objections(landed.sent_states, write, counts) == [], write.stdout
