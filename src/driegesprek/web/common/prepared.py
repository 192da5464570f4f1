"""A query that is put together once and afterwards only given its values.

Putting a query together costs Django several times what running it costs the database. For the few queries that every
answer of a family needs, that is most of the work. What is remembered, per kind of database: the text of the query, how the
values of each column are read or written, and of which models its rows are made.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Self
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.constants import OnConflict
from django.db.models.query import ModelIterable, ValuesListIterable
from django.db.models.sql import InsertQuery, UpdateQuery

# Values that occur nowhere else, to find in the query where each value goes.
_MARKERS: dict[type, Callable[[int], Any]] = {
    UUID: lambda number: UUID(int=0xD41E << 96 | number),
    int: lambda number: 31_700 + number,  # fits the smallest column of numbers
    str: lambda number: f"marker {number} of a prepared query",
    dt.date: lambda number: dt.date(1900 + number, 6, 5),
    dt.datetime: lambda number: dt.datetime(1987, 6, 5, 4, 3, 2, 100_000 + number, dt.UTC),
}
_PLACE = re.compile("(?<!%)%s")
VALUES = re.compile(r"VALUES \((%s(?:, %s)*)\)")
_OF_FIELDS: dict[type, type] = {
    models.UUIDField: UUID,
    models.DateTimeField: dt.datetime,
    models.CharField: str,
    models.TextField: str,
}
_JSON = frozenset({str, int, float, bool, list, dict})
Write = Callable[[Any], Any]
Convert = Callable[[tuple[Any, ...]], tuple[Any, ...]]


@dataclass(frozen=True)
class Statement:
    """The text of a statement, as Django writes it and as the database's own driver wants it."""

    sql: str
    bare: str

    @classmethod
    def of(cls, sql: str, here: Any) -> Self:
        """The statement that Django wrote."""
        return cls(sql, _PLACE.sub("?", sql).replace("%%", "%") if here.vendor == "sqlite" else sql)

    def rows(self, here: Any, given: Sequence[Any]) -> list[Any]:
        """The rows it gives."""
        return self._with_cursor(here, given, lambda cursor: cursor.fetchall())  # type: ignore[no-any-return] # a driver's rows

    def run(self, here: Any, given: Sequence[Any]) -> int:
        """Run it; the number of rows that it wrote."""
        return self._with_cursor(here, given, lambda cursor: cursor.rowcount)  # type: ignore[no-any-return] # as above

    def _with_cursor(self, here: Any, given: Sequence[Any], take: Callable[[Any], Any]) -> Any:
        """Where somebody listens in (a test that counts queries), through Django's cursor, which tells them."""
        if is_listened_to(here):
            with here.cursor() as cursor:
                cursor.execute(self.sql, given)
                return take(cursor)
        here.ensure_connection()
        here.validate_no_broken_transaction()
        with here.wrap_database_errors:
            cursor = _driver_cursor(here)
            cursor.execute(self.bare, given)
            return take(cursor)


def is_listened_to(here: Any) -> bool:
    """Whether somebody wants to hear of every statement."""
    return bool(here.force_debug_cursor or here.execute_wrappers)


def _driver_cursor(here: Any) -> Any:
    """A cursor of the driver; PostgreSQL keeps the plan of a query that comes again and again."""
    if here.vendor == "sqlite":
        return here.connection.cursor()
    cursor = getattr(here, "cursor_of_prepared", None)
    if cursor is None or cursor.connection is not here.connection or cursor.closed:
        from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415 - needs psycopg

        # Each statement is read to its end before the next: one cursor does, and making it took longer than asking.
        cursor = here.cursor_of_prepared = ServerBindingCursor(here.connection)
    return cursor


@dataclass(frozen=True)
class Bound:
    """A statement that writes, with its values."""

    statement: Statement
    given: Sequence[Any]

    def run(self, here: Any) -> int:
        """Run it; the number of rows that it wrote."""
        return self.statement.run(here, self.given)


