"""Flows from profiles to mbo as a Sankey: all directions where they were imported, else technology against the rest."""

from django.utils.translation import gettext as _

from driegesprek import region
from driegesprek.figures import Figure, Flow, sankey
from driegesprek.web.atlas import words
from driegesprek.web.atlas.pages.compared import Table
from driegesprek.web.supply import opendata

LEAST = 1.0
"""Bands thinner than one in a hundred cannot be seen; the table of the picture leaves them out too."""


def figure(found: region.Indicator) -> Figure | None:
    """Of each profile a hundred leavers: where they go; None where nothing is known exactly."""
    flows = _flows(found)
    if not flows:
        return None
    title = _("Of every 100 with a profile: %(area)s, %(year)s") % {"area": found.area, "year": found.year}
    return sankey(flows, title=title, language=words.language())


def table(found: region.Indicator) -> Table:
    """The same as numbers: a row for each profile, a column for each direction."""
    flows = _flows(found)
    targets = list(dict.fromkeys(one.target for one in flows))
    of = {(one.source, one.target): one.value for one in flows}
    rows = tuple(
        (source, *(of.get((source, one)) for one in targets))
        for source in dict.fromkeys(one.source for one in flows)
    )
    return Table((_("Profile"), *targets), rows)


def _flows(found: region.Indicator) -> list[Flow]:
    return [one for row in found.rows if row.key in region.PROFILES for one in _of(row, found)]


def _of(row: region.Row, found: region.Indicator) -> list[Flow]:
    name = region.profile_name(row.key, words.language())
    directions = opendata.pathways(row.key).towards if found.area == "Nederland" else ()
    if directions:
        return [
            Flow(name, one.direction, one.share)
            for one in directions
            if (one.share or 0) >= LEAST and one.share
        ]
    if row.share is None:
        return []
    return [
        Flow(name, _("technology or ICT in mbo"), row.share),
        Flow(name, _("something else"), 100 - row.share),
    ]
