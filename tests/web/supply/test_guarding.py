"""Small numbers in what somebody brought in: an attacker reads every page and file and solves for them."""

import csv
import io
import itertools
import re

import lxml.html
import numpy as np
import openpyxl
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, sparse
from tests.web.conftest import TODAY

from driegesprek import region
from driegesprek.evidence.disclosure import attacker
from driegesprek.evidence.disclosure.cells import in_bounds, may_stand_beside
from driegesprek.region.dataset import Kind
from driegesprek.region.moving import is_technical
from driegesprek.web.atlas.pages import child, leaflets
from driegesprek.web.common.speaking import Speaker
from driegesprek.web.supply import guarding, opendata
from driegesprek.web.supply.guarded import GuardedStore, is_brought_in
from driegesprek.web.supply.guarding_people import people

CELLS = {
    ("Rotterdam", "PIE", "Techniek"): 43,
    ("Rotterdam", "PIE", "Zorg"): 7,
    ("Rotterdam", "PIE", "Handel"): 31,
    ("Rotterdam", "Groen", "Techniek"): 3,
    ("Rotterdam", "Groen", "Zorg"): 58,
    ("Rotterdam", "Z&W", "Zorg"): 64,
    ("Emmen", "PIE", "Techniek"): 12,
    ("Emmen", "PIE", "Zorg"): 2,
    ("Emmen", "Groen", "Techniek"): 15,
    ("Emmen", "Groen", "Handel"): 11,
}
"""Invented."""
PLACES = ("NL", "Rotterdam", "Emmen", "MRDH", "province:Drenthe", "Samen")


def lines(head, cells):
    return "\n".join([head, *(";".join(map(str, (*key, n))) for key, n in cells.items())]) + "\n"


def totals():
    """A row for each profile of a municipality, as spreadsheets have them."""
    found = {}
    for (town, profile, _direction), n in CELLS.items():
        found[town, profile, "Totaal"] = found.get((town, profile, "Totaal"), 0) + n
    return found


@pytest.fixture
def bring(imported, tmp_path):
    """Bring in a file of one's own."""

    def taken(name, text):
        (tmp_path / name).write_text(text)
        datasets = region.read(tmp_path / name)
        opendata.store().keep(datasets, today=TODAY)
        return datasets

    return taken


@pytest.fixture
def flows(bring):
    """Flows with small numbers, with and without a total of each profile, and a region of one's own."""
    bring("regios.csv", "REGIO;GEMEENTE\nSamen;Rotterdam\nSamen;Emmen\n")
    return bring("stromen-2022.csv", lines("GEMEENTE;PROFIEL;SECTORKAMER;DOORSTROMERS", CELLS | totals()))


@pytest.fixture
def without_gate(monkeypatch):
    """The pages as they were: what was imported as it stands."""
    monkeypatch.setattr(GuardedStore, "columns", region.Store.columns)
    monkeypatch.setattr(GuardedStore, "table", region.Store.table)
    monkeypatch.setattr(GuardedStore, "remark", lambda *_: None)


def table(client, name, area, kind="csv"):
    response = client.get(reverse("atlas:download", args=[name, kind]), {"area": area})
    return response.content if response.status_code == 200 else b""


def told(client, area):
    """(profile, how many to technology, of how many) as far as the file of an area has them."""
    rows = list(csv.reader(io.StringIO(table(client, "flow", area).decode("utf-8-sig")), delimiter=";"))
    if not rows or "Van" not in rows[0]:
        return []
    columns = [rows[0].index(one) for one in ("Leerlingen", "Van")]
    return [
        (row[0], *(int(row[at]) if row[at] else None for at in columns))
        for row in rows[1:]
        if len(row) > max(columns) and any(row[at] for at in columns)
    ]


TOWNS = {"Rotterdam": {"Rotterdam"}, "Emmen": {"Emmen"}, "province:Drenthe": {"Emmen"}, "MRDH": {"Rotterdam"}}


def known(client):
    """What an attacker knows: (cells, their sum) of every number in every file."""
    names = {"PIE": "Produceren", "Groen": "Groen", "Z&W": "Zorg en welzijn"}
    found = []
    for area in PLACES:
        towns = TOWNS.get(area, {"Rotterdam", "Emmen"})
        for label, part, whole in told(client, area):
            mine = [key for key in CELLS if key[0] in towns and label.startswith(names[key[1]])]
            for number, cells in ((part, [one for one in mine if is_technical(one[2])]), (whole, mine)):
                if number is not None:
                    found.append((cells, number))
    return found


