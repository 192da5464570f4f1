from dataclasses import replace

import pytest
from tests.paper import samples
from tests.paper.reading import bare, elements, page_count, read, reader

from driegesprek import paper
from driegesprek.paper import press

L = paper.Line
NAMES = (
    "Bouwen, wonen en interieur",
    "Groen",
    "Maritiem en techniek",
    "Media, vormgeving en ICT",
    "Zorg en welzijn",
)


def leaflet(language="nl", **more):
    near = paper.Nearby(
        name="Vmbo De Brug, Brielle",
        distance=L("3,2 km · basis, kader"),
        absent=tuple(L(one, language="nl") for one in NAMES),
        offered=(L("Economie en ondernemen", language="nl"),),
        notes=(L("Keuzevak op deze school: lassen"),),
    )
    only = paper.Nearby(name="Mavo Oost", distance=L("5 km"), only=L("Alleen theorie."))
    direction = "rtl" if language == "ar" else "ltr"
    words = samples.WORDS["qr"][language]
    made = paper.Leaflet(
        language=language,
        direction=direction,
        school="De Regenboog",
        title=L(words),
        intro=L(words, "Niet elke school heeft elk profiel."),
        absent_heading=L("Niet op deze school"),
        offered_heading=L("Wel op deze school"),
        near=(near, near, only),
        front_notes=(L("Deze lijst is van schooljaar 2019/2020."),),
        later_title=L(words),
        later=(L("Kijk goed."),),
        flows=tuple((L(one, language="nl"), L(f"{n} van de 100")) for n, one in enumerate(NAMES, 40)),
        source=L("Bron: SEOR (2026)"),
        ask_heading=L("Vraag dit"),
        asks=(L("Welke profielen zijn hier?"),),
    )
    return replace(made, **more)


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_a_leaflet_has_two_sides_of_a5_in_every_language(language):
    pdf = paper.leaflets([leaflet(language)], title="Folder")
    assert page_count(pdf) == 2
    width, height = (float(one) / 72 * 25.4 for one in reader(pdf).pages[0].mediabox[2:])
    assert (round(width), round(height)) == (148, 210)
    assert reader(pdf).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_what_is_not_there_and_what_is_stand_on_the_front_and_the_flows_on_the_back():
    pdf = paper.leaflets([leaflet()], title="Folder")
    front, back = read(pdf, 0), read(pdf, 1)
    assert bare("Niet op deze school") in front
    assert bare("Media, vormgeving en ICT") in front
    assert bare("Alleen theorie.") in front
    assert bare("lassen") in front
    assert bare("44 van de 100") in back
    assert any(kind == "/Table" for _, kind, *_ in elements(pdf))


def test_very_much_still_fits_two_sides():
    long = "Een heel lange zin over deze school. " * 20
    crowded = leaflet()
    near = replace(crowded.near[0], notes=(L(long),) * 2)
    assert (
        page_count(paper.leaflets([replace(crowded, near=(near,) * 3, asks=(L(long),) * 3)] * 2, title="F"))
        == 4
    )


def test_nothing_to_print_is_refused():
    with pytest.raises(ValueError, match="nothing to print"):
        paper.leaflets([], title="Folder")


def test_a_side_has_the_largest_type_that_fits_it():
    long = "Een heel lange zin over deze school. " * 12
    items = [leaflet(), leaflet(asks=(L(long),) * 3), leaflet("ar", asks=(L(long),))]
    job = press._Job("leaflets.typ", items, [[0, 0] for _ in items], title="F", several=True)
    assert page_count(job.settle()) == 6
    for item, steps in zip(items, job.steps, strict=True):
        for side in (0, 1):
            if steps[side]:
                larger = list(steps)
                larger[side] -= 1
                alone = press._Job("leaflets.typ", [item], [larger], title="F", several=False)
                assert page_count(alone.compile()) > 2
    assert job.steps[1][1] > job.steps[0][1]
