"""Which findings a mentor sees, and what of them: nothing from which the answers of a few others would follow.

A mentor reads the answers of the own pupils in a named round. Taking these off a number of the school leaves what others
said: so there must be ten others in it at least. Of a round without names a mentor reads nobody's answers.
"""

from dataclasses import replace

from django.db.models import Q, QuerySet

from driegesprek.reports import Hidden, ScaleFound
from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.findings.domain.findings import Findings
from driegesprek.web.surveys.domain import studies
from driegesprek.web.surveys.enums import Design
from driegesprek.web.surveys.models import Invitation, Round
from driegesprek.web.surveys.rules.showing import MINIMUM


def rounds_of(actor: Actor) -> QuerySet[Round]:
    """The rounds of which before and after can be joined and the actor sees the school's page, the newest first.

    All that were opened: a mentor sees those without names too, of which nothing else is open to a mentor.
    """
    rows = Round.objects.filter(school_id=actor.school_id, activity=None).exclude(study=None)
    joined = rows.exclude(design=Design.ANONYMOUS).exclude(opened_at=None)
    return joined.select_related("study", "school").order_by("-opens_on", "pk")


def more_for(actor: Actor) -> QuerySet[Round]:
    """Those of them that the actor finds in no list of rounds."""
    return rounds_of(actor).exclude(pk__in=studies.visible(actor).values("pk"))


def read_by(actor: Actor, rounds: list[Round], voice: str) -> int | None:
    """How many people's answers the actor may have read at most, of a voice in either round.

    Returns:
        None where nothing need be held back for it: who sees everybody or nobody, and a round without names.
    """
    if actor.sees_all or all(one.design != Design.NAMED for one in rounds):
        return None
    own = (
        Q(pupil__in=scope.pupils(actor).values("pk"))
        | Q(school_class__in=scope.classes(actor).values("pk"))
        | Q(staff=actor.staff)
    )
    rows = Invitation.objects.filter(own, round__in=rounds, voice=voice).order_by()
    return rows.values("pupil", "bond", "staff").distinct().count() or None


def without(found: Findings, read: int) -> Findings:
    """The findings without what rests on fewer than ten people beside those who were read.

    How many of those are in a group or took part in an activity is not known here: both are left out.
    """
    of, least = found.analysis, read + MINIMUM
    scales = tuple(_scale(one, least) for one in of.scales)
    said = {
        part: {question: row for question, row in rows.items() if (row.n or 0) >= least}
        for part, rows in found.said.items()
    }
    both = of.both if of.both >= least else 0
    analysis = replace(of, scales=scales, both=both, activities=(), groups=())
    return replace(found, analysis=analysis, said=said)


def _scale(one: ScaleFound, least: int) -> ScaleFound:
    enough = getattr(one.change, "n", 0) >= least
    change = one.change if enough or one.change is None else Hidden.TOO_FEW
    return replace(one, change=change, did=None, against=None, moved=None)
