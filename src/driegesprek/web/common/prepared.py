"""A query that is put together once and afterwards only given its values.

Putting a query together costs Django several times what running it costs the database. For the few queries that every
answer of a family needs, that is most of the work. Rows come out as Django makes them; only the text of the query is
remembered, per kind of database.
"""

import copy
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet  # noqa: TC002 - read by people, and by tools at run time

# Values that occur nowhere else, to find in the query where each value goes.
_MARKERS: dict[type, Callable[[int], Any]] = {
    UUID: lambda number: UUID(int=0xD41E << 96 | number),
    int: lambda number: 31_700 + number,  # fits the smallest column of numbers
    str: lambda number: f"marker {number} of a prepared query",
    dt.datetime: lambda number: dt.datetime(1987, 6, 5, 4, 3, 2, 100_000 + number, dt.UTC),
}


class Prepared:
    """Rows of a queryset for values that are given by name.

    Args:
        make: makes the queryset from the values; it is called once per kind of database.
        kinds: the kind of each value: UUID, int, str or datetime. None is no value: a query for it is another query.
    """

    def __init__(self, make: Callable[..., "QuerySet[Any]"], **kinds: type) -> None:
        self.make, self.kinds = make, kinds
        self._known: dict[str, _Compiled] = {}

    def rows(self, **values: Any) -> list[Any]:
        """The rows for these values."""
        here = connections[DEFAULT_DB_ALIAS]
        if here.vendor not in self._known:
            self._known[here.vendor] = self._compiled(here)
        known = self._known[here.vendor]
        given = list(known.params)
        for place, name in known.places.items():
            given[place] = _adapted(values[name], here)
        compiler = copy.copy(known.compiler)
        compiler.connection = here
        compiler.execute_sql = lambda *_args, **_kwargs: [_fetched(here, known.sql, given)]
        compiler.get_converters = lambda *_args: known.converters
        query = copy.copy(known.rows.query)
        query.get_compiler = lambda *_args, **_kwargs: compiler
        fresh = type(known.rows)(model=known.rows.model, query=query, using=DEFAULT_DB_ALIAS)
        fresh._iterable_class, fresh._fields = known.rows._iterable_class, known.rows._fields  # noqa: SLF001 - as QuerySet's own clone does
        return list(fresh)

    def _compiled(self, here: Any) -> "_Compiled":
        markers = {name: _MARKERS[kind](number) for number, (name, kind) in enumerate(self.kinds.items())}
        rows = self.make(**markers)
        compiler = rows.query.get_compiler(connection=here)
        sql, params = compiler.as_sql()
        names = {str(_adapted(marker, here)): name for name, marker in markers.items()}
        places = {place: names[str(param)] for place, param in enumerate(params) if str(param) in names}
        if set(places.values()) != set(markers):
            raise ValueError(f"Of {set(markers)} only {set(places.values())} occur in the query: {sql}")
        converters = compiler.get_converters([one[0] for one in compiler.select[: compiler.col_count]])
        return _Compiled(rows, compiler, sql, tuple(params), places, converters)


@dataclass(frozen=True)
class _Compiled:
    """What is remembered of a query."""

    rows: Any
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    places: dict[int, str]
    """Which of the parameters is which value."""
    converters: Any


def _fetched(here: Any, sql: str, given: list[Any]) -> list[Any]:
    """The rows as the database has them; PostgreSQL keeps the plan of a query that comes again and again."""
    with here.cursor() as cursor:
        if (
            here.vendor == "postgresql" and not here.queries_logged
        ):  # the log cannot tell what such a cursor asked
            from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415 - needs psycopg

            cursor.cursor.close()
            cursor.cursor = ServerBindingCursor(here.connection)
        cursor.execute(sql, given)
        return cursor.fetchall()  # type: ignore[no-any-return] # a cursor of Django's has no types


def _adapted(value: Any, here: Any) -> Any:
    """The value as this database wants it."""
    if isinstance(value, UUID):
        return value if here.features.has_native_uuid_field else value.hex
    if isinstance(value, dt.datetime):
        return here.ops.adapt_datetimefield_value(value)
    return value
