"""The scripts of the pages that run images, as printed, twice in a row."""

from __future__ import annotations

import subprocess

import pytest
from deltalake import DeltaTable
from printed import START, blocks, prepared, went_through

LATER = "2026-03-02T07:00:00Z"
VERSION = "0.1.0"


@pytest.fixture(autouse=True)
def printed_names() -> None:
    """The images of this checkout, by the names that the pages print."""
    for name in ("source-pi", "destination-unity"):
        subprocess.run(
            ["docker", "tag", f"localhost/airbyte/{name}:dev"]
            + [f"localhost/airbyte-pi-unity/{name}:{VERSION}"],
            check=True,
        )


def test_images_sync_and_go_on_where_they_stood() -> None:
    (script,) = blocks("README.md", run="docker")
    with prepared("images") as shop:
        went_through(shop.sh(script))
        first = len(shop.plant.truth(START))
        shop.plant.move_clock(LATER)
        went_through(shop.sh(script))
        truth = len(shop.plant.truth(START))

    table = DeltaTable(shop.folder / "lake/main/plant/timeseries").to_pyarrow_table()
    assert table.num_rows == truth > first
