"""What staff fill in about the line: classes and moments, dates, the choice, days of delivery, words from paper."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driegesprek.content import catalogue
from driegesprek.web.line.enums import ActivityKind
from driegesprek.web.line.models import Choice
from driegesprek.web.line.rules import Dates, date_problems, profile_lists
from driegesprek.web.people.models import SchoolClass, SchoolYear

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
)
HERE = (("here", _("yes, here")), ("absent", _("not here: say so")), ("", _("leave out")))


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day to fill in."""
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


class ClassesField(forms.ModelMultipleChoiceField):
    """Classes to tick, with their year group beside them."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: SchoolClass) -> str:
        """2A (year group 2)."""
        return _("%(name)s (year group %(group)s)") % {"name": obj.name, "group": obj.year_group}


class MomentsForm(forms.Form):
    """Which classes, and the moments the school already has."""

    classes = ClassesField(queryset=SchoolClass.objects.none(), label=_("Classes that take part"))
    talks_from = day_field(
        _("First day of the report talks"),
        help_text=_("The career talk takes the place of the report talk; no evening is added."),
    )
    talks_until = day_field(_("Last day of the report talks"))
    lesson = forms.TypedChoiceField(
        choices=WEEKDAYS,
        coerce=int,
        label=_("Day of the mentor lesson"),
        help_text=_("The assignment is prepared and given out in that lesson, and comes back in it."),
    )

    def __init__(self, *args: Any, classes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classes"].queryset = classes

    def clean_classes(self) -> Any:
        """Classes of one year group in one year."""
        chosen = self.cleaned_data["classes"]
        if len({(one.year_group, one.year_id) for one in chosen}) > 1:
            raise forms.ValidationError(
                _("These classes are of more than one year group. Make a line for each year group apart.")
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        """Talks end after they begin, within the school year."""
        data = super().clean() or {}
        start, end = data.get("talks_from"), data.get("talks_until")
        if start and end and end < start:
            self.add_error("talks_until", _("The last day is before the first day. Choose a later day."))
        chosen = data.get("classes")
        year = chosen[0].year if chosen else None
        for field in ("talks_from", "talks_until"):
            if year and data.get(field) and not year.starts_on <= data[field] <= year.ends_on:
                self.add_error(
                    field, _("This day is not in the school year. Choose a day in the school year.")
                )
        return data


class DatesForm(forms.Form):
    """What is agreed for one activity, alike for every class."""

    announce_by = day_field(_("Announced to families, at the latest"))
    prepare_by = day_field(_("Prepared in class, at the latest"))
    opens_on = day_field(_("First day"))
    closes_on = day_field(_("Last day"))
    review_by = day_field(_("Looked back on in class, at the latest"))

    def __init__(self, *args: Any, year: SchoolYear, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        if kind == ActivityKind.HOME_ASSIGNMENT:
            self.fields["opens_on"].label = _("Sheets given out on")
            self.fields["closes_on"].label = _("Done and brought back, at the latest")
        else:
            self.fields["opens_on"].label = _("First day of the talks")
            self.fields["closes_on"].label = _("Last day of the talks")

    def clean(self) -> dict[str, Any]:
        """The dates fit each other and the school year."""
        data = super().clean() or {}
        if not self.errors:
            problems = date_problems(self.dates, year_starts=self.year.starts_on, year_ends=self.year.ends_on)
            for field, problem in problems.items():
                self.add_error(field, problem)
        return data

    @property
    def dates(self) -> Dates:
        """What was filled in."""
        return Dates(**{field: self.cleaned_data[field] for field in Dates.__dataclass_fields__})


class ChoiceForm(forms.Form):
    """What the pupils of a year group choose this year: the front of the sheet."""

    choose_by = day_field(_("Last day to choose"))
    contact_name = forms.CharField(
        label=_("Whom families call"),
        max_length=160,
        required=False,
        help_text=_("Empty: the mentor of the class."),
    )
    contact_phone = forms.CharField(
        label=_("Telephone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("Empty: the mentor's number, or the school's."),
    )

    def __init__(self, *args: Any, year: SchoolYear, choice: Choice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(choice), **kwargs)
        self.year = year
        for profile in catalogue.profiles():
            self.fields[f"profile_{profile.key}"] = forms.ChoiceField(
                choices=HERE,
                required=False,
                label=_label(profile),
                widget=forms.RadioSelect,
                initial=_where(choice, profile.key),
            )

    @property
    def profiles(self) -> list[forms.BoundField]:
        """The fields of the profiles."""
        return [self[name] for name in self.fields if name.startswith("profile_")]

    @property
    def others(self) -> list[forms.BoundField]:
        """The other fields."""
        return [self[name] for name in self.fields if not name.startswith("profile_")]

    def clean_choose_by(self) -> dt.date:
        """In the school year."""
        day = self.cleaned_data["choose_by"]
        if not self.year.starts_on <= day <= self.year.ends_on:
            raise forms.ValidationError(
                _("This day is not in the school year. Choose a day in the school year.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        """There is something to choose."""
        data = super().clean() or {}
        here, absent = self.lists(data)
        if not here:
            raise forms.ValidationError(_("Tick at least one profile that pupils can choose here."))
        return data | {"profiles": here, "absent_profiles": absent}

    def lists(self, data: dict[str, Any]) -> tuple[list[str], list[str]]:
        """Keys of what is offered, and of what is said not to be."""
        prefix = "profile_"
        return profile_lists(
            {name.removeprefix(prefix): data.get(name, "") for name in self.fields if name.startswith(prefix)}
        )


def _label(profile: catalogue.Profile) -> str:
    """Zorg en Welzijn (Z&W); of the theoretical track: Economie (tl)."""
    if profile.short_name.startswith(profile.name):
        return profile.short_name
    return f"{profile.name} ({profile.short_name})"


def _initial(choice: Choice | None) -> dict[str, Any]:
    fields = ("choose_by", "contact_name", "contact_phone")
    return {field: getattr(choice, field) for field in fields} if choice else {}


def _where(choice: Choice | None, key: str) -> str:
    if choice and key in choice.profiles:
        return "here"
    return "absent" if choice and key in choice.absent_profiles else ""


class DeliveredForm(forms.Form):
    """On which day a stage was delivered; today where nothing is filled in, never a day to come."""

    on = day_field(_("Day"), required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].widget.attrs["max"] = today.isoformat()

    def clean_on(self) -> dt.date:
        """Today or before."""
        on = self.cleaned_data["on"] or self.today
        if on > self.today:
            raise forms.ValidationError(_("This day is yet to come. Choose today or a day before."))
        return on


class WordsForm(forms.Form):
    """Three words of a sheet that came back."""

    word_1 = forms.CharField(label=_("First word"), max_length=60, required=False)
    word_2 = forms.CharField(label=_("Second word"), max_length=60, required=False)
    word_3 = forms.CharField(label=_("Third word"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"dir": "auto", "autocomplete": "off"}

    @property
    def words(self) -> tuple[str, str, str]:
        """What was filled in."""
        data = self.cleaned_data
        return data["word_1"], data["word_2"], data["word_3"]