def interval(equations, cell):
    """The least and the most that a cell can be, for who knows these sums."""
    order = {key: at for at, key in enumerate(CELLS)}
    matrix = sparse.lil_matrix((len(equations), len(order)))
    for row, (cells, _) in enumerate(equations):
        matrix[row, [order[one] for one in cells]] = 1
    numbers = np.array([n for _, n in equations], float)
    ends = []
    for sign in (1.0, -1.0):
        cost = np.zeros(len(order))
        cost[order[cell]] = sign
        found = attacker._solve(cost, matrix.tocsr(), [(0, 1_000)] * len(order), numbers)
        ends.append(found[order[cell]])
    return ends


def narrow(equations):
    found = {cell: interval(equations, cell) for cell, n in CELLS.items() if n < 10}
    return {cell for cell, (low, high) in found.items() if high - low < 9 - attacker.EPSILON}


@pytest.mark.django_db
def test_no_sum_of_any_area_gives_a_small_number_away(client, flows):
    equations = known(client)
    assert equations, "what is large enough is told"
    assert not narrow(equations)
    assert all(n >= 10 for _cells, n in equations)


@pytest.mark.django_db
def test_the_same_attacker_finds_them_without_the_gate(client, bring, without_gate):
    bring("stromen-2022.csv", lines("GEMEENTE;PROFIEL;SECTORKAMER;DOORSTROMERS", CELLS))
    assert narrow(known(client)) >= {("Rotterdam", "Groen", "Techniek"), ("Emmen", "PIE", "Zorg")}


EXACT = {
    100 * n / sum(m for other, m in CELLS.items() if other[:2] == cell[:2])
    for cell, n in CELLS.items()
    if n < 10
}
"""The shares of the small numbers."""


def addresses():
    about = [reverse(f"atlas:{page}", args=["flow"]) for page in ("indicator", "trend")]
    files = itertools.product(("download", "trend_file"), ("csv", "svg"))
    about += [reverse(f"atlas:{one}", args=["flow", kind]) for one, kind in files]
    about += [reverse("atlas:flows_file", args=[kind]) for kind in ("csv", "svg")]
    return [
        *about,
        reverse("atlas:bottlenecks") + "?indicator=flow",
        reverse("atlas:ways") + "?profiel=groen",
    ]


def shares_told(client, area):
    """The shares of small numbers that stand in words or in a workbook."""
    secret = {f"{one:.1f}".replace(".", ",") for one in EXACT}
    found = set()
    for address in addresses():
        response = client.get(address, {"area": area} if "?" not in address else {})
        said = response.content.decode("utf-8-sig")
        said = said if ".csv" in address else lxml.html.fromstring(response.content).text_content()
        found |= set(re.findall(r"(?<![\d,.])\d+,\d(?!\d)", said)) & secret
    return found | shares_in_book(client, area)


def shares_in_book(client, area):
    book = openpyxl.load_workbook(io.BytesIO(table(client, "flow", area, "xlsx")))
    cells = [one for row in book.worksheets[0].iter_rows(values_only=True) for one in row]
    numbers = [one for one in cells if isinstance(one, int | float)]
    return {one for one in numbers if any(abs(one - x) < 1e-6 for x in EXACT)} | {
        one for one in numbers if isinstance(one, int) and 0 < one < 10
    }


@pytest.mark.django_db
@pytest.mark.parametrize("area", ["NL", "Rotterdam", "Emmen"])
def test_no_page_and_no_file_has_the_share_of_a_small_number(client, flows, area):
    assert not shares_told(client, area)


@pytest.mark.django_db
@pytest.mark.parametrize("area", ["Rotterdam", "Emmen"])
def test_the_same_look_finds_them_without_the_gate(client, bring, without_gate, area):
    bring("stromen-2022.csv", lines("GEMEENTE;PROFIEL;SECTORKAMER;DOORSTROMERS", CELLS))
    assert shares_told(client, area)


