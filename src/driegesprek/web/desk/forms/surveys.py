"""What staff fill in about survey rounds."""

import datetime as dt
import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driegesprek.web.desk.forms.line import ClassesField, day_field
from driegesprek.web.people.enums import Relation
from driegesprek.web.people.models import Bond, SchoolClass
from driegesprek.web.surveys.domain.inviting import ALL_STAFF, MENTORS, Whom
from driegesprek.web.surveys.enums import Design, Strata, Voice
from driegesprek.web.surveys.rules.designs import ORIGIN, RELATION

FORM_FIELDS = {Voice.PUPIL: "pupil_form", Voice.ADULT: "adult_form", Voice.STAFF: "staff_form"}
REMINDERS = 3
LARGEST_FORM = 10_000_000
LARGEST_ZIP = 150_000_000
PER_CENT = re.compile(r"^(?P<group>.+?)\s*[:=]\s*(?P<number>\d{1,3}(?:[.,]\d{1,4})?)\s*%?$")
NUMBER = re.compile(r"^(?P<group>.+?)\s*[:=]\s*(?P<number>\d{1,6})$")
Forms = Iterable[tuple[str, Any]]


class DatesForm(forms.Form):
    """First and last day, and the days on which who is not done is reminded."""

    opens_on = day_field(_("First day"))
    closes_on = day_field(_("Last day"), help_text=_("Who began may go on for one day more."))
    reminder_1 = day_field(_("First reminder"), required=False)
    reminder_2 = day_field(_("Second reminder"), required=False)
    reminder_3 = day_field(
        _("Third reminder"),
        required=False,
        help_text=_("Only who is not done is reminded, and each reminder counts as a moment of contact."),
    )

    @property
    def reminders(self) -> list[dt.date]:
        """The days that were filled in."""
        found = (self.cleaned_data.get(f"reminder_{number}") for number in range(1, REMINDERS + 1))
        return sorted({day for day in found if day})


