"""Pieces of the desk's frame."""

from typing import Any

from django import template

from driegesprek.web.desk.navigation import entries

register = template.Library()


@register.inclusion_tag("desk/navigation.html", takes_context=True)
def navigation(context: template.Context, area: str) -> dict[str, Any]:
    """The navigation for who is logged in; `area` is the page's own entry."""
    return {"entries": entries(context["request"].actor, area)}
