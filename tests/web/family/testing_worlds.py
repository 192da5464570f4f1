"""The parent-child test in a round with names: who answers what, and whom they let read it."""

from dataclasses import dataclass, replace

from django.utils import timezone
from tests.web import factories
from tests.web.surveys import rounding

from driegesprek import content
from driegesprek.web.conduct.domain import assignments, survey_sittings, worlds
from driegesprek.web.people.models import Bond, Pupil
from driegesprek.web.surveys.domain import inviting, studies, versions
from driegesprek.web.surveys.models import Round

FORMS = {"pupil": "seven_worlds_pupil", "adult": "seven_worlds_adult"}
OF_PUPIL = {
    "/does_help_people": "fits",
    "/does_listen_support": "fits",
    "/does_make_app": "fits",
    "/does_make_film": "fits",
    "/does_build_house": "no",
    "/does_repair_vehicle": "no",
    "/roles": ["make", "help"],
}
OF_ADULT = {
    "/does_help_people": "fits",
    "/does_listen_support": "partly",
    "/does_make_app": "no",
    "/does_make_film": "no",
    "/does_build_house": "fits",
    "/does_repair_vehicle": "fits",
    "/roles": ["help", "organise"],
}


@dataclass
class Two:
    """A pupil with two adults in two households, and the round."""

    pupil: Pupil
    mother: Bond
    father: Bond
    row: Round

    def at(self, owner, page="werelden"):
        return rounding.at(rounding.door_of(owner), self.row, page)


def make(design="named", language="nl"):
    of = rounding.make_school({"2A": 1}, born=rounding.OLD)
    (pupil,) = of.pupils["2A"]
    father = factories.make_adult_for(pupil, "Karim", household="2", relation="father")
    mother = of.bonds[pupil.pk]
    for bond in (mother, father):
        bond.adult.language = language
        bond.adult.save()
    stored = {voice: versions.store(of.school, key, content.instrument(key)) for voice, key in FORMS.items()}
    planned = replace(rounding.plan(of, design), voices=stored)
    row = studies.create(of.school, planned, actor=of.actor)
    inviting.open_round(row, actor=of.actor, today=timezone.localdate())
    row.refresh_from_db()
    return Two(pupil, mother, father, row)


def hand_in(two, owner, answers, readers=None):
    """Answer and hand in by the link; `readers` are the keys of who may read it, None where it was not asked."""
    now = timezone.now()
    actor = rounding.actor_of(rounding.door_of(owner))
    sitting = survey_sittings.sit(actor, two.row.pk, language="nl", opened_at=now)
    sheet = survey_sittings.begin(sitting, origin=None, now=now)
    assignments.save(sitting, answers, revision=sheet.revision, now=now)
    if readers is not None:
        worlds.share(sitting, readers, now=now)
    survey_sittings.hand_in(sitting, now=now)


def both(two):
    """Pupil and mother handed in, and let each other read it."""
    hand_in(two, two.pupil, OF_PUPIL, [str(two.mother.pk)])
    hand_in(two, two.mother, OF_ADULT, ["pupil"])
