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
from django.db.models import Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.query import ValuesListIterable
from django.db.models.sql import InsertQuery, UpdateQuery

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
        if known.rows._iterable_class is ValuesListIterable:  # noqa: SLF001 - as QuerySet's own clone reads it
            fetched = _fetched(here, known.sql, given)
            return [tuple(row) for row in compiler.apply_converters(fetched, known.converters)]
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


class PreparedInsert:
    """New rows of a model, one statement each; what a row holds is adapted as Django's own insert does.

    Args:
        model: whose rows.
        on_conflict: what becomes of a row that is there already: nothing by default (then the database refuses it).
        unique: the fields that make a row the same.
        update: the fields that an existing row gets.
    """

    def __init__(
        self,
        model: type[Model],
        *,
        on_conflict: OnConflict | None = None,
        unique: tuple[str, ...] = (),
        update: tuple[str, ...] = (),
    ) -> None:
        self.model, self.on_conflict = model, on_conflict
        self.unique, self.update = unique, update
        self._known: dict[str, str] = {}

    def insert(self, rows: "list[Any]") -> None:
        """Write these rows, in their order."""
        here = connections[DEFAULT_DB_ALIAS]
        fields = self.model._meta.concrete_fields  # noqa: SLF001 - Django's documented way to a model's fields
        values = [
            [one.get_db_prep_save(one.pre_save(row, add=True), connection=here) for one in fields]
            for row in rows
        ]
        if here.vendor not in self._known:
            self._known[here.vendor] = self._compiled(here, fields, rows[0])
        with here.cursor() as cursor:
            for given in values:
                cursor.execute(self._known[here.vendor], given)

    def _compiled(self, here: Any, fields: Any, row: Any) -> str:
        field = self.model._meta.get_field  # noqa: SLF001 - as above
        query = InsertQuery(
            self.model,
            on_conflict=self.on_conflict,
            unique_fields=[field(name) for name in self.unique],
            update_fields=[field(name) for name in self.update],
        )
        query.insert_values(fields, [row])
        ((sql, params),) = query.get_compiler(connection=here).as_sql()
        if len(params) != len(fields):
            raise ValueError(f"Not every value of {self.model.__name__} has a place of its own: {sql}")
        return str(sql)


class PreparedUpdate:
    """Values for the row with this key; where there is none, nothing happens."""

    def __init__(self, model: type[Model], *names: str) -> None:
        self.model, self.names = model, names
        self._known: dict[str, str] = {}

    def update(self, pk: UUID, *values: int) -> None:
        """Write the values, in the order of the names."""
        here = connections[DEFAULT_DB_ALIAS]
        if here.vendor not in self._known:
            self._known[here.vendor] = self._compiled(here)
        with here.cursor() as cursor:
            cursor.execute(self._known[here.vendor], [*values, _adapted(pk, here)])

    def _compiled(self, here: Any) -> str:
        marker = _MARKERS[UUID](0)
        query: Any = self.model._base_manager.filter(pk=marker).query.chain(UpdateQuery)  # noqa: SLF001 - as Django's own save does
        query.add_update_values(dict.fromkeys(self.names, 1))
        return str(query.get_compiler(connection=here).as_sql()[0])


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
