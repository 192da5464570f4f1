import pytest

from driegesprek import region
from driegesprek.region import Store, bottlenecks, trend
from driegesprek.region.bottlenecks import newcombe


def test_the_interval_of_a_difference_is_the_published_one():
    # Newcombe (1998), table II, example (a): 56/70 against 48/80; method 10 gives 0.0524 to 0.3339.
    low, high = newcombe(56, 70, 48, 80)
    assert (low / 100, high / 100) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_shortfalls_come_first_and_persistence_is_told(kept):
    from tests.region import files  # noqa: PLC0415 - only here

    store = kept(
        {f"leerlingen-{year}.csv": files.pupils() for year in (2018, 2019)} | {"a.csv": files.addresses()}
    )
    country = trend(store, "supply", area="NL")
    emmen = bottlenecks(trend(store, "supply", area="Emmen"), country)
    assert [one.difference for one in emmen] == sorted(one.difference for one in emmen)
    found = bottlenecks(trend(store, "supply", area="Voorne aan Zee"), country)
    building = next(one for one in found if one.key == "groen")
    assert (building.worse, building.years, building.of_years) == (True, 2, 2)
    assert "in 2 of 2 years" in building.sentence


def test_the_report_alone_gives_bottlenecks_without_an_interval(tmp_path):
    store = Store(tmp_path)
    found = bottlenecks(trend(store, "supply", area="MRDH"), trend(store, "supply", area="NL"))
    assert (found[0].key, found[0].low) == ("bwi", None)
    assert found[0].difference == pytest.approx(-18.4)


def test_a_longer_way_is_worse(tmp_path):
    store = Store(tmp_path)
    found = bottlenecks(
        trend(store, "travel", area="Zoetermeer"),
        trend(store, "travel", area="MRDH"),
        measure="distance_mean_km",
        more_is_better=False,
    )
    assert found[0].worse
    assert found[0].difference == pytest.approx(27.0 - 19.6)


def test_what_is_said_of_a_bottleneck_is_said_in_dutch_too(store):
    here, there = (trend(store, "supply", area=one) for one in ("Rotterdam", "NL"))
    worst = region.bottlenecks(here, there)[0]
    assert " against " in worst.sentence
    assert " tegen " in region.said(worst.sentence, "nl")
    assert f"{worst.here:.1f}".replace(".", ",") in region.said(worst.sentence, "nl")


def test_every_definition_and_remark_has_dutch_words(store):
    for definition in region.DEFINITIONS.values():
        for part in ("text", "formula", "basis"):
            assert definition.words(part, "nl") != definition.words(part, "en")
    notes = region.indicator(store, "supply", area="Rotterdam", tracks="K").notes
    assert notes
    assert all(region.said(one, "nl") != one for one in notes)
