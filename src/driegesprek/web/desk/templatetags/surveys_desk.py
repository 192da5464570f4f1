"""Words for survey rounds."""

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from driegesprek.web.surveys.domain import versions
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.models import Round

register = template.Library()
POST = {
    "email": _("e-mails"),
    "sms": _("list for text messages"),
    "letter": _("letters"),
    "card": _("cards for pupils"),
}


@register.filter
def voice_label(code: str) -> str:
    """`one.voice|voice_label`: Pupil."""
    return capfirst(str(Voice(code).label)) if code in Voice.values else code


@register.filter
def not_validated(row: Round) -> bool:
    """`row|not_validated`: whether a form of this round was never validated."""
    return versions.not_validated(row.pk)


@register.filter
def post_label(channel: str) -> str:
    """`one.channel|post_label`: Letters."""
    return capfirst(str(POST.get(channel, channel)))
