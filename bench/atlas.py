"""The atlas's map with all it brings, and the leaflets of a municipality in six languages; of invented schools.

What a page weighs is counted as it goes over the wire, compressed. The map keeps to its limit on the wall and in processor
time, leaflets in processor time: on a busy machine that alone says something. The leaflets stand against typst laying out
the same pages once, at the sizes that were found: what the search for those sizes costs.
"""

import gzip
import json
import math
import random
import sys
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path

from bench import Result, _house, alone
from bench.region import LANGUAGES, MUNICIPALITIES, fastest, files

STATIC = Path("src/driegesprek/web")
BROUGHT = (
    "common/static/driegesprek/tokens.css",
    "common/static/driegesprek/desk.css",
    "common/static/driegesprek/print.css",
    "atlas/static/atlas/atlas.css",
    "atlas/static/atlas/map.js",
    "atlas/static/atlas/leaflet/leaflet.css",
    "atlas/static/atlas/leaflet/leaflet.js",
)
CORNERS = 28
TOWN = "Stad 3"


def boundaries(folder: Path) -> Path:
    """Boundaries of all municipalities, with as many corners as real ones have that were simplified."""
    chance = random.Random(2)  # noqa: S311 - invented, not secret
    features = []
    for number in range(MUNICIPALITIES):
        x, y = 4 + 3 * (number % 20) / 20, 51 + 2 * (number // 20) / 20
        ring = [
            [x + 0.07 * math.cos(turn) * chance.uniform(0.8, 1), y + 0.05 * math.sin(turn)]
            for turn in (2 * math.pi * one / CORNERS for one in range(CORNERS))
        ]
        geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        features.append({"properties": {"statnaam": f"Stad {number}"}, "geometry": geometry})
    path = folder / "grenzen.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def measure() -> dict[str, float]:
    """All figures, in an installation of their own."""
    with _house.installation(), tempfile.TemporaryDirectory() as folder:
        from driegesprek import region  # noqa: PLC0415 - after set-up
        from driegesprek.web.supply import opendata  # noqa: PLC0415 - as above

        given = [*files(Path(folder)), boundaries(Path(folder))]
        datasets = [one for file in given for one in region.read(file, year=2019)]
        opendata.store().keep(datasets, today=date(2026, 11, 26))
        return _map() | _leaflets()


def _map() -> dict[str, float]:
    from django.test import Client  # noqa: PLC0415 - after set-up

    client = Client()
    weight = sum(len(gzip.compress((STATIC / one).read_bytes())) for one in BROUGHT)
    wall, processor = [], []
    for path in ("/atlas/kaart/", "/atlas/kaart.geojson"):
        ask = partial(client.get, path, headers={"accept-encoding": "gzip"})
        answer = ask()
        wall.append(fastest(ask))
        processor.append(fastest(ask, time.process_time))
        assert answer["Content-Encoding"] == "gzip"
        weight += len(answer.content)
    return {"map": max(wall), "map cpu": max(processor), "weight": weight}


def _leaflets() -> dict[str, float]:
    from driegesprek.web.atlas.pages import leaflets  # noqa: PLC0415 - after set-up

    leaflets.of_municipality(TOWN, "nl")
    printed = len(leaflets.opendata.gazetteer().in_municipality("stad 3"))
    start, busy = time.perf_counter(), time.process_time()
    for language in LANGUAGES:
        leaflets.of_municipality(TOWN, language)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    return {
        "leaflets": printed * len(LANGUAGES) / seconds,
        "of_processor": printed * len(LANGUAGES) / busy,
        "against_typst": busy / _layout_alone(),
    }


def _layout_alone() -> float:
    """Processor seconds of typst for the same leaflets, each page at the size that fits it."""
    from driegesprek.paper import press  # noqa: PLC0415 - after set-up
    from driegesprek.web.atlas.pages import child, leaflets  # noqa: PLC0415 - as above
    from driegesprek.web.common.speaking import Speaker  # noqa: PLC0415 - as above

    places = leaflets.opendata.gazetteer().in_municipality("stad 3")
    busy = 0.0
    for language in LANGUAGES:
        items = [leaflets.leaflet(child.near(one, language), Speaker(language)) for one in places]
        job = press._Job("leaflets.typ", items, [[0, 0] for _ in items], title="x", several=True)  # noqa: SLF001 - what is measured
        job.settle()
        press._forget()  # noqa: SLF001 - as above
        start = time.process_time()
        job.compile()
        busy += time.process_time() - start
    return busy


def run() -> list[Result]:
    """The figures, each with its limit."""
    one = alone("bench.atlas")
    return [
        Result("the map of the country or its data, kept in memory", 1000 * one["map"], "ms", 150),
        Result("the same, processor", 1000 * one["map cpu"], "ms", 150),
        Result("the map with Leaflet, over the wire", one["weight"] / 1000, "kB", 200),
        Result("leaflets in six languages, a file each", one["leaflets"], "a second"),
        Result("the same, a second of one processor", one["of_processor"], "a second", 10, "at least"),
        Result("the same, against typst with sizes known", one["against_typst"], "×", 6),
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()) + "\n")
