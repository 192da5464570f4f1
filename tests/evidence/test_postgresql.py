"""The same plan where the rows are in PostgreSQL: the same numbers to 1e-9."""

import ibis
import psycopg
import pytest
from tests import postgres
from tests.evidence.test_sums import PLAN, arrow, plain, same

from driegesprek import evidence
from driegesprek.evidence.plans import plan_of
from driegesprek.evidence.sums import make_sums, results

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def table():
    pytest.importorskip("ibis.backends.postgres")
    with postgres.server() as server:
        held = arrow()
        kinds = {"string": "text", "int64": "bigint", "double": "double precision"}
        columns = ", ".join(f'"{field.name}" {kinds[str(field.type)]}' for field in held.schema)
        with psycopg.connect(server.address) as connection:
            connection.execute(f"CREATE TABLE pupils ({columns})")
            with connection.cursor().copy("COPY pupils FROM STDIN") as copy:
                for row in held.to_pylist():
                    copy.write_row(list(row.values()))
        backend = ibis.connect(server.address)
        yield backend.table("pupils")
        backend.disconnect()


def test_postgresql_gives_the_same_numbers(table):
    there = plain(results(make_sums(evidence.table(table), plan_of(PLAN))))
    here = plain(results(make_sums(evidence.table(arrow()), plan_of(PLAN))))
    same(there, here)
    assert evidence.regress(evidence.table(table), outcome="post", blocks="pre+sex", cluster="school").n > 500
