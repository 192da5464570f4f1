"""The region on invented data of the whole country: indicators against pandas, a scenario, optimisers, pages, leaflets.

1,500 vmbo locations, 6,500 primary schools, 4,000 postcodes, 340 municipalities: as many as there are. Pages and scenarios
keep to their limit on the wall and in processor time: on a busy machine the second alone says something.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bench import Result, _house, _moving, alone

LOCATIONS, PRIMARY, POSTCODES, MUNICIPALITIES = 1_500, 6_500, 4_000, 340
PROFILES = (
    "Bouwen, wonen en interieur",
    "Dienstverlening en producten",
    "Economie en ondernemen",
    "Groen",
    "Horeca, bakkerij en recreatie",
    "Maritiem en techniek",
    "Media, vormgeving en ICT",
    "Mobiliteit en transport",
    "Produceren, installeren en energie",
    "Zorg en welzijn",
)
TRACKS = ("VMBO BL lj 3-4", "VMBO KL lj 3-4", "VMBO GL lj 3-4")
TIMES = 5
K = 20
EXACT = 1e-9
"""How far two ways of adding up may differ, in per cent."""
LANGUAGES = ("nl", "en", "tr", "ar", "pl", "uk")


def files(folder: Path) -> list[Path]:
    """Invented files in the layouts of DUO."""
    chance = random.Random(7)  # noqa: S311 - invented, not secret
    towns = [f"Stad {n}" for n in range(MUNICIPALITIES)]
    codes = [str(1000 + 2 * n) for n in range(POSTCODES)]
    numbers = [f"{n // 100:02d}ZZ{n % 100:02d}" for n in range(LOCATIONS)]
    homes = {one: chance.choice(towns) for one in numbers}
    heading = (
        "BRIN NUMMER;VESTIGINGSNUMMER;INSTELLINGSNAAM VESTIGING;PLAATSNAAM VESTIGING;PROVINCIE VESTIGING;"
        "ONDERWIJSTYPE VO EN LEER- OF VERBLIJFSJAAR;VMBO SECTOR;AFDELING;ELEMENTCODE;OPLEIDINGSNAAM;"
        "LEER- OF VERBLIJFSJAAR 3 - MAN;LEER- OF VERBLIJFSJAAR 3 - VROUW;LEER- OF VERBLIJFSJAAR 4 - MAN;"
        "LEER- OF VERBLIJFSJAAR 4 - VROUW"
    )
    pupils = [heading]
    for one in numbers:
        for profile in chance.sample(PROFILES, chance.randint(1, 6)):
            for track in TRACKS:
                counts = ";".join(str(chance.randint(0, 30)) for _ in range(4))
                about = f"{one[:4]};{one[4:]};School {one};{homes[one]};Utrecht;{track};Techniek;{profile}"
                pupils.append(f"{about};0001;VMBO {profile};{counts}")
    addresses = [
        "PROVINCIE;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;POSTCODE;PLAATSNAAM;GEMEENTENAAM;ONDERWIJSSTRUCTUUR"
    ]
    addresses += [
        f"Utrecht;{one[:4]};{one};School {one};{chance.choice(codes)} AB;{homes[one]};{homes[one]};VBO"
        for one in numbers
    ]
    primary = ["PROVINCIE;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;POSTCODE;PLAATSNAAM;GEMEENTENAAM"]
    for n in range(PRIMARY):
        town = chance.choice(towns)
        number = f"{n // 100:02d}YY{n % 100:02d}"
        primary.append(
            f"Utrecht;{number[:4]};{number};De Regenboog {n};{chance.choice(codes)} AB;{town};{town}"
        )
    places = ["postcode,latitude,longitude,woonplaats,gemeente"]
    places += [f"{one},{chance.uniform(51, 53):.4f},{chance.uniform(4, 7):.4f},x,x" for one in codes]
    written = {"leerlingen-2019.csv": pupils, "vo.csv": addresses, "bo.csv": primary, "postcodes.csv": places}
    for name, lines in written.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="cp1252")
    return [folder / name for name in written]


def fastest(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds of the fastest of some times, so that what else the machine does counts least."""
    taken = []
    for _ in range(TIMES):
        start = clock()
        work()
        taken.append(clock() - start)
    return min(taken)


