"""A plan that is brought in, at a school or by the region; sums of several schools."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from driegesprek.evidence import EvidenceError
from driegesprek.evidence.plans import Plan, plan_of_text
from driegesprek.web.desk.forms.imports import FilesField
from driegesprek.web.desk.pages import evidence_words, example_plans

LARGEST_PLAN = 500_000
"""Characters; a plan has some hundreds of lines at most."""
LARGEST_SUMS = 32_000_000
"""Bytes."""


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


class SumsForm(forms.Form):
    """The sums of several schools."""

    sums = FilesField(label=lazy("Files of sums (.sums.json)"))

    def clean_sums(self) -> dict[str, str]:
        """{what a file is called: its text}."""
        found: dict[str, str] = {}
        for place, file in enumerate(self.cleaned_data["sums"], 1):
            if file.size > LARGEST_SUMS:
                raise forms.ValidationError(_("%(name)s is too large for sums.") % {"name": file.name})
            name = file.name if file.name not in found else f"{file.name} ({place})"
            try:
                found[name] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise forms.ValidationError(
                    _("%(name)s is not a text in UTF-8.") % {"name": file.name}
                ) from error
        return found


class ExampleForm(forms.Form):
    """Of which instrument a plan is wanted, measured once or twice."""

    instrument = forms.ChoiceField(label=lazy("Questionnaire"))
    times = forms.ChoiceField(
        label=lazy("Measured"), choices=[("2", lazy("before and after")), ("1", lazy("once"))]
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["instrument"].choices = example_plans.choices()  # type: ignore[attr-defined] # a ChoiceField