class Prepared:
    """Rows of a queryset for values that are given by name.

    Args:
        make: makes the queryset from the values; it is called once per kind of database.
        remember: of how many rows the values, once read, are kept: a row that comes again unchanged is not read anew.
            Only for columns whose values cannot be changed in place.
        kinds: the kind of each value: UUID, int, str, date or datetime. None is no value: a query for it is another query.
    """

    def __init__(self, make: Callable[..., "QuerySet[Any]"], *, remember: int = 0, **kinds: type) -> None:
        self.make, self.remember, self.kinds = make, remember, kinds
        self._known: dict[str, _Query] = {}

    def rows(self, **values: Any) -> list[Any]:
        """The rows for these values."""
        here = connections[DEFAULT_DB_ALIAS]
        known = self._known.get(here.vendor)
        if known is None:
            known = self._known[here.vendor] = self._compiled(here)
        return known.read(known.told.statement.rows(here, known.told.given(values)))

    def _compiled(self, here: Any) -> "_Query":
        markers = _marked(self.kinds)
        rows = self.make(**markers)
        kind = rows._iterable_class  # noqa: SLF001 - what the rows are to be; there is no other way to ask
        if kind not in {ModelIterable, ValuesListIterable}:
            raise ValueError(f"Rows of {kind.__name__} cannot be prepared.")
        compiler = rows.query.get_compiler(connection=here)
        told = _Told.of(*compiler.as_sql(), markers, here)
        converters = compiler.get_converters([one[0] for one in compiler.select[: compiler.col_count]])
        convert: Convert = partial(_converted, tuple(converters.items()), here)
        return _Query(
            told,
            lru_cache(self.remember)(convert) if self.remember else convert,
            _Maker.of(compiler.klass_info, compiler.select) if kind is ModelIterable else None,
        )


class PreparedInsert:
    """New rows of a model, one statement each; each value is written as Django's own insert writes it.

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
        self._known: dict[str, tuple[Statement, list[tuple[str, Callable[[], Any], Write]]]] = {}

    def insert(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write these rows, in their order: {name of the attribute: value}; what is left out gets its default."""
        here = connections[DEFAULT_DB_ALIAS]
        for row in rows:
            self.bound(row).run(here)

    def bound(self, row: Mapping[str, Any]) -> Bound:
        """The statement for this row, not yet run."""
        here = connections[DEFAULT_DB_ALIAS]
        if here.vendor not in self._known:
            self._known[here.vendor] = self._compiled(here)
        statement, columns = self._known[here.vendor]
        given = [write(row[name] if name in row else default()) for name, default, write in columns]
        return Bound(statement, given)

    def _compiled(self, here: Any) -> tuple[Statement, list[tuple[Any, Write]]]:
        meta = self.model._meta  # noqa: SLF001 - Django's documented way to a model's fields
        query = InsertQuery(
            self.model,
            on_conflict=self.on_conflict,
            unique_fields=[meta.get_field(name) for name in self.unique],
            update_fields=[meta.get_field(name) for name in self.update],
        )
        query.insert_values(meta.concrete_fields, [self.model()])
        ((sql, params),) = query.get_compiler(connection=here).as_sql()
        if len(params) != len(meta.concrete_fields):
            raise ValueError(f"Not every value of {self.model.__name__} has a place of its own: {sql}")
        columns = [(one.attname, one.get_default, _writer(one, here)) for one in meta.concrete_fields]
        return Statement.of(sql, here), columns


class PreparedUpdate:
    """New values for the rows of a queryset.

    Args:
        make: makes the queryset from values that are given by name; it is called once per kind of database.
        names: the fields that get a new value, a number.
        kinds: the kind of each value of the queryset, as for Prepared.
    """

    def __init__(self, make: Callable[..., "QuerySet[Any]"], *names: str, **kinds: type) -> None:
        self.make, self.names, self.kinds = make, names, kinds
        self._known: dict[str, _Told] = {}

    def update(self, *new: int, **values: Any) -> int:
        """Write the new values, in the order of the names; how many rows there were."""
        return self.bound(*new, **values).run(connections[DEFAULT_DB_ALIAS])

    def bound(self, *new: int, **values: Any) -> Bound:
        """The statement for these values, not yet run."""
        here = connections[DEFAULT_DB_ALIAS]
        known = self._known.get(here.vendor)
        if known is None:
            known = self._known[here.vendor] = self._compiled(here)
        given = known.given(values)
        given[: len(new)] = new
        return Bound(known.statement, given)

    def _compiled(self, here: Any) -> "_Told":
        markers = _marked(self.kinds)
        query: Any = self.make(**markers).query.chain(UpdateQuery)
        query.add_update_values(dict.fromkeys(self.names, 1))
        return _Told.of(*query.get_compiler(connection=here).as_sql(), markers, here)


def _marked(kinds: Mapping[str, type]) -> dict[str, Any]:
    """For each value one that occurs nowhere else."""
    return {name: _MARKERS[kind](number) for number, (name, kind) in enumerate(kinds.items())}