@pytest.mark.django_db
def test_page_and_file_say_why(client, flows):
    page = client.get(reverse("atlas:indicator", args=["flow"]), {"area": "Rotterdam"}).text
    assert "van minder dan 10 mensen" in page
    assert "van minder dan 10 mensen" in table(client, "flow", "Rotterdam").decode("utf-8-sig")


@pytest.mark.django_db
def test_open_data_of_a_publisher_are_as_they_were(bring):
    (students,) = bring(
        "mbo-2024.csv",
        "JAAR;INSTELLINGSCODE;INSTELLINGSNAAM;PROVINCIE INSTELLING;WOONGEMEENTE;SECTORKAMER;BBL;BOLDT;BOLVT;TOTAAL MBO\n"
        "2024;00BB;Techniekcollege;Zuid-Holland;Delft;Techniek;7;0;60;67\n",
    )
    (inhabitants,) = bring(
        "bevolking.csv",
        "Leeftijd;Regio's;Perioden;Bevolking op 1 januari (aantal)\n10 tot 15 jaar;Delft;2025;4\n",
    )
    store = opendata.store()
    for dataset in (students, inhabitants):
        entry = store.find(dataset.kind)
        assert not is_brought_in(entry)
        assert list(store.columns(entry)["low"]) == list(dataset.columns["low"])
    pupils = store.find(Kind.PUPILS)
    assert pupils.publisher == "DUO"
    assert store.columns(pupils) == region.Store(store.folder).columns(pupils)


@pytest.mark.django_db
def test_what_an_earlier_version_kept_is_protected_until_it_is_brought_in_again(bring, flows):
    text = "Leeftijd;Regio's;Perioden;Bevolking op 1 januari (aantal)\n10 tot 15 jaar;Delft;2025;4\n"
    bring("bevolking.csv", text)
    manifest = opendata.store().folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"publisher": "CBS"', '"publisher": ""'))
    assert opendata.store().columns(opendata.store().find(Kind.POPULATION))["high"] == [9]
    bring("bevolking.csv", text)
    assert opendata.store().columns(opendata.store().find(Kind.POPULATION))["high"] == [4]


@pytest.mark.django_db
def test_a_total_of_students_in_another_file_gives_no_route_away(bring):
    bring(
        "mbo-2022.csv",
        "WOONGEMEENTE;SECTORKAMER;LEERWEG;AANTAL STUDENTEN\nEmmen;Zorg;BOL;22\nEmmen;Zorg;BBL;8\nEmmen;ICT;BOL;20\n",
    )
    bring(
        "reizen-2022.csv",
        "WOONGEMEENTE;SECTORKAMER;AANTAL STUDENTEN;GEMIDDELDE FIETSAFSTAND\n"
        "Emmen;Zorg;30;4,2\nEmmen;ICT;20;5\nEmmen;Bouw;3;11,1\n",
    )
    store = opendata.store()
    found = store.columns(store.find(Kind.TRAVEL))
    assert list(zip(found["low"], found["high"], found["distance_mean"], strict=True)) == [
        (0, None, 4.2),
        (20, 20, 5.0),
        (0, 9, None),
    ]


def moved(kind, names, cells):
    columns = {name: [key[at] for key in cells] for at, name in enumerate(names)}
    columns |= {"low": list(cells.values()), "high": list(cells.values())}
    columns |= {name: [""] * len(cells) for name in guarding.DIMENSIONS[kind] if name not in columns}
    return guarding.moving(kind, columns, range(len(cells))).columns


def test_nobody_who_stays_or_goes_is_a_small_number_too():
    names = ("municipality", "row_year", "origin", "destination")
    found = moved(Kind.SWITCHES, names, {("Emmen", 2024, "pie", "Zorg"): 40, ("Emmen", 2024, "zw", "zw"): 30})
    rows = set(zip(found["origin"], found["destination"], found["low"], found["high"], strict=True))
    assert {("pie", "pie", 0, 9), ("zw", "Zorg", 0, 9), ("pie", "Zorg", 40, 40)} == rows - {
        ("zw", "zw", 30, 30)
    }


@given(st.integers(0, 40), st.integers(0, 8))
def test_bounds_hold_the_number_and_are_the_same_for_every_small_one(low, more):
    least, most = in_bounds((low, low + more), 10)
    assert least <= low <= low + more <= most
    if low < 10:
        assert (least, most % 10) == (0, 9)
    assert in_bounds((low, None), 10)[1] is None


