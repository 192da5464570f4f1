"""Narrow the list of texts, and write a wording."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from driegesprek.content import DUTCH, LANGUAGES
from driegesprek.web.common import wordings

STATES = {
    "original": lazy("ours"),
    "reviewed": lazy("reviewed"),
    "draft": lazy("draft"),
    "missing": lazy("missing"),
    "own": lazy("the school's own"),
    "waiting": lazy("waits for a review"),
}


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; anything else in the address is left out."""

    language: str = DUTCH
    state: str = ""
    q: str = ""


def asked(data: Any) -> Asked:
    """Read the address."""
    codes = {one.code for one in LANGUAGES}
    language, state = data.get("language", DUTCH), data.get("state", "")
    return Asked(
        language=language if language in codes else DUTCH,
        state=state if state in STATES else "",
        q=data.get("q", "").strip()[:100],
    )


class WordingForm(forms.Form):
    """The school's own words for one text."""

    text = forms.CharField(
        label=lazy("Own wording"), max_length=wordings.LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )

    def refuse(self, refusal: wordings.WordingRefusedError) -> None:
        """Say what is wrong with the blanks."""
        if refusal.missing:
            text = _("Keep %(words)s in the text: it is filled in by itself.")
            self.add_error("text", text % {"words": ", ".join(sorted(refusal.missing))})
        if refusal.unknown:
            text = _("Take %(words)s out: nothing is known to fill in there.")
            self.add_error("text", text % {"words": ", ".join(sorted(refusal.unknown))})
