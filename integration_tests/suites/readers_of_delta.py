"""Parties that open a Delta table without knowing who wrote it. Each returns Arrow."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable
from pyarrow import parquet

from connectors import WORK

Reader = Callable[[Path], pa.Table]


def deltalake(table: Path) -> pa.Table:
    """delta-rs."""
    return DeltaTable(table).to_pyarrow_table()


def duckdb(table: Path) -> pa.Table:
    """DuckDB's delta extension, which stands on delta-kernel-rs."""
    return query_duckdb("SELECT * FROM delta_scan($table)", table)


def query_duckdb(sql: str, table: Path) -> pa.Table:
    with duckdb_connection() as connection:
        return connection.execute(sql, {"table": str(table)}).to_arrow_table()


def duckdb_connection():
    """A connection that has the signed extension of the wheel and fetches nothing."""
    import duckdb as engine

    connection = engine.connect(
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )
    connection.execute(f"LOAD '{delta_extension()}'")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def duckdb_in_node(table: Path) -> pa.Table:
    """The same extension inside Node: what it reads is handed over as a Parquet file."""
    copy = WORK / "from-node.parquet"
    subprocess.run(
        ["node", Path(__file__).parent / "read-delta.cjs", delta_extension(), table, copy],
        check=True,
    )
    return parquet.read_table(copy)


def delta_extension() -> Path:
    import duckdb_extension_delta

    (file,) = Path(duckdb_extension_delta.__file__).parent.rglob("delta.duckdb_extension")
    return file


READERS: dict[str, Reader] = {
    "deltalake": deltalake,
    "duckdb": duckdb,
    "duckdb in Node": duckdb_in_node,
}

LAKE_CATALOG, LAKE_SCHEMA = "plant", "historian"


def destination_config(lake: Path, **more: object) -> dict:
    """A destination-unity configuration that lands in a local folder."""
    return {
        "catalog": LAKE_CATALOG,
        "schema": LAKE_SCHEMA,
        "engine": {"type": "local", "path": str(lake)},
        **more,
    }


def table_folder(lake: Path, table: str, schema: str = LAKE_SCHEMA) -> Path:
    return lake / LAKE_CATALOG / schema / table
