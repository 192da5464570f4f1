"""A round that people answered: through the real domain, seeded, without a browser."""

import datetime as dt
import random
from dataclasses import dataclass, field

from django.utils import timezone
from tests.web import factories

from driegesprek import content
from driegesprek.web.common.audit import System
from driegesprek.web.conduct.domain.activities import open_activity
from driegesprek.web.line.models import Activity
from driegesprek.web.people.models import School
from driegesprek.web.surveys.domain import answers, pseudonyms, rounds
from driegesprek.web.surveys.domain.rounds import Seat

QUALITIES = [one.key for one in content.catalogue.qualities()]
PLACES = ["home", "school", "sport", "work", "friends", "other"]
CONTEXT = {
    "pupil_name": "Samira",
    "school_name": "De Brug",
    "profiles": "Zorg en Welzijn",
    "choose_by": "12 februari 2027",
    "call_name": "Elif Yilmaz",
    "call_phone": "010 765 43 21",
}
SECRET = "Dit schreef ik zelf en dat blijft van mij"


@dataclass
class World:
    """A school with classes that take part in an open home assignment."""

    school: School
    classes: dict
    activity: Activity
    pupils: dict = field(default_factory=dict)

    @property
    def info(self):
        return rounds.of_activity(self.activity.pk)


def make_world(sizes=None, *, name="De Brug", language="nl"):
    """Classes of these sizes, each with its own mentor, a pupil and one adult each; the assignment is open."""
    school = factories.make_school(name)
    classes, pupils = {}, {}
    for of, size in (sizes or {"2A": 25, "2B": 25}).items():
        mentor = factories.make_staff(school, name=f"Mentor {of}")
        classes[of] = factories.make_class(school, of, mentor=mentor)
        pupils[of] = [factories.make_pupil(classes[of], f"Kind{i}") for i in range(size)]
        for i, pupil in enumerate(pupils[of]):
            pupil.mother = factories.make_adult_for(pupil, language="tr" if i % 3 == 0 else language)
    activity = factories.make_activity(school, list(classes.values()))
    open_activity(activity, actor=System(school.pk), today=timezone.localdate())
    return World(school, classes, activity, pupils)


def seat(world, school_class, voice, person_id, *, language="nl", channel="link"):
    """Whose answers are meant."""
    group = {
        "class_id": str(school_class.pk),
        "class": school_class.name,
        "year_group": school_class.year_group,
        "track": school_class.track,
    }
    pseudonym = pseudonyms.of(world.info.id, voice, person_id)
    return Seat(world.info, voice, pseudonym, channel, language, lambda: group)


def hand_in(seat, given, *, context=None, now=None):
    """Answer and hand in."""
    now = now or timezone.now()
    saved = answers.save(seat, given, revision=0, now=now, context=context or CONTEXT)
    assert not saved.problems, saved.problems
    return answers.submit(seat, now=now, context=context or CONTEXT)


def chance(seed):
    """The same chance every time."""
    return random.Random(seed)  # noqa: S311 - invented answers, no secret


def pupils_answer(world, of, n, *, rng=None):
    """The first n pupils of a class hand in."""
    rng = rng or chance(of)
    for pupil in world.pupils[of][:n]:
        hand_in(seat(world, world.classes[of], "pupil", pupil.pk), pupil_answers(rng))


def pupil_answers(rng):
    """Three qualities, where they show, a sentence of the pupil's own."""
    three = rng.sample(QUALITIES[:9], 3)
    given = {"/qualities": three, "/curious": SECRET}
    return given | {f"/where_{one}": rng.sample(PLACES, rng.randint(1, 3)) for one in three[:2]}


def adults_answer(world, of, n, *, rng=None):
    """The adults of the first n pupils of a class hand in, in their own language."""
    rng = rng or chance(of)
    for pupil in world.pupils[of][:n]:
        bond = pupil.mother
        one = seat(world, world.classes[of], "adult", bond.pk, language=bond.spoken_language)
        hand_in(one, adult_answers(rng))


def adult_answers(rng):
    """The quick check, with something skipped now and then."""
    known = ("yes", "partly", "partly", "no", "")
    given = {f"/{name}": rng.choice(known) for name in ("informed", "profiles_known", "when_known")}
    given["/call_wanted"] = rng.choice(["yes", "no", "no"])
    if given["/call_wanted"] == "yes":
        given["/call_when"] = rng.choice(["morning", "evening"])
    return given | {
        "/other_quality": rng.choice(QUALITIES[:5]),
        "/find_out_about": rng.choice(["job", "study", "profile"]),
    }


def close(world):
    """The round ended a week ago."""
    info = world.info
    rounds.Round.objects.filter(pk=info.id).update(closes_on=timezone.localdate() - dt.timedelta(days=7))
