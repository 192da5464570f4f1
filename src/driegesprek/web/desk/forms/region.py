"""Scenarios, target variables and school notes at the desk."""

from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from driegesprek import region
from driegesprek.web.supply import aims, opendata
from driegesprek.web.supply.enums import NoteKind

PROFILES = [
    ("", "–"),
    *((key, name) for key, name in region.PROFILES.items() if key != "vakmanschap_techniek"),
]
FOLLOWED = ("supply", "choice", "choice-tl", "choice-havo-vwo", "flow", "travel", "mbo", "route", "switching")
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


class AboutForm(forms.Form):
    """Of which figures, in which area, a line is to be followed."""

    indicator = forms.ChoiceField(label=lazy("Figures"))
    area = forms.CharField(
        label=lazy("Area"), max_length=80, help_text=lazy("Rotterdam, MRDH, Zuid-Holland …")
    )

    def __init__(self, *args: Any, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["indicator"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            (name, region.DEFINITIONS[name].words("title", language)) for name in FOLLOWED
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse an area that is not known; keep what the figures say."""
        data = super().clean() or {}
        if not self.errors:
            try:
                self.found = opendata.indicator(data["indicator"], data["area"])
            except (region.UnknownAreaError, region.NothingImportedError, region.StoreError):
                self.add_error("area", _("There are no figures of this for this area."))
        return data


class TargetForm(forms.Form):
    """A line of these figures that is to be at least, or for distances at most, so much."""

    row_key = forms.ChoiceField(label=lazy("Which line"))
    wanted = forms.FloatField(label=lazy("At least, per cent"), min_value=0, max_value=100, localize=True)

    def __init__(self, *args: Any, about: AboutForm, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        name = about.cleaned_data["indicator"]
        self.fields["row_key"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            (aims.key_of(row), _line(row, name, language))
            for row in about.found.rows
            if row.share_high is not None or name == "travel"
        ]
        if name == "travel":
            self.fields["wanted"].label = _("At most, kilometres")


def _line(row: region.Row, indicator: str, language: str) -> str:
    """A line with its newest figure."""
    name = (
        region.profile_name(row.key, language)
        if row.key in region.PROFILES
        else region.said(row.label, language)
    )
    part = str(row.more.get("route_nl") or row.more.get("level") or "")
    value = aims.value_of(row, indicator)
    unit = " km" if indicator == "travel" else "%"
    about = f"{name} ({part})" if part else name
    return about if value is None else f"{about}: {number_format(round(value, 1), 1)}{unit}"


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
