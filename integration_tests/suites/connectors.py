"""The two connectors as a platform runs them: executables, files and pipes."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from dataclasses import dataclass
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE_PI = ROOT / "sources/pi/bin/source-pi"
DESTINATION_UNITY = ROOT / "destination-unity/bin/destination-unity"
WORK = Path(os.environ["SUITES_WORK"])

_runs = count(1)


@dataclass(frozen=True)
class Run:
    """One finished run of a connector: what it was asked for and all it said."""

    executable: Path
    arguments: tuple[str, ...]
    exit_code: int
    stdout: Path
    stderr: Path

    @property
    def command(self) -> str:
        return self.arguments[0]

    def lines(self) -> list[bytes]:
        return self.stdout.read_bytes().splitlines()

    def messages(self, *types: str) -> list[dict]:
        """Messages of these types. Cheap on long outputs: other lines are not parsed."""
        heads = tuple(b'{"type":"%s"' % name.encode() for name in types)
        return [json.loads(line) for line in self.lines() if line.startswith(heads)]

    def message(self, kind: str) -> dict:
        """The payload of the only message of that type."""
        (found,) = self.messages(kind)
        return found[PAYLOAD[kind]]

    def explain(self) -> str:
        """For an assertion that failed: the end of what the connector said to people."""
        told = [json.dumps(message) for message in self.messages("LOG", "TRACE")][-12:]
        return "\n".join(
            [f"{self.executable.name} {self.command} exited with {self.exit_code}"]
            + [line[:1000] for line in told]
            + [self.stderr.read_text(errors="replace")[-2000:]]
        )


PAYLOAD = {
    "RECORD": "record",
    "STATE": "state",
    "LOG": "log",
    "SPEC": "spec",
    "CONNECTION_STATUS": "connectionStatus",
    "CATALOG": "catalog",
    "TRACE": "trace",
    "CONTROL": "control",
    "DESTINATION_CATALOG": "destination_catalog",
}


def write_json(name: str, content: object) -> Path:
    """A file for the connector, with a name of its own and no telling suffix."""
    path = WORK / "documents" / f"{next(_runs):03d}-{name}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))
    return path


def run(executable: Path, *arguments: str | Path, stdin: Path | None = None) -> Run:
    """Runs a connector to its end; its exit code is the caller's to judge."""
    started = _Started(executable, arguments)
    with open(stdin or os.devnull, "rb") as lines:
        with open(started.stdout, "wb") as out, open(started.stderr, "wb") as err:
            process = subprocess.run(
                started.argv, stdin=lines, stdout=out, stderr=err, timeout=300
            )
    return started.ended(process.returncode)


def pipe(
    source_arguments: list, destination_arguments: list, source: Path = SOURCE_PI
) -> tuple[Run, Run]:
    """`source read | destination-unity write`, keeping what goes through the pipe."""
    source = _Started(source, source_arguments)
    destination = _Started(DESTINATION_UNITY, destination_arguments)
    with open(source.stderr, "wb") as source_err, open(destination.stderr, "wb") as target_err:
        with open(destination.stdout, "wb") as out:
            reading = subprocess.Popen(source.argv, stdout=subprocess.PIPE, stderr=source_err)
            writing = subprocess.Popen(
                destination.argv, stdin=subprocess.PIPE, stdout=out, stderr=target_err
            )
            pump = threading.Thread(target=_pump, args=(reading, writing, source.stdout))
            pump.start()
            try:
                return (
                    source.ended(reading.wait(timeout=300)),
                    destination.ended(writing.wait(timeout=300)),
                )
            finally:
                reading.kill()
                writing.kill()
                pump.join()


def _pump(reading: subprocess.Popen, writing: subprocess.Popen, copy: Path) -> None:
    with open(copy, "wb") as kept:
        try:
            while chunk := reading.stdout.read1(1 << 16):
                kept.write(chunk)
                writing.stdin.write(chunk)
            writing.stdin.close()
        except BrokenPipeError:
            reading.stdout.close()


class _Started:
    def __init__(self, executable: Path, arguments) -> None:
        self.executable = executable
        self.arguments = tuple(str(argument) for argument in arguments)
        folder = WORK / "runs" / f"{next(_runs):03d}-{executable.name}-{self.arguments[0]}"
        folder.mkdir(parents=True)
        self.stdout = folder / "stdout.jsonl"
        self.stderr = folder / "stderr.txt"

    @property
    def argv(self) -> list[str]:
        return [str(self.executable), *self.arguments]

    def ended(self, exit_code: int) -> Run:
        return Run(self.executable, self.arguments, exit_code, self.stdout, self.stderr)


def configured_catalog(
    catalog: dict, destination_mode: str, generation: int | None = None, **more
) -> dict:
    """The catalog of a connection that takes every stream of `catalog` in one mode.

    A stream that cannot be read incrementally is read whole, as a platform would ask.
    """
    return {
        "streams": [
            {
                "stream": stream,
                "sync_mode": _sync_mode(stream, destination_mode),
                "destination_sync_mode": destination_mode,
                "cursor_field": stream.get("default_cursor_field", []),
                "primary_key": stream.get("source_defined_primary_key", []),
                **({} if generation is None else _generations(generation, destination_mode)),
                **more,
            }
            for stream in catalog["streams"]
        ]
    }


def _sync_mode(stream: dict, destination_mode: str) -> str:
    whole = (
        destination_mode == "overwrite" or "incremental" not in stream["supported_sync_modes"]
    )
    return "full_refresh" if whole else "incremental"


def _generations(generation: int, destination_mode: str) -> dict:
    keep_all = destination_mode != "overwrite"
    return {
        "generation_id": generation,
        "minimum_generation_id": 0 if keep_all else generation,
        "sync_id": generation,
    }


def last_states(messages: list[dict]) -> list[dict]:
    """What a platform hands back: the last STATE of each stream, as it was echoed."""
    by_stream = {}
    for message in messages:
        state = message["state"]
        descriptor = state["stream"]["stream_descriptor"]
        by_stream[(descriptor.get("namespace"), descriptor["name"])] = state
    return list(by_stream.values())
