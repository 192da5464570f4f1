"""Ways on after a profile: the own idea first, then at least two others; chances plainly, never a rank or a verdict."""

from dataclasses import dataclass

from driegesprek import content, region
from driegesprek.figures.words import decimal
from driegesprek.web.atlas.pages import child
from driegesprek.web.common.speaking import Speaker
from driegesprek.web.supply import opendata

ORDER = [key for key in region.PROFILES if key != child.CRAFT]
"""As the profiles are always listed, by name: not by anything one could win."""
OTHERS = 2


@dataclass(frozen=True)
class Way:
    """One profile with the ways on after it, in words."""

    key: str
    name: str
    about: content.Text
    of_100: int | None
    towards: tuple[tuple[str, str], ...]
    chances: tuple[tuple[region.Chance, str], ...]


def ways(profile: str, speaker: Speaker) -> list[Way]:
    """The profile that somebody has in mind, and the two that stand next to it in the list."""
    place = ORDER.index(profile)
    chosen = [ORDER[(place + step) % len(ORDER)] for step in range(OTHERS + 1)]
    return [_way(one, speaker) for one in chosen]


def _way(key: str, speaker: Speaker) -> Way:
    share = child.flows().get(key)
    found = opendata.pathways(key)
    return Way(
        key=key,
        name=region.profile_name(key),
        about=speaker.text(f"profile.{key}"),
        of_100=None if share is None else round(share),
        towards=tuple((one.direction, _of_100(one)) for one in found.towards if one.low is not None),
        chances=tuple((one, decimal(one.value, speaker.language, 1)) for one in found.chances),
    )


def _of_100(one: region.Towards) -> str:
    if one.share is not None:
        return str(round(one.share))
    return f"{round(one.low or 0)}–{round(one.high or 0)}"
