"""A stored row beside the record it came from, whatever source has sent it."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime


def differences(row: dict, record: dict, unions: Collection[str] = ()) -> list[str]:
    """The columns that do not say what the record says; absent means null.

    `unions` names the columns of more than one type, which hold JSON text.
    """
    columns = [name for name in row if not name.startswith("_airbyte_")]
    return [
        name
        for name in {*columns, *record}
        if said(row.get(name), record.get(name), name in unions) != record.get(name)
    ]


def said(stored: object, sent_value: object, in_json: bool) -> object:
    """The stored value in the form in which the source sent it."""
    if in_json and stored is not None:
        return json.loads(stored)
    if hasattr(stored, "isoformat"):
        return as_sent(stored, sent_value)
    if isinstance(sent_value, (dict, list)):
        return json.loads(stored)
    return stored


def as_sent(stored, sent_value: str) -> str:
    if not hasattr(stored, "hour"):
        return stored.isoformat()
    same = datetime.fromisoformat(sent_value.replace("Z", "+00:00"))
    in_zone = same if same.tzinfo or not stored.tzinfo else same.replace(tzinfo=stored.tzinfo)
    return sent_value if in_zone == stored else stored.isoformat()
