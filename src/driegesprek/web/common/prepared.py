"""A query that is put together once and afterwards only given its values.

Putting a query together costs Django several times what running it costs the database. For the few queries that every
answer of a family needs, that is most of the work. Rows come out as Django makes them; only the text of the query is
remembered, per kind of database.
"""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet  # noqa: TC002 - read by people, and by tools at run time

# Values that occur nowhere else, to find in the query where each value goes.
_MARKERS: dict[type, Callable[[int], Any]] = {
    UUID: lambda number: UUID(int=0xD41E << 96 | number),
    int: lambda number: 1_900_000_000 + number,
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
        self._known: dict[str, tuple[Any, Any, str, list[Any], dict[int, str]]] = {}

    def rows(self, **values: Any) -> list[Any]:
        """The rows for these values."""
        if connection.vendor not in self._known:
            self._known[connection.vendor] = self._compiled()
        rows, compiler, sql, params, places = self._known[connection.vendor]
        given = list(params)
        for place, name in places.items():
            given[place] = _adapted(values[name])
        compiler = copy.copy(compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_kwargs: (sql, tuple(given))
        query = copy.copy(rows.query)
        query.get_compiler = lambda *_args, **_kwargs: compiler
        fresh = type(rows)(model=rows.model, query=query, using=rows.db)
        fresh._iterable_class, fresh._fields = rows._iterable_class, rows._fields  # noqa: SLF001 - as QuerySet's own clone does
        return list(fresh)

    def _compiled(self) -> tuple[Any, Any, str, list[Any], dict[int, str]]:
        markers = {name: _MARKERS[kind](number) for number, (name, kind) in enumerate(self.kinds.items())}
        rows = self.make(**markers)
        compiler = rows.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        names = {str(_adapted(marker)): name for name, marker in markers.items()}
        places = {place: names[str(param)] for place, param in enumerate(params) if str(param) in names}
        if set(places.values()) != set(markers):
            raise ValueError(f"Of {set(markers)} only {set(places.values())} occur in the query: {sql}")
        return rows, compiler, sql, list(params), places


def _adapted(value: Any) -> Any:
    """The value as the database wants it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
