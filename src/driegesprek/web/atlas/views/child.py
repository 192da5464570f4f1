"""'What can my child choose here?', for families: six languages, no login, no JavaScript; nothing is kept."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from driegesprek import region
from driegesprek.web.access.guards import REGION_DESK, public, staff_only
from driegesprek.web.atlas.pages import child as pages
from driegesprek.web.atlas.pages import leaflets, paths
from driegesprek.web.common import speaking
from driegesprek.web.common.speaking import Speaker
from driegesprek.web.supply import opendata

LONGEST = 80


@public
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Near a postcode or primary school: what is offered, and above all what is not."""
    speaker = Speaker(speaking.of_visitor(request))
    text = request.GET.get("plek", "").strip()[:LONGEST]
    context = _frame(request, speaker, text) | (_found(text, speaker) if text else _anything())
    status = 404 if context.get("problem") == "atlas.unknown" else 200
    return render(request, "atlas/child.html", context, status=status)


def _frame(request: HttpRequest, speaker: Speaker, text: str) -> dict[str, Any]:
    more = f"&plek={quote(text)}" if text else ""
    picked = request.GET.get(speaking.PARAMETER, "")
    profiles = list(pages.profiles(speaker))
    return speaking.frame(speaker) | {
        "languages": speaking.choices(more),
        "picked": picked if picked in speaking.CODES else "",
        "text": text,
        "profiles": profiles,
        "in_bounds": pages.in_bounds(one.of_100 for one in profiles),
        "source": pages.flows_source(),
    }


def _found(text: str, speaker: Speaker) -> dict[str, Any]:
    try:
        found = pages.look(text, speaker.language)
        return {"found": found, "map": pages.picture(found, speaker)}
    except region.UnknownPlaceError as unknown:
        if unknown.candidates:
            return {"problem": "atlas.several", "candidates": unknown.candidates[: pages.FEW]}
        return {"problem": "atlas.unknown"}
    except (region.NothingImportedError, region.StoreError):
        return {"problem": "atlas.no_data"}


def _anything() -> dict[str, Any]:
    """Before anybody asks: whether there is something to find."""
    try:
        opendata.world()
    except (region.NothingImportedError, region.StoreError):
        return {"problem": "atlas.no_data"}
    return {}


@public
@require_safe
def leaflet(request: HttpRequest) -> HttpResponse:
    """Two sides A5 to print, of a place (`plek`)."""
    text = request.GET.get("plek", "").strip()[:LONGEST]
    return _printed(leaflets.of_place, text, speaking.of_visitor(request))


@staff_only(*REGION_DESK)
@require_safe
def all_leaflets(request: HttpRequest) -> HttpResponse:
    """The leaflets of all primary schools of a municipality (`gemeente`) in one file: minutes of work, so for staff."""
    name = request.GET.get("gemeente", "").strip()[:LONGEST]
    return _printed(leaflets.of_municipality, name, speaking.of_visitor(request))


def _printed(make: Callable[[str, str], bytes], what: str, language: str) -> HttpResponse:
    try:
        pdf = make(what, language)
    except (region.UnknownPlaceError, region.NothingImportedError, region.StoreError) as error:
        raise Http404 from error
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="folder.pdf"'}
    )


@public
@require_safe
def ways(request: HttpRequest) -> HttpResponse:
    """Ways on after a profile: to mbo, BOL and BBL in plain words, chances where they were imported."""
    speaker = Speaker(speaking.of_visitor(request))
    profile, track = request.GET.get("profiel", ""), request.GET.get("leerweg", "")
    profile = profile if profile in paths.ORDER else ""
    track = track if track in region.LEVELS else ""
    text = request.GET.get("plek", "").strip()[:LONGEST]
    here = paths.find(text) if text else None
    found = paths.ways(profile, speaker, here) if profile else []
    picked = request.GET.get(speaking.PARAMETER, "")
    more = urlencode({"profiel": profile, "leerweg": track} if profile else {})
    more = "".join(f"&{part}" for part in (more, urlencode({"plek": text}) if text else "") if part)
    context = speaking.frame(speaker) | {
        "languages": speaking.choices(more),
        "picked": picked if picked in speaking.CODES else "",
        "profile": profile,
        "track": track,
        "text": text,
        "here": here,
        "problem": "atlas.unknown" if text and not here else "",
        "profiles": [(key, region.profile_name(key)) for key in paths.ORDER],
        "tracks": pages.TRACKS,
        "source": pages.flows_source(),
        "ways": found,
        "in_bounds": paths.in_bounds(found),
        "mbo": paths.mbo(here, speaker) if here else [],
        "chances": paths.chances(speaker) if profile else [],
    }
    return render(request, "atlas/ways.html", context)