def both(name: str, work: Callable[[], object]) -> dict[str, float]:
    """Seconds on the wall and of the processor."""
    return {name: fastest(work), f"{name} cpu": fastest(work, time.process_time)}


def by_pandas(world: Any) -> Callable[[], object]:
    """The same two indicators of every municipality as one would write them with pandas."""
    import pandas as pd  # noqa: PLC0415 - only measured against

    where, pupils = world.locations, world.pupils
    rows = pd.DataFrame(
        {
            "location": pupils.location,
            "track": pupils.track,
            "grade": pupils.grade,
            "profile": pupils.profile,
            "low": pupils.low,
            "municipality": np.array(where.keys["municipality_today"], dtype=object)[pupils.location],
        }
    )

    def work() -> object:
        chosen = rows[rows.track.isin(["B", "K", "G"]) & rows.grade.isin([3, 4])]
        total = chosen.groupby("municipality").low.sum()
        choice = chosen.pivot_table(
            index="municipality", columns="profile", values="low", aggfunc="sum", fill_value=0
        )
        of_location = chosen.groupby(["municipality", "location"]).low.sum().rename("all").reset_index()
        offered = (
            chosen[chosen.low > 0][["location", "profile"]]
            .drop_duplicates()
            .merge(of_location, on="location")
        )
        supply = offered.pivot_table(
            index="municipality", columns="profile", values="all", aggfunc="sum", fill_value=0
        )
        return choice.div(total, axis=0) * 100, supply.div(total, axis=0) * 100

    return work


def measure() -> dict[str, float]:
    """All figures, in an installation of their own."""
    with _house.installation(), tempfile.TemporaryDirectory() as folder:
        from driegesprek import region  # noqa: PLC0415 - after set-up
        from driegesprek.web.supply import opendata  # noqa: PLC0415 - as above

        towns = [f"Stad {n}" for n in range(MUNICIPALITIES)]
        brought = [*files(Path(folder)), *_moving.files(Path(folder), towns, PROFILES)]
        datasets = [one for file in brought for one in region.read(file)]
        opendata.store().keep(datasets, today=date(2026, 11, 26))
        world = opendata.world()
        _agrees(world)
        compared = both("ours", lambda: [region.grid(world, name) for name in ("supply", "choice")])
        compared |= both("pandas", by_pandas(world)) | _moves(region.Store(opendata.store().folder), towns)
        first = fastest(lambda: region.indicator(opendata.store(), "supply", area="Stad 3"))
        return {"first": first} | compared | _what_if(world) | _covering(world) | _pages()


def _agrees(world: Any) -> None:
    """Both give the same numbers, or the comparison says nothing."""
    from driegesprek import region  # noqa: PLC0415 - after set-up

    _choice, supply = by_pandas(world)()  # type: ignore[misc] # two tables
    found = region.grid(world, "supply")
    for key in found.keys[:20]:
        assert abs((found.share(key, "pie") or 0) - supply.loc[key].get("pie", 0)) < EXACT


def _moves(store: Any, towns: list[str]) -> dict[str, float]:
    """Flow, mbo, route, travel, switching, demography of all municipalities, against pandas, with the same results."""
    from driegesprek import region  # noqa: PLC0415 - after set-up
    from driegesprek.region.names import municipality_key  # noqa: PLC0415 - as above

    technical = frozenset(one for one in PROFILES if region.profile_key(one) in region.TECHNICAL)
    ours, theirs = _moving.ours(store), _moving.by_pandas(store, technical)
    _moving.agrees(ours(), theirs(), {municipality_key(one): one for one in towns})

    def lines() -> object:
        return [one.rows for found in ours().values() for one in found.values()]

    return both("moves", ours) | both("moves pandas", theirs) | both("lines", lines)


def _what_if(world: Any) -> dict[str, float]:
    from driegesprek import region  # noqa: PLC0415 - after set-up

    offer = region.offer(world)
    changes = []
    for index in range(10):
        absent = next(
            one for one in ("pie", "bwi", "mt", "zw", "eo", "dp", "groen") if one not in offer.at(index)
        )
        changes.append(
            region.ScenarioChange(do="open_profile", location=world.locations.ids[index], profile=absent)
        )
    scenario = region.Scenario(name="x", year=world.year, changes=tuple(changes))
    return both("scenario", lambda: region.work_out(world, scenario))


