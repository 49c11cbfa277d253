"""The scripts of the pages that need more than Node, run as printed."""

from __future__ import annotations

import json

from deltalake import DeltaTable
from printed import NOBODY, START, blocks, prepared, went_through, workshop

GUIDE = "spec/guides/second-source.md"


def rows(folder, table: str) -> int:
    return DeltaTable(folder / "lake/main" / table).to_pyarrow_table().num_rows


def test_pyairbyte_reads_the_plant() -> None:
    (script,) = blocks("README.md", run="python")
    with workshop("pyairbyte") as shop:
        ran = shop.python(script)
        truth = len(shop.plant.truth(START))

    assert ran.returncode == 0, ran.stderr[-2000:]
    # Every point has one row of tag_status.
    assert int(ran.stdout.split()[-1]) == truth + 12


def test_a_second_source_lands_in_the_same_catalog() -> None:
    (script,) = blocks(GUIDE, run="faker")
    (question,) = blocks(GUIDE, run="faker-python")
    with prepared("second-source") as shop:
        went_through(shop.sh(blocks("README.md", run="node")[1]))
        shop.write("shop.json", json.loads(blocks(GUIDE, config="destination-unity")[0]))
        shop.write("faker.json", {"count": 100, "seed": 1, "parallelism": 1})
        first = shop.sh(script)
        second = shop.sh(script)
        answer = shop.python(question)
        truth = len(shop.plant.truth(START))

    went_through(first)
    went_through(second)
    assert rows(shop.folder, "plant/timeseries") == truth
    # The second sync knew where the first one stood.
    assert rows(shop.folder, "shop/users") == 100
    assert rows(shop.folder, "shop/purchases") > 0
    assert answer.returncode == 0, answer.stderr
    assert "Alder.U1.TI-001" in answer.stdout


def test_an_unreachable_server_ends_a_read_as_the_page_says() -> None:
    """The mishap that waits for half a minute; the others are tried by `npm test`."""
    said = "refused the connection: nothing listens on this port, or a firewall rejects it."
    with prepared("unreachable") as shop:
        catalog = json.loads((shop.folder / "catalog.json").read_text())
        shop.write("one.json", {"streams": catalog["streams"][:1]})
        shop.write("away.json", shop.source_config(base_url=NOBODY))
        ran = shop.sh(
            "sources/pi/bin/source-pi read --config away.json --catalog one.json"
        )

    traces = [json.loads(line) for line in ran.stdout.splitlines() if '"ERROR"' in line]
    errors = [trace["trace"]["error"] for trace in traces]
    assert ran.returncode == 1
    assert {error["failure_type"] for error in errors} == {"transient_error"}
    assert said in errors[0]["message"]
