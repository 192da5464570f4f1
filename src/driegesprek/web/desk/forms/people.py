"""Forms about pupils, their adults and their classes."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from driegesprek.content import LANGUAGES
from driegesprek.roster.contact import phone_numbers
from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.desk.pages.people import written_number
from driegesprek.web.desk.pages.words import language_choices, language_name
from driegesprek.web.people.enums import Channel, Relation, Track
from driegesprek.web.people.models import Bond, Pupil, SchoolClass
from driegesprek.web.people.rules import school_year_of

YOUNGEST, OLDEST = 9, 25
YEAR_GROUPS = [(number, str(number)) for number in range(1, 7)]


class Day(forms.DateInput):
    """The browser's own calendar; without it, year-month-day."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class PhoneField(forms.CharField):
    """A telephone number, kept in E.164; a number without country code is Dutch."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    stored = ""
    """The number that is kept now: left as it is, it is not judged again."""

    def clean(self, value: Any) -> str:
        """The number as it is stored."""
        text = super().clean(value)
        if self.stored and text == written_number(self.stored):
            return self.stored
        try:
            found = phone_numbers(text)
        except ValueError:
            found = ()
        if text and not found:
            raise forms.ValidationError(
                _(
                    "This is no telephone number. Write it as 06 12345678; put +country code before a foreign one."
                )
            )
        if len(found) > 1:
            raise forms.ValidationError(_("Write one number here; the other one goes in the other field."))
        return found[0][0] if found else ""


def languages() -> list[Any]:
    """Languages to choose from: those of the family face first."""
    ours = [(one.code, language_name(one.code)) for one in LANGUAGES]
    codes = {code for code, _name in ours}
    others = [pair for pair in language_choices() if pair[0] not in codes]
    return [(_("Texts are there in"), ours), (_("Other languages"), others)]


class TieForm(forms.Form):
    """An adult, and what ties that adult to one pupil."""

    given_name = forms.CharField(label=_("Given name or initials"), max_length=200, required=False)
    prefix = forms.CharField(label=_("Prefix"), max_length=40, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=200, required=False)
    relation = forms.ChoiceField(
        label=_("Relation to the pupil"), choices=Relation.choices, initial=Relation.PARENT
    )
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("Sheets and messages are in this language, with Dutch beneath.")
    )
    phone = PhoneField(
        label=_("Mobile number"), required=False, help_text=_("Text messages go to this number.")
    )
    other_phone = PhoneField(label=_("Other number"), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    household = forms.CharField(
        label=_("Household"),
        max_length=20,
        initial="1",
        help_text=_("1 or 2: adults of one household come to one talk together."),
    )
    authority = forms.BooleanField(label=_("Has parental authority"), required=False, initial=True)
    contact_allowed = forms.BooleanField(
        label=_("The school may contact this adult"),
        required=False,
        initial=True,
        help_text=_("Without it there is no sheet, and an earlier link and code open nothing."),
    )
    channels = forms.MultipleChoiceField(
        label=_("Can be reached by"),
        required=False,
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, bond: Bond | None = None, **kwargs: Any) -> None:
        if bond is not None:
            kwargs["initial"] = _initial(bond)
        super().__init__(*args, **kwargs)
        for name in ("phone", "other_phone"):
            number: Any = self.fields[name]
            number.stored = getattr(bond.adult, name) if bond else ""
        field: Any = self.fields["language"]
        field.choices = with_current(languages(), str(self.get_initial_for_field(field, "language") or ""))

    def clean(self) -> dict[str, Any]:
        """A name of some kind is needed."""
        data = dict(self.cleaned_data)
        if not (data.get("given_name") or data.get("family_name")):
            self.add_error("given_name", _("Fill in a given name or a family name."))
        return data


def _initial(bond: Bond) -> dict[str, Any]:
    adult = {name: getattr(bond.adult, name) for name in ("given_name", "prefix", "family_name", "email")}
    tie = {
        name: getattr(bond, name)
        for name in ("relation", "household", "authority", "contact_allowed", "channels")
    }
    numbers = {name: written_number(getattr(bond.adult, name)) for name in ("phone", "other_phone")}
    return adult | tie | numbers | {"language": bond.spoken_language}


def with_current(groups: list[Any], code: str) -> list[Any]:
    """The choices, with the present language where it is none of them: saving must not change it."""
    known = {value for _group, pairs in groups for value, _label in pairs}
    return groups if not code or code in known else [*groups, (_("Now"), [(code, language_name(code))])]


class PupilForm(forms.ModelForm):  # type: ignore[type-arg] # Django's forms are not generic at run time
    """A pupil's name and birth date."""

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["given_name"].required = self.fields["family_name"].required = True
        self.fields["birth_date"].required = False

    class Meta:
        model = Pupil
        fields = ["given_name", "prefix", "family_name", "birth_date"]
        labels = {
            "given_name": _("Given name"),
            "prefix": _("Prefix"),
            "family_name": _("Family name"),
            "birth_date": _("Birth date"),
        }
        widgets = {"birth_date": Day}

    def clean_birth_date(self) -> dt.date | None:
        """A birth date that a pupil can have."""
        born: dt.date | None = self.cleaned_data["birth_date"]
        if born and not YOUNGEST <= (self.today - born).days // 365 <= OLDEST:
            raise forms.ValidationError(_("Look whether the birth date is right."))
        return born


class NewPupilForm(PupilForm):
    """A pupil who came in between two lists."""

    number = forms.CharField(
        label=_("Number in the administration"),
        max_length=60,
        required=False,
        help_text=_("With it the next class list knows that this is the same pupil."),
    )
    since = forms.DateField(label=_("In this class since"), widget=Day)


class MoveForm(forms.Form):
    """Another class, from a day on."""

    to = forms.ModelChoiceField(label=_("New class"), queryset=SchoolClass.objects.none())
    on = forms.DateField(label=_("From"), widget=Day)

    def __init__(self, *args: Any, classes: QuerySet[SchoolClass], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        field: Any = self.fields["to"]
        field.queryset, self.today = classes, today

    def clean_on(self) -> dt.date:
        """A day that has come, in this school year."""
        on: dt.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("A move is written down on the day itself or later."))
        if on < school_year_of(self.today)[1]:
            raise forms.ValidationError(_("This day lies in an earlier school year."))
        return on


class ClassForm(forms.ModelForm):  # type: ignore[type-arg] # as above
    """A class, its mentor and location."""

    year_group = forms.TypedChoiceField(
        label=_("Year group"), choices=[("", "–"), *YEAR_GROUPS], coerce=int, empty_value=None, required=False
    )
    track = forms.MultipleChoiceField(
        label=_("Track"),
        required=False,
        choices=[(value, label) for value, label in Track.choices if value],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("More than one for a mixed class."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["track"] = [one for one in self.instance.track.split("/") if one]
        mentor: Any = self.fields["mentor"]
        mentor.queryset = scope.staff(actor).filter(active=True)
        mentor.label_from_instance = lambda staff: staff.sorted_name
        location: Any = self.fields["location"]
        location.queryset = location.queryset.filter(school=actor.school_id)
        mentor.required = location.required = False

    class Meta:
        model = SchoolClass
        fields = ["name", "year_group", "track", "mentor", "location"]
        labels = {"name": _("Name of the class"), "mentor": _("Mentor"), "location": _("Location")}

    def clean_track(self) -> str:
        """As it is stored: BB/KB."""
        return "/".join(self.cleaned_data["track"])

    def _post_clean(self) -> None:
        """The domain saves; the instance is left as it is."""
