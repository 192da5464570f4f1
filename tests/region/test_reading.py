import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.region import files
from tests.region.conftest import TODAY

from driegesprek.region import Kind, Store, StoreError, read
from driegesprek.region.bounds import Bounds, NotANumberError, count, measure
from driegesprek.region.names import municipality_key, profile_key, track_key
from driegesprek.region.reading import year_in
from driegesprek.region.world import readable
from driegesprek.tables import FileRefused

EXAMS = (
    '"INSTELLINGSCODE";"VESTIGINGSCODE";"ONDERWIJSTYPE VO";"LEERWEG VMBO";"VMBO SECTOR";"AFDELING";'
    '"EXAMENKANDIDATEN";"GESLAAGDEN";"GEZAKTEN"\n'
    '"00AA";"00AA07";"VMBO";"BL";"Techniek";"PIE";"<5";"<5";"0"\n'
    '"00AA";"00AA07";"VMBO";"TL";"Zorg & Welzijn";"";"12";"11";"<5"\n'
)


@pytest.fixture
def written(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_file_is_recognised_by_its_headings_and_not_by_its_name(written):
    (found,) = read(written("iets 2019.csv", files.pupils()))
    assert (found.kind, found.year, found.rows_read) == (Kind.PUPILS, 2019, 9)
    assert set(found.columns["location"]) == set(files.SCHOOLS)
    assert set(found.columns["track"]) == {"B"}


@pytest.mark.parametrize("separator", [",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_separators_and_encodings_make_no_difference(written, separator, encoding):
    text = "\n".join(
        separator.join(f'"{cell}"' for cell in line.split(";")) for line in files.pupils().splitlines()
    )
    (found,) = read(written("p-2019.csv", text.encode(encoding)))
    assert sum(found.columns["low"]) == 353


def test_the_layout_of_later_years_is_recognised(written):
    (found,) = read(written("examens-2024-2025.csv", EXAMS))
    assert (found.kind, found.year) == (Kind.EXAMS, 2024)
    assert (found.columns["candidates_low"], found.columns["candidates_high"]) == ([0, 12], [4, 12])
    assert found.columns["profile"] == ["pie", ""]
    assert found.columns["sector"] == ["techniek", "zorg_en_welzijn"]
    assert found.columns["location"] == ["00AA07", "00AA07"]


def test_a_damaged_file_is_refused_with_its_line_and_column(written):
    text = files.pupils().replace(";25;0;0;20", ";2x5;0;0;20")
    with pytest.raises(FileRefused) as refused:
        read(written("p-2019.csv", text))
    (problem,) = refused.value.problems
    assert (problem.row, problem.column) == (9, "LEER- OF VERBLIJFSJAAR 3 - MAN")
    assert "'2x5'" in problem.text("en")


def test_a_line_cut_short_is_refused_with_its_number(written):
    lines = files.pupils().splitlines()
    lines[4] = ";".join(lines[4].split(";")[:7])
    with pytest.raises(FileRefused) as refused:
        read(written("p-2019.csv", "\n".join(lines)))
    assert {problem.row for problem in refused.value.problems} == {5}


def test_a_file_without_a_year_asks_for_one(written):
    with pytest.raises(FileRefused, match="--year"):
        read(written("leerlingen.csv", files.pupils()))
    (found,) = read(written("leerlingen.csv", files.pupils()), year=2020)
    assert found.year == 2020


def test_an_unknown_file_is_refused_with_what_is_known(written):
    with pytest.raises(FileRefused, match=r"not recognised: a, b"):
        read(written("x-2019.csv", "a;b\n1;2\n3;4\n"))


def test_a_location_that_stands_twice_is_refused(written):
    text = files.addresses()
    with pytest.raises(FileRefused) as refused:
        read(written("adressen.csv", text + text.splitlines()[1] + "\n"))
    assert refused.value.problems[0].row == 6


def test_a_table_of_statline_becomes_long_and_a_point_is_unknown(written):
    head = '\ufeff"ID";"RegioS";"Perioden";"Inwoners_1";"Afstand_2"\n'
    text = head + '"1";"GM0599";"2019JJ00";"   1200";"      ."\n"2";"GM0518";"2019JJ00";"    900";"    1.2"\n'
    (found,) = read(written("12345ned_UntypedDataSet_01022020_1.csv", text))
    assert found.kind is Kind.STATLINE
    assert found.name == "statline-12345ned-any"
    rows = list(zip(found.columns["region"], found.columns["topic"], found.columns["value"], strict=True))
    assert rows == [
        ("GM0599", "Inwoners_1", 1200.0),
        ("GM0518", "Inwoners_1", 900.0),
        ("GM0599", "Afstand_2", None),
        ("GM0518", "Afstand_2", 1.2),
    ]


def feature(kind, coordinates, **properties):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def test_points_and_boundaries_are_told_apart(written):
    point = feature("Point", [4.5, 51.9], vestigingsnummer="00AA01", naam="School")
    area = feature("Polygon", [[[4, 51], [5, 51], [5, 52], [4, 51]]], statcode="GM0599", statnaam="Rotterdam")
    for one, kind in ((point, Kind.POINTS), (area, Kind.BOUNDARIES)):
        text = json.dumps({"type": "FeatureCollection", "features": [one]})
        (found,) = read(written("kaart_2023.geojson", text))
        assert (found.kind, found.rows) == (kind, 1)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{}",
        '{"features": []}',
        '{"features": [1]}',
        json.dumps({"features": [feature("Point", ["a"], vestigingsnummer="1")]}),
    ],
)
def test_a_geojson_that_cannot_be_used_is_refused(written, text):
    with pytest.raises(FileRefused, match="GeoJSON"):
        read(written("kaart.geojson", text))


def test_coordinates_of_another_grid_are_refused(written):
    text = json.dumps({"features": [feature("Point", [498000, 6783000], vestigingsnummer="00AA01")]})
    with pytest.raises(FileRefused, match="RD"):
        read(written("kaart.geojson", text))


def test_importing_again_changes_nothing_and_a_newer_file_takes_the_place(written, tmp_path):
    store = Store(tmp_path / "store")
    first = read(written("leerlingen-2019.csv", files.pupils()))
    assert [one.what for one in store.keep(first, today=TODAY)] == ["added"]
    assert [one.what for one in store.keep(first, today=TODAY)] == ["unchanged"]
    second = read(written("leerlingen-2019.csv", files.pupils(track="K")))
    assert [one.what for one in store.keep(second, today=TODAY)] == ["replaced"]
    assert len(list((tmp_path / "store").glob("*.parquet"))) == 1


def test_a_damaged_store_says_so(tmp_path):
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be read"):
        Store(tmp_path).entries()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12", Bounds(12, 12)),
        (" 1.234 ", Bounds(1234, 1234)),
        ("<5", Bounds(0, 4)),
        ("< 10", Bounds(0, 9)),
        ("", Bounds(0, None)),
        (".", Bounds(0, None)),
        (7.0, Bounds(7, 7)),
    ],
)
def test_counts_are_exact_or_bounded(cell, expected):
    assert count(cell) == expected


