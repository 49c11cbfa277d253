"""The log of a table: what a reader relies on without looking at the rows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow.compute as pc
import pytest
from deltalake import DeltaTable

from equality import assert_same_rows, found_rows
from readers_of_delta import READERS, table_folder
from streams import STREAMS, TIMESERIES

MODES = ["append_dedup", "append", "overwrite"]


def commits(table: Path) -> list[Path]:
    return sorted((table / "_delta_log").glob("*.json"))


def actions(table: Path, kind: str) -> list[dict]:
    lines = (line for commit in commits(table) for line in commit.read_text().splitlines())
    return [action[kind] for action in map(json.loads, lines) if kind in action]


@pytest.fixture(params=["append_dedup", "append"])
def grown(request, landed) -> Path:
    """A table that every flush of a sync made a commit of; a replaced one has few."""
    return table_folder(landed.connections[request.param].lake, "timeseries")


@pytest.fixture(params=MODES)
def timeseries(request, landed) -> Path:
    return table_folder(landed.connections[request.param].lake, "timeseries")


def test_versions_follow_each_other_from_zero(timeseries: Path) -> None:
    versions = [int(commit.stem) for commit in commits(timeseries)]

    assert versions == list(range(len(versions)))
    assert DeltaTable(timeseries).version() == versions[-1]


def test_the_syncs_made_enough_commits_for_a_checkpoint(grown: Path) -> None:
    assert len(commits(grown)) > 10
    assert (grown / "_delta_log/_last_checkpoint").exists()


@pytest.mark.parametrize("reader", READERS)
def test_a_checkpoint_alone_tells_what_came_before_it(
    landed, grown: Path, tmp_path: Path, reader: str
) -> None:
    """The commits it covers are taken away, as a cleaning of the log would do."""
    copy = tmp_path / "timeseries"
    shutil.copytree(grown, copy)
    covered = json.loads((copy / "_delta_log/_last_checkpoint").read_text())["version"]
    for commit in commits(copy)[: covered + 1]:
        commit.unlink()

    found = found_rows(TIMESERIES, READERS[reader](copy))

    assert_same_rows(found, landed.truth["timeseries"], TIMESERIES.key)


def test_earlier_versions_can_be_travelled_to(landed) -> None:
    table = table_folder(landed.connections["append"].lake, "timeseries")
    last = len(commits(table)) - 1
    versions = [*range(0, last, 7), last]

    counts = [
        DeltaTable(table, version=version).to_pyarrow_table().num_rows for version in versions
    ]

    assert counts == sorted(counts)
    assert counts[-1] == landed.truth["timeseries"].num_rows


def test_each_transaction_of_an_application_is_greater_than_the_last(timeseries: Path) -> None:
    by_application: dict[str, list[int]] = {}
    for txn in actions(timeseries, "txn"):
        by_application.setdefault(txn["appId"], []).append(txn["version"])

    assert by_application
    for application, versions in by_application.items():
        assert versions == sorted(set(versions))
        assert DeltaTable(timeseries).transaction_version(application) == versions[-1]


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("mode", MODES)
def test_every_file_named_is_there_with_its_length(landed, mode: str, stream: str) -> None:
    table = table_folder(landed.connections[mode].lake, stream)
    files = DeltaTable(table).get_add_actions(flatten=True)
    paths, sizes = files.column("path").to_pylist(), files.column("size_bytes").to_pylist()

    assert [(table / path).stat().st_size for path in paths] == sizes


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("mode", MODES)
def test_statistics_are_true_of_every_file(landed, mode: str, stream: str) -> None:
    """A bound that is too tight hides rows from every reader that trusts it."""
    table = DeltaTable(table_folder(landed.connections[mode].lake, stream))
    files = table.get_add_actions(flatten=True)
    fragments = {
        Path(each.path).name: each for each in table.to_pyarrow_dataset().get_fragments()
    }
    names = files.schema.names
    assert "num_records" in names

    for row in range(files.num_rows):
        told = {name: files.column(name)[row].as_py() for name in names}
        rows = fragments[Path(told["path"]).name].to_table()
        assert told["num_records"] == rows.num_rows
        for name in rows.column_names:
            assert_bounds_hold(told, name, rows[name])


def assert_bounds_hold(told: dict, name: str, column) -> None:
    nulls, low, high = (told.get(f"{kind}.{name}") for kind in ("null_count", "min", "max"))
    assert nulls is None or nulls == column.null_count, name
    if column.null_count == len(column) or pc.all(pc.is_null(column)).as_py():
        return
    bounds = pc.min_max(column.cast("string") if is_text(column) else column).as_py()
    assert low is None or low <= bounds["min"], name
    assert high is None or high >= bounds["max"], name


def is_text(column) -> bool:
    return str(column.type) in ("string", "large_string", "string_view")


def test_statistics_exist_where_readers_filter(timeseries: Path) -> None:
    files = DeltaTable(timeseries).get_add_actions(flatten=True)

    for name in ("min.tag_webid", "max.tag_webid", "min.timestamp", "max.timestamp"):
        assert files.column(name).null_count == 0


def test_the_table_names_its_columns_as_the_catalog_does(landed) -> None:
    connection = landed.connections["append_dedup"]
    for stream in connection.catalog["streams"]:
        schema = DeltaTable(table_folder(connection.lake, stream["name"])).schema()

        names = {field.name for field in schema.fields if not field.name.startswith("_")}

        assert names == set(stream["json_schema"]["properties"])
