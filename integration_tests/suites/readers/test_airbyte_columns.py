"""The four columns that every Airbyte table has beside the fields of its stream."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from readers_of_delta import deltalake, duckdb, table_folder
from streams import STREAMS

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NAMES = ["_airbyte_raw_id", "_airbyte_extracted_at", "_airbyte_meta", "_airbyte_generation_id"]


@pytest.fixture(params=["append_dedup", "append", "overwrite"], scope="module")
def mode(request) -> str:
    return request.param


@pytest.fixture(params=STREAMS, scope="module")
def table(request, landed, mode: str) -> pa.Table:
    return deltalake(table_folder(landed.connections[mode].lake, request.param))


def test_they_stand_first(table: pa.Table) -> None:
    assert table.column_names[:4] == NAMES


def test_no_other_column_was_added_but_the_rest_of_a_key(table: pa.Table, mode: str) -> None:
    known = {frozenset(stream.columns) | stream.untold for stream in STREAMS.values()}
    added = {"_nanos_of_timestamp"} if mode == "append_dedup" else set()

    assert frozenset(table.column_names[4:]) - added in known


def test_the_raw_id_is_a_uuid_of_its_own(table: pa.Table) -> None:
    ids = table["_airbyte_raw_id"].to_pylist()

    assert len(set(ids)) == len(ids)
    assert all(UUID.fullmatch(id_) for id_ in ids)


def test_the_time_of_extraction_is_that_of_the_sync(table: pa.Table) -> None:
    column = table["_airbyte_extracted_at"]
    now = datetime.now(timezone.utc)

    assert column.type == pa.timestamp("us", "UTC")
    assert column.null_count == 0
    assert now - timedelta(hours=1) < pc.min(column).as_py() <= pc.max(column).as_py() <= now


def test_the_generation_is_that_of_the_sync(table: pa.Table, mode: str) -> None:
    generations = set(table["_airbyte_generation_id"].to_pylist())

    assert generations <= {1, 2}
    assert generations == {2} if mode == "overwrite" else 2 in generations


def test_no_value_was_changed_on_the_way(table: pa.Table) -> None:
    metas = [json.loads(text) for text in set(table["_airbyte_meta"].to_pylist())]

    assert [meta for meta in metas if meta.get("changes") != []] == []
    assert {meta["sync_id"] for meta in metas} <= {1, 2}


def test_duckdb_reads_them_alike(landed, mode: str) -> None:
    folder = table_folder(landed.connections[mode].lake, "event_frames")
    order = [("_airbyte_raw_id", "ascending")]

    theirs = deltalake(folder).select(NAMES).sort_by(order)

    assert duckdb(folder).select(NAMES).sort_by(order).to_pylist() == theirs.to_pylist()