@dataclass(frozen=True)
class _Told:
    """A statement, and which of its parameters is which value."""

    statement: Statement
    params: tuple[Any, ...]
    places: tuple[tuple[int, str, Write], ...]
    """Which parameter is which value, and how that is given."""

    @classmethod
    def of(cls, sql: str, params: Sequence[Any], markers: Mapping[str, Any], here: Any) -> Self:
        writers = {name: _adapter(type(marker), here) for name, marker in markers.items()}
        names = {str(writers[name](marker)): name for name, marker in markers.items()}
        places = {place: names[str(param)] for place, param in enumerate(params) if str(param) in names}
        if set(places.values()) != set(markers):
            raise ValueError(f"Of {set(markers)} only {set(places.values())} occur in the query: {sql}")
        return cls(
            Statement.of(str(sql), here),
            tuple(params),
            tuple((place, name, writers[name]) for place, name in places.items()),
        )

    def given(self, values: Mapping[str, Any]) -> list[Any]:
        """The parameters for these values."""
        given = list(self.params)
        for place, name, write in self.places:
            given[place] = write(values[name])
        return given


@dataclass(frozen=True)
class _Query:
    """What is remembered of a query."""

    told: _Told
    convert: Convert
    maker: "_Maker | None"

    def read(self, fetched: list[Any]) -> list[Any]:
        """Rows as they come from the database, as models or as tuples."""
        rows = [self.convert(tuple(one)) for one in fetched]
        return [self.maker.make(row) for row in rows] if self.maker else rows


def _converted(converters: Sequence[tuple[int, Any]], here: Any, raw: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values of a row, as the fields have them; `converters` as SQLCompiler.get_converters gives them, by column."""
    row = list(raw)
    for place, (functions, expression) in converters:
        value = row[place]
        for function in functions:
            value = function(value, expression, here)
        row[place] = value
    return tuple(row)


@dataclass(frozen=True)
class _Maker:
    """Makes an object of a model, with those that were selected along, from one row: as Django's ModelIterable does.

    Of `klass_info` the keys are those of SQLCompiler.get_default_columns and get_related_selections.
    """

    model: type[Model]
    names: tuple[str, ...]
    """The attributes, in the order of their columns; what is deferred is not among them."""
    start: int
    key: int
    """The column of the primary key: empty where there is no such row."""
    related: tuple[tuple["_Maker", Callable[..., None], Callable[..., None]], ...]
    """What was selected along, and how the two are told of each other."""

    @classmethod
    def of(cls, info: Any, select: Any) -> Self:
        columns = info["select_fields"]
        names = tuple(select[place][0].target.attname for place in columns)
        key = columns[names.index(info["model"]._meta.pk.attname)]  # noqa: SLF001 - Django's documented way
        related = tuple(
            (cls.of(one, select), one["local_setter"], one["remote_setter"])
            for one in info.get("related_klass_infos", ())
        )
        return cls(info["model"], names, columns[0], key, related)

    def make(self, row: tuple[Any, ...]) -> Any:
        """The object; None where the row has none."""
        if row[self.key] is None:
            return None
        made: Any = self.model.__new__(self.model)
        made._state = state = ModelState()  # noqa: SLF001 - as Model.from_db does
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        made.__dict__.update(zip(self.names, row[self.start : self.start + len(self.names)], strict=True))
        for maker, tell, tell_back in self.related:
            other = maker.make(row)
            tell(made, other)
            if other is not None:
                tell_back(other, made)
        return made


def _writer(field: Any, here: Any) -> Write:
    """How a value of this field is written; kinds that need no look at the value are told apart once."""
    target = field.target_field if field.is_relation else field
    by_django: Write = lambda value: field.get_db_prep_save(value, connection=here)  # noqa: E731 - beside its like below
    if type(target) is models.JSONField:
        adapt, encoder = here.ops.adapt_json_value, target.encoder
        return lambda value: adapt(value, encoder) if type(value) in _JSON else by_django(value)
    kind = _OF_FIELDS.get(type(target))
    if kind is None:
        return by_django
    write = _adapter(kind, here)
    return lambda value: write(value) if type(value) is kind else by_django(value)


def _adapter(kind: type, here: Any) -> Write:
    """How a value of this kind is given to this database, as Django's own fields do it."""
    if kind is UUID and not here.features.has_native_uuid_field:
        return lambda value: value.hex
    if kind is dt.datetime and here.vendor == "sqlite":
        zone = here.timezone
        return lambda value: str(value.astimezone(zone).replace(tzinfo=None))
    if kind is dt.date:
        return here.ops.adapt_datefield_value  # type: ignore[no-any-return] # Django's
    return lambda value: value
