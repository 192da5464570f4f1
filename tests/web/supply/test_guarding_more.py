"""The same attacker on files of one's own that tell of switching, of mbo students and of travel: every page, every file."""

import csv
import io
import itertools
import re

import lxml.html
import numpy as np
import openpyxl
import pytest
from django.urls import reverse
from scipy import optimize
from tests.web.supply.test_guarding import TOWNS, bring, lines, without_gate

from driegesprek.web.supply import opendata

__all__ = ["bring", "without_gate"]

SWITCHES = {
    ("Rotterdam", 2022, "pie", "pie"): 61,
    ("Rotterdam", 2022, "pie", "zw"): 4,
    ("Rotterdam", 2022, "zw", "pie"): 12,
    ("Rotterdam", 2022, "zw", "zw"): 83,
    ("Emmen", 2022, "pie", "pie"): 37,
    ("Emmen", 2022, "pie", "zw"): 11,
    ("Emmen", 2022, "zw", "pie"): 3,
    ("Emmen", 2022, "zw", "zw"): 26,
}
STUDENTS = {
    ("Rotterdam", "Zorg", "BOL"): 22,
    ("Rotterdam", "Zorg", "BBL"): 8,
    ("Rotterdam", "Techniek", "BOL"): 20,
    ("Rotterdam", "Techniek", "BBL"): 31,
    ("Emmen", "Zorg", "BOL"): 12,
    ("Emmen", "Zorg", "BBL"): 15,
    ("Emmen", "Techniek", "BOL"): 3,
    ("Emmen", "Techniek", "BBL"): 14,
}
TRAVEL = (
    "WOONGEMEENTE;SECTORKAMER;AANTAL STUDENTEN;GEMIDDELDE FIETSAFSTAND;MEDIAAN FIETSAFSTAND\n"
    "Rotterdam;Zorg;30;4,2;3\nRotterdam;Techniek;51;5;4\nEmmen;Zorg;27;11,1;9\nEmmen;Techniek;17;8;7\n"
    "Emmen;Bouw;3;21,7;19,3\n"
)
"""Invented, all of it. Three people travel 21.7 km."""
AREAS = ("NL", "Rotterdam", "Emmen", "MRDH", "province:Drenthe", "Samen")
FILES = {
    "switching": (SWITCHES, "wissels.csv", "GEMEENTE;JAAR;VAN;NAAR;AANTAL"),
    "mbo": (STUDENTS, "mbo-2022.csv", "WOONGEMEENTE;SECTORKAMER;LEERWEG;AANTAL STUDENTEN"),
    "route": (STUDENTS, "mbo-2022.csv", "WOONGEMEENTE;SECTORKAMER;LEERWEG;AANTAL STUDENTEN"),
}


def of_switching(label, cells):
    """(who is counted, of whom) of a line of the table of switching."""
    gone = [one for one in cells if one[2] != one[3]]
    if label.startswith("van de wisselaars"):
        return [one for one in gone if one[3] == "pie"], gone
    mine = [one for one in cells if one[2] == {"P": "pie", "Z": "zw"}[label[0]]]
    return [one for one in mine if one in gone], mine


def of_mbo(label, cells):
    direction, route = re.fullmatch(r"(\w+) \((\w+)\)", label).groups()
    among = [one for one in cells if route in {one[2], "alle"}]
    return [one for one in among if one[1] == direction], among


def of_route(label, cells):
    mine = [one for one in cells if one[1] == label]
    return [one for one in mine if one[2] == "BBL"], mine


MEANT = {"switching": of_switching, "mbo": of_mbo, "route": of_route}


@pytest.fixture
def files(bring):
    """All of them, and a region of one's own."""
    bring("regios.csv", "REGIO;GEMEENTE\nSamen;Rotterdam\nSamen;Emmen\n")
    for cells, name, head in FILES.values():
        bring(name, lines(head, cells))
    bring("reizen-2022.csv", TRAVEL)


@pytest.fixture
def open_files(files, without_gate):
    """The same without the gate."""


def given(client, name, area, kind="csv"):
    response = client.get(reverse("atlas:download", args=[name, kind]), {"area": area})
    return response.content if response.status_code == 200 else b""


def table(client, name, area):
    """The lines of the file, as far as the table goes, by heading."""
    rows = csv.DictReader(io.StringIO(given(client, name, area).decode("utf-8-sig")), delimiter=";")
    return [row for row in rows if next(iter(row.values()))][
        : 6 if name == "mbo" else 3 if name == "switching" else 2
    ]


