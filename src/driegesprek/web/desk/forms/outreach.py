"""What staff fill in about reaching families: contact, what to print, recordings."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from driegesprek.content.forms import instrument_sources
from driegesprek.content.texts import sources
from driegesprek.web.desk.pages.words import language_choices
from driegesprek.web.outreach.enums import ContactKind, Outcome, PrintKind
from driegesprek.web.people.models import Bond

BY_STAFF = (
    (Outcome.REACHED, _("spoken: an adult was reached")),
    (Outcome.NOT_REACHED, _("not reached")),
    (Outcome.SENT, _("sent, no answer known yet")),
    (Outcome.CALL_BACK, _("asks to be called later")),
)


class BondField(forms.ModelChoiceField):
    """One of a pupil's adults."""

    def label_from_instance(self, obj: Bond) -> str:
        """Fatima el Amrani, mother."""
        return f"{obj.adult.full_name}, {obj.get_relation_display()}"


class ContactForm(forms.Form):
    """One moment of contact."""

    bond = BondField(
        queryset=Bond.objects.none(),
        required=False,
        label=_("With whom"),
        empty_label=_("someone who is not in the list"),
    )
    kind = forms.ChoiceField(choices=ContactKind.choices, label=_("How"))
    outcome = forms.ChoiceField(choices=BY_STAFF, widget=forms.RadioSelect, label=_("What came of it"))
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Only what a colleague must know to go on. The family may ask to read it."),
    )

    def __init__(self, *args: Any, bonds: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["bond"].queryset = bonds

    def clean(self) -> dict[str, Any]:
        """A moment that is not yet to come."""
        data = super().clean() or {}
        if data.get("day"):
            data["at"] = self._moment(data["day"], data.get("time"))
            if data["at"] > self.now + dt.timedelta(minutes=5):
                self.add_error("day", _("This is yet to come. Choose today or a day before."))
        return data

    def _moment(self, day: dt.date, time: dt.time | None) -> dt.datetime:
        local = timezone.localtime(self.now)
        if time is None:
            time = local.time() if day >= local.date() else dt.time(12)
        return timezone.make_aware(dt.datetime.combine(day, time))


class PrintForm(forms.Form):
    """What to make, of which activity, for which class."""

    activity = forms.ModelChoiceField(queryset=None, label=_("Activity"), empty_label=None)
    kind = forms.ChoiceField(choices=PrintKind.choices, label=_("What"))
    school_class = forms.ModelChoiceField(queryset=None, label=_("For"), required=False)

    def __init__(self, *args: Any, activities: Any, classes: Any, sees_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = activities
        self.fields["activity"].label_from_instance = lambda one: one.get_kind_display().capitalize()
        field = self.fields["school_class"]
        field.queryset, field.required = classes, not sees_all
        field.empty_label = _("all classes that take part") if sees_all else None

    def clean(self) -> dict[str, Any]:
        """The class takes part in the activity."""
        data = super().clean() or {}
        activity, school_class = data.get("activity"), data.get("school_class")
        if (
            activity
            and school_class
            and not activity.activity_classes.filter(school_class=school_class).exists()
        ):
            self.add_error("school_class", _("This class does not take part in this activity."))
        return data


class RecordingForm(forms.Form):
    """A recorded sound for one text in one language."""

    key = forms.ChoiceField(label=_("Text"), choices=())
    language = forms.ChoiceField(label=_("Language of the recording"), choices=())
    file = forms.FileField(
        label=_("Sound"),
        widget=forms.ClearableFileInput(attrs={"accept": "audio/*,.mp3,.ogg,.m4a,.wav,.webm"}),
        help_text=_("mp3, ogg, m4a, wav or webm, at most 10 MB. A telephone records well enough."),
    )

    def __init__(self, *args: Any, spoken: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = _texts()
        self.fields["language"].choices = _languages(spoken)


Choices = list[tuple[str, str]]


def _texts() -> list[tuple[str, Any]]:
    """Every text that can be read aloud, questions first; the key tells two alike apart.

    Names of scales and levels are for who looks at results; no family hears them.
    """
    asked = (one for one in instrument_sources().values() if one.key.split(".")[1] in {"survey", "choices"})
    questions = [(one.key, one.dutch) for one in asked if one.key.endswith(".label")]
    others = [(one.key, one.dutch) for one in sources().values() if one.kind != "message"]
    return [("", ""), (_("Questions"), _short(questions)), (_("Other texts"), _short(others))]


def _short(texts: Choices) -> Choices:
    return [(key, f"{dutch[:90]} ({key})") for key, dutch in texts]


def _languages(spoken: Iterable[str]) -> list[tuple[str, Any]]:
    """Languages by name: those of the families at this school first, then all."""
    everything = language_choices()
    names = dict(everything)
    here = [(code, names[code]) for code in sorted(set(spoken) & names.keys(), key=names.__getitem__)]
    return [("", ""), (_("Spoken by families here"), here), (_("All languages"), everything)]


def dutch_of(key: str) -> str:
    """The Dutch words of a text; the key itself where the text is gone."""
    found = sources().get(key) or instrument_sources().get(key)
    return found.dutch if found else key
