"""Says whether a table holds exactly the rows of the truth: every column of every row.

Instants are compared in microseconds, the finer digits of PI cut off. Doubles are
compared by their bits. JSON columns are compared by what they say. Absent means null.
"""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.compute as pc

from streams import Json, Stream

MICROSECOND_DIGITS = len("2026-01-01T00:00:00.123456")


def expected_rows(stream: Stream, records: list[dict]) -> pa.Table:
    """The truth's records as the table that must be found."""
    names = {name for record in records for name in record}
    unknown = names - stream.columns.keys() - stream.untold
    assert not unknown, f"the truth of {stream.name} has members that are in no list: {unknown}"
    columns = {
        name: _expected_column(type_, [record.get(name) for record in records])
        for name, type_ in stream.columns.items()
    }
    return _sorted(stream, pa.table(columns))


def found_rows(stream: Stream, table: pa.Table) -> pa.Table:
    """What a reader found, without the columns of Airbyte, its types held to the letter."""
    columns = {}
    for name, type_ in stream.columns.items():
        column = _plain_strings(table.column(name).combine_chunks())
        if type_ is Json:
            column = pa.array(
                [_canonical_text(text) for text in column.to_pylist()], pa.string()
            )
        else:
            assert column.type == type_, (
                f"{stream.name}.{name} is {column.type}, expected {type_}"
            )
        columns[name] = column
    return _sorted(stream, pa.table(columns))


def assert_same_rows(found: pa.Table, expected: pa.Table, key: tuple[str, ...]) -> None:
    """Both tables in key order."""
    assert found.num_rows == expected.num_rows, _row_difference(found, expected, key)
    differing = [
        name for name in expected.column_names if not _same(found[name], expected[name])
    ]
    assert not differing, "\n".join(_examples(found, expected, key, name) for name in differing)


def floor_to_microseconds(texts: list[str | None]) -> pa.Array:
    """`2026-01-01T00:00:00.1234567Z` to an instant; no rounding, no other zone than Z."""
    cut = [None if text is None else _cut(text) for text in texts]
    return pa.array(cut, pa.string()).cast(pa.timestamp("us")).cast(pa.timestamp("us", "UTC"))


def _cut(text: str) -> str:
    assert text.endswith("Z"), f"{text} is not in UTC"
    return text[:-1][:MICROSECOND_DIGITS]


def _expected_column(type_, values: list) -> pa.Array:
    if type_ is Json:
        return pa.array(
            [None if value is None else _canonical(value) for value in values], pa.string()
        )
    if pa.types.is_timestamp(type_):
        return floor_to_microseconds(values)
    if pa.types.is_floating(type_):
        values = [None if value is None else float(value) for value in values]
    return pa.array(values, type_)


def _canonical_text(text: str | None) -> str | None:
    return None if text is None else _canonical(json.loads(text))


def _canonical(value: object) -> str:
    return json.dumps(_plain_numbers(value), sort_keys=True)


def _plain_numbers(value: object) -> object:
    """JSON knows one kind of number: 1.0 and 1 are the same."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_plain_numbers(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain_numbers(item) for name, item in value.items()}
    return value


def _plain_strings(column: pa.Array) -> pa.Array:
    """Readers differ in how they lay strings out in memory, which says nothing."""
    if pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        return column.cast(pa.string())
    return column


def _sorted(stream: Stream, table: pa.Table) -> pa.Table:
    return table.sort_by([(name, "ascending") for name in stream.key]).combine_chunks()


def _same(found: pa.ChunkedArray, expected: pa.ChunkedArray) -> bool:
    return _bits(found).equals(_bits(expected))


def _bits(column: pa.ChunkedArray) -> pa.Array:
    array = column.combine_chunks()
    return array.view(pa.int64()) if pa.types.is_floating(array.type) else array


def _row_difference(found: pa.Table, expected: pa.Table, key: tuple[str, ...]) -> str:
    there, wanted = _keys(found, key), _keys(expected, key)
    missing, surplus = sorted(wanted - there)[:5], sorted(there - wanted)[:5]
    doubled = found.num_rows - len(there)
    return (
        f"{found.num_rows} rows, expected {expected.num_rows}; {len(wanted - there)} missing, such as "
        f"{missing}; {len(there - wanted)} surplus, such as {surplus}; {doubled} with a key twice"
    )


def _keys(table: pa.Table, key: tuple[str, ...]) -> set[tuple[str, ...]]:
    columns = [[str(value) for value in table[name].to_pylist()] for name in key]
    return set(zip(*columns))


def _examples(found: pa.Table, expected: pa.Table, key: tuple[str, ...], name: str) -> str:
    ours, theirs = _bits(found[name]), _bits(expected[name])
    differs = pc.fill_null(pc.not_equal(ours, theirs), True)
    both_null = pc.and_(pc.is_null(ours), pc.is_null(theirs))
    rows = pc.indices_nonzero(pc.and_(differs, pc.invert(both_null))).to_pylist()
    lines = [f"{name} differs in {len(rows)} rows:"]
    for row in rows[:3]:
        at = {column: str(expected[column][row]) for column in key}
        lines.append(f"  {at}: found {found[name][row]!r}, expected {expected[name][row]!r}")
    return "\n".join(lines)