def known(client, name):
    """What an attacker reads: (cells, their sum) of every number of people in every file."""
    cells = FILES[name][0]
    found = []
    for area in AREAS:
        here = [one for one in cells if one[0] in TOWNS.get(area, {"Rotterdam", "Emmen"})]
        for row in table(client, name, area):
            groups = MEANT[name](next(iter(row.values())), here)
            for heading, group in zip(("Leerlingen", "Van"), groups, strict=True):
                if row.get(heading):
                    found.append((group, int(row[heading])))
    return found


def narrow(cells, equations):
    """The small cells that can be found to within less than nine people."""
    order = list(cells)
    matrix = np.array([[one in group for one in order] for group, _ in equations], float)
    numbers = np.array([n for _, n in equations], float)
    found = set()
    for place, cell in enumerate(order):
        if cells[cell] < 10:
            cost = np.eye(len(order))[place]
            ends = [
                sign * optimize.linprog(sign * cost, A_eq=matrix, b_eq=numbers, bounds=(0, 999)).fun
                for sign in (1.0, -1.0)
            ]
            found |= {cell} if ends[1] - ends[0] < 9 - 1e-6 else set()
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILES)
def test_no_sum_of_any_area_gives_a_small_number_away(client, files, name):
    equations = known(client, name)
    assert equations, "what is large enough is told"
    assert all(n >= 10 and n == sum(FILES[name][0][one] for one in group) for group, n in equations)
    assert not narrow(FILES[name][0], equations)


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILES)
def test_the_same_attacker_finds_all_of_them_without_the_gate(client, open_files, name):
    cells = FILES[name][0]
    assert narrow(cells, known(client, name)) == {one for one, n in cells.items() if n < 10}


def secrets(name, area):
    """Shares that rest on fewer than ten, and the distances of three people, as they would be printed."""
    if name == "travel":
        return {"21,7", "19,3"}
    cells = [one for one in FILES[name][0] if one[0] == area]
    labels = {
        "switching": ("P", "Z", "van de wisselaars"),
        "route": ("Zorg", "Techniek"),
        "mbo": [f"{a} ({b})" for a, b in itertools.product(("Zorg", "Techniek"), ("BOL", "BBL"))],
    }
    found = set()
    for label in labels[name]:
        part, whole = (sum(FILES[name][0][one] for one in group) for group in MEANT[name](label, cells))
        if min(part, whole - part) < 10:
            found |= {100 * part / whole}
    return {f"{one:.1f}".replace(".", ",") for one in found}


def everything(client, name, area):
    """All that is said of an indicator in an area: pages, tables, pictures, a workbook; as texts."""
    pages = [reverse(f"atlas:{one}", args=[name]) for one in ("indicator", "trend")]
    pages.append(reverse("atlas:bottlenecks") + f"?indicator={name}&area={area}")
    parts = itertools.product(("download", "trend_file"), ("csv", "svg"))
    pages += [reverse(f"atlas:{one}", args=[name, kind]) for one, kind in parts]
    pages += [
        reverse("atlas:bottlenecks_file", args=[kind]) + f"?indicator={name}&area={area}"
        for kind in ("csv", "svg")
    ]
    for address in pages:
        response = client.get(address, {"area": area} if "?" not in address else {})
        if response.status_code == 200:
            said = response.content.decode("utf-8-sig")
            yield said if ".csv" in address else " ".join(lxml.html.fromstring(response.content).itertext())
    book = openpyxl.load_workbook(io.BytesIO(given(client, name, area, "xlsx")))
    for row in book.worksheets[0].iter_rows(values_only=True):
        yield " ; ".join(
            f"{one:.1f}".replace(".", ",") if isinstance(one, float) else str(one) for one in row
        )


def said(client, name, area):
    numbers = re.findall(r"(?<![\d,.])\d+,\d(?!\d)", " \n ".join(everything(client, name, area)))
    return set(numbers) & secrets(name, area)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*FILES, "travel"])
def test_no_page_and_no_file_has_what_a_small_number_says(client, files, name):
    assert not [area for area in ("Rotterdam", "Emmen") if said(client, name, area)]


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*FILES, "travel"])
def test_the_same_look_finds_it_without_the_gate(client, open_files, name):
    assert said(client, name, "Emmen") == secrets(name, "Emmen")


@pytest.mark.django_db
def test_a_mean_over_municipalities_leaves_out_where_three_people_travel(client, files):
    store = opendata.store()
    (entry,) = (one for one in store.entries() if one.source == "reizen-2022.csv")
    assert store.columns(entry)["distance_mean"][-1] is None
    rows = csv.reader(io.StringIO(given(client, "travel", "NL").decode("utf-8-sig")), delimiter=";")
    assert ["Bouw", ""] in list(rows)
