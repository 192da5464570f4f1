import copy
import csv
import io
import re

import pytest
from openpyxl import load_workbook
from tests.web import factories
from tests.web.surveys import simulating

from driegesprek.web.common.models import AuditEntry
from driegesprek.web.line.models import Step
from driegesprek.web.surveys.domain import answers

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(for_all):
    return simulating.make_world({"2A": 25, "2B": 25})


@pytest.fixture
def world(made):
    return copy.deepcopy(made)


@pytest.fixture
def counsellor(client, world):
    return factories.login(client, factories.make_staff(world.school, "counsellor"))


def at(world, rest=""):
    return f"/desk/resultaten/{world.activity.pk}/{rest}"


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def stays(response, world):
    """Whether the figure was kept here, and the page says why."""
    return response.status_code == 302 and response["Location"].startswith(at(world))


def test_the_list_has_the_rounds_one_may_see(world, counsellor):
    simulating.make_world({"2A": 1}, name="Elders")
    page = text(counsellor.get("/desk/resultaten/"))
    assert re.findall(r"/desk/resultaten/([0-9a-f-]{36})/", page) == [str(world.activity.pk)]


def test_who_handed_in_per_class_and_voice(world, counsellor):
    simulating.pupils_answer(world, "2A", 12)
    simulating.adults_answer(world, "2A", 7)
    alone = simulating.seat(world, world.classes["2B"], "adult", "stand-in", channel="together")
    simulating.hand_in(alone, {"/informed": "yes"})
    Step.objects.filter(pupil=world.pupils["2B"][0]).update(done_by="paper")
    page = counsellor.get(at(world))
    rows = {row.name: row for row in page.context["turnout"]}
    assert (rows["2A"].pupils, rows["2A"].of_pupils, rows["2A"].adults, rows["2A"].of_adults) == (
        12,
        25,
        7,
        25,
    )
    assert (rows["2B"].adults, rows["2B"].together, rows["2B"].paper) == (0, 1, 1)


@pytest.mark.either_database
def test_a_question_is_a_figure_with_words_and_a_table(world, counsellor):
    simulating.adults_answer(world, "2A", 20)
    page = counsellor.get(at(world, "?voice=adult"))
    chart = next(one for one in page.context["results"].charts if one.variable.name == "informed")
    assert list(chart.variable.codes) == ["no", "partly", "yes"]
    assert "<desc>" in chart.figures[0].svg
    n = int(dict(chart.numbers.rows)[chart.numbers.rows[0][0]][0])
    counted = sum(int(cells[0].split()[0]) for _label, cells in chart.numbers.rows[1:4])
    assert n == counted >= 10
    assert simulating.SECRET not in text(page)
    assert "style=" not in text(page).split("<main")[1]


@pytest.mark.either_database
def test_free_text_is_not_listed(world, counsellor):
    simulating.pupils_answer(world, "2A", 25)
    page = text(counsellor.get(at(world)))
    assert simulating.SECRET not in page
    assert "curious" not in page


def test_nine_are_too_few_and_ten_are_not(world, counsellor):
    simulating.pupils_answer(world, "2A", 9)
    assert not counsellor.get(at(world)).context["results"].charts
    simulating.pupils_answer(world, "2B", 1)
    assert counsellor.get(at(world)).context["results"].charts


def test_a_small_class_is_hidden_and_the_other_one_with_it(world, counsellor):
    simulating.adults_answer(world, "2A", 20)
    simulating.adults_answer(world, "2B", 4)
    page = counsellor.get(at(world, "?voice=adult&by=class"))
    numbers = next(
        one for one in page.context["results"].charts if one.variable.name == "call_wanted"
    ).numbers
    everybody, a, b = numbers.rows[0][1]
    assert everybody == "24"
    assert not a.isdigit()
    assert not b.isdigit()


@pytest.mark.either_database
def test_by_language_stand_languages_by_name(world, counsellor):
    simulating.adults_answer(world, "2A", 25)
    simulating.adults_answer(world, "2B", 25)
    page = counsellor.get(at(world, "?voice=adult&by=language"), headers={"accept-language": "nl"})
    assert {"Nederlands", "Turks"} <= set(page.context["results"].charts[0].numbers.groups)


def test_a_mentor_sees_the_own_class_only_and_from_ten_on(client, world):
    factories.login(client, world.classes["2B"].mentor)
    simulating.pupils_answer(world, "2A", 25)
    simulating.pupils_answer(world, "2B", 9)
    page = client.get(at(world))
    assert [row.name for row in page.context["turnout"]] == ["2B"]
    assert page.context["results"].n == 9
    assert not page.context["results"].charts
    simulating.pupils_answer(world, "2B", 11)
    page = client.get(at(world, "?by=class"))
    assert page.context["results"].n == 11
    assert page.context["results"].charts[0].numbers.groups == ("2B",)