def _covering(world: Any) -> dict[str, float]:
    """Twenty locations for PIE: for who is enrolled, and for the children of 6,500 primary schools within 7 km."""
    from driegesprek import region  # noqa: PLC0415 - after set-up
    from driegesprek.web.supply import opendata  # noqa: PLC0415 - as above

    places = opendata.gazetteer()
    spots = np.array([places.spot(one["postcode"]) for one in places.schools.values()])
    start, begun = time.perf_counter(), time.process_time()
    own = region.own_location(world, "pie", K)
    reach = region.within_reach(
        world, "pie", K, latitudes=spots[:, 0], longitudes=spots[:, 1], weights=np.ones(len(spots)), km=7
    )
    assert own.proven
    assert reach.proven, "the bound is above what was found"
    return {"optimiser": time.perf_counter() - start, "optimiser cpu": time.process_time() - begun}


def _pages() -> dict[str, float]:
    from django.test import Client  # noqa: PLC0415 - after set-up

    from driegesprek.web.atlas.pages import leaflets  # noqa: PLC0415 - as above

    client = Client()
    times, processor, weights = [], [], []
    for path in (
        "/atlas/?area=Stad 3",
        "/atlas/cijfers/supply/?area=Stad 3",
        "/atlas/kiezen/?plek=1000",
        "/atlas/kaart/",
    ):
        times.append(fastest(lambda path=path: client.get(path)))  # type: ignore[misc] # a default binds it
        processor.append(fastest(lambda path=path: client.get(path), time.process_time))  # type: ignore[misc] # as above
        weights.append(len(client.get(path).content))
    single = both("single", lambda: [leaflets.of_place("1000", one) for one in LANGUAGES])
    many = both("many", lambda: leaflets.of_municipality("Stad 3", "ar"))
    of_one = len(leaflets.opendata.gazetteer().in_municipality("stad 3"))
    return {
        "page": max(times),
        "page cpu": max(processor),
        "weight": max(weights),
        "leaflets": len(LANGUAGES) / single["single"],
        "leaflets cpu": len(LANGUAGES) / single["single cpu"],
        "municipality": of_one / many["many"],
        "municipality cpu": of_one / many["many cpu"],
    }


def run() -> list[Result]:
    """The figures, each with its limit."""
    one = alone("bench.region")
    return [
        Result(
            "supply and choice of all municipalities, against pandas", one["ours"] / one["pandas"], "×", 1
        ),
        Result("supply and choice of all municipalities", 1000 * one["ours"], "ms"),
        Result("supply and choice of all municipalities, processor", 1000 * one["ours cpu"], "ms"),
        Result(
            "flow, mbo, route, travel, switching, demography of all municipalities, read from disk, against pandas",
            one["moves"] / one["moves pandas"],
            "×",
            1,
        ),
        Result("the same, processor", one["moves cpu"] / one["moves pandas cpu"], "×", 1),
        Result(
            "the same, every line of every municipality in words too, processor",
            1000 * one["lines cpu"],
            "ms",
        ),
        Result("the same, ours", 1000 * one["moves"], "ms"),
        Result("the same, pandas", 1000 * one["moves pandas"], "ms"),
        Result("an indicator of what was imported, nothing in memory yet", one["first"], "s", 1),
        Result("a scenario of ten changes", 1000 * one["scenario"], "ms", 200),
        Result("a scenario of ten changes, processor", 1000 * one["scenario cpu"], "ms", 200),
        Result(f"both optimisers, k = {K}, proven", one["optimiser"], "s", 60),
        Result(f"both optimisers, k = {K}, proven, processor", one["optimiser cpu"], "s"),
        Result("the slowest page of the atlas, kept in memory", 1000 * one["page"], "ms", 150),
        Result("the slowest page of the atlas, processor", 1000 * one["page cpu"], "ms", 150),
        Result("the heaviest page of the atlas", one["weight"] / 1000, "kB", 200),
        Result("leaflets of six languages, one a file", one["leaflets"], "a second"),
        Result("leaflets of six languages, one a file", one["leaflets cpu"], "a processor second"),
        Result("leaflets of one municipality in one file, Arabic", one["municipality"], "a second"),
        Result(
            "leaflets of one municipality in one file, Arabic", one["municipality cpu"], "a processor second"
        ),
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()) + "\n")
