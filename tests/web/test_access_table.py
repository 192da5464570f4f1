"""Every address × method × role, against a committed table; an address that is missing there fails.

To renew the table after a change, and then read what changed in it:
`DRIEGESPREK_WRITE_TABLE=1 .venv/bin/python -m pytest tests/web/test_access_table.py`.
"""

import copy
import csv
import os

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web import world as worlds
from tests.web.addresses import TABLE, all_addresses, answers

pytestmark = pytest.mark.django_db
SECOND = "postgresql" in os.environ.get("DRIEGESPREK_DATABASE", "")
METHODS = ("GET", "POST")
HEADINGS = ("address", "method", *worlds.ROLES)
ADDRESSES = {one.name: one for one in all_addresses()}
# Where a parameter of the same name means something else.
SPECIAL = {
    ("family:door", "secret"): "door_secret",
    ("accept_invitation", "secret"): "invitation",
    ("family:who", "door_id"): "pupil_door_id",
    ("family:together", "door_id"): "pupil_door_id",
    ("family:together_question", "door_id"): "pupil_door_id",
    ("family:together_share", "door_id"): "pupil_door_id",
    ("family:survey_consent", "activity_id"): "round_id",
    ("family:survey_draw", "activity_id"): "round_id",
    ("family:worlds", "activity_id"): "round_id",
    ("family:medium", "activity_id"): "round_id",
    ("family:choosing_page", "key"): "page_key",
    ("desk:survey_codes", "round_id"): "anonymous_round_id",
    ("desk:survey_codes_file", "round_id"): "anonymous_round_id",
    ("desk:survey_code_again", "round_id"): "anonymous_round_id",
}
# Logging in and the like write a session; reading special data writes to the audit log. A GET writes nothing else.
MAY_WRITE = ("common_auditentry", "django_session")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):

    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")),
        transaction.atomic(),
    ):
        yield worlds.build()
        transaction.set_rollback(True)


def path_of(address, values):
    if address.name == "desk:progress_export":
        values = values | {"what": "klassen"}
    arguments = {name: values[SPECIAL.get((address.name, name), name)] for name in address.parameters}
    return reverse(address.name, kwargs=arguments)


def call(client, method, path):
    """The status, with everything rolled back, cookies too; a GET is watched for writing."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        response = client.generic(method, path)
        status = response.status_code
        if response.streaming:
            list(response.streaming_content)  # read to its end, so that the file is closed
        transaction.set_rollback(True)
    client.cookies = cookies
    asked = list(queries)
    connection.queries_log.clear()  # Django keeps 9,000 and warns
    written = [
        query["sql"][:120]
        for query in asked
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
        and not any(table in query["sql"] for table in MAY_WRITE)
    ]
    return status, written if method == "GET" else []


def rows_of(address, world):
    path = path_of(address, world.values)
    for method in METHODS:
        found = {}
        for role, client in world.clients.items():
            found[role], written = call(client, method, path)
            assert not written, f"GET {address.name} writes: {written}"
        yield {"address": address.name, "method": method} | {
            role: str(status) for role, status in found.items()
        }


@pytest.mark.skipif("DRIEGESPREK_WRITE_TABLE" not in os.environ, reason="only to renew the table")
def test_write_the_table(world):
    with TABLE.open("w", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS, lineterminator="\n")
        writer.writeheader()
        for address in ADDRESSES.values():
            writer.writerows(rows_of(address, world))


@pytest.mark.skipif(not SECOND, reason="the whole table is looked at here")
def test_the_second_database_answers_who_may_see_most_as_the_first(world):
    table = answers()
    for name, address in ADDRESSES.items():
        status, _ = call(world.clients["counsellor"], "GET", path_of(address, world.values))
        assert str(status) == table[name, "GET"]["counsellor"], name


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.either_database
def test_who_may_call_what(name, world):
    table = answers()
    for row in rows_of(ADDRESSES[name], world):
        assert (name, row["method"]) in table, f"{name} is not in {TABLE.name}"
        assert row == table[name, row["method"]]


@pytest.mark.either_database
def test_the_table_holds_no_address_that_is_gone():
    assert {name for name, _ in answers()} == set(ADDRESSES)


@pytest.mark.either_database
def test_every_view_says_who_may_call_it():
    assert [name for name, one in ADDRESSES.items() if not hasattr(one.view, "access")] == []


def rows_below(namespace):
    """Rows of the table by (name, method): those of one namespace."""
    found = {key: row for key, row in answers().items() if key[0].startswith(namespace)}
    assert len(found) > 40
    return found


@pytest.mark.either_database
def test_families_and_strangers_see_nothing_of_the_desk():
    families = ("anonymous", "parent", "other_parent", "pupil")
    for (name, method), row in rows_below("desk:").items():
        if name == "desk:begin":
            continue
        assert {row[role] for role in families} <= {"302", "405"}, (name, method)  # sent to log in
        if set(ADDRESSES[name].parameters) - {"kind", "what", "language", "key"}:
            assert row["other_staff"] in {"404", "405"}, (name, method)


@pytest.mark.either_database
def test_a_door_opens_for_its_own_people_only():
    for (name, method), row in rows_below("family:").items():
        if "door_id" in ADDRESSES[name].parameters:
            own = "pupil" if (name, "door_id") in SPECIAL else "parent"
            others = set(worlds.ROLES) - {own}
            assert {row[role] for role in others} <= {"401", "403", "404", "405"}, (name, method)


OF_THE_REGION = {
    "desk:region",
    "desk:region_bottlenecks",
    "desk:region_example_plan",
    "desk:region_together",
    "desk:region_together_json",
    "desk:region_together_sums",
    "desk:region_together_xlsx",
    "desk:scenario_from_file",
    "desk:scenarios_compare",
    "desk:targets",
}
"""What an account of a municipality sees of the desk, apart from scenarios and targets of its own office: open data, and
sums that schools gave out and it brings in itself."""


@pytest.mark.either_database
def test_an_analyst_sees_the_region_and_nothing_of_any_school():
    for (name, method), row in rows_below("desk:").items():
        refused = {"404", "405"} | ({"302"} if name == "desk:home" else set())
        assert name in OF_THE_REGION or row["analyst"] in refused, (name, method)