def test_a_total_stands_beside_parts_where_the_rest_is_nobody_or_enough():
    assert may_stand_beside((60, 60), [(30, 30), (30, 30)], 10)
    assert may_stand_beside((70, 70), [(30, 30), (30, 30)], 10)
    assert not may_stand_beside((65, 65), [(30, 30), (30, 30)], 10)
    assert not may_stand_beside((39, 39), [(30, 30), (9, 9)], 10)
    assert not may_stand_beside((60, 60), [(30, 34)], 10)


ATOMS = list(itertools.product(range(3), (True, False)))
"""Three ages, from outside Europe or not."""
SPANS = ((10, 11), (11, 12), (12, 13), (10, 12), (10, 13))


def covers(span, outside):
    return [(age, one) for age, one in ATOMS if span[0] <= 10 + age < span[1] and outside in {None, one}]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from([0, 2, 6, 9, 10, 13, 25, 80]), min_size=6, max_size=6),
    st.sets(st.sampled_from(list(itertools.product(SPANS, (None, True, False)))), min_size=2, max_size=9),
)
def test_no_small_group_of_inhabitants_follows_from_wider_ones(numbers, chosen):
    true = dict(zip(ATOMS, numbers, strict=True))
    rows = sorted(chosen, key=str)
    counts = [sum(true[one] for one in covers(*row)) for row in rows]
    named = {None: "Totaal", True: "Buiten Europa", False: "Nederland"}
    columns = {
        "municipality": ["Emmen"] * len(rows),
        "row_year": [2025] * len(rows),
        "age_from": [span[0] for span, _ in rows],
        "age_to": [span[1] for span, _ in rows],
        "origin": [named[outside] for _, outside in rows],
        "low": counts,
        "high": counts,
    }
    found = people(columns, range(len(rows))).columns
    shown = list(
        zip(found["age_from"], found["age_to"], found["origin"], found["low"], found["high"], strict=True)
    )
    bounds = {
        ((a, b), region.people.outside_europe(origin)): (low, high) for a, b, origin, low, high in shown
    }
    assert set(bounds) == set(rows)
    sums = np.array([[one in covers(*row) for one in ATOMS] for row in rows], float)
    low, high = (
        np.array([bounds[row][at] if bounds[row][at] is not None else 1e4 for row in rows], float)
        for at in (0, 1)
    )
    targets = [*sums, *(a - b for a, b in itertools.permutations(sums, 2) if (a >= b).all())]
    for target in targets:
        if 0 < sum(target * numbers) < 10:
            ends = [
                sign
                * optimize.linprog(
                    sign * target, A_ub=np.vstack([sums, -sums]), b_ub=np.concatenate([high, -low])
                ).fun
                for sign in (1.0, -1.0)
            ]
            assert ends[1] - ends[0] >= 9 - 1e-6


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "Van kleine groepen"), ("en", "small groups"), ("tr", "Küçük gruplar"), ("pl", "małych grup"),
     ("uk", "малих груп"), ("ar", "للمجموعات الصغيرة")],
)  # fmt: skip
def test_families_read_why_there_are_two_numbers(client, flows, language, words):
    choose = client.get(reverse("atlas:child"), {"plek": "3003", "taal": language}).text
    ways = client.get(reverse("atlas:ways"), {"profiel": "groen", "taal": language}).text
    assert (words in choose, words in ways) == (True, True)
    sheet = leaflets.leaflet(child.look("3003", language), Speaker(language))
    assert words in sheet.flows_note.text


@pytest.mark.django_db
def test_where_every_number_is_told_nothing_is_said_of_small_groups(client, imported):
    assert "Van kleine groepen" not in client.get(reverse("atlas:child"), {"plek": "3003"}).text
    assert leaflets.leaflet(child.look("3003", "nl"), Speaker("nl")).flows_note is None


@pytest.mark.django_db
def test_bottlenecks_say_what_they_do_not_compare(client, flows):
    asked = {"indicator": "flow", "area": "Emmen"}
    page = client.get(reverse("atlas:bottlenecks"), asked).text
    assert "wordt hier niet vergeleken (2)" in " ".join(page.split())
    assert "van minder dan 10 mensen" in page
