"""Hand-written lines with what breaks tables, and what each reader makes of the table."""

from __future__ import annotations

import json
import math
import re

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from deltalake import DeltaTable
from odd_values import CASES, MEMBERS, ODD_NAMES, Case, JsonText

from connectors import DESTINATION_UNITY, WORK, Run, run, write_json
from line_judge import foreign_objections, own_objections
from readers_of_delta import LAKE_CATALOG, READERS, destination_config, duckdb_connection

LAKE = WORK / "lakes/odd"
TABLE = LAKE / LAKE_CATALOG / "buro_7" / "odd__values"
EMITTED_AT = 1767225600000


def record_line(number: int, members: str) -> str:
    separator = "," if members else ""
    data = f'{{"id":{number}{separator}{members}}}'
    return (
        '{"type":"RECORD","record":{"namespace":"Büro 7","stream":"Odd: Values",'
        f'"emitted_at":{EMITTED_AT},"data":{data}}}}}'
    )


def lines() -> list[str]:
    cases = [
        record_line(number, f"{json.dumps(case.member)}:{case.json_text}")
        for number, case in enumerate(CASES)
    ]
    names = [f"{json.dumps(name)}:{json.dumps(marker(name))}" for name in ODD_NAMES]
    return [*cases, record_line(len(CASES), ",".join(names)), record_line(len(CASES) + 1, "")]


def marker(name: str) -> str:
    return f"value of column {ODD_NAMES.index(name)}"


def trace(status: str) -> str:
    descriptor = {"name": "Odd: Values", "namespace": "Büro 7"}
    stream_status = {"stream_descriptor": descriptor, "status": status}
    return json.dumps(
        {
            "type": "TRACE",
            "trace": {
                "type": "STREAM_STATUS",
                "emitted_at": EMITTED_AT,
                "stream_status": stream_status,
            },
        }
    )


CATALOG = {
    "streams": [
        {
            "stream": {
                "name": "Odd: Values",
                "namespace": "Büro 7",
                "supported_sync_modes": ["full_refresh"],
                "json_schema": {
                    "type": "object",
                    "properties": {
                        "id": {"type": "integer"},
                        **MEMBERS,
                        **{name: {"type": ["null", "string"]} for name in ODD_NAMES},
                    },
                },
            },
            "sync_mode": "full_refresh",
            "destination_sync_mode": "append",
        }
    ]
}


@pytest.fixture(scope="module")
def write() -> Run:
    stdin = WORK / "odd-lines.jsonl"
    stdin.write_text("\n".join([trace("STARTED"), *lines(), trace("COMPLETE"), ""]))
    config = write_json("config", destination_config(LAKE))
    written = run(
        DESTINATION_UNITY,
        "write",
        "--config",
        config,
        "--catalog",
        write_json("catalog", CATALOG),
        stdin=stdin,
    )
    assert written.exit_code == 0, written.explain()
    return written


@pytest.fixture(params=READERS, scope="module")
def rows(request, write: Run) -> dict[int, dict]:
    return {row["id"]: row for row in READERS[request.param](TABLE).to_pylist()}


def test_every_line_became_a_row(rows: dict[int, dict]) -> None:
    assert sorted(rows) == list(range(len(lines())))


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=lambda number: case_name(CASES[number])
)
def test_the_value_is_found(rows: dict[int, dict], number: int) -> None:
    case = CASES[number]

    found = rows[number][case.member]

    assert same(found, case.stored), f"found {found!r}"


def case_name(case: Case) -> str:
    return f"{case.member} {json.dumps(case.json_text)[1:-1][:40]}"


def same(found: object, stored: object) -> bool:
    if isinstance(stored, JsonText):
        return json.loads(found) == stored.says
    if isinstance(stored, float):
        return isinstance(found, float) and (
            math.isnan(found) if math.isnan(stored) else found.hex() == stored.hex()
        )
    return type(found) is type(stored) and found == stored


def test_all_other_members_of_a_row_are_null(rows: dict[int, dict]) -> None:
    for number, case in enumerate(CASES):
        others = set(MEMBERS) - {case.member}
        assert {rows[number][name] for name in others} == {None}, case


def test_each_changed_value_is_named_in_the_row(rows: dict[int, dict]) -> None:
    for number, case in enumerate(CASES):
        changes = json.loads(rows[number]["_airbyte_meta"])["changes"]
        told = [(change["field"], change["change"]) for change in changes]
        assert told == ([] if case.change is None else [(case.member, case.change)]), case


def test_each_changed_value_is_kept_as_it_came(rows: dict[int, dict]) -> None:
    for number, case in enumerate(CASES):
        rescued = rows[number]["_rescued_data"]
        if case.change is None:
            assert rescued is None, case
        else:
            assert json.loads(rescued) == {case.member: json.loads(case.json_text)}, case


def test_each_odd_name_has_a_column_of_its_own(rows: dict[int, dict]) -> None:
    row = rows[len(CASES)]
    columns = {
        name: [column for column in row if row[column] == marker(name)] for name in ODD_NAMES
    }

    assert {len(found) for found in columns.values()} == {1}
    names = [column for (column,) in columns.values()]
    assert len({name.lower() for name in names}) == len(ODD_NAMES)
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,254}", name) for name in names)


def test_a_row_without_members_is_a_row_of_nulls(rows: dict[int, dict]) -> None:
    row = rows[len(CASES) + 1]

    assert {name for name, value in row.items() if value is not None} == {
        "id",
        "_airbyte_raw_id",
        "_airbyte_extracted_at",
        "_airbyte_meta",
        "_airbyte_generation_id",
    }


def test_types_are_those_of_delta(write: Run) -> None:
    types = {field.name: field.type.type for field in DeltaTable(TABLE).schema().fields}

    assert {name: types[name] for name in MEMBERS} == {
        "number": "double",
        "whole": "long",
        "flag": "boolean",
        "text": "string",
        "day": "date",
        "instant": "timestamp",
        "local": "timestamp_ntz",
        "clock": "string",
        "anything": "string",
        "list": "string",
        "either": "string",
    }


def test_the_feature_of_local_timestamps_is_declared(write: Run) -> None:
    protocol = DeltaTable(TABLE).protocol()

    assert (protocol.min_reader_version, protocol.min_writer_version) == (3, 7)
    assert "timestampNtz" in protocol.reader_features


def values_of(member: str) -> list:
    return [case.stored for case in CASES if case.member == member and case.stored is not None]


@pytest.mark.parametrize("member", ["whole", "text", "day", "instant", "local", "flag"])
def test_a_filter_on_any_value_finds_its_row(write: Run, member: str) -> None:
    """Statistics must not exclude a file that holds the value."""
    dataset = DeltaTable(TABLE).to_pyarrow_dataset()
    with duckdb_connection() as connection:
        for value in values_of(member):
            found = connection.execute(
                f"SELECT count(*) FROM delta_scan($table) WHERE {member} = $value",
                {"table": str(TABLE), "value": value},
            ).fetchone()
            kept = dataset.to_table(filter=_equals(dataset, member, value))
            assert (found[0], kept.num_rows) == (values_of(member).count(value),) * 2, repr(
                value
            )


def _equals(dataset, member: str, value: object):
    return pc.field(member) == pa.scalar(value, dataset.schema.field(member).type)


def test_every_line_of_the_write_is_strictly_valid(write: Run) -> None:
    assert foreign_objections(write.lines()) == []
    assert own_objections(write) == []