@pytest.mark.parametrize("cell", ["12a", "-3", "1,5", 1.5, True, "1.23"])
def test_what_is_no_count_is_refused(cell):
    with pytest.raises(NotANumberError):
        count(cell)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_bounds_add_up(one, other):
    assert (count(str(one)) + count(f"<{other + 1}")) == Bounds(one, one + other)


def test_measures_take_a_comma_or_a_point():
    assert (measure("6,5"), measure("6.5"), measure("."), measure(3)) == (6.5, 6.5, None, 3.0)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Zorg en welzijn", "zw"),
        ("ZORG EN WELZIJN", "zw"),
        ("Bouwen, wonen & interieur", "bwi"),
        ("ZWE", "zw"),
        ("D&P", "dp"),
        ("Maritiem en Techniek", "mat"),
        ("N.v.t.", ""),
        ("Beroepsroute Landbouw", "beroepsroute_landbouw"),
    ],
)
def test_profiles_are_known_by_name_and_code(name, key):
    assert profile_key(name) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("VMBO BL lj 3-4", "B"),
        ("KL", "K"),
        ("vmbo-g", ""),
        ("VMBO GL lj 3-4", "G"),
        ("VMBO TL lj 3-4", "T"),
        ("HAVO lj 4-5", "H"),
        ("HAVO/VWO lj 3", ""),
        ("Brugjaar 1-2", ""),
        ("VMBO uitbest. aan VAVO", ""),
        ("Praktijkonderwijs alle vj", "P"),
        ("basisberoepsgerichte leerweg", "B"),
    ],
)
def test_tracks_are_known_by_their_letters(text, key):
    assert track_key(text) == key


def test_one_municipality_has_many_spellings():
    assert (
        len(
            {
                municipality_key(one)
                for one in ("Den Haag", "'S-GRAVENHAGE", "s-Gravenhage", "’s-Gravenhage", "The Hague")
            }
        )
        == 1
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("CAPELLE AAN DEN IJSSEL", "Capelle aan den IJssel"),
        ("'S-GRAVENHAGE", "'s-Gravenhage"),
        ("S GRAVENHAGE", "'s-Gravenhage"),
        ("Noardeast-Fryslân", "Noardeast-Fryslân"),
        ("IJSSELSTEIN", "IJsselstein"),
        ("BERGEN OP ZOOM", "Bergen op Zoom"),
    ],
)
def test_capitals_become_names(name, said):
    assert readable(name) == said


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("leerlingen-2019.csv", 2019),
        ("x-2018-2019.csv", 2018),
        ("20230115_leerlingen_2022.csv", 2022),
        ("scholen20220501.geo.zip", 2022),
        ("adressen.csv", None),
    ],
)
def test_the_year_stands_in_the_name(name, year):
    assert year_in(name) == year


@pytest.mark.shared
def test_every_real_file_is_read(real):
    expected = {
        "education/leerlingen-vo-per-vestiging-naar-onderwijstype-2019.csv": (Kind.PUPILS, 24243),
        "education/alle-vestigingen-vo.csv": (Kind.VO_LOCATIONS, 1619),
        "education/alle-vestigingen-bo.csv": (Kind.BO_LOCATIONS, 6268),
        "education/geslaagden-gezakten-en-cijfers-2018-2019.csv": (Kind.EXAMS, 11694),
        "education/layout-2025/geslaagden-gezakten-en-cijfers-2024-2025.SAMPLE.csv": (Kind.EXAMS, 13),
        "education/layout-2025/leerlingen-vo-per-vestiging-2025.SAMPLE.csv": (Kind.PUPIL_TOTALS, 14),
        "education/cbs/70262ned_UntypedDataSet_05022020_180935.csv": (Kind.STATLINE, 12),
        "geography/4pp.csv": (Kind.POSTCODES, 4699),
        "geography/gemeente_2023.geojson": (Kind.BOUNDARIES, 342),
        "geography/scholen20220501.geo.zip": (Kind.POINTS, 7871),
    }
    for name, (kind, rows) in expected.items():
        found = real(name)
        assert (found.kind, found.rows_read) == (kind, rows), name
