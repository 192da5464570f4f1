"""Figures of an area: the overview, an indicator, its files, its years, bottlenecks."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from driegesprek import region
from driegesprek.web.access.guards import public
from driegesprek.web.atlas import asked as asking
from driegesprek.web.atlas import exports, words
from driegesprek.web.atlas.asked import Asked, Silence
from driegesprek.web.atlas.pages import compared as comparing
from driegesprek.web.atlas.pages import flowing, mapping
from driegesprek.web.atlas.pages import years as over_years
from driegesprek.web.atlas.pages.compared import Compared
from driegesprek.web.supply import opendata

MOST = 3
"""How many bottlenecks the overview tells."""


def frame(asked: Asked, page: str, name: str = "supply") -> dict[str, Any]:
    """What every page of figures needs: filters, areas, the other indicators."""
    try:
        areas, years = opendata.areas(), opendata.years(name)
    except region.StoreError:
        areas, years = (), ()
    definition = region.DEFINITIONS[name]
    return {
        "page": page,
        "asked": asked,
        "name": name,
        "title": words.title(definition),
        "areas": [(words.LEVELS[one.level], one.areas) for one in areas],
        "years": years,
        "tracks": words.TRACKS if name in {"supply", "choice"} else {},
        "indicators": [(one.name, words.title(one)) for one in region.DEFINITIONS.values()],
        "definition": {
            part: definition.words(part, words.language()) for part in ("text", "formula", "basis")
        },
    }


def show(
    request: HttpRequest, template: str, context: dict[str, Any], silence: object = None
) -> HttpResponse:
    """A page; 404 for an area that is not known."""
    status = 404 if isinstance(silence, Silence) and silence.why == "area" else 200
    return render(request, template, context, status=status)


@public
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What there is to choose in an area, in short."""
    asked = asking.of(request)
    found = asking.compared("supply", asked)
    context = frame(asked, "overview") | {"silence": found if isinstance(found, Silence) else None}
    if isinstance(found, Compared):
        worst = asking.ask(lambda: over_years.bottlenecks("supply", asked), asked.area)
        context |= {
            "found": found,
            "figure": comparing.figure(found),
            "bottlenecks": [] if isinstance(worst, Silence) else over_years.worse(worst)[:MOST],
        }
    entries = asking.ask(opendata.entries, asked.area)
    known = () if isinstance(entries, Silence) else entries
    context["entries"] = [(one, words.KINDS[one.kind.value]) for one in known]
    return show(request, "atlas/overview.html", context, found)


@public
@require_safe
def indicator(request: HttpRequest, name: str) -> HttpResponse:
    """An indicator of an area beside the country, with its table."""
    _known(name)
    asked = asking.of(request)
    found = asking.compared(name, asked)
    context = frame(asked, "indicator", name)
    if isinstance(found, Silence):
        return show(request, "atlas/indicator.html", context | {"silence": found}, found)
    context |= {
        "found": found,
        "table": comparing.table(found),
        "figure": comparing.figure(found),
        "notes": comparing.notes(found.here.notes),
        "flows": flowing.figure(found.here) if name == "flow" else None,
    }
    return show(request, "atlas/indicator.html", context)


@public
@require_safe
def download(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """The same as a file: .csv, .xlsx or .svg."""
    _known(name)
    if kind not in exports.KINDS:
        raise Http404
    asked = asking.of(request)
    found = asking.compared(name, asked)
    if isinstance(found, Silence):
        raise Http404
    drawn = comparing.figure(found)
    if kind == "svg" and drawn is None:
        raise Http404
    data = (
        drawn.svg.encode()
        if kind == "svg" and drawn
        else exports.written(comparing.table(found), about(found), kind)
    )
    return file(data, kind, f"{name}-{found.here.area}-{found.here.year}")


def about(found: Compared) -> list[str]:
    """What a file says of itself: definition, formula, source, remarks."""
    definition, language = found.definition, words.language()
    return [
        f"{words.title(definition)}: {found.here.area}, {found.here.year}",
        definition.words("text", language),
        definition.words("formula", language),
        _("Source: %(source)s") % {"source": found.here.source},
        *comparing.notes(found.here.notes),
    ]


def file(data: bytes, kind: str, name: str) -> HttpResponse:
    """A download."""
    safe = "".join(one if one.isalnum() and one.isascii() else "-" for one in name.lower()).strip("-")
    disposition = f'attachment; filename="{safe}.{kind}"'
    return HttpResponse(data, content_type=exports.KINDS[kind], headers={"Content-Disposition": disposition})


def _known(name: str) -> None:
    if name not in region.DEFINITIONS:
        raise Http404


@public
@require_safe
def trend(request: HttpRequest, name: str) -> HttpResponse:
    """An indicator of an area in every year that there is."""
    _known(name)
    asked = asking.of(request)
    found = asking.ask(lambda: over_years.trend(name, asked), asked.area)
    context = frame(asked, "trend", name)
    if isinstance(found, Silence):
        return show(request, "atlas/trend.html", context | {"silence": found}, found)
    return show(request, "atlas/trend.html", context | {"trend": found})


@public
@require_safe
def bottlenecks(request: HttpRequest) -> HttpResponse:
    """Where an area falls short of another: in sentences and in a picture."""
    asked = asking.of(request)
    name = request.GET.get("indicator", "supply")
    name = name if name in region.DEFINITIONS else "supply"
    found = asking.ask(lambda: over_years.bottlenecks(name, asked), asked.area)
    context = frame(asked, "bottlenecks", name)
    if isinstance(found, Silence):
        return show(request, "atlas/bottlenecks.html", context | {"silence": found}, found)
    beside = asking.compared(name, asked)
    context |= {
        "worse": over_years.worse(found),
        "better": [one for one in found if not one.worse],
        "figure": over_years.shortfalls(found, name),
        "beside": beside if isinstance(beside, Compared) else None,
        "same": comparing.is_country(asked.area) and comparing.is_country(asked.against),
    }
    return show(request, "atlas/bottlenecks.html", context)


@public
@require_safe
def map_(request: HttpRequest) -> HttpResponse:
    """The municipalities of an area on a map, and in a table."""
    asked = asking.of(request)
    name, profile = request.GET.get("indicator", "supply"), request.GET.get("profile", "pie")
    name = name if name in mapping.NAMES else "supply"
    profile = profile if profile in mapping.PROFILES else "pie"
    found = asking.ask(lambda: mapping.drawn(name, profile, asked.area), asked.area)
    context = frame(asked, "map", name) | {
        "profile": profile,
        "profiles": [(one, region.profile_name(one, words.language())) for one in mapping.PROFILES],
        "indicators": [(one, words.title(region.DEFINITIONS[one])) for one in mapping.NAMES],
        "tracks": None,
    }
    context |= {"silence": found} if isinstance(found, Silence) else {"found": found}
    return show(request, "atlas/map.html", context, found)
