"""Judges the lines of a connector: first by Airbyte's own models, then by rules of ours.

The models (airbyte-protocol-models-pdv2, strict) are foreign. They make every payload
optional and let unknown keys pass, so both are looked at by a walk over the model. The
functions named `own_*` check what no foreign party checks; they rest on our reading of
the protocol alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import pydantic
from airbyte_protocol.models import AirbyteMessage

from connectors import PAYLOAD, Run

# Members whose inside the protocol leaves open.
OPEN = frozenset(
    {"data", "stream_state", "shared_state", "json_schema", "connectionSpecification", "config"}
)
COUNT = re.compile(rb'"(sourceStats|destinationStats)":\{[^}]*?"recordCount":([^,}]*)')
EXPECTED_ONCE = {"spec": "SPEC", "check": "CONNECTION_STATUS", "discover": "CATALOG"}


def foreign_objections(lines: Iterable[bytes]) -> list[str]:
    """What the strict models hold against the lines, by line number and never by content."""
    objections = []
    for number, line in enumerate(lines, 1):
        objections += [f"line {number}: {what}" for what in _objections(line)]
    return objections


def _objections(line: bytes) -> list[str]:
    try:
        message = AirbyteMessage.model_validate_json(line, strict=True)
    except pydantic.ValidationError as invalid:
        first = invalid.errors(include_input=False)[0]
        return [f"{'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}"]
    found = [f"unknown key {key}" for key in _unknown_keys(message)]
    if getattr(message, PAYLOAD[message.type.value]) is None:
        found.append(f"{message.type.value} without its payload")
    return found


def _unknown_keys(model: object, at: str = "") -> list[str]:
    if isinstance(model, list):
        return [key for item in model for key in _unknown_keys(item, f"{at}[]")]
    if not isinstance(model, pydantic.BaseModel):
        return []
    found = [f"{at}.{key}" for key in model.model_extra or ()]
    for name in model.model_fields_set:
        if name not in OPEN:
            found += _unknown_keys(getattr(model, name, None), f"{at}.{name}")
    return found


def own_objections(run: Run, secrets: Iterable[bytes] = ()) -> list[str]:
    """Everything of ours that holds for any run; what a sync adds is asked for by name."""
    found = own_first_member(run) + own_secrets(run, secrets) + own_written_counts(run)
    if kind := EXPECTED_ONCE.get(run.command):
        number = len(run.messages(kind))
        found += [] if number == 1 else [f"{number} messages of type {kind}"]
    return found


def own_first_member(run: Run) -> list[str]:
    """`type` opens every line, by which platforms know a torn record from text."""
    return [
        f"line {number} does not begin with its type"
        for number, line in enumerate(run.lines(), 1)
        if not line.startswith(b'{"type":"')
    ]


def own_secrets(run: Run, secrets: Iterable[bytes]) -> list[str]:
    """No secret in any of its written forms, on stdout or stderr."""
    outputs = {"stdout": run.stdout.read_bytes(), "stderr": run.stderr.read_bytes()}
    return [
        f"secret number {number} stands in {name}"
        for name, text in outputs.items()
        for number, secret in enumerate(secrets, 1)
        if secret in text
    ]


def own_written_counts(run: Run) -> list[str]:
    """Counts are written with a decimal point, which platforms that parse strictly need."""
    return [
        f"line {number}: recordCount is written {match[2].decode()}"
        for number, line in enumerate(run.lines(), 1)
        if line.startswith(b'{"type":"STATE"')
        for match in COUNT.finditer(line)
        if not re.fullmatch(rb"\d+\.0", match[2])
    ]


class StreamAccount:
    """What one stream of a `read` said, in order."""

    def __init__(self) -> None:
        self.records = 0
        self.records_since_state = 0
        self.states: list[dict] = []
        self.objections: list[str] = []
        self.statuses: list[str] = []

    def record(self) -> None:
        if self.statuses[-1:] != ["RUNNING"]:
            self._object(f"record after status {self.statuses[-1:] or 'none'}")
        self.records += 1
        self.records_since_state += 1

    def state(self, state: dict) -> None:
        counted = state.get("sourceStats", {}).get("recordCount")
        if counted != self.records_since_state:
            self._object(
                f"sourceStats say {counted} records, there were {self.records_since_state}"
            )
        if self.states and self.states[-1] == state["stream"]:
            self._object("the same state twice in succession")
        self.states.append(state["stream"])
        self.records_since_state = 0

    def status(self, status: str) -> None:
        self.statuses.append(status)

    def close(self) -> list[str]:
        repeated_running = [
            s for s, before in zip(self.statuses, [None, *self.statuses]) if s != before
        ]
        expected = (
            ["STARTED", "RUNNING", "COMPLETE"] if self.records else ["STARTED", "COMPLETE"]
        )
        without_running = ["STARTED", "RUNNING", "COMPLETE"]
        if repeated_running not in (expected, without_running):
            self._object(f"statuses are {self.statuses}")
        if not self.states:
            self._object("no STATE")
        if self.records_since_state:
            self._object(f"{self.records_since_state} records after the last STATE")
        return self.objections

    def _object(self, what: str) -> None:
        if len(self.objections) < 10:
            self.objections.append(what)


def accounts_of_read(run: Run) -> dict[str, StreamAccount]:
    """Follows a `read` line by line. Records are counted by their envelope alone."""
    accounts: dict[str, StreamAccount] = defaultdict(StreamAccount)
    stream_of_record = re.compile(rb'"record":\{"stream":"([^"]+)"')
    for line in run.lines():
        if line.startswith(b'{"type":"RECORD"'):
            accounts[stream_of_record.search(line)[1].decode()].record()
        elif line.startswith((b'{"type":"STATE"', b'{"type":"TRACE"')):
            _account_message(
                accounts,
                AirbyteMessage.model_validate_json(line).model_dump(
                    mode="json", exclude_none=True
                ),
            )
    return accounts


def _account_message(accounts: dict[str, StreamAccount], message: dict) -> None:
    if message["type"] == "STATE":
        descriptor = message["state"]["stream"]["stream_descriptor"]
        accounts[descriptor["name"]].state(message["state"])
    elif status := message["trace"].get("stream_status"):
        accounts[status["stream_descriptor"]["name"]].status(status["status"])


def own_read_objections(run: Run, streams: Iterable[str]) -> list[str]:
    """For a `read` that went well: counts, statuses and states of every asked stream."""
    accounts = accounts_of_read(run)
    found = [f"{name}: stream was not asked for" for name in accounts.keys() - set(streams)]
    for name in streams:
        found += [f"{name}: {what}" for what in accounts[name].close()]
    return found


def own_echo_objections(sent: list[dict], run: Run, counts: dict[str, int]) -> list[str]:
    """For a `write` that went well: each state comes back once, in order, as it was sent."""
    found = []
    echoed = [message["state"] for message in run.messages("STATE")]
    for name, records in counts.items():
        there = [_without_stats(state) for state in sent if _name(state) == name]
        back = [_without_stats(state) for state in echoed if _name(state) == name]
        if there != back:
            found.append(
                f"{name}: {len(there)} states were sent, {len(back)} came back or they differ"
            )
        stored = sum(
            state.get("destinationStats", {}).get("recordCount", float("nan"))
            for state in echoed
            if _name(state) == name
        )
        if stored != records:
            found.append(
                f"{name}: destinationStats add up to {stored}, {records} records were sent"
            )
    return found


def _without_stats(state: dict) -> dict:
    return {key: value for key, value in state.items() if key != "destinationStats"}


def _name(state: dict) -> str:
    return state["stream"]["stream_descriptor"]["name"]
