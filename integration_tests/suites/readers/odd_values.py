"""Values that break tables, as they stand in a line, and what a reader must find.

One case is one row that has one member. The text is JSON, so that digits arrive as they
are written here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timezone

NULLED, SHORTENED = "NULLED", "TRUNCATED"
DIGITS_38 = "12345678901234567890123456789012345678"

MEMBERS: dict[str, dict] = {
    "number": {"type": ["null", "number"]},
    "whole": {"type": ["null", "integer"]},
    "flag": {"type": ["null", "boolean"]},
    "text": {"type": ["null", "string"]},
    "day": {"type": ["null", "string"], "format": "date"},
    "instant": {
        "type": ["null", "string"],
        "format": "date-time",
        "airbyte_type": "timestamp_with_timezone",
    },
    "local": {
        "type": ["null", "string"],
        "format": "date-time",
        "airbyte_type": "timestamp_without_timezone",
    },
    "clock": {
        "type": ["null", "string"],
        "format": "time",
        "airbyte_type": "time_without_timezone",
    },
    "anything": {"type": ["null", "object"]},
    "list": {"type": ["null", "array"]},
    "either": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
}


@dataclass(frozen=True)
class Case:
    member: str
    json_text: str
    stored: object
    """For a json column: what its text says."""
    change: str | None = None


@dataclass(frozen=True)
class JsonText:
    """A stored text that is compared by what it says, integers with all their digits."""

    says: object


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)


def fits(member: str, *pairs: tuple[str, object]) -> list[Case]:
    return [Case(member, text, stored) for text, stored in pairs]


def nulled(member: str, *texts: str) -> list[Case]:
    return [Case(member, text, None, NULLED) for text in texts]


def same_text(*texts: str) -> list[Case]:
    return [Case("text", json.dumps(text), text) for text in texts]


# A letter, sign or picture of each plane that has any, and a private one of the last two.
EVERY_PLANE = [
    "A",
    "ÿ",
    "你",
    "\uffee",
    "🧪",
    "𠀋",
    "𰀁",
    "\U000e0101",
    "\U000f0001",
    "\U0010fffd",
]

CASES = [
    *fits("number", ("1.5", 1.5), ("-0.0", -0.0), ("5e-324", 5e-324), ("1e-12", 1e-12)),
    *fits("number", ("1.7976931348623157e308", 1.7976931348623157e308)),
    *fits("number", (DIGITS_38, float(DIGITS_38)), (f"0.{DIGITS_38}", float(f"0.{DIGITS_38}"))),
    *fits("number", ('"0.125000000"', 0.125), (f'"{DIGITS_38}"', float(DIGITS_38))),
    *fits("number", ('"NaN"', float("nan")), ('"Infinity"', float("inf"))),
    *fits("number", ('"-Infinity"', float("-inf")), ("null", None)),
    *nulled("number", "1e400", '"many"', "true", "[1]", '{"value":1}', '""'),
    *fits("whole", ("0", 0), ("7.0", 7), ('"42"', 42), ("null", None)),
    *fits("whole", ("9007199254740993", 9007199254740993)),
    *fits("whole", (str(2**63 - 1), 2**63 - 1), (str(-(2**63)), -(2**63))),
    *nulled("whole", str(2**63), str(-(2**63) - 1), DIGITS_38, "7.5", '"x"', "true"),
    *fits("flag", ("true", True), ("false", False), ("null", None)),
    *nulled("flag", "1", '"yes"'),
    *same_text(
        "",
        " ",
        "null",
        "NULL",
        "\\N",
        "\t\r\n",
        "a\u0000b",
        '"',
        "'",
        "\\",
        "é\u0301",
        "\u202eabc",
    ),
    *same_text("x" * 100_000, "".join(EVERY_PLANE), *EVERY_PLANE),
    *same_text("\u2028\u2029", "\x7f\x1f", "=1+1", "1,2;3|4", "\ufeffbom", "\ufffe"),
    *fits("text", (DIGITS_38, DIGITS_38), ("1.10", "1.10"), ("true", "true"), ("null", None)),
    Case("text", '"a\\ud83eb"', "a\ufffdb", SHORTENED),
    *fits("day", ('"2024-02-29"', date(2024, 2, 29)), ('"0001-01-01"', date(1, 1, 1))),
    *fits("day", ('"9999-12-31"', date(9999, 12, 31)), ('"1582-10-10"', date(1582, 10, 10))),
    *nulled("day", '"2023-02-29"', '"10000-01-01"', '"yesterday"', "20240229"),
    *fits("instant", ('"2026-03-02T06:00:00.1234567Z"', utc(2026, 3, 2, 6, 0, 0, 123456))),
    *fits("instant", ('"2026-03-02T06:00:00.1234569Z"', utc(2026, 3, 2, 6, 0, 0, 123456))),
    *fits("instant", ('"1969-12-31T23:59:59.9999999Z"', utc(1969, 12, 31, 23, 59, 59, 999999))),
    *fits("instant", ('"2026-10-25T02:30:00+02:00"', utc(2026, 10, 25, 0, 30))),
    *fits("instant", ('"2026-10-25T02:30:00+01:00"', utc(2026, 10, 25, 1, 30))),
    *fits("instant", ('"2026-03-02T06:00:00"', utc(2026, 3, 2, 6))),
    *fits("instant", ('"0001-01-01T00:00:00Z"', utc(1, 1, 1))),
    *fits("instant", ('"9999-12-31T23:59:59.9999999Z"', utc(9999, 12, 31, 23, 59, 59, 999999))),
    *nulled(
        "instant", '"10000-01-01T00:00:00Z"', '"0000-12-31T23:59:59Z"', '"soon"', "1767225600"
    ),
    *nulled("instant", '"2026-02-30T00:00:00Z"', '"-0001-01-01T00:00:00Z"'),
    *fits("local", ('"2026-03-29T02:30:00"', datetime(2026, 3, 29, 2, 30))),
    *fits("local", ('"2026-03-29T02:30:00.1234569"', datetime(2026, 3, 29, 2, 30, 0, 123456))),
    *fits("local", ('"1900-01-01T00:00:00"', datetime(1900, 1, 1))),
    *nulled("local", '"2026-13-01T00:00:00"'),
    *fits("clock", ('"06:07:08.123456"', "06:07:08.123456")),
    *fits(
        "anything", ('{"b":1,"a":[null,{"c":""}]}', JsonText({"b": 1, "a": [None, {"c": ""}]}))
    ),
    *fits("anything", (f'{{"n":{DIGITS_38}}}', JsonText({"n": int(DIGITS_38)}))),
    *fits("anything", ("{}", JsonText({})), ("3", JsonText(3)), ('"text"', JsonText("text"))),
    *fits("list", ("[]", JsonText([])), ('["🧪",1.5,null]', JsonText(["🧪", 1.5, None]))),
    *fits("either", ('"5"', JsonText("5")), ("5", JsonText(5))),
]

# Columns whose names tables or readers stumble over. No two may end in one column.
ODD_NAMES = [
    "with space",
    "Größe (mm²)",
    "Case",
    "case",
    "CASE",
    "1st",
    "_1st",
    "a.b",
    "a_b",
    'tick`quote"',
    "comma,semi;colon",
    "per%cent%25",
    "new\nline",
    "tab\t=",
    "🧪",
    "流量",
    "select",
    "_rescued_data",
    "x" * 300,
    "x" * 299 + "y",
    "",
]
