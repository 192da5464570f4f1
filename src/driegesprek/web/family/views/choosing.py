"""Four pages about choosing together, for every family, without a door and without a kind of parent."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from driegesprek import content
from driegesprek.web.access.guards import public
from driegesprek.web.family import page

OTHER = {"vmbo": "havo_vwo", "havo_vwo": "vmbo"}


@public
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """The list; what differs is whether the child is at vmbo or at havo or vwo."""
    level = request.GET.get("soort", "vmbo")
    if level not in OTHER:
        raise Http404
    return page.before_door(request, "family/choosing/pages.html", _context(level))


@public
@require_safe
def one_page(request: HttpRequest, level: str, key: str) -> HttpResponse:
    """One of the four."""
    if level not in OTHER:
        raise Http404
    context = _context(level)
    found = context["pages"]
    place = next((place for place, one in enumerate(found) if one.key == key), None)
    if place is None:
        raise Http404
    following = found[place + 1] if place + 1 < len(found) else None
    return page.before_door(
        request, "family/choosing/page.html", context | {"one": found[place], "following": following}
    )


def _context(level: str) -> dict[str, Any]:
    return {
        "level": level,
        "other": OTHER[level],
        "other_key": f"opportunity.level.{OTHER[level]}",
        "level_key": f"opportunity.level.{level}",
        "pages": content.opportunities(level),
    }
