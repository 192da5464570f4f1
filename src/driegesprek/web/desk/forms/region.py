"""Scenarios, target variables and school notes at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from driegesprek import region
from driegesprek.web.supply import opendata
from driegesprek.web.supply.enums import NoteKind

PROFILES = [
    ("", "–"),
    *((key, name) for key, name in region.PROFILES.items() if key != "vakmanschap_techniek"),
]
FOLLOWED = ("supply", "choice", "flow", "travel")
"""The indicators of which a line can be a target."""


class BeginForm(forms.Form):
    """A new scenario."""

    name = forms.CharField(label=lazy("Name"), max_length=120)


def locations(world: region.World, area: str) -> list[tuple[str, str]]:
    """The vmbo locations of an area with tracks B, K, G: (number, name and place), by name."""
    inside = world.locations.inside(world.area(area))
    where = world.locations
    tracks = region.offer(world).tracks
    found = [
        (where.ids[index], f"{where.names[index]}, {region.readable(where.places[index])}")
        for index in inside.nonzero()[0].tolist()
        if set(tracks.get(index, "")) & set(region.VOCATIONAL)
    ]
    return sorted(found, key=lambda pair: pair[1])


class TargetForm(forms.Form):
    """A line of an indicator that is to reach something."""

    indicator = forms.ChoiceField(label=lazy("Figures"))
    row_key = forms.ChoiceField(label=lazy("Profile"), choices=PROFILES[1:])
    area = forms.CharField(
        label=lazy("Area"), max_length=80, help_text=lazy("Rotterdam, MRDH, Zuid-Holland …")
    )
    wanted = forms.FloatField(label=lazy("At least, per cent"), min_value=0, max_value=100)

    def __init__(self, *args: Any, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["indicator"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            (name, region.DEFINITIONS[name].words("title", language)) for name in FOLLOWED if name != "travel"
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse an area that is not known."""
        data = super().clean() or {}
        if not self.errors:
            try:
                opendata.indicator(data["indicator"], data["area"])
            except (region.UnknownAreaError, region.NothingImportedError, region.StoreError):
                self.add_error("area", _("There are no figures of this for this area."))
        return data


class NoteForm(forms.Form):
    """What open data do not show of a location of this school."""

    location = forms.ChoiceField(label=lazy("Location"))
    kind = forms.ChoiceField(label=lazy("What"), choices=NoteKind.choices)
    profile = forms.ChoiceField(label=lazy("About profile"), choices=PROFILES, required=False)
    text = forms.CharField(
        label=lazy("In one sentence"),
        max_length=200,
        help_text=lazy("Everybody can read this. Name no person."),
    )

    def __init__(self, *args: Any, own: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["location"].choices = own  # type: ignore[attr-defined] # a ChoiceField
