"""The same plan where the rows are in Spark, an optional extra: the same numbers to 1e-9."""

import importlib.util
import os
import shutil

import pyarrow.parquet as pq
import pytest
from tests.evidence.test_sums import PLAN, arrow, plain, same

from driegesprek import evidence
from driegesprek.evidence.plans import plan_of
from driegesprek.evidence.sums import make_sums, results


def lacking():
    """Why Spark cannot be asked here, if it cannot."""
    if not os.environ.get("DRIEGESPREK_LONG"):
        return "make long"
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed: pip install 'driegesprek[spark]'"
    return None if shutil.which("java") else "there is no Java: apt-get install default-jre-headless"


pytestmark = [
    pytest.mark.only_long,
    pytest.mark.skipif(lacking() is not None, reason=str(lacking())),
    # What Spark says of the version of pandas is not about the numbers.
    pytest.mark.filterwarnings(
        "ignore::FutureWarning", "ignore::DeprecationWarning", "ignore::ResourceWarning"
    ),
]


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    import ibis  # noqa: PLC0415 -- only where Spark is
    from pyspark.sql import SparkSession  # noqa: PLC0415

    path = tmp_path_factory.mktemp("spark") / "pupils.parquet"
    pq.write_table(arrow(), path)
    made = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = made.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    yield ibis.pyspark.connect(session).read_parquet(str(path), table_name="pupils")
    session.stop()


def test_spark_gives_the_same_numbers(table):
    there = plain(results(make_sums(evidence.table(table), plan_of(PLAN))))
    same(there, plain(results(make_sums(evidence.table(arrow()), plan_of(PLAN)))))
    found = evidence.regress(evidence.table(table), outcome="post", blocks="pre+sex", cluster="school")
    here = evidence.regress(evidence.table(arrow()), outcome="post", blocks="pre+sex", cluster="school")
    same(found.to_plain(), here.to_plain())
