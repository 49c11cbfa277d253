"""PyAirbyte with this project's connectors as local executables."""

from __future__ import annotations

from pathlib import Path

import airbyte as ab
import pyarrow as pa
from deltalake import DeltaTable

from connectors import DESTINATION_UNITY, SOURCE_PI, WORK
from readers_of_delta import LAKE_CATALOG, LAKE_SCHEMA, destination_config
from recorder import recorded_executable
from streams import STREAMS


def source_pi(name: str, config: dict, **recorder) -> ab.Source:
    """A new Source object, all streams of the plant selected; `name` is its recordings'."""
    executable = recorded_executable(SOURCE_PI, name, **recorder)
    source = ab.get_source(
        "source-pi", local_executable=executable, config=config, install_if_missing=False
    )
    source.select_streams(list(STREAMS))
    return source


def destination_unity(name: str, lake: Path, **more: object) -> ab.Destination:
    return ab.get_destination(
        "destination-unity",
        local_executable=recorded_executable(DESTINATION_UNITY, name),
        config=destination_config(lake, **more),
        install_if_missing=False,
    )


def new_cache(name: str) -> ab.caches.DuckDBCache:
    return ab.new_local_cache(name, cache_dir=str(WORK / "caches" / name), cleanup=True)


def table(lake: Path, name: str) -> pa.Table:
    return DeltaTable(lake / LAKE_CATALOG / LAKE_SCHEMA / name).to_pyarrow_table()
