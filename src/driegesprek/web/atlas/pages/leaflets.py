"""The leaflet of a place, and those of all primary schools of a municipality."""

from collections.abc import Iterator

from django.conf import settings

from driegesprek import content, paper, region
from driegesprek.region.areas import today
from driegesprek.web.atlas.pages import child
from driegesprek.web.atlas.pages.child import Found, Location
from driegesprek.web.common.speaking import Speaker
from driegesprek.web.supply import opendata

MOST = 3
"""Locations on the front: as many as can be read on an A5."""
LONGEST = 300
"""Leaflets of one file: the largest municipality has some two hundred primary schools."""


def of_place(text: str, language: str) -> bytes:
    """The leaflet of a postcode or primary school.

    Raises:
        UnknownPlaceError: no such place.
        NothingImportedError: no schools were imported.
    """
    found = child.look(text, language)
    return paper.leaflets(
        [leaflet(found, Speaker(language))], title=str(Speaker(language).text("atlas.title"))
    )


def of_municipality(name: str, language: str) -> bytes:
    """The leaflets of all primary schools of a municipality, in one file.

    Raises:
        UnknownPlaceError: there is no primary school in a municipality of that name.
        NothingImportedError: no schools were imported.
    """
    opendata.world()
    places = opendata.gazetteer().in_municipality(today(name))[:LONGEST]
    if not places:
        raise region.UnknownPlaceError(name)
    speaker = Speaker(language)
    title = f"{speaker.text('atlas.title')} – {name}"
    return paper.leaflets((leaflet(child.near(one, language), speaker) for one in places), title=title)


def leaflet(found: Found, speaker: Speaker) -> paper.Leaflet:
    """A leaflet of what was found."""
    known = content.language(speaker.language)
    organisation, date = child.flows_source()
    flows = tuple(_flows(speaker))
    bounds = child.in_bounds(number.text for _name, number in flows)
    return paper.Leaflet(
        language=known.code,
        direction=known.direction,
        school=found.place.name,
        title=_line(speaker, "atlas.title"),
        intro=_line(speaker, "atlas.intro"),
        absent_heading=_line(speaker, "atlas.not_here"),
        offered_heading=_line(speaker, "atlas.here"),
        near=tuple(_near(one, speaker) for one in found.locations[:MOST]),
        front_notes=(_line(speaker, "atlas.year", date=found.year), _line(speaker, "atlas.straight")),
        later_title=_line(speaker, "atlas.later"),
        later=tuple(_line(speaker, f"atlas.later_{one}") for one in ("own", "flow") if flows or one == "own"),
        flows=flows,
        flows_note=_line(speaker, "atlas.small_groups") if bounds else None,
        source=_line(speaker, "atlas.source", organisation=organisation, date=date),
        ask_heading=_line(speaker, "atlas.ask"),
        asks=tuple(_line(speaker, f"atlas.ask_{one}") for one in ("profiles", "electives", "late")),
        demonstration=settings.DEMONSTRATION,
    )


def _line(speaker: Speaker, key: str, **values: str) -> paper.Line:
    text = speaker.text(key, **{name: paper.isolate(one) for name, one in values.items()})
    own = text.language if text.language != speaker.language else None
    return paper.Line(text.text, text.dutch, own)


def _dutch(name: str) -> paper.Line:
    return paper.Line(name, language="nl")


def _near(one: Location, speaker: Speaker) -> paper.Nearby:
    distance = speaker.text("atlas.km", count=one.km).text
    tracks = f" · {paper.isolate(one.tracks)}" if one.tracks else ""
    return paper.Nearby(
        name=one.name,
        distance=paper.Line(distance + tracks),
        absent=tuple(map(_dutch, one.absent)) if one.vocational else (),
        offered=tuple(map(_dutch, one.offered)),
        only=None if one.vocational else _line(speaker, "atlas.only_tl"),
        notes=tuple(
            paper.Line(f"{speaker.text(f'atlas.note_{note.kind}').text}: {paper.isolate(note.text)}")
            for note in one.notes
        ),
    )


def _flows(speaker: Speaker) -> Iterator[tuple[paper.Line, paper.Line]]:
    for one in child.profiles(speaker):
        if one.of_100 is not None:
            yield _dutch(one.name), _line(speaker, "atlas.of_100", count=one.of_100)