def test_another_class_and_another_school_are_not_there(client, world):
    other = simulating.make_world({"2A": 1}, name="Elders")
    factories.login(client, factories.make_staff(other.school, "counsellor", "leader"))
    for rest in ("", "adult/tellingen.csv", "adult/figuur/informed.svg"):
        assert client.get(at(world, rest)).status_code == 404
    lonely = factories.make_class(world.school, "3A", mentor=factories.make_staff(world.school))
    factories.login(client, lonely.mentor)
    assert client.get(at(world)).status_code == 404


@pytest.mark.parametrize(
    "rest", ["paper/tellingen.csv", "adult/tellingen.pdf", "adult/figuur/nothing.svg", "x/tellingen.csv"]
)
def test_what_is_not_there_is_not_found(world, counsellor, rest):
    simulating.adults_answer(world, "2A", 11)
    assert counsellor.get(at(world, rest)).status_code == 404


def test_the_file_is_audited_and_its_numbers_are_of_ten(world, counsellor):
    simulating.adults_answer(world, "2A", 22)
    simulating.adults_answer(world, "2B", 20)
    response = counsellor.get(at(world, "adult/tellingen.xlsx"))
    book = load_workbook(io.BytesIO(response.content))
    cells = [cell.value for row in book.worksheets[0].iter_rows(min_row=2, max_col=5) for cell in row]
    assert min(cell for cell in cells if isinstance(cell, int)) >= 10
    assert len(book.worksheets) == 2
    assert "no-store" in response["Cache-Control"]
    entry = AuditEntry.objects.get(verb="counts exported")
    assert entry.detail == {"voice": "adult", "format": "xlsx"}


@pytest.mark.either_database
def test_a_dutch_csv_has_a_comma_and_its_notes_inside(world, counsellor):
    simulating.adults_answer(world, "2A", 22)
    simulating.adults_answer(world, "2B", 20)
    response = counsellor.get(at(world, "adult/tellingen.csv"), headers={"accept-language": "nl"})
    written = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(written), delimiter=";"))
    assert re.search(r";\d+,\d;", written)
    assert len({len(row) for row in rows}) == 1
    assert any("10" in row[6] for row in rows[-5:])


@pytest.mark.either_database
def test_a_mentor_s_file_has_the_own_class_only(client, world):
    simulating.adults_answer(world, "2A", 25)
    simulating.adults_answer(world, "2B", 25)
    factories.login(client, world.classes["2B"].mentor)
    lines = client.get(at(world, "adult/tellingen.csv")).content.decode("utf-8-sig").splitlines()
    groups = {line.split(";")[1] for line in lines[1:]} - {""}
    assert groups == {"2B"}


@pytest.mark.either_database
def test_a_figure_may_be_taken_along_only_where_every_cell_may(world, counsellor):
    for of in world.classes.values():
        for i, pupil in enumerate(world.pupils[of.name]):
            seat = simulating.seat(world, of, "adult", pupil.mother.pk)
            wish = "no" if i % 2 else "yes"
            known = "no" if i == 0 else "yes"
            simulating.hand_in(seat, {"/call_wanted": wish, "/informed": known})
    for by in ("", "class"):
        shown = counsellor.get(at(world, f"?voice=adult&by={by}")).context["results"].charts
        free = {one.variable.name: one.downloadable for one in shown}
        assert free["informed"] is False
        assert stays(counsellor.get(at(world, f"adult/figuur/informed.svg?by={by}")), world)
    assert {
        one.variable.name: one.downloadable
        for one in counsellor.get(at(world, "?voice=adult")).context["results"].charts
    }["call_wanted"]
    response = counsellor.get(at(world, "adult/figuur/call_wanted.svg"))
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert AuditEntry.objects.filter(verb="figure exported").count() == 1
    assert stays(counsellor.get(at(world, "adult/figuur/informed_level.svg")), world)
    assert stays(counsellor.get(at(world, "adult/figuur/call_wanted.svg?by=language")), world)


def test_answers_taken_back_are_gone_at_once(world, counsellor):
    simulating.pupils_answer(world, "2A", 10)
    assert counsellor.get(at(world)).context["results"].charts
    answers.withdraw(simulating.seat(world, world.classes["2A"], "pupil", world.pupils["2A"][0].pk))
    assert not counsellor.get(at(world)).context["results"].charts


def test_a_round_without_answers_says_so(world, counsellor):
    page = counsellor.get(at(world, "?voice=nobody&by=nothing"))
    assert page.context["results"].n == 0
    assert page.context["asked"].by == ""


@pytest.mark.parametrize("by", ["", "class", "language"])
def test_the_queries_do_not_grow(world, counsellor, by, django_assert_max_num_queries):
    simulating.adults_answer(world, "2A", 11)
    counsellor.get(at(world, f"?voice=adult&by={by}"))
    with django_assert_max_num_queries(14):
        counsellor.get(at(world, f"?voice=adult&by={by}"))
    simulating.adults_answer(world, "2A", 25)
    simulating.adults_answer(world, "2B", 25)
    with django_assert_max_num_queries(14):
        counsellor.get(at(world, f"?voice=adult&by={by}"))
