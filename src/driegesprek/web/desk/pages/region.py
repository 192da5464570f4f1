"""What a scenario gives, in the words of the desk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from driegesprek import region
from driegesprek.figures import AgainstRow, Figure, Sides, against
from driegesprek.web.supply import aims, opendata
from driegesprek.web.supply.models import Scenario


@dataclass(frozen=True)
class Worked:
    """A scenario with its result, or why there is none.

    Attributes:
        made: The scenario.
        changes: What it changes, in words.
        result: What it gives; None where it cannot be worked out.
        notes: What must be known; the disclaimer first.
        problem: Why it cannot be worked out; '' where it can.
    """

    row: Scenario
    made: region.Scenario
    changes: tuple[str, ...]
    result: region.Result | None = None
    notes: tuple[str, ...] = ()
    problem: str = ""
    access: tuple[tuple[str, ...], ...] = field(default=())
    distances: tuple[tuple[str, ...], ...] = field(default=())
    shifts: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def year(self) -> int:
        """Of the baseline."""
        return self.made.year

    @property
    def gained(self) -> int:
        """Pupils who gain access to a profile, over all profiles."""
        return sum(max(one.gained, 0) for one in self._of_profiles)

    @property
    def lost(self) -> int:
        """Pupils who lose access to a profile, over all profiles."""
        return sum(max(-one.gained, 0) for one in self._of_profiles)

    @property
    def _of_profiles(self) -> list[region.Effect]:
        return [one for one in self.effects("access") if one.profile]

    def effects(self, kind: str) -> list[region.Effect]:
        """The effects of a kind."""
        return [one for one in self.result.effects if one.kind == kind] if self.result else []


def language() -> str:
    """Dutch or English."""
    return (get_language() or "nl")[:2]


def worked(row: Scenario) -> Worked:
    """Work a scenario out against its baseline."""
    made = row.scenario
    try:
        result = _result(opendata.stamp(), row.document)
    except region.ScenarioError as error:
        return Worked(row, made, _all_in_words(made), problem=error.said(language()))
    except (region.NothingImportedError, region.StoreError):
        gone = _("The data of this year cannot be worked with here any more.")
        return Worked(row, made, _all_in_words(made), problem=gone)
    found = Worked(
        row, made, _all_in_words(made), result, tuple(region.said(one, language()) for one in result.notes)
    )
    return replace(
        found,
        access=tuple(_access(one) for one in found.effects("access")),
        distances=tuple(_distance(one) for one in _largest_first(found.effects("distance"))),
        shifts=tuple(_shift(one) for one in found.effects("shift")),
    )


def refusal(made: region.Scenario) -> str:
    """Why a scenario cannot be worked out here; '' where it can."""
    try:
        _result(opendata.stamp(), region.scenario_to_json(made))
    except region.ScenarioError as error:
        return error.said(language())
    except (region.NothingImportedError, region.StoreError):
        return _(
            "There are no schools of %(year)s here. The scenario must name a year that was imported."
        ) % {"year": made.year}
    return ""


@lru_cache(maxsize=200)
def _result(_stamp: str, document: str) -> region.Result:
    scenario = region.scenario_from_json(document)
    return region.work_out(opendata.world(scenario.year), scenario)


def _all_in_words(made: region.Scenario) -> tuple[str, ...]:
    try:
        world = opendata.world(made.year)
    except (region.NothingImportedError, region.StoreError):
        world = None
    return tuple(_in_words(one, world) for one in made.changes)


def _in_words(change: region.ScenarioChange, world: region.World | None) -> str:
    place = change.location
    if world and place.upper() in world.locations.index:
        place = f"{world.locations.names[world.locations.index[place.upper()]]} ({place.upper()})"
    values = {
        "profile": region.profile_name(change.profile, language()),
        "to": region.profile_name(change.to, language()),
        "place": place,
        "annex": change.annex,
        "km": signed(change.km, 1),
        "share": plain(change.share, 1),
        "where": change.municipality or _("everywhere"),
    }
    return _sentence(change.do) % values


def _sentence(deed: str) -> str:
    known = {
        "open_profile": _("%(profile)s is added at %(place)s"),
        "close_profile": _("%(profile)s ends at %(place)s"),
        "open_annex": _("A new mbo location opens: %(annex)s"),
        "move_annex": _("The mbo location %(annex)s moves"),
        "close_annex": _("The mbo location %(annex)s closes"),
        "distance": _("%(km)s km to the nearest technical mbo location (%(where)s)"),
        "shift": _("%(share)s%% of the pupils of %(profile)s choose %(to)s instead (%(where)s): assumed"),
    }
    return known[deed]


def plain(value: float, digits: int = 0) -> str:
    """A number as the language writes it."""
    return number_format(round(value, digits), digits)


def signed(value: float, digits: int = 0) -> str:
    """A number that says whether it is more or less; what rounds to nothing has no sign."""
    value = round(value, digits)
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + plain(abs(value), digits)


def about(effect: region.Effect) -> str:
    """The profile of a row."""
    return region.profile_name(effect.profile, language()) if effect.profile else _("any technical profile")


def suggested(effect: region.Effect) -> str:
    """How many choices an association would suggest: a range; '' where nothing is suggested."""
    low, high = effect.choice_low, effect.choice_high
    if low is None or high is None:
        return ""
    if effect.kind == "shift":
        return _("%(number)s pupils") % {"number": plain(high)}
    return _("%(low)s to %(high)s pupils") % {"low": signed(low), "high": signed(high)}


def _access(one: region.Effect) -> tuple[str, ...]:
    """Municipality, profile, access before, after, of how many, more or less, what choice suggests."""
    numbers = (one.access_before, one.access_after, one.pupils)
    return (one.municipality, about(one), *map(plain, numbers), signed(one.gained), suggested(one) or "–")


def _largest_first(effects: Iterable[region.Effect]) -> list[region.Effect]:
    """Where the way changes most stands first; of equals, by name."""
    return sorted(effects, key=lambda one: (-abs(one.km_change or 0.0), one.municipality))


def _distance(one: region.Effect) -> tuple[str, ...]:
    """Municipality, kilometres before, after, more or less, pupils, what choice suggests."""
    before, after = ("–" if km is None else plain(km, 1) for km in (one.km_before, one.km_after))
    return (
        one.municipality,
        before,
        after,
        signed(one.km_change or 0.0, 1),
        plain(one.pupils),
        suggested(one),
    )


def _shift(one: region.Effect) -> tuple[str, ...]:
    """Municipality, profile that gains, how many pupils."""
    return one.municipality, about(one), suggested(one)


@dataclass(frozen=True)
class Compared:
    """Scenarios side by side: a table per kind of effect, each line with what every scenario gives."""

    title: str
    lines: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]


def compared(found: Iterable[Worked]) -> list[Compared]:
    """What scenarios give, line by line; a dash where one changes nothing there."""
    many = list(found)
    titles = {
        "access": _("Pupils who gain access at their own location (−: lose)"),
        "distance": _("Kilometres more or less to the nearest technical mbo location"),
        "choice": _("What an association suggests for choices, or what was assumed"),
    }
    shown = [Compared(title, _lines(kind, many)) for kind, title in titles.items()]
    return [one for one in shown if one.lines]


def _lines(kind: str, many: list[Worked]) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """Municipality, what it is about, and for each scenario its name and what it gives."""
    cells: dict[tuple[str, str], dict[int, str]] = {}
    for place, each in enumerate(many):
        for one in each.result.effects if each.result else ():
            if text := _cell(kind, one):
                label = _label(kind, one)
                cells.setdefault((one.municipality, label), {})[place] = text
    return tuple(
        (*key, tuple((one.row.name, found.get(place, "–")) for place, one in enumerate(many)))
        for key, found in sorted(cells.items())
    )


def _label(kind: str, one: region.Effect) -> str:
    words = {"distance": _("distance"), "shift": _("assumed: to %(profile)s") % {"profile": about(one)}}
    return about(one) if kind == "access" else words.get(one.kind, about(one))


def _cell(kind: str, one: region.Effect) -> str:
    if kind == "choice":
        return suggested(one)
    if kind != one.kind:
        return ""
    return signed(one.gained) if kind == "access" else signed(one.km_change or 0.0, 1)


COMPARED = ("supply", "choice", "choice-tl", "flow", "travel")
"""The figures that are compared with comparable municipalities."""


def comparable_indicators() -> list[tuple[str, str]]:
    """Their names, for a choice."""
    return [(one, region.DEFINITIONS[one].words("title", language())) for one in COMPARED]


@dataclass(frozen=True)
class Beside:
    """An area beside another: where it falls short, in sentences, the largest first; and the picture of both."""

    sentences: tuple[str, ...]
    title: str
    figure: Figure


@dataclass(frozen=True)
class Shortfalls:
    """Where an area falls short.

    Attributes:
        name: Of the figures.
        area: Its name.
        country: Beside the country; None where there is nothing to compare.
        alike: Beside comparable areas together.
        names: Of those.
        rule: How they were chosen.
    """

    name: str
    area: str
    country: Beside | None = None
    alike: Beside | None = None
    names: tuple[str, ...] = ()
    rule: str = ""
    problem: str = ""


def shortfalls(name: str, area: str) -> Shortfalls:
    """Where an area has less than the country and than areas like it, or is further away."""
    try:
        here, nation = (opendata.trend(name, one) for one in (area, "NL"))
        found, together = opendata.beside_comparable(name, area)
    except region.UnknownAreaError:
        return Shortfalls(name, area, problem=_("We know no area of this name."))
    except region.NothingImportedError:
        return Shortfalls(name, area, problem=_("There are no figures of this for this area."))
    return Shortfalls(
        name,
        here[-1].area if here else area,
        country=_beside(here, nation),
        alike=_beside(here, together, region.Note("areas like it", "gebieden die erop lijken")),
        names=tuple(one.name for one in found),
        rule=region.said(region.COMPARABLE_RULE, language()),
    )


def _beside(
    here: Sequence[region.Indicator], there: Sequence[region.Indicator], called: str = ""
) -> Beside | None:
    """Where there is less, or where it is further; None where no year has figures of both."""
    far = any(one.definition.name == "travel" for one in here)
    measure = aims.DISTANCE if far else ""
    found = region.bottlenecks(here, there, measure=measure, more_is_better=not far)
    if not found:
        return None
    worse = (region.in_words(one, measure=measure, against=called) for one in found if one.worse)
    other = region.said(called, language()) or found[0].against
    about = region.DEFINITIONS[found[0].indicator].words("title", language())
    title = f"{about}: {found[0].area} – {other}"
    sentences = tuple(region.said(one, language()) for one in worse)
    return Beside(sentences, title, _picture(found, other, title, far=far))


def _picture(found: Sequence[region.Bottleneck], other: str, title: str, *, far: bool) -> Figure:
    first = found[0]
    unit, most = ("km", 0.0) if far else ("%", 100.0)
    rows = [AgainstRow(region.said(one.label, language()), one.here, one.there) for one in found]
    return against(
        rows, Sides(f"{first.area}, {first.year}", other, unit, most), title=title, language=language()
    )
