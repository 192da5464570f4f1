"""Four schools evaluated together through the pages give what their records together give; what is wrong is told."""

import io
import json

import openpyxl
import pyarrow as pa
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.evidence.test_sums import same
from tests.web import factories
from tests.web.desk import test_together as together
from tests.web.surveys import rounding

from driegesprek import content, evidence
from driegesprek.evidence import EvidenceError
from driegesprek.evidence.plans import plan_of_text
from driegesprek.evidence.sums import make_sums, results
from driegesprek.web.desk.pages import example_plans
from driegesprek.web.findings.domain import columns, gathering
from driegesprek.web.findings.models import GivenSums

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
HERE = "/desk/regio/samen/"
ITEMS = [f"after.vision_{n}" for n in (1, 2, 3)]
PLAN = together.plan(
    together.CHANGE,
    together.SCALE,
    {
        "kind": "regress",
        "name": "effect",
        "outcome": "after.vision_1",
        "blocks": "before.vision_1;before.vision_2",
        "cluster": "school",
    },
    {
        "kind": "mixed",
        "name": "schools",
        "outcome": "after.vision_1",
        "fixed": "before.vision_1",
        "group": "school",
    },
    {"kind": "mixed", "name": "classes", "outcome": "after.vision_1", "group": "school,class"},
    {"kind": "weights", "name": "means", "mean": ITEMS, "cluster": "school"},
)
NAMES = ("De Brug", "Het Anker", "De Linde", "Noord")


def taking_part(client, names):
    """Schools that measured twice, each with its sums given out by its counsellor on the page."""
    found = {}
    for place, name in enumerate(names):
        of = rounding.make_school({"2A": 1, "2B": 1}, name=name)
        row = together.closed(of, together.PEOPLE + 10 * place)
        factories.login(client, of.counsellor)
        assert together.give(client, row, PLAN).status_code == 200
        given = GivenSums.objects.get(round=row)
        found[name] = (row, client.get(together.at(row, f"{given.pk}/")).content)
    return found


def bring(client, files):
    sent = [SimpleUploadedFile(f"{name}.sums.json", content) for name, content in files]
    response = client.post(HERE, {"sums": sent})
    assert response.status_code == 200
    return response


def pooled(rows):
    parts = []
    for name, row in rows.items():
        before, after = gathering.pair(row)
        table = columns.of(gathering.given(before, after, "staff"), twice=True).table.to_pyarrow()
        parts.append(table.append_column("school", pa.array([name] * len(table))))
    everybody = evidence.table(pa.concat_tables(parts, promote_options="permissive"))
    return results(make_sums(everybody, plan_of_text(PLAN)))


@pytest.mark.parametrize(
    "names", [NAMES[:2], pytest.param(NAMES, marks=pytest.mark.only_long)], ids=["two", "four"]
)
def test_schools_through_the_pages_are_their_records_together(client, names):
    schools = taking_part(client, names)
    factories.login(client, factories.make_analyst())
    response = bring(client, [(name, file) for name, (_row, file) in schools.items()])
    found = response.context["found"]
    assert found.sums.schools == names
    expected = pooled({name: row for name, (row, _file) in schools.items()})
    assert found.withheld == ()
    for one in found.found:
        assert not isinstance(expected[one.name], EvidenceError), one.name
        same(one.plain, expected[one.name].to_plain())
    page = response.content.decode()
    assert page.count("<svg") >= 6  # change, effect, schools: wide and narrow
    assert f"{len(names)} scholen doen mee" in page
    _files(client, response.context["carried"], found)
    _more_later(client, schools, response.context["carried"])


def _files(client, carried, found):
    """The same numbers as a workbook and as JSON."""
    made = client.post(f"{HERE}uitkomst.json", {"carried": carried})
    same(json.loads(made.content), json.loads(json.dumps(found.to_plain())))
    book = openpyxl.load_workbook(
        io.BytesIO(client.post(f"{HERE}uitkomst.xlsx", {"carried": carried}).content)
    )
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert found.found[1].plain["alpha"] in cells
    assert set(found.sums.schools) <= cells


def _more_later(client, schools, carried):
    """Sums together can be brought in again, but not beside a school that is in them."""
    both = client.post(f"{HERE}sommen.json", {"carried": carried}).content
    assert bring(client, [("all", both)]).context["found"].sums.schools == tuple(schools)
    again = bring(client, [("all", both), ("again", schools["Het Anker"][1])])
    assert "twee keer" in again.content.decode()
    assert "Het Anker" in again.context["exactly"]


def sums(school="A", released=True, **changed):
    rows = {"pre": [float(n % 5) for n in range(60)], "post": [float(n % 3) for n in range(60)]}
    statistic = {"kind": "change", "name": "c", "pre": "pre", "post": "post", "cluster": "school"}
    made = make_sums(
        evidence.table(pa.table(rows)), plan_of_text(together.plan(statistic, **changed)), school=school
    )
    return json.dumps(made.to_plain() | {"released": released}).encode()


