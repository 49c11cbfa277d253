"""Connectors with one fault each, to see whether a judge notices it.

An executable of the same manners stands in front of the connector and changes what it
prints, or the code it ends with.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from connectors import WORK
from recorder import document

# A message becomes these messages.
Change = Callable[[dict], list[dict]]


def spoiled_executable(connector: Path, fault: str) -> Path:
    """An executable that is the connector with that fault; `none` changes nothing."""
    assert fault in FAULTS
    # The same name: where `docker` is looked for, the folder can be put in front.
    front = WORK / "spoiled" / fault.replace(" ", "-") / connector.name
    front.parent.mkdir(parents=True, exist_ok=True)
    front.write_text(
        f"#!{sys.executable}\n"
        f"import os, sys\n"
        f"os.environ['SUITES_WORK'] = {str(WORK)!r}\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        f"import spoiled\n"
        f"spoiled.main({str(connector)!r}, {fault!r}, sys.argv[1:])\n"
    )
    front.chmod(0o755)
    return front


def main(connector: str, fault: str, arguments: list[str]) -> None:
    change, ends_with = FAULTS[fault]
    process = subprocess.Popen([connector, *arguments], stdout=subprocess.PIPE)
    for line in process.stdout:
        for message in change(json.loads(line)):
            print(json.dumps(message))
    code = process.wait()
    sys.exit(code if ends_with is None else ends_with)


def of(kind: str, change: Callable[[dict], list[dict]]) -> Change:
    """Changes messages of one type and lets the others pass."""
    return lambda message: change(message) if message["type"] == kind else [message]


def record(stream: str, **members: object) -> Change:
    """Other values in every record of a stream."""

    def change(message: dict) -> list[dict]:
        if message["record"]["stream"] == stream:
            message["record"]["data"].update(members)
        return [message]

    return of("RECORD", change)


def stream_of_catalog(name: str, change: Callable[[dict], object]) -> Change:
    def changed(message: dict) -> list[dict]:
        for stream in message["catalog"]["streams"]:
            if stream["name"] == name:
                change(stream)
        return [message]

    return of("CATALOG", changed)


def properties(stream: dict) -> dict:
    return stream["json_schema"]["properties"]


def without_stream(name: str) -> Change:
    return of("RECORD", lambda m: [] if m["record"]["stream"] == name else [m])


def with_same_stream_twice(message: dict) -> list[dict]:
    message["catalog"]["streams"].append(message["catalog"]["streams"][0])
    return [message]


def with_secrets_unmarked(message: dict) -> list[dict]:
    for schema in schemas_in(message["spec"]["connectionSpecification"]):
        schema.pop("airbyte_secret", None)
    return [message]


def schemas_in(schema: object) -> Iterator[dict]:
    if isinstance(schema, dict):
        yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for inner in schema:
            yield from schemas_in(inner)


def with_status(status: str) -> Change:
    def change(message: dict) -> list[dict]:
        message["connectionStatus"]["status"] = status
        return [message]

    return of("CONNECTION_STATUS", change)


def with_secret_in_a_log(message: dict) -> list[dict]:
    """Tells of the whole configuration, the secret among the rest."""
    config = json.loads(Path(document("--config", sys.argv)).read_text())
    told = f"Configured with {' '.join(texts_in(config))}"
    return [{"type": "LOG", "log": {"level": "INFO", "message": told}}, message]


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, str):
        yield value


def error_after(status: str) -> Change:
    """A TRACE ERROR beside the status of a stream."""

    def change(message: dict) -> list[dict]:
        found = message["trace"].get("stream_status", {})
        if found.get("status") != status:
            return [message]
        error = {"message": "The archive went away", "failure_type": "transient_error"}
        trace = {"type": "ERROR", "emitted_at": message["trace"]["emitted_at"], "error": error}
        return [message, {"type": "TRACE", "trace": trace}]

    return of("TRACE", change)


def untouched(message: dict) -> list[dict]:
    return [message]


def without_errors(message: dict) -> list[dict]:
    return [] if message["trace"]["type"] == "ERROR" else [message]


# What is changed, and the exit code where it is another one.
FAULTS: dict[str, tuple[Change, int | None]] = {
    "none": (untouched, None),
    "an integer with a fraction": (record("timeseries", sequence=7.5), None),
    "a number as text": (record("timeseries", value="1.5"), None),
    "a time that is none": (record("timeseries", timestamp="yesterday"), None),
    "a key that is null": (record("timeseries", tag_webid=None), None),
    "a stream without records": (without_stream("af_elements"), None),
    "an error and exit code 0": (error_after("COMPLETE"), 0),
    "exit code 3 without an error": (untouched, 3),
    "an unknown stream taken": (of("TRACE", without_errors), 0),
    "two statuses": (of("CONNECTION_STATUS", lambda message: [message, message]), None),
    "success where there is none": (with_status("SUCCEEDED"), None),
    "failure where there is none": (with_status("FAILED"), None),
    "a secret in a log": (of("CONNECTION_STATUS", with_secret_in_a_log), None),
    "secrets not marked": (of("SPEC", with_secrets_unmarked), None),
    "two specifications": (of("SPEC", lambda message: [message, message]), None),
    "a stream twice": (of("CATALOG", with_same_stream_twice), None),
    "further columns forbidden": (
        stream_of_catalog(
            "timeseries", lambda s: s["json_schema"].update(additionalProperties=False)
        ),
        None,
    ),
    "a key that is no column": (
        stream_of_catalog("timeseries", lambda s: properties(s).pop("tag_webid")),
        None,
    ),
    "a cursor that is no column": (
        stream_of_catalog("timeseries", lambda s: s.update(default_cursor_field=["when"])),
        None,
    ),
    "a type Airbyte does not know": (
        stream_of_catalog(
            "timeseries", lambda s: properties(s)["value"].update(airbyte_type="real")
        ),
        None,
    ),
}
