"""Telephone numbers and pages as staff read them."""

from django import template

from driegesprek.web.desk.pages.people import written_number
from driegesprek.web.people.enums import Channel

register = template.Library()


@register.filter
def phone(number: str) -> str:
    """A stored number as people write it."""
    return written_number(number)


@register.simple_tag(takes_context=True)
def with_page(context: template.Context, number: int) -> str:
    """The address's own questions with another page."""
    asked = context["request"].GET.copy()
    asked["page"] = str(number)
    return asked.urlencode()


@register.filter
def channel(code: str) -> str:
    """How an adult can be reached, in words."""
    return str(Channel(code).label) if code in Channel.values else code
