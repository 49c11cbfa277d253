"""A filter that a reader hands down to files returns the rows of a full scan."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from deltalake import DeltaTable

from equality import assert_same_rows, found_rows
from readers_of_delta import duckdb_connection, table_folder
from streams import TIMESERIES

SPANS = {
    "an hour": (datetime(2026, 3, 1, 3, tzinfo=timezone.utc), timedelta(hours=1)),
    "ten seconds": (
        datetime(2026, 3, 2, 5, 59, 55, tzinfo=timezone.utc),
        timedelta(seconds=10),
    ),
    "the seam of the syncs": (
        datetime(2026, 3, 2, 5, 30, tzinfo=timezone.utc),
        timedelta(hours=1),
    ),
    "before all": (datetime(2026, 1, 1, tzinfo=timezone.utc), timedelta(days=1)),
}

# A filter costs a reading of the log.
MANY_EDGES = 12


@pytest.fixture(params=["append_dedup", "append", "overwrite"])
def table(request, landed) -> Path:
    return table_folder(landed.connections[request.param].lake, "timeseries")


@pytest.fixture
def points(landed) -> list[str]:
    return sorted(set(landed.truth["timeseries"]["tag_webid"].to_pylist()))[::31]


def by_deltalake(table: Path, condition: pc.Expression) -> pa.Table:
    return DeltaTable(table).to_pyarrow_dataset().to_table(filter=condition)


def by_duckdb(table: Path, condition: str, values: dict) -> pa.Table:
    with duckdb_connection() as connection:
        sql = f"SELECT * FROM delta_scan($table) WHERE {condition}"
        return connection.execute(sql, {"table": str(table), **values}).to_arrow_table()


@pytest.mark.parametrize("span", SPANS)
def test_on_the_timestamp(landed, table: Path, span: str) -> None:
    begin, width = SPANS[span]
    truth = landed.truth["timeseries"]
    within = (pc.field("timestamp") >= begin) & (pc.field("timestamp") < begin + width)
    expected = truth.filter(within)
    assert (expected.num_rows == 0) == (span == "before all")

    found = {
        "deltalake": by_deltalake(table, within),
        "duckdb": by_duckdb(
            table,
            "timestamp >= $begin AND timestamp < $end",
            {"begin": begin, "end": begin + width},
        ),
    }

    for rows in found.values():
        assert_same_rows(found_rows(TIMESERIES, rows), expected, TIMESERIES.key)


def test_on_the_point(landed, table: Path, points: list[str]) -> None:
    for point in points:
        expected = landed.truth["timeseries"].filter(pc.field("tag_webid") == point)

        found = [
            by_deltalake(table, pc.field("tag_webid") == point),
            by_duckdb(table, "tag_webid = $point", {"point": point}),
        ]

        for rows in found:
            assert_same_rows(found_rows(TIMESERIES, rows), expected, TIMESERIES.key)


def test_on_the_edges_of_every_file(landed, table: Path) -> None:
    """The first and the last instant of each file are where a rounded bound loses rows."""
    truth = Counter(landed.truth["timeseries"]["timestamp"].to_pylist())
    dataset = DeltaTable(table).to_pyarrow_dataset()
    edges = {
        edge
        for fragment in dataset.get_fragments()
        for edge in pc.min_max(fragment.to_table(columns=["timestamp"])["timestamp"])
        .as_py()
        .values()
    }
    with duckdb_connection() as connection:
        sql = "SELECT count(*) FROM delta_scan($table) WHERE timestamp = $edge"
        for edge in sorted(edges)[:: 1 + len(edges) // MANY_EDGES]:
            by_duckdb_count = connection.execute(
                sql, {"table": str(table), "edge": edge}
            ).fetchone()[0]
            by_deltalake_count = dataset.count_rows(filter=pc.field("timestamp") == edge)

            assert (by_duckdb_count, by_deltalake_count) == (truth[edge], truth[edge]), edge


def test_on_a_value_and_on_nulls(landed, table: Path) -> None:
    conditions = {
        "value IS NULL": pc.field("value").is_null(),
        "digital_code >= 0": pc.field("digital_code") >= 0,
        "value_kind = 'string'": pc.field("value_kind") == "string",
        "value > 50": pc.field("value") > 50,
    }
    for sql, expression in conditions.items():
        expected = landed.truth["timeseries"].filter(expression)

        found = [by_deltalake(table, expression), by_duckdb(table, sql, {})]

        for rows in found:
            assert_same_rows(found_rows(TIMESERIES, rows), expected, TIMESERIES.key)