class NewSurveyForm(DatesForm):
    """A round: what is asked, under which design, of whom, when."""

    title = forms.CharField(
        label=_("Title, as families read it in Dutch"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    design = forms.ChoiceField(label=_("Names"), choices=Design.choices, widget=forms.RadioSelect)
    pupil_form = forms.ChoiceField(label=_("Pupils answer"), required=False)
    adult_form = forms.ChoiceField(label=_("Adults answer"), required=False)
    staff_form = forms.ChoiceField(label=_("Staff answer"), required=False)
    classes = ClassesField(
        queryset=SchoolClass.objects.none(),
        label=_("Classes"),
        required=False,
        help_text=_("An anonymous round needs none: its codes are made afterwards."),
    )
    relations = forms.MultipleChoiceField(
        label=_("Which adults"),
        choices=Relation.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every adult who may be contacted."),
    )
    staff = forms.ChoiceField(
        label=_("Which staff"),
        choices=[(MENTORS, _("the mentors of these classes")), (ALL_STAFF, _("all staff"))],
        widget=forms.RadioSelect,
        initial=MENTORS,
    )
    by = forms.ChoiceField(label=_("Sample, apart for each"), choices=Strata.choices, required=False)
    shares = forms.CharField(
        label=_("Per cent that is asked"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_(
            "One group a line, such as “BB: 40” and “TL: 20”. Groups that are not named are asked whole."
        ),
    )
    quotas = forms.CharField(
        label=_("Enough answers at"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_(
            "One a line: “adult: 200”, or for a group of the sample “adult BB: 50”. Nobody is reminded after."
        ),
    )
    organisation = forms.CharField(
        label=_("Other organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Who sends the codes of an anonymous round, or who does the research."),
    )
    consent = forms.BooleanField(
        label=_("Only who consents takes part; under 16 a parent decides"), required=False
    )
    relation_scales = forms.BooleanField(
        label=_("Ask about the relation of parent and child too"),
        required=False,
        help_text=_("Off unless research needs it; never in a named round."),
    )
    origin = forms.BooleanField(
        label=_("Ask where the family comes from, of who consents to that apart"), required=False
    )
    order = (
        "title",
        "design",
        *FORM_FIELDS.values(),
        "classes",
        "relations",
        "staff",
        "opens_on",
        "closes_on",
        "reminder_1",
        "reminder_2",
        "reminder_3",
        "by",
        "shares",
        "quotas",
        "organisation",
        "consent",
        "relation_scales",
        "origin",
    )

    def __init__(self, *args: Any, classes: Any, instruments: Mapping[str, Forms], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classes"].queryset = classes
        for voice, field in FORM_FIELDS.items():
            self.fields[field].choices = [("", _("nothing")), *instruments.get(voice, ())]
        self.order_fields(self.order)

    def clean(self) -> dict[str, Any]:
        """Somebody is asked."""
        data = super().clean() or {}
        if data.get("design") != Design.ANONYMOUS and not data.get("classes"):
            self.add_error("classes", _("Tick at least one class."))
        return data

    def clean_shares(self) -> dict[str, float]:
        """{group: share}, of lines such as 'BB: 40'."""
        found = _lines(self.cleaned_data["shares"], PER_CENT)
        shares = {group: float(number.replace(",", ".")) / 100 for group, number in found.items()}
        for group, share in shares.items():
            if not 0 < share <= 1:
                raise forms.ValidationError(
                    _("“%(group)s”: a per cent is above 0 and at most 100.") % {"group": group}
                )
        return shares

    def clean_quotas(self) -> dict[tuple[str, str], int]:
        """{(voice, group): number}, of lines such as 'adult BB: 50'."""
        quotas = {}
        for words, number in _lines(self.cleaned_data["quotas"], NUMBER).items():
            voice, _space, stratum = words.partition(" ")
            known = next(
                (one for one in FORM_FIELDS if voice.casefold() in {one.value, str(one.label)}), None
            )
            if known is None:
                raise forms.ValidationError(
                    _("“%(words)s” does not begin with pupil, adult or staff.") % {"words": words}
                )
            quotas[known.value, stratum.strip()] = int(number)
        return quotas

    @property
    def options(self) -> list[str]:
        """Modules that are switched on."""
        wanted = {RELATION: "relation_scales", ORIGIN: "origin"}
        return [option for option, field in wanted.items() if self.cleaned_data.get(field)]

    @property
    def whom(self) -> Whom:
        """Who is asked; the sample gets a seed that is kept with the round."""
        data = self.cleaned_data
        return Whom(
            classes=tuple(str(one.pk) for one in data["classes"]),
            relations=tuple(data["relations"]),
            staff=data["staff"],
            by=data["by"] or Strata.NONE,
            shares=data["shares"],
            seed=secrets.randbelow(2**31),
        )


def _lines(text: str, pattern: re.Pattern[str]) -> dict[str, str]:
    """{group: number} of lines.

    Raises:
        ValidationError: a line is no group with a number, or a group stands twice.
    """
    found: dict[str, str] = {}
    for line in filter(None, (one.strip() for one in text.splitlines())):
        match = pattern.match(line)
        if match is None:
            raise forms.ValidationError(
                _("“%(line)s” is no group with a number. Write for instance “BB: 40”.") % {"line": line}
            )
        if match["group"] in found:
            raise forms.ValidationError(_("“%(group)s” stands there twice.") % {"group": match["group"]})
        found[match["group"]] = match["number"]
    return found


class UploadForm(forms.Form):
    """A questionnaire of one's own: an XLSForm."""

    file = forms.FileField(
        label=_("Questionnaire (XLSForm)"),
        help_text=_(
            "A workbook (.xlsx or .xls), or a text table (.csv or .md), 10 MB at most; or a .zip of it with its "
            "pictures, sounds and films in a folder, 150 MB at most. Nothing is stored if it has a mistake."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.md,.zip"}),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> Any:
        """Not too large."""
        file = self.cleaned_data["file"]
        zipped = file.name.lower().endswith(".zip")
        if file.size > (LARGEST_ZIP if zipped else LARGEST_FORM):
            raise forms.ValidationError(
                _("This zip is larger than 150 MB. Use fewer or smaller pictures and films.")
                if zipped
                else _("This file is larger than 10 MB. A questionnaire is a small file.")
            )
        return file


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; cleaned to a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each of them."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given or [None]]


class MediaForm(forms.Form):
    """Pictures, sounds and films that a form names."""

    files = FilesField(
        label=_("Pictures, sounds and films"),
        help_text=_(
            "Under the names by which the questionnaire calls them. "
            "A picture or sound is 10 MB at most, a film 50 MB."
        ),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty.")},
    )


class CodesForm(forms.Form):
    """The codes of one group."""

    voice = forms.ChoiceField(label=_("Who answers"))
    stratum = forms.CharField(
        label=_("Group, as it is called in the data"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    population = forms.IntegerField(
        label=_("How many people the group has"), min_value=1, max_value=2_000_000
    )
    count = forms.IntegerField(label=_("How many codes"), min_value=1, max_value=20_000)

    def __init__(self, *args: Any, voices: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voice"].choices = [(one, Voice(one).label) for one in voices]


class OldCodeForm(forms.Form):
    """A code that was lost."""

    code = forms.CharField(
        label=_("The code that was lost"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        help_text=_(
            "The organisation knows which code it was. What was answered under it goes on under the new one."
        ),
    )


class PrizeForm(forms.Form):
    """What is drawn for."""

    prize = forms.CharField(
        label=_("Prize, as families read it"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    prizes = forms.IntegerField(label=_("How many prizes"), min_value=1, max_value=1000)


class WitnessForm(forms.Form):
    """A word at the moment of drawing."""

    witness = forms.CharField(
        label=_("A word from a witness"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_(
            "Somebody who has nothing to do with this installation says a word or a number now. "
            "It goes into the draw, so that nobody could choose the winners beforehand."
        ),
    )


class BondField(forms.ModelChoiceField):
    """A parent with the pupil it is about."""

    def label_from_instance(self, obj: Bond) -> str:
        """Fatima Amrani (of Samira el Amrani)."""
        return _("%(adult)s (of %(pupil)s)") % {"adult": obj.adult.full_name, "pupil": obj.pupil.full_name}


class PaperConsentForm(forms.Form):
    """What a parent signed."""

    bond = BondField(queryset=Bond.objects.none(), label=_("Parent"))
    study = forms.ChoiceField(
        label=_("Taking part"), choices=[("yes", _("yes")), ("no", _("no"))], widget=forms.RadioSelect
    )
    origin = forms.ChoiceField(
        label=_("Questions about where the family comes from"),
        choices=[("", _("not asked")), ("yes", _("yes")), ("no", _("no"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, bonds: Any, origin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bond"].queryset = bonds
        if not origin:
            del self.fields["origin"]
