"""What staff fill in about talks: times to give, what goes well, agreements."""

import datetime as dt
import json
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from driegesprek.web.desk.forms.line import DayInput
from driegesprek.web.talks.domain.talking import Draft, Words
from driegesprek.web.talks.enums import Who
from driegesprek.web.talks.models import Agreement
from driegesprek.web.talks.rules import LONGEST, SHORTEST, Wish

LONGEST_AGREEMENT = 500
LONGEST_TEXT = 4000
MOST_AGREEMENTS = 30
BLANK_ROWS = 2


class TimeInput(forms.TimeInput):
    """A time of day, with the browser's own clock."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class TimesForm(forms.Form):
    """The times a mentor gives on one day."""

    activity = forms.ModelChoiceField(queryset=None, label=lazy("Career talk"), empty_label=None)
    mentor = forms.ModelChoiceField(queryset=None, label=lazy("Mentor"), empty_label=None)
    day = forms.DateField(label=lazy("Day"), widget=DayInput())
    begin = forms.TimeField(label=lazy("First talk begins at"), widget=TimeInput())
    end = forms.TimeField(label=lazy("Last talk is over at"), widget=TimeInput())
    minutes = forms.IntegerField(
        label=lazy("Minutes for a talk"),
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=LONGEST,
        help_text=lazy("15 to 20. Ten minutes is too short for three people to talk."),
    )
    pause = forms.IntegerField(
        label=lazy("Minutes between two talks"), min_value=0, max_value=60, initial=0, required=False
    )
    place = forms.CharField(
        label=lazy("Place"),
        max_length=120,
        required=False,
        help_text=lazy("For example: room 12. Families see it."),
    )

    def __init__(self, *args: Any, activities: Any, mentors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset, self.fields["mentor"].queryset = activities, mentors
        self.fields["activity"].label_from_instance = _activity_label
        for name in ("activity", "mentor"):
            only = list(self.fields[name].queryset[:2])
            if len(only) == 1:
                self.fields[name].widget, self.fields[name].initial = forms.HiddenInput(), only[0].pk

    @property
    def wish(self) -> Wish:
        """What was filled in."""
        given = self.cleaned_data
        return Wish(given["day"], given["begin"], given["end"], given["minutes"], given["pause"] or 0)

    @property
    def seen(self) -> str:
        """What a preview was made of: giving another thing than was seen asks for a new look."""
        return "|".join(str(self.cleaned_data[name]) for name in self.fields)


def _activity_label(activity: Any) -> str:
    return _("year group %(group)s, %(first)s to %(last)s") % {
        "group": activity.line.year_group,
        "first": f"{activity.opens_on:%d-%m-%Y}",
        "last": f"{activity.closes_on:%d-%m-%Y}",
    }


class TalkForm(forms.Form):
    """What goes well. The hidden copy tells whether somebody else changed it meanwhile."""

    going_well = forms.CharField(
        label=lazy("What goes well"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    was = forms.CharField(required=False, strip=False, widget=forms.HiddenInput())


class AgreementForm(forms.Form):
    """One agreement; a row that stays empty is left out."""

    id = forms.UUIDField(widget=forms.HiddenInput())
    was = forms.CharField(required=False, widget=forms.HiddenInput())
    who = forms.ChoiceField(label=lazy("Who"), required=False)
    what = forms.CharField(
        label=lazy("Does what"),
        required=False,
        max_length=LONGEST_AGREEMENT,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    by = forms.DateField(label=lazy("By when"), required=False, widget=DayInput())
    remove = forms.BooleanField(label=lazy("Take away"), required=False)

    def __init__(self, *args: Any, people: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", "–"), *((who, people[who]) for who in Who.values)]

    def clean(self) -> dict[str, Any]:
        """Whoever writes what must say who; a day that is new has not passed."""
        given = dict(super().clean() or {})
        if given.get("remove"):
            return given
        if given.get("what") and not given.get("who") and "who" not in self.errors:
            self.add_error("who", _("Choose who does this."))
        if not given.get("what") and "what" not in self.errors and (self.before or given.get("by")):
            self.add_error("what", _("Write what was agreed, or tick 'Take away'."))
        self._check_day(given.get("by"))
        return given

    def _check_day(self, by: dt.date | None) -> None:
        if by and by < timezone.localdate() and (self.before is None or self.before.by != by):
            self.add_error("by", _("This day has passed. Choose a day to come."))

    @property
    def done(self) -> bool:
        """Whether it was done when the page was opened."""
        return bool(self.initial.get("done"))

    @property
    def before(self) -> Words | None:
        """What stood there when the page was opened; None for a new row."""
        try:
            kept = json.loads(self.cleaned_data.get("was") or "null")
            return Words(*_words(kept)) if kept else None
        except (ValueError, TypeError, KeyError):
            return None

    @property
    def draft(self) -> Draft:
        """As the domain takes it."""
        given = self.cleaned_data
        words = Words(given["who"], given["what"], given["by"])
        return Draft(given["id"], words, self.before, given["remove"])


def _words(kept: dict[str, Any]) -> tuple[str, str, dt.date | None]:
    by = dt.date.fromisoformat(kept["by"]) if kept["by"] else None
    return str(kept["who"]), str(kept["what"]), by


def agreement_rows(
    rows: list[Agreement], *, people: dict[str, str], data: Any = None, blank: int = BLANK_ROWS
) -> Any:
    """The agreements of a talk as a formset, with blank rows to fill in."""
    made = forms.formset_factory(
        AgreementForm, extra=0, max_num=MOST_AGREEMENTS, absolute_max=MOST_AGREEMENTS * 2, validate_max=False
    )
    if data is not None:
        return made(data, prefix="a", form_kwargs={"people": people})
    initial = [_initial(row) for row in rows] + [{"id": uuid4()} for _number in range(blank)]
    return made(prefix="a", initial=initial, form_kwargs={"people": people})


def _initial(row: Agreement) -> dict[str, Any]:
    was = {"who": row.who, "what": row.what, "by": row.by.isoformat() if row.by else ""}
    return {
        "id": row.pk,
        "who": row.who,
        "what": row.what,
        "by": row.by,
        "was": json.dumps(was),
        "done": row.done_at,
    }


def uuids(values: list[str]) -> list[UUID]:
    """The ids among what was sent; anything else is left out."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
