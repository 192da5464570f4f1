"""What is written by a few prepared statements that belong together, as shortly as the database can.

An answer of a family is written thousands of times an evening; Django's own transaction costs more than its statements.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from driegesprek.web.common.prepared import VALUES, Bound, Statement, is_listened_to
from driegesprek.web.common.turns import turn, writing


def write_after(first: Bound, then: Sequence[Bound]) -> bool:
    """Write new rows, only where another statement wrote one; whether it did. In a transaction of the caller."""
    here = connections[DEFAULT_DB_ALIAS]
    return _one_by_one(here, first, then)


def write_at_once(first: Bound, then: Sequence[Bound]) -> bool:
    """The same, in a transaction of its own: all or nothing, with nothing else in it.

    PostgreSQL does two of them in one statement, which is a transaction by itself.
    """
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor == "postgresql" and len(then) == 1:
        joined = _joined(first.statement, then[0].statement)
        return bool(joined.run(here, [*first.given, *then[0].given]))
    if here.vendor == "sqlite" and not here.in_atomic_block and not is_listened_to(here):
        return _shortly(here, first, then)
    with writing():
        return _one_by_one(here, first, then)


def _one_by_one(here: Any, first: Bound, then: Sequence[Bound]) -> bool:
    if not first.run(here):
        return False
    for one in then:
        one.run(here)
    return True


def _shortly(here: Any, first: Bound, then: Sequence[Bound]) -> bool:
    """By SQLite's own driver, which begins, writes and commits."""
    here.ensure_connection()
    with here.wrap_database_errors, turn():
        driver = here.connection.cursor()
        driver.execute("BEGIN IMMEDIATE")
        try:
            driver.execute(first.statement.bare, first.given)
            written = driver.rowcount > 0
            for one in then if written else ():
                driver.execute(one.statement.bare, one.given)
            driver.execute("COMMIT")
        except BaseException:
            if here.connection.in_transaction:
                driver.execute("ROLLBACK")
            raise
        return written


@cache
def _joined(first: Statement, then: Statement) -> Statement:
    sql, found = VALUES.subn(r"SELECT \1 FROM written", then.sql, count=1)
    if not found:
        raise ValueError(f"This writes more than the values it is given: {then.sql}")
    both = f"WITH written AS ({first.sql} RETURNING 1) {sql}"
    return Statement(both, both)
