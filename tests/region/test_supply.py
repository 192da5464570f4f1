import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.region import files
from tests.region.conftest import TODAY

from driegesprek.region import (
    NothingImportedError,
    Store,
    UnknownAreaError,
    indicator,
    load,
    read,
    supply,
    trend,
)


def shares(found):
    return {row.key: row.share for row in found.rows}


def test_supply_is_the_share_of_pupils_at_a_location_with_the_profile(store):
    found = indicator(store, "supply", area="NL", year=2019)
    of = 60 + 78 + 30 + 185
    assert {row.of for row in found.rows} == {of}
    assert shares(found)["zw"] == 100
    assert shares(found)["bwi"] == pytest.approx(100 * (60 + 185) / of)
    assert shares(found)["pie"] == pytest.approx(100 * (30 + 185) / of)
    assert shares(found)["mat"] == 0, "a profile that nobody follows is told with nought"


def test_choice_is_the_share_of_pupils_in_the_profile(store):
    found = indicator(store, "choice", area="Emmen")
    assert {row.key: row.pupils for row in found.rows if row.pupils} == {
        "bwi": 60,
        "groen": 10,
        "pie": 45,
        "zw": 70,
    }
    assert shares(found)["zw"] == pytest.approx(100 * 70 / 185)


def test_a_region_holds_todays_municipalities_in_every_year(store):
    brielle_and_westvoorne = indicator(store, "supply", area="Voorne aan Zee")
    assert brielle_and_westvoorne.rows[0].of == 90
    mrdh = indicator(store, "supply", area="MRDH")
    assert mrdh.rows[0].of == 60 + 78 + 30


def test_a_municipality_that_merged_is_itself_in_the_years_before(store):
    assert indicator(store, "supply", area="Brielle", year=2019).rows[0].of == 60


def test_a_municipality_that_merged_stands_for_its_successor_in_the_years_after(kept):
    schools = {"00AA00": ("BRIELLE", "Voorne aan Zee", "Zuid-Holland", {3: (5, 5)})}
    store = kept({"leerlingen-2023.csv": files.pupils(schools), "adressen-vo.csv": files.addresses(schools)})
    found = indicator(store, "supply", area="Brielle")
    assert found.area == "Voorne aan Zee"
    assert "part of Voorne aan Zee since 2023" in found.notes[0]


def test_pupils_without_an_address_count_for_the_country_and_are_reported(kept):
    store = kept(
        {"leerlingen-2019.csv": files.pupils(), "adressen-vo.csv": files.addresses(leave_out={"00CC00"})}
    )
    assert indicator(store, "supply", area="NL").rows[0].of == 353
    found = indicator(store, "supply", area="Zuid-Holland")
    assert found.rows[0].of == 168
    assert any("00CC00" in note and "185 pupils" in note for note in found.notes)


def test_without_addresses_only_the_country_and_provinces_are_known(kept):
    store = kept({"leerlingen-2019.csv": files.pupils()})
    assert indicator(store, "supply", area="Drenthe").rows[0].of == 185
    with pytest.raises(UnknownAreaError, match="Rotterdam"):
        indicator(store, "supply", area="Rotterdam")


def test_a_mistyped_area_gets_a_suggestion(store):
    with pytest.raises(UnknownAreaError, match="Did you mean Rotterdam"):
        indicator(store, "supply", area="Roterdam")


def test_suppressed_counts_give_bounds_and_no_guess(kept):
    text = files.pupils().replace(";4;0;0;6\n", ";<5;0;0;6\n")
    found = indicator(kept({"leerlingen-2019.csv": text}), "choice", area="NL")
    groen = next(row for row in found.rows if row.key == "groen")
    assert groen.share is None
    assert groen.share_low == pytest.approx(100 * 6 / 349)
    assert groen.share_high == pytest.approx(100 * 10 / 353)
    assert "bounds are given" in found.notes[-1]


def test_tracks_can_be_chosen(kept):
    store = kept({"leerlingen-2019.csv": files.pupils(track="G")})
    nobody = indicator(store, "supply", tracks="B")
    assert nobody.rows == ()
    assert any("no location with pupils" in note for note in nobody.notes)
    assert indicator(store, "supply", tracks="G").rows[0].of == 353


def test_what_the_report_prints_is_told_without_any_import(tmp_path):
    empty = Store(tmp_path / "nothing")
    found = indicator(empty, "supply", area="MRDH")
    assert (found.year, shares(found)["pie"]) == (2021, 41.0)
    assert shares(indicator(empty, "supply", area="Den Haag"))["groen"] == 15.0
    assert indicator(empty, "travel", area="Maassluis").rows[0].more["distance_mean_km"] == 20.9
    with pytest.raises(NothingImportedError, match="2021"):
        indicator(empty, "supply", area="MRDH", year=2019)


def test_a_trend_has_every_imported_year_and_the_reports_own(kept):
    store = kept(
        {
            "leerlingen-2019.csv": files.pupils(),
            "leerlingen-2020.csv": files.pupils(),
            "adressen-vo.csv": files.addresses(),
        }
    )
    assert [one.year for one in trend(store, "supply", area="Rotterdam")] == [2019, 2020, 2021]


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), number=st.integers(0, 11), profile=st.integers(0, 3))
def test_access_never_falls_where_a_profile_is_added(tmp_path_factory, seed, number, profile):
    schools = files.invented(seed)
    before = world_of(tmp_path_factory, schools)
    key = f"{number:02d}ZZ00"
    place, municipality, province, offered = schools[key]
    if profile in offered:
        return
    # One pupil moves to the new profile, so that the number of pupils stays the same.
    first = next(iter(offered))
    third, fourth = offered[first]
    schools[key] = (place, municipality, province, {**offered, first: (third, fourth - 1), profile: (0, 1)})
    after = world_of(tmp_path_factory, schools)
    name = ("bwi", "groen", "pie", "zw")[profile]
    shares_before, shares_after = (shares(supply.supply(one, one.area("NL"))) for one in (before, after))
    assert shares_after[name] >= shares_before[name]


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_municipalities_together_are_the_country_and_mergers_lose_nobody(tmp_path_factory, seed):
    world = world_of(tmp_path_factory, files.invented(seed))
    country = supply.choice(world, world.area("NL")).rows
    names = {one for one in world.locations.labels["municipality_today"] if one}
    parts = [supply.choice(world, world.area(one)).rows for one in names]
    for row in country:
        assert row.pupils == sum(other.pupils for rows in parts for other in rows if other.key == row.key)


def world_of(tmp_path_factory, schools):
    folder = tmp_path_factory.mktemp("region")
    for name, text in (
        ("leerlingen-2019.csv", files.pupils(schools)),
        ("adressen-vo.csv", files.addresses(schools)),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    store = Store(folder / "open-data")
    store.keep([one for path in sorted(folder.glob("*.csv")) for one in read(path)], today=TODAY)
    return load(store)


@pytest.mark.shared
def test_the_country_in_2019_lies_near_the_reports_2021(real, tmp_path):
    store = Store(tmp_path / "open-data")
    names = ("leerlingen-vo-per-vestiging-naar-onderwijstype-2019.csv", "alle-vestigingen-vo.csv")
    store.keep([real(f"education/{name}") for name in names], today=TODAY)
    for area in ("NL", "MRDH"):
        printed = shares(indicator(Store(tmp_path / "nothing"), "supply", area=area))
        found = shares(indicator(store, "supply", area=area, year=2019))
        for key in ("zw", "dp", "pie", "bwi", "mvi", "hbr", "groen"):
            assert found[key] == pytest.approx(printed[key], abs=3.1), (area, key)
