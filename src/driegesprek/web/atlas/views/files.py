"""Every figure to take along: the table as .csv and .xlsx, the picture as .svg, the map as .geojson too."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from driegesprek import region
from driegesprek.figures import Figure
from driegesprek.web.access.guards import public
from driegesprek.web.atlas import asked as asking
from driegesprek.web.atlas import exports, words
from driegesprek.web.atlas.asked import Silence
from driegesprek.web.atlas.pages import compared as comparing
from driegesprek.web.atlas.pages import flowing, mapping, shapes
from driegesprek.web.atlas.pages import years as over_years
from driegesprek.web.atlas.pages.compared import Table
from driegesprek.web.atlas.views.figures import mapped, of_bottlenecks


@public
@require_safe
def indicator(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """An indicator of an area beside another."""
    found = _known(asking.compared(_named(name), asking.of(request)))
    told = about(name, found.here.area, found.here.year, [found.here.source], found.here.notes)
    given = (comparing.table(found), comparing.figure(found))
    return written(*given, told, kind, f"{name}-{found.here.area}-{found.here.year}")


@public
@require_safe
def flows(request: HttpRequest, kind: str) -> HttpResponse:
    """Flows from profiles to mbo."""
    found = _known(asking.compared("flow", asking.of(request))).here
    told = about("flow", found.area, found.year, [found.source], found.notes)
    given = (flowing.table(found), flowing.figure(found))
    return written(*given, told, kind, f"flows-{found.area}-{found.year}")


@public
@require_safe
def trend(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """An indicator over the years."""
    asked = asking.of(request)
    found = _known(asking.ask(lambda: over_years.trend(_named(name), asked), asked.area))
    sources = [f"{year}: {source}" for year, source in found.sources]
    told = about(name, found.area, None, sources, found.notes)
    return written(found.table, found.figure, told, kind, f"{name}-{found.area}-years")


@public
@require_safe
def bottlenecks(request: HttpRequest, kind: str) -> HttpResponse:
    """Where an area falls short of another."""
    asked, name = asking.of(request), of_bottlenecks(request)
    found = _known(asking.ask(lambda: over_years.bottlenecks(name, asked), asked.area))
    if not found:
        raise Http404
    source = asking.compared(name, asked)
    sources, why = (
        ([], []) if isinstance(source, Silence) else ([source.here.source], over_years.why_fewer(source))
    )
    told = about(name, found[0].area, found[0].year, sources, [*(one.sentence for one in found), *why])
    given = (over_years.shortfall_table(found), over_years.shortfalls(found, name))
    return written(*given, told, kind, f"bottlenecks-{name}-{found[0].area}")


@public
@require_safe
@gzip_page
def map_(request: HttpRequest, kind: str) -> HttpResponse:
    """The map of an area; .geojson is what the map on the page is drawn from."""
    asked, name, profile = mapped(request)
    found = _known(asking.ask(lambda: mapping.drawn(name, profile, asked.area), asked.area))
    told = about(name, found.area, found.year, [found.source], [])
    if kind == "geojson":
        return file(shapes.geojson(found, told), kind, f"map-{name}-{profile}-{found.area}")
    return written(found.table, found.figure, told, kind, f"map-{name}-{profile}-{found.area}")


def about(name: str, area: str, year: int | None, sources: Iterable[str], notes: Iterable[str]) -> list[str]:
    """What a file says of itself: definition, formula, source, remarks."""
    definition, language = region.DEFINITIONS[name], words.language()
    return [
        f"{words.title(definition)}: {area}" + (f", {year}" if year else ""),
        definition.words("text", language),
        definition.words("formula", language),
        *(_("Source: %(source)s") % {"source": region.said(source, language)} for source in sources),
        *comparing.notes(list(notes)),
    ]


def written(table: Table, figure: Figure | None, told: list[str], kind: str, name: str) -> HttpResponse:
    """A table or its picture as a file."""
    if kind not in exports.KINDS or (kind == "svg" and figure is None) or kind == "geojson":
        raise Http404
    data = figure.svg.encode() if kind == "svg" and figure else exports.written(table, told, kind)
    return file(data, kind, name)


def file(data: bytes, kind: str, name: str) -> HttpResponse:
    """A download."""
    safe = "".join(one if one.isalnum() and one.isascii() else "-" for one in name.lower()).strip("-")
    disposition = f'attachment; filename="{safe}.{kind}"'
    return HttpResponse(data, content_type=exports.KINDS[kind], headers={"Content-Disposition": disposition})


def _named(name: str) -> str:
    if name not in region.DEFINITIONS:
        raise Http404
    return name


def _known(found: Any) -> Any:
    if found is None or isinstance(found, Silence):
        raise Http404
    return found
