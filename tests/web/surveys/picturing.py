"""A round with a form that has pictures, sound and film of its own."""

from dataclasses import replace

from django.utils import timezone
from tests.instruments import bundling
from tests.web.surveys import rounding

from driegesprek.instruments import media as workshop
from driegesprek.instruments import read
from driegesprek.web.surveys.domain import inviting, media, studies, versions


def store(of, **more):
    """The version, with all its media but those that `more` names otherwise (None: missing)."""
    form = read(bundling.FORM.encode(), name="dieren")
    version = versions.store(of.school, "own-dieren", form)
    given = {name: data for name, data in (bundling.media() | more).items() if data is not None}
    media.put(version, workshop.checked(media.wanted(version.pk), given)[0], actor=of.actor)
    return version


def start(of, version, design="named"):
    planned = replace(rounding.plan(of, design), voices={"pupil": version, "adult": version})
    row = studies.create(of.school, planned, actor=of.actor)
    inviting.open_round(row, actor=of.actor, today=timezone.localdate())
    row.refresh_from_db()
    return row
