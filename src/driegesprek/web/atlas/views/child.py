"""'What can my child choose here?', for families: six languages, no login, no JavaScript; nothing is kept."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from driegesprek import region
from driegesprek.web.access.guards import public
from driegesprek.web.atlas.pages import child as pages
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
    return speaking.frame(speaker) | {
        "languages": speaking.choices(more),
        "picked": picked if picked in speaking.CODES else "",
        "text": text,
        "profiles": list(pages.profiles(speaker)),
        "source": pages.flows_source(),
    }


def _found(text: str, speaker: Speaker) -> dict[str, Any]:
    try:
        return {"found": pages.look(text, speaker.language)}
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
