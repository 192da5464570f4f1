"""Telephone numbers and pages as staff read them."""

from django import template

from driegesprek.web.people.enums import Channel

register = template.Library()


@register.filter
def phone(number: str) -> str:
    """A stored number (E.164) as people write it: 06 12345678, or +32 470 12 34 56."""
    import phonenumbers  # noqa: PLC0415 - heavy

    if not number:
        return ""
    try:
        parsed = phonenumbers.parse(number, "NL")
    except phonenumbers.NumberParseException:
        return number
    dutch = parsed.country_code == phonenumbers.country_code_for_region("NL")
    formats = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(parsed, formats.NATIONAL if dutch else formats.INTERNATIONAL))


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
