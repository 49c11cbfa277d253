"""The streams of source-pi as the suites expect to find them in a table.

Written down here a second time on purpose: a field that the catalog loses or retypes is
found by comparing with this list, not with the catalog.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

STRING, DOUBLE, BIGINT, BOOLEAN = pa.string(), pa.float64(), pa.int64(), pa.bool_()
TIMESTAMP = pa.timestamp("us", "UTC")


class Json:
    """A column of JSON text, compared by what it says and not by how it is spelt."""


@dataclass(frozen=True)
class Stream:
    name: str
    key: tuple[str, ...]
    columns: dict[str, pa.DataType | type[Json]]
    # Columns of the table of which the truth says nothing.
    untold: frozenset[str] = frozenset()


TIMESERIES = Stream(
    "timeseries",
    ("tag_webid", "timestamp", "sequence"),
    {
        "tag_webid": STRING,
        "tag_name": STRING,
        "timestamp": TIMESTAMP,
        "sequence": BIGINT,
        "value": DOUBLE,
        "value_string": STRING,
        "digital_code": BIGINT,
        "digital_name": STRING,
        "value_kind": STRING,
        "quality_good": BOOLEAN,
        "quality_questionable": BOOLEAN,
        "quality_substituted": BOOLEAN,
        "quality_annotated": BOOLEAN,
        "units": STRING,
        "error": STRING,
    },
)

AF_ELEMENTS = Stream(
    "af_elements",
    ("element_id",),
    {
        "element_id": STRING,
        "element_name": STRING,
        "element_path": STRING,
        "parent_id": STRING,
        "reference_parent_ids": Json,
        "template_name": STRING,
        "element_type": STRING,
        "description": STRING,
        "web_id": STRING,
        "asset_server": STRING,
        "database_name": STRING,
        "depth": BIGINT,
        "category_names": Json,
        "has_children": BOOLEAN,
        "extended_properties": Json,
    },
    frozenset({"paths"}),
)

EVENT_FRAMES = Stream(
    "event_frames",
    ("event_frame_id",),
    {
        "event_frame_id": STRING,
        "event_name": STRING,
        "template_name": STRING,
        "start_time": TIMESTAMP,
        "end_time": TIMESTAMP,
        "is_open": BOOLEAN,
        "duration_minutes": DOUBLE,
        "primary_element_id": STRING,
        "referenced_element_ids": Json,
        "event_attributes": Json,
        "severity": STRING,
        "is_acknowledged": BOOLEAN,
        "acknowledged_by": STRING,
        "acknowledged_date": TIMESTAMP,
        "is_annotated": BOOLEAN,
        "annotations": Json,
        "category_names": Json,
        "parent_event_frame_id": STRING,
        "database_name": STRING,
        "web_id": STRING,
    },
    frozenset({"attributes_error", "annotations_error", "is_deleted", "deleted_detected_at"}),
)

STREAMS = {stream.name: stream for stream in (TIMESERIES, AF_ELEMENTS, EVENT_FRAMES)}

# What the source tells of its own syncs: a plant has no truth to compare them with.
ACCOUNTS = ("load_audit", "tag_status")
