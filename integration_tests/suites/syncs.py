"""Connections between a plant and a lake, run the way a platform runs them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from connectors import (
    DESTINATION_UNITY,
    SOURCE_PI,
    Run,
    configured_catalog,
    last_states,
    pipe,
    run,
    write_json,
)
from readers_of_delta import destination_config
from streams import STREAMS


@dataclass
class Sync:
    """What one sync left: the two runs, and the records and states that went between them."""

    source: Run
    destination: Run

    @property
    def states(self) -> list[dict]:
        """What a platform keeps for the next sync: the states the destination gave back."""
        return last_states(self.destination.messages("STATE"))

    def records_of(self, stream: str) -> list[dict]:
        return _records_by_stream(self.source).get(stream, [])

    def succeeded(self) -> Sync:
        for run_ in (self.source, self.destination):
            assert run_.exit_code == 0, run_.explain()
        return self


@dataclass
class Connection:
    """All streams of a plant, into one folder, in one destination sync mode."""

    source_config: dict
    lake: Path
    mode: str
    catalog: dict
    flush: dict = field(default_factory=dict)
    syncs: list[Sync] = field(default_factory=list)

    def sync(self) -> Sync:
        """The next sync, from the states of the last one, with a pipe between the two."""
        generation = len(self.syncs) + 1
        wanted = write_json("catalog", configured_catalog(self.catalog, self.mode, generation))
        reading = [
            "read",
            "--config",
            write_json("config", self.source_config),
            "--catalog",
            wanted,
        ]
        if self.syncs and self.mode != "overwrite":
            reading += ["--state", write_json("state", self.syncs[-1].states)]
        source, destination = pipe(reading, self._writing(wanted))
        self.syncs.append(Sync(source, destination))
        return self.syncs[-1].succeeded()

    def sync_again(self, other: Sync) -> Sync:
        """Lands what another sync has read, without asking the plant a second time."""
        generation = len(self.syncs) + 1
        wanted = write_json("catalog", configured_catalog(self.catalog, self.mode, generation))
        destination = run(DESTINATION_UNITY, *self._writing(wanted), stdin=other.source.stdout)
        self.syncs.append(Sync(other.source, destination))
        return self.syncs[-1].succeeded()

    def _writing(self, catalog: Path) -> list:
        config = destination_config(self.lake, **({"flush": self.flush} if self.flush else {}))
        return ["write", "--config", write_json("config", config), "--catalog", catalog]


@cache
def _records_by_stream(source: Run) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for message in source.messages("RECORD"):
        found.setdefault(message["record"]["stream"], []).append(message["record"]["data"])
    return found


def discover(source_config: dict) -> dict:
    """The catalog of the streams of the plant, without those that tell of the syncs."""
    found = run(SOURCE_PI, "discover", "--config", write_json("config", source_config))
    assert found.exit_code == 0, found.explain()
    streams = found.message("CATALOG")["streams"]
    return {"streams": [stream for stream in streams if stream["name"] in STREAMS]}
