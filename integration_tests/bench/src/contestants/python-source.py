"""The same records by a sequential reader in Python: `python-source.py TASK.json`.

As such connectors are written: one request at a time by `requests`, an
AirbyteRecordMessage for each value, and the serializer of airbyte-cdk for each line. It
knows beforehand what to ask; there are no retries, states, selections or checks, and
none of the layers that airbyte-cdk puts between a request and a record.
"""

import json
import os
import sys
import time

import orjson
import requests
from airbyte_cdk.models import (
    AirbyteMessage,
    AirbyteMessageSerializer,
    AirbyteRecordMessage,
    Type,
)

ORIGIN_MARK = "http://recorded.invalid"
FULL_LENGTH = len("2026-03-02T06:00:00.0000000Z")
SECONDS_LENGTH = len("2026-03-02T06:00:00")


def answers(recording, origin):
    """Asks for everything that was recorded, in its order; yields batch answers."""
    with open(os.path.join(recording, "exchanges.json"), encoding="utf-8") as file:
        exchanges = json.load(file)
    session = requests.Session()
    session.trust_env = False
    for exchange in exchanges:
        if exchange["status"] >= 400:
            continue
        response = session.request(
            exchange["method"],
            origin + exchange["path"],
            data=exchange["requestBody"].replace(ORIGIN_MARK, origin).encode(),
            headers={"content-type": "application/json"},
        )
        response.raise_for_status()
        if exchange["path"].endswith("/batch"):
            yield response.json()


class Seams:
    """What was taken of each point so far: pages overlap at one timestamp."""

    def __init__(self):
        self.taken = {}

    def overlap(self, web_id, values):
        last, at_last = self.taken.get(web_id, (None, 0))
        skip = 0
        while skip < min(at_last, len(values)) and values[skip]["Timestamp"] == last:
            skip += 1
        if skip < len(values):
            newest = values[-1]["Timestamp"]
            count = 0
            while count < len(values) and values[-1 - count]["Timestamp"] == newest:
                count += 1
            self.taken[web_id] = (newest, count)
        return skip


def seven_decimals(timestamp):
    """PI leaves out trailing zeros of the fraction; records have seven decimals."""
    if len(timestamp) == FULL_LENGTH:
        return timestamp
    decimals = timestamp[SECONDS_LENGTH + 1 : -1]
    return f"{timestamp[:SECONDS_LENGTH]}.{decimals.ljust(7, '0')}Z"


def record_data(web_id, facts, value):
    content = value["Value"]
    data = {"tag_webid": web_id, "tag_name": facts["name"]}
    if isinstance(content, (int, float)) and not isinstance(content, bool):
        data.update(value=content, value_kind="number")
    elif isinstance(content, dict):
        kind = "system_state" if content.get("IsSystem") is True else "digital"
        data.update(
            digital_code=content["Value"],
            digital_name=content["Name"],
            value_kind=kind,
        )
    else:
        data.update(value_string=content, value_kind="string")
    data.update(
        quality_good=value.get("Good"),
        quality_questionable=value.get("Questionable"),
        quality_substituted=value.get("Substituted"),
        quality_annotated=value.get("Annotated"),
    )
    if "units" in facts:
        data["units"] = facts["units"]
    return data


def records(task):
    seams = Seams()
    for answer in answers(task["recording"], task["origin"]):
        for part in answer.values():
            if part["Status"] != 200:
                raise SystemExit(f"A sub-request was answered with {part['Status']}.")
            for stream in part["Content"]["Items"]:
                yield from records_of(task, stream, seams)


def records_of(task, stream, seams):
    web_id, values = stream["WebId"], stream["Items"]
    facts = task["points"].get(web_id)
    if facts is None:
        return
    skip = seams.overlap(web_id, values)
    previous = values[skip - 1]["Timestamp"] if skip > 0 else None
    sequence = max(0, skip - 1)
    for value in values[skip:]:
        timestamp = seven_decimals(value["Timestamp"])
        if timestamp >= task["end"]:
            return
        sequence = sequence + 1 if value["Timestamp"] == previous else 0
        previous = value["Timestamp"]
        data = record_data(web_id, facts, value)
        data.update(timestamp=timestamp, sequence=sequence)
        yield data


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        task = json.load(file)
    for data in records(task):
        record = AirbyteRecordMessage(
            stream="timeseries", data=data, emitted_at=int(time.time() * 1000)
        )
        message = AirbyteMessage(type=Type.RECORD, record=record)
        text = orjson.dumps(AirbyteMessageSerializer.dump(message)).decode()
        print(f"{text}\n", end="")


main()
