"""Flows, students, travel, switching, inhabitants of the whole country, invented; the same indicators with pandas."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

DIRECTIONS = (
    "Techniek en gebouwde omgeving",
    "Mobiliteit, transport, logistiek en maritiem",
    "ICT en creatieve industrie",
    "Zorg, welzijn en sport",
    "Handel",
    "Zakelijke dienstverlening en veiligheid",
    "Voedsel, groen en gastvrijheid",
    "Entree",
)
TECHNICAL = frozenset(DIRECTIONS[:3])
YEAR = 2019
NAMES = ("flow", "mbo", "route", "travel", "switching", "demography")
EXACT = 1e-9
AGES = ("Totaal", *(f"{low} tot {low + 5} jaar" for low in range(0, 95, 5)), "95 jaar of ouder")
ORIGINS = ("Totaal", "Nederland", "Herkomst buiten Europa")
BACK = 3


def files(folder: Path, towns: list[str], profiles: tuple[str, ...]) -> list[Path]:
    """A file of each sort; every town has every direction, so that there is as much to add up as there can be."""
    chance = random.Random(11)  # noqa: S311 - invented, not secret
    tables = {
        "stromen": ["GEMEENTE;PROFIEL;SECTORKAMER;DOORSTROMERS"]
        + [f"{t};{p};{d};{chance.randint(0, 60)}" for t in towns for p in profiles for d in DIRECTIONS],
        "studenten": ["WOONGEMEENTE;SECTORKAMER;LEERWEG;NIVEAU;AANTAL STUDENTEN"]
        + [
            f"{t};{d};{route};{level};{chance.randint(1, 300)}"
            for t in towns
            for d in DIRECTIONS
            for route in ("BOL", "BBL")
            for level in (1, 2, 3, 4)
        ],
        "reizen": ["WOONGEMEENTE;SECTORKAMER;AANTAL STUDENTEN;GEMIDDELDE FIETSAFSTAND;GEMIDDELDE REISTIJD OV"]
        + [
            f"{t};{d};{chance.randint(1, 500)};{chance.uniform(1, 40):.1f};{chance.uniform(5, 90):.1f}"
            for t in towns
            for d in DIRECTIONS
        ],
        "wissel": ["GEMEENTE;JAAR;VAN;NAAR;AANTAL"]
        + [f"{t};{YEAR};{a};{b};{chance.randint(1, 60)}" for t in towns for a in profiles for b in profiles],
        "bevolking": ["LEEFTIJD;HERKOMST;REGIO'S;PERIODEN;BEVOLKING OP 1 JANUARI"]
        + [
            f"{age};{origin};{t};{year};{chance.randint(5_000, 9_000) if age == AGES[0] else chance.randint(5, 400)}"
            for t in towns
            for year in (YEAR - BACK, YEAR)
            for origin in ORIGINS
            for age in AGES
        ],
    }
    paths = []
    for name, lines in tables.items():
        paths.append(folder / f"{name}-{YEAR}.csv")
        paths[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths


def ours(store: Any) -> Callable[[], dict[str, Any]]:
    """All six of every municipality, read from the store too, as after a start."""
    from driegesprek import region  # noqa: PLC0415 - what is measured

    return lambda: {name: region.everywhere(store, name) for name in NAMES}


def by_pandas(store: Any, technical: frozenset[str]) -> Callable[[], dict[str, Any]]:
    """The same with pandas, from the same Parquet files."""
    import pandas as pd  # noqa: PLC0415 - only measured against

    paths = {
        one.kind.value: store.folder / f"{one.name}-{one.sha256[:12]}.parquet" for one in store.entries()
    }

    def work() -> dict[str, Any]:
        flows, students, travel, switches, people = (
            pd.read_parquet(paths[one])
            for one in ("flows", "mbo_students", "travel", "switches", "population")
        )
        flows["technical"] = flows.direction.isin(TECHNICAL)
        flow = flows.pivot_table(
            index=["municipality", "profile"], columns="technical", values="low", aggfunc="sum", fill_value=0
        )
        shares = students.pivot_table(
            index=["municipality", "direction"], columns="route", values="low", aggfunc="sum", fill_value=0
        )
        shares["all"] = shares.BOL + shares.BBL
        of_all = shares.groupby("municipality").transform("sum")
        weighted = travel.assign(
            km=travel.distance_mean * travel.low, minutes=travel.transit_mean * travel.low
        )
        means = weighted.groupby(["municipality", "direction"])[["km", "minutes", "low"]].sum()
        switches["gone"] = switches.origin != switches.destination
        gone = switches.pivot_table(
            index=["municipality", "origin"], columns="gone", values="low", aggfunc="sum", fill_value=0
        )
        left = switches[switches.gone].assign(technical=switches.destination.isin(technical))
        to_technology = left.pivot_table(
            index="municipality", columns="technical", values="low", aggfunc="sum", fill_value=0
        )
        return {
            "flow": 100 * flow[True] / flow.sum(axis=1),
            "mbo": 100 * shares / of_all,
            "route": 100 * shares.BBL / shares["all"],
            "travel": means[["km", "minutes"]].div(means.low, axis=0),
            "switching": 100 * gone[True] / gone.sum(axis=1),
            "to_technology": 100 * to_technology[True] / to_technology.sum(axis=1),
            "demography": _demography(people),
        }

    return work


def _demography(people: Any) -> Any:
    """Of each municipality the shares, the number and the growth of young people, as columns."""
    people = people[people.row_year.isin([YEAR, YEAR - BACK])]
    young = people[(people.age_from >= 10) & (people.age_to <= 20)]  # noqa: PLR2004 - the ages of the indicator
    by_town = young.pivot_table(
        index="municipality", columns=["row_year", "origin", "age_from"], values="low", aggfunc="sum"
    )
    everybody = people[(people.age_to == 999) & (people.age_from == 0) & (people.row_year == YEAR)]  # noqa: PLR2004 - as above
    whole = everybody[everybody.origin == ORIGINS[0]].set_index("municipality").low
    now, before = (by_town[one, ORIGINS[0]].sum(axis=1) for one in (YEAR, YEAR - BACK))
    outside, inside = (by_town[YEAR, one].sum(axis=1) for one in (ORIGINS[2], ORIGINS[1]))
    middle = by_town[YEAR, ORIGINS[0], 10]
    found = {
        "young": 100 * now / whole,
        "age_10_15": 100 * middle / now,
        "age_15_20": 100 - 100 * middle / now,
        "outside_europe": 100 * outside / (outside + inside),
        "growth": 100 * (now / before - 1),
    }
    return whole.to_frame("whole").assign(**found)


def agrees(mine: dict[str, Any], theirs: dict[str, Any], names: dict[str, str]) -> None:
    """Every number of every municipality is the same in both, or the comparison says nothing.

    Args:
        mine: What `ours` gives.
        theirs: What `by_pandas` gives.
        names: {key of a municipality: as the files call it}.
    """
    pairs: list[tuple[float | None, float]] = []
    for key, town in names.items():
        pairs += [(one.share, theirs["flow"][town, one.key]) for one in mine["flow"][key].rows]
        pairs += [(one.share, theirs["route"][town, one.label]) for one in mine["route"][key].rows]
        for one in mine["mbo"][key].rows:
            column = {"totaal": "all"}.get(one.more["route_nl"], one.more["route_nl"])
            pairs.append((one.share, theirs["mbo"][column][town, one.label]))
        for one in mine["travel"][key].rows:
            km, minutes = theirs["travel"].loc[(town, one.label)]
            pairs += [(one.more["distance_mean_km"], km), (one.more["transit_mean_minutes"], minutes)]
        *rows, technology = mine["switching"][key].rows
        pairs += [(one.share, theirs["switching"][town, one.label]) for one in rows]
        pairs.append((technology.share, theirs["to_technology"][town]))
        young, *_ages = people = mine["demography"][key].rows
        pairs += [(one.share, theirs["demography"].loc[town, one.key]) for one in people]
        pairs.append((young.more["growth_percent"], theirs["demography"].loc[town, "growth"]))
    assert all(one is not None and abs(one - other) < EXACT for one, other in pairs)
