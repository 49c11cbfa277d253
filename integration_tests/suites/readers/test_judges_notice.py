"""A judge that cannot object proves nothing: each is shown faults it must notice."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import write_deltalake

from connectors import SOURCE_PI, Run
from equality import assert_same_rows, expected_rows, found_rows
from line_judge import foreign_objections, own_objections, own_read_objections
from plant import PASSWORD, forms_of_secret
from readers_of_delta import READERS
from streams import TIMESERIES

RECORD = {
    "type": "RECORD",
    "record": {
        "stream": "timeseries",
        "emitted_at": 1767225600000,
        "data": {"tag_webid": "P1"},
    },
}
STATE = {
    "type": "STATE",
    "state": {
        "type": "STREAM",
        "stream": {"stream_descriptor": {"name": "timeseries"}, "stream_state": {"version": 1}},
        "sourceStats": {"recordCount": 1.0},
    },
}


def status(name: str) -> dict:
    return {
        "type": "TRACE",
        "trace": {
            "type": "STREAM_STATUS",
            "emitted_at": 1767225600000,
            "stream_status": {"stream_descriptor": {"name": "timeseries"}, "status": name},
        },
    }


GOOD_READ = [status("STARTED"), status("RUNNING"), RECORD, STATE, status("COMPLETE")]


def changed(message: dict, path: str, value: object) -> dict:
    """A copy with the member at the dotted path replaced, or taken away by `...`."""
    copy = json.loads(json.dumps(message))
    *parents, last = path.split(".")
    place = copy
    for parent in parents:
        place = place[parent]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return copy


def line(message: object) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode()


def a_run(folder: Path, lines: list[bytes], command: str = "read", stderr: bytes = b"") -> Run:
    (folder / "stdout").write_bytes(b"".join(each + b"\n" for each in lines))
    (folder / "stderr").write_bytes(stderr)
    return Run(SOURCE_PI, (command,), 0, folder / "stdout", folder / "stderr")


@pytest.mark.parametrize(
    "faulty",
    [
        pytest.param(
            changed(RECORD, "record.emitted_at", "1767225600000"), id="text for a number"
        ),
        pytest.param(changed(RECORD, "record.emitted_at", ...), id="missing member"),
        pytest.param(changed(RECORD, "record.data", None), id="null data"),
        pytest.param(changed(RECORD, "record", ...), id="no payload"),
        pytest.param(changed(RECORD, "type", "RECROD"), id="unknown type"),
        pytest.param(changed(RECORD, "record.emittedAt", 1), id="unknown key in the record"),
        pytest.param(
            changed(STATE, "state.stream.stream_descriptor.nam", "x"),
            id="unknown key deep down",
        ),
        pytest.param(changed(STATE, "state.sourceStats.recordCount", "1"), id="count as text"),
        pytest.param(status("SUCCEEDED"), id="unknown status"),
    ],
)
def test_the_models_object_to_a_faulty_message(faulty: dict) -> None:
    assert foreign_objections([line(faulty)])


@pytest.mark.parametrize("text", [b"Starting up", line(RECORD)[:-9], b""])
def test_the_models_object_to_a_line_that_is_no_message(text: bytes) -> None:
    assert foreign_objections([text])


def test_a_good_read_is_not_objected_to(tmp_path: Path) -> None:
    run = a_run(tmp_path, [line(message) for message in GOOD_READ])

    assert foreign_objections(run.lines()) == []
    assert own_objections(run, forms_of_secret()) == []
    assert own_read_objections(run, ["timeseries"]) == []


@pytest.mark.parametrize(
    "messages",
    [
        pytest.param(GOOD_READ[:3] + GOOD_READ[4:], id="no state"),
        pytest.param([status("STARTED"), *GOOD_READ[2:]], id="no running"),
        pytest.param(GOOD_READ[:-1], id="no complete"),
        pytest.param(GOOD_READ[1:], id="no started"),
        pytest.param([*GOOD_READ[:3], RECORD, *GOOD_READ[3:]], id="count too small"),
        pytest.param([*GOOD_READ[:4], RECORD, GOOD_READ[4]], id="record after the last state"),
        pytest.param([*GOOD_READ[:4], RECORD, *GOOD_READ[3:]], id="one state twice"),
        pytest.param([RECORD, *GOOD_READ], id="record before the start"),
    ],
)
def test_our_own_rules_object_to_a_faulty_read(tmp_path: Path, messages: list[dict]) -> None:
    run = a_run(tmp_path, [line(message) for message in messages])

    assert own_read_objections(run, ["timeseries"])


def test_our_own_rules_object_to_a_count_without_a_decimal_point(tmp_path: Path) -> None:
    assert own_objections(
        a_run(tmp_path, [line(changed(STATE, "state.sourceStats.recordCount", 1))])
    )


def test_our_own_rules_object_to_a_type_that_does_not_come_first(tmp_path: Path) -> None:
    run = a_run(tmp_path, [line({"record": RECORD["record"], "type": "RECORD"})])

    assert own_objections(run)


@pytest.mark.parametrize("form", range(len(forms_of_secret())))
@pytest.mark.parametrize("place", ["stdout", "stderr"])
def test_our_own_rules_object_to_a_secret(tmp_path: Path, place: str, form: int) -> None:
    leak = b"cannot sign in with " + forms_of_secret()[form]
    run = a_run(tmp_path, [leak] if place == "stdout" else [], stderr=leak)

    assert any("secret" in objection for objection in own_objections(run, forms_of_secret()))


def test_the_secret_looks_different_in_each_form() -> None:
    assert len(set(forms_of_secret())) >= 5
    assert PASSWORD.encode() in forms_of_secret()


def events(count: int) -> list[dict]:
    return [
        {
            "tag_webid": f"P{number % 3}",
            "tag_name": "TIC101",
            "timestamp": f"2026-03-02T06:00:{number:02d}.1234569Z",
            "sequence": 0,
            "value": number / 3,
            "value_kind": "number",
            "quality_good": True,
        }
        for number in range(count)
    ]


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_reads_a_table_of_another_writer(tmp_path: Path, reader: str) -> None:
    written = expected_rows(TIMESERIES, events(50))
    write_deltalake(tmp_path, written)

    found = found_rows(TIMESERIES, READERS[reader](tmp_path))

    assert_same_rows(found, written, TIMESERIES.key)


def smallest_change(records: list[dict], **change: object) -> list[dict]:
    return [*records[:7], records[7] | change, *records[8:]]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(events(50)[1:], id="a row less"),
        pytest.param(events(50) + events(1), id="a row twice"),
        pytest.param(
            smallest_change(events(50), value=7 / 3 + 2**-51), id="the last bit of a double"
        ),
        pytest.param(smallest_change(events(50), value=None), id="a null"),
        pytest.param(smallest_change(events(50), sequence=1), id="an ordinal"),
        pytest.param(
            smallest_change(events(50), timestamp="2026-03-02T06:00:07.1234579Z"),
            id="a microsecond",
        ),
        pytest.param(smallest_change(events(50), units=""), id="an empty string for none"),
    ],
)
def test_the_comparison_of_rows_notices_the_smallest_difference(other: list[dict]) -> None:
    truth = expected_rows(TIMESERIES, events(50))

    with pytest.raises(AssertionError):
        assert_same_rows(expected_rows(TIMESERIES, other), truth, TIMESERIES.key)


def test_the_comparison_of_rows_holds_types_to_the_letter() -> None:
    table = expected_rows(TIMESERIES, events(3))
    widened = table.set_column(
        table.column_names.index("sequence"), "sequence", table["sequence"].cast(pa.float64())
    )

    with pytest.raises(AssertionError):
        found_rows(TIMESERIES, widened)
