"""What a scenario may change, a form for each sort of change, and a scenario from a file."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from driegesprek import region
from driegesprek.web.desk.forms.region import PROFILES, locations
from driegesprek.web.supply import opendata

LARGEST: Final = 1_000_000
"""Bytes of a scenario as a file."""
_DEGREES = re.compile(r"(-?\d{1,2}\.\d+)\s*[,;]\s*(-?\d{1,2}\.\d+)")
WHOLE: Final = [("", lazy("everywhere"))]


def municipalities(world: region.World) -> list[tuple[str, str]]:
    """Municipalities of today with a location in the data."""
    names = sorted({one for one in world.locations.labels["municipality_today"] if one})
    return [(one, one) for one in names]


class SpotField(forms.CharField):
    """A place: a postcode, or degrees as a map shows them. Cleans to (latitude, longitude)."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=40, help_text=lazy("A postcode, or degrees: 51.92, 4.48"), **more)

    def clean(self, value: Any) -> Any:
        """Find where it is."""
        text = super().clean(value)
        if not text:
            return None
        if match := _DEGREES.fullmatch(text.strip()):
            return float(match[1]), float(match[2])
        spot = opendata.gazetteer().spot(text.replace(" ", "").upper())
        if spot is None:
            raise forms.ValidationError(_("We do not know this place. Type a postcode or degrees."))
        return spot


class _ChangeForm(forms.Form):
    """One change; whether it can be is seen by working the scenario out with it."""

    def __init__(
        self, *args: Any, world: region.World, area: str, scenario: region.Scenario, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.world, self.area, self.scenario = world, area, scenario
        self.offered()

    def offered(self) -> None:
        """Fill in what can be chosen."""

    def choices(self, name: str, found: list[Any]) -> None:
        """What a field offers."""
        self.fields[name].choices = found  # type: ignore[attr-defined] # a ChoiceField

    def values(self) -> dict[str, Any]:
        """The change as `region.ScenarioChange` takes it."""
        return dict(self.cleaned_data)


class ProfileForm(_ChangeForm):
    """Open or close a profile at a location."""

    do = forms.ChoiceField(
        label=lazy("What changes"),
        choices=[("open_profile", lazy("a profile is added")), ("close_profile", lazy("a profile ends"))],
    )
    location = forms.ChoiceField(label=lazy("Location"))
    profile = forms.ChoiceField(label=lazy("Profile"), choices=PROFILES[1:])

    def offered(self) -> None:
        """The locations of the chosen area."""
        self.choices("location", locations(self.world, self.area))


class AnnexForm(_ChangeForm):
    """A new technical mbo location, or one that moves or closes."""

    do = forms.ChoiceField(
        label=lazy("What changes"),
        choices=[
            ("open_annex", lazy("a new mbo location opens")),
            ("move_annex", lazy("an mbo location moves")),
            ("close_annex", lazy("an mbo location closes")),
        ],
    )
    annex = forms.CharField(
        label=lazy("Which mbo location"),
        max_length=100,
        help_text=lazy("A new name, or the name of one of the locations of now"),
    )
    place = SpotField(label=lazy("Where it comes"), required=False)

    def clean(self) -> dict[str, Any]:
        """Opening and moving need a place."""
        data = super().clean() or {}
        if data.get("do") in {"open_annex", "move_annex"} and not data.get("place") and not self.errors:
            self.add_error("place", _("Say where it comes."))
        return data

    def values(self) -> dict[str, Any]:
        """With degrees, unless it closes."""
        data = self.cleaned_data
        spot = (None, None) if data["do"] == "close_annex" else data["place"]
        return {"do": data["do"], "annex": data["annex"], "latitude": spot[0], "longitude": spot[1]}


class NowForm(_ChangeForm):
    """A technical mbo location of now: what the baseline of distances is."""

    name = forms.CharField(label=lazy("Name of the mbo location"), max_length=100)
    place = SpotField(label=lazy("Where it is"))


class DistanceForm(_ChangeForm):
    """The way to the nearest technical mbo location becomes shorter or longer."""

    municipality = forms.ChoiceField(label=lazy("In which municipality"), required=False)
    km = forms.FloatField(
        label=lazy("Kilometres more, or less with a minus"), min_value=-500, max_value=500, localize=True
    )

    def offered(self) -> None:
        """Everywhere, or one municipality."""
        self.choices("municipality", [*WHOLE, *municipalities(self.world)])

    def values(self) -> dict[str, Any]:
        """As a change of distances."""
        return {"do": "distance", **self.cleaned_data}


class ShiftForm(_ChangeForm):
    """Pupils choose another profile: assumed, and told as assumed."""

    profile = forms.ChoiceField(label=lazy("From profile"), choices=PROFILES[1:])
    to = forms.ChoiceField(label=lazy("To profile"), choices=PROFILES[1:])
    share = forms.FloatField(
        label=lazy("Per cent of its pupils"), min_value=0.001, max_value=100, localize=True
    )
    municipality = forms.ChoiceField(label=lazy("In which municipality"), required=False)

    def offered(self) -> None:
        """Everywhere, or one municipality."""
        self.choices("municipality", [*WHOLE, *municipalities(self.world)])

    def values(self) -> dict[str, Any]:
        """As a shift."""
        return {"do": "shift", **self.cleaned_data}


FORMS: Final[dict[str, type[_ChangeForm]]] = {
    "profile": ProfileForm,
    "annex": AnnexForm,
    "distance": DistanceForm,
    "shift": ShiftForm,
    "now": NowForm,
}


class FileForm(forms.Form):
    """A scenario as `driegesprek region scenario` reads it."""

    file = forms.FileField(label=lazy("Scenario as a file (.json)"))

    def clean_file(self) -> region.Scenario:
        """Read it; what is wrong stands in it with the number of the change."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large for a scenario."))
        try:
            return region.scenario_from_json(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This is not a text in UTF-8.")) from error
        except region.ScenarioError as error:
            raise forms.ValidationError(error.said((get_language() or "nl")[:2])) from error