@pytest.fixture
def analyst(client):
    return factories.login(client, factories.make_analyst())


def bent(path, value):
    held = json.loads(sums())
    at = held
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return json.dumps(held).encode()


CELLS = ("parts", "c", "cells")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([sums("A"), sums("A")], "twee keer"),
        ([sums("A"), sums("B", title="Anders")], "hetzelfde plan"),
        ([sums("A", released=False)], "in de school te blijven"),
        ([b"{}"], "geen bestand met sommen"),
        ([b"\xff\xfe"], "UTF-8"),
        ([b"[" * 100_000], "geen bestand met sommen"),
        ([bent(("version",), 2)], "nieuwere versie"),
        ([bent((*CELLS, 0, "sums"), "x")], "geen bestand met sommen"),
        ([bent((*CELLS, 0, "key"), [])], "geen bestand met sommen"),
        ([bent((*CELLS, 0, "sums"), 7)], "parts → c → cells → 1 → sums"),
        ([bent(("parts", "c"), 7)], "parts → c should be an object"),
    ],
)
def test_files_that_cannot_be_combined_are_told_why(analyst, files, said):
    response = bring(analyst, [(f"f{place}", file) for place, file in enumerate(files)])
    assert said in response.content.decode()
    assert "found" not in response.context


def test_a_part_that_nobody_let_out_says_so(analyst):
    held = json.loads(sums())
    held["parts"], held["withheld"] = {}, {"c": "fewer than 10 respondents"}
    page = bring(analyst, [("a", json.dumps(held).encode())]).content.decode()
    assert "Geen school kon dit onderdeel afgeven" in page
    assert "minder dan 10 mensen" in page


def test_numbers_have_dutch_names_and_a_description_is_read_as_a_table(analyst):
    rows = {
        "age": [None if n < 20 else 12.0 + n % 3 for n in range(120)],
        "age__missing": ["refused" if n < 20 else None for n in range(120)],
        "sex": ["fm"[n % 2] for n in range(120)],
    }
    statistics = [
        {"kind": "describe", "name": "who", "items": ["age", "sex"], "levels": {"sex": ["f", "m"]}},
        {"kind": "regress", "name": "r", "outcome": "age", "blocks": "sex", "levels": {"sex": ["f", "m"]}},
    ]
    made = make_sums(evidence.table(pa.table(rows)), plan_of_text(together.plan(*statistics)), school="A")
    file = json.dumps(made.to_plain() | {"released": True}).encode()
    response = bring(analyst, [("a", file)])
    who, model = response.context["found"].found
    assert who.tables[0].headings[:3] == ("Vraag", "Mensen (n)", "Gemiddelde")
    assert who.tables[0].rows[0][-2] == "20 wilde het niet zeggen"
    assert who.tables[1].rows[0][:3] == ("f", 60, 50.0)
    assert "100 mensen gaven antwoord, gemiddeld 13,01" in who.said[1]
    assert {"Schatting (b)", "Standaardfout"} <= set(model.tables[2].headings)
    assert "se_cr2" not in response.content.decode()


@pytest.mark.parametrize("sent", ["", "x", "eJw=", "QUJD"])
def test_what_did_not_arrive_whole_makes_no_file(analyst, sent):
    assert analyst.post(f"{HERE}uitkomst.xlsx", {"carried": sent}).status_code == 302


def test_a_plan_is_told_in_words(analyst):
    file = SimpleUploadedFile("plan.json", PLAN.encode())
    response = analyst.post(HERE, {"deed": "plan", "plan_file": file})
    assert [name for name, _kind, _about in response.context["told"]][:2] == ["vision", "items"]
    broken = analyst.post(HERE, {"deed": "plan", "plan_file": SimpleUploadedFile("plan.json", b"{}")})
    assert "geen plan dat te lezen is" in broken.content.decode()


@pytest.mark.parametrize("times", ["1", "2"])
def test_an_example_of_every_instrument_is_a_plan(analyst, times):
    for key, _title in example_plans.choices():
        made = analyst.get(f"{HERE}voorbeeld.json", {"instrument": key, "times": times})
        plan = plan_of_text(made.content.decode())
        scales = {one.name for one in content.instrument(key).scales}
        assert {one.name.partition(",")[0] for one in plan.statistics} == scales


@pytest.mark.only_long
def test_an_example_runs_at_a_school_that_asked_it(client):
    of = rounding.make_school({"2A": 1, "2B": 1})
    row = together.closed(of)
    factories.login(client, of.counsellor)
    text = json.dumps(example_plans.plan("school_scan", twice=True))
    assert together.look(client, row, text).context["preview"].any_leaves


def test_who_may(client):
    of = rounding.make_school({"2A": 1})
    factories.login(client, of.mentors["2A"])
    assert client.get(HERE).status_code == 404
    factories.login(client, of.counsellor)
    assert client.get(HERE).status_code == 200
