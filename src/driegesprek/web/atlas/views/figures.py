"""Figures of an area: the overview, an indicator, its years, bottlenecks, the map."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from driegesprek import region
from driegesprek.figures import shade
from driegesprek.figures.choropleth import STEP
from driegesprek.web.access.guards import public
from driegesprek.web.atlas import asked as asking
from driegesprek.web.atlas import words
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
        "files": taken(reverse("atlas:download", args=[name, "csv"]), asked.query),
        "flow_files": taken(reverse("atlas:flows_file", args=["csv"]), asked.query),
        "table": comparing.table(found),
        "figure": comparing.figure(found),
        "notes": comparing.notes(found.here.notes),
        "flows": flowing.figure(found.here) if name == "flow" else None,
    }
    return show(request, "atlas/indicator.html", context)


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
    context["files"] = taken(reverse("atlas:trend_file", args=[name, "csv"]), asked.query)
    return show(request, "atlas/trend.html", context | {"trend": found})


def of_bottlenecks(request: HttpRequest) -> str:
    """Of which indicator the bottlenecks are asked."""
    name = request.GET.get("indicator", "supply")
    return name if name in region.DEFINITIONS else "supply"


@public
@require_safe
def bottlenecks(request: HttpRequest) -> HttpResponse:
    """Where an area falls short of another: in sentences and in a picture."""
    asked, name = asking.of(request), of_bottlenecks(request)
    found = asking.ask(lambda: over_years.bottlenecks(name, asked), asked.area)
    context = frame(asked, "bottlenecks", name)
    if isinstance(found, Silence):
        return show(request, "atlas/bottlenecks.html", context | {"silence": found}, found)
    beside = asking.compared(name, asked)
    context |= {
        "worse": over_years.worse(found),
        "better": [one for one in found if not one.worse],
        "figure": over_years.shortfalls(found, name),
        "table": over_years.shortfall_table(found),
        "files": taken(
            reverse("atlas:bottlenecks_file", args=["csv"]), joined(f"indicator={name}", asked.query)
        ),
        "beside": beside if isinstance(beside, Compared) else None,
        "notes": over_years.why_fewer(beside) if isinstance(beside, Compared) else [],
        "same": comparing.is_country(asked.area) and comparing.is_country(asked.against),
    }
    return show(request, "atlas/bottlenecks.html", context)


def mapped(request: HttpRequest) -> tuple[Asked, str, str]:
    """What a map is asked of: the filters, the indicator and the profile."""
    name, profile = request.GET.get("indicator", "supply"), request.GET.get("profile", "pie")
    return (
        asking.of(request),
        name if name in mapping.NAMES else "supply",
        profile if profile in mapping.PROFILES else "pie",
    )


@public
@require_safe
@gzip_page
def map_(request: HttpRequest) -> HttpResponse:
    """The municipalities and schools of an area on a map, and in tables."""
    asked, name, profile = mapped(request)
    found = asking.ask(lambda: mapping.drawn(name, profile, asked.area), asked.area)
    chosen = f"indicator={name}&profile={profile}"
    query = joined(chosen, urlencode({"area": asked.area}) if asked.area != "NL" else "")
    context = frame(asked, "map", name) | {
        "profile": profile,
        "profiles": [(one, region.profile_name(one, words.language())) for one in mapping.PROFILES],
        "indicators": [(one, words.title(region.DEFINITIONS[one])) for one in mapping.NAMES],
        "tracks": None,
        "chosen": chosen,
        "geojson": f"{reverse('atlas:map_file', args=['geojson'])}?{query}",
        "files": taken(reverse("atlas:map_file", args=["csv"]), query, "csv", "xlsx", "svg", "geojson"),
        "legend": legend(),
    }
    context |= {"silence": found} if isinstance(found, Silence) else {"found": found}
    return show(request, "atlas/map.html", context, found)


def legend() -> list[tuple[str, str]]:
    """The shades of the map: (colour, what it stands for)."""
    return [(shade(one), f"{one}–{one + STEP}%") for one in range(0, 100, STEP)]


def taken(address: str, query: str, *kinds: str) -> list[tuple[str, str]]:
    """The files of a figure: (kind, address), given the address of the .csv."""
    stem = address.removesuffix(".csv")
    return [(one, f"{stem}.{one}{'?' if query else ''}{query}") for one in kinds or ("csv", "xlsx", "svg")]


def joined(*queries: str) -> str:
    """Queries as one."""
    return "&".join(one for one in queries if one)
