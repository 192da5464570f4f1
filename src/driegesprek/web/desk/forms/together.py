"""A plan that is brought in, at a school or by the region; sums of several schools."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from driegesprek.evidence import EvidenceError
from driegesprek.evidence.plans import Plan, plan_of_text
from driegesprek.web.desk.pages import evidence_words

LARGEST_PLAN = 500_000
"""Characters; a plan has some hundreds of lines at most."""


def _text(file: Any) -> str:
    if file.size > LARGEST_PLAN:
        raise forms.ValidationError(_("This file is too large for a plan."))
    try:
        return str(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise forms.ValidationError(_("This is not a text in UTF-8.")) from error


def read_plan(text: str) -> Plan:
    """A plan; what is wrong is said in the language of the desk, and exactly in English."""
    try:
        return plan_of_text(text, "The file")
    except EvidenceError as error:
        raise forms.ValidationError([evidence_words.problem(error), str(error)]) from error


class PlanForm(forms.Form):
    """A plan as a file."""

    plan_file = forms.FileField(label=lazy("The plan (.json)"))

    def clean_plan_file(self) -> Plan:
        """Read it; the text is kept, for it is sent on with the next deed."""
        self.text = _text(self.cleaned_data["plan_file"])
        return read_plan(self.text)


class SchoolPlanForm(PlanForm):
    """A plan, and of whose answers."""

    voice = forms.ChoiceField(label=lazy("Whose answers"))

    def __init__(self, *args: Any, voices: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["voice"].choices = voices  # type: ignore[attr-defined] # a ChoiceField
        self.order_fields(["voice", "plan_file"])


class GiveForm(forms.Form):
    """The same again, as the page that showed it sends it on."""

    plan = forms.CharField(max_length=LARGEST_PLAN, strip=False)
    voice = forms.ChoiceField()

    def __init__(self, *args: Any, voices: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["voice"].choices = voices  # type: ignore[attr-defined] # a ChoiceField

    def clean_plan(self) -> Plan:
        """Read it."""
        return read_plan(self.cleaned_data["plan"])
