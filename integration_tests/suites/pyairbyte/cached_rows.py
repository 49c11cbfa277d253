"""What PyAirbyte's cache holds of a stream, beside the truth, and what it cannot hold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import airbyte as ab
import pyarrow as pa

from equality import found_rows
from streams import Json, Stream


def rows_of(cache: ab.caches.DuckDBCache, stream: Stream) -> pa.Table:
    """A table of the cache, its narrower types put back: see `as_cached` for the loss."""
    with cache.get_sql_engine().connect() as connection:
        result = connection.exec_driver_sql(
            f"SELECT {', '.join(selected(stream))} FROM {cache.schema_name}.{stream.name}"
        )
        rows = result.fetchall()
    types = [pa.decimal128(38, 9) if t == pa.float64() else t for t in arrow_types(stream)]
    columns = {
        name: pa.array([row[place] for row in rows], plain(type_))
        for place, (name, type_) in enumerate(zip(stream.columns, types, strict=True))
    }
    return found_rows(cached_form(stream), with_zone(pa.table(columns)))


def selected(stream: Stream) -> list[str]:
    """JSON as the text that stands in the cache, not as the objects a driver makes of it."""
    return [
        f"{name}::VARCHAR" if type_ is Json else name for name, type_ in stream.columns.items()
    ]


def arrow_types(stream: Stream) -> list[pa.DataType]:
    return [
        type_ if isinstance(type_, pa.DataType) else pa.string()
        for type_ in stream.columns.values()
    ]


def plain(type_: pa.DataType) -> pa.DataType:
    """The cache has no time zones."""
    return pa.timestamp("us") if pa.types.is_timestamp(type_) else type_


def with_zone(table: pa.Table) -> pa.Table:
    fields = [
        field.with_type(pa.timestamp("us", "UTC"))
        if pa.types.is_timestamp(field.type)
        else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def cached_form(stream: Stream) -> Stream:
    """Numbers of the cache are DECIMAL(38, 9)."""
    columns = {
        name: pa.decimal128(38, 9) if type_ == pa.float64() else type_
        for name, type_ in stream.columns.items()
    }
    return replace(stream, columns=columns)


def as_cached(truth: pa.Table) -> pa.Table:
    """The truth with what the cache cannot hold taken off: digits after the ninth."""
    for place, field in enumerate(truth.schema):
        if field.type == pa.float64():
            numbers = [
                None if n is None else nine_digits(n) for n in truth[field.name].to_pylist()
            ]
            truth = truth.set_column(place, field.name, pa.array(numbers, pa.decimal128(38, 9)))
    return truth


def nine_digits(number: float) -> Decimal:
    return Decimal(repr(number)).quantize(Decimal("1e-9"))


def counts(cache: ab.caches.DuckDBCache, sql: str) -> dict[str, int]:
    """Answers of two columns, point and number, without the points that have none."""
    with cache.get_sql_engine().connect() as connection:
        rows = connection.exec_driver_sql(sql.format(cache.schema_name)).fetchall()
    found = dict(map(tuple, rows))
    assert len(found) == len(rows), "a point has more than one row"
    return {point: count for point, count in found.items() if count}
