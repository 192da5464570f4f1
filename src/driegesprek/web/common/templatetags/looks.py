"""Small pictures and pieces of the visual language that a template alone cannot compute."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

STATE_ICONS = {
    "now": "circle-dot",
    "sent": "send",
    "planned": "calendar-check",
    "done": "check",
    "talked": "message-circle",
}
TAG_ICONS = {"ok": "check", "attention": "triangle-alert", "information": "info", "neutral": "circle"}
NOTICE_ICONS = {"info": "info", "saved": "circle-check", "attention": "lightbulb"}
MESSAGE_ICONS = {"success": "circle-check", "warning": "triangle-alert", "error": "circle-alert"}


@register.simple_tag
def coverage(done: int, total: int, extra_class: str = "") -> SafeString:
    """A bar in a table cell with its words: `{% coverage 19 23 %}` shows 19 of 23.

    The bar is a drawing only; the words carry the meaning, also where no drawing is seen.

    Args:
        done: how many are done.
        total: of how many; 0 shows an empty bar.
        extra_class: further classes, for example `attention`.
    """
    share = min(max(done / total, 0), 1) if total else 0
    return format_html(
        '<span class="coverage {}"><svg class="bar" width="64" height="16" aria-hidden="true">'
        '<rect class="bar-ground" width="100%" height="100%" rx="4"/>'
        '<rect class="bar-done" width="{}%" height="100%" rx="4"/></svg> <span>{}</span></span>',
        extra_class,
        f"{100 * share:.1f}",
        _("%(done)s of %(total)s") % {"done": done, "total": total},
    )


@register.inclusion_tag("common/parts/steps.html")
def steps(current: int, total: int, label: str = "") -> dict[str, Any]:
    """Progress: `{% steps 2 5 "Stap 2 van 5" %}`; the label is shown and read, the dots are a drawing.

    Args:
        current: the step one is at, from 1.
        total: how many there are; from 16 on one dot stands for several steps.
        label: the same in words, in the reader's language; a text may have the Dutch beneath it.
    """
    most = 15
    dots = min(max(total, 1), most)
    at = current if total <= most else 1 + (current - 1) * dots // total
    states = ["done" if dot < at else "now" if dot == at else "" for dot in range(1, dots + 1)]
    return {"states": states, "label": label}


@register.filter
def state_icon(state: str) -> str:
    """The icon of a to-do's state: now, sent, planned, done, talked; a plain circle for 'to do'."""
    return STATE_ICONS.get(state, "circle")


@register.filter
def tag_icon(kind: str) -> str:
    """The icon of a tag: ok, attention, information, neutral."""
    return TAG_ICONS.get(kind, "circle")


@register.filter
def notice_icon(kind: str) -> str:
    """The icon of a notice to a family: info, saved, attention."""
    return NOTICE_ICONS.get(kind, "info")


@register.filter
def message_icon(level: str) -> str:
    """The icon of a message of django.contrib.messages by its level tag."""
    return MESSAGE_ICONS.get(level, "info")


@register.filter
def is_checkbox(field: Any) -> bool:
    """Whether a bound field is one single box, whose label stands behind it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset
