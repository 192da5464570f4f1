"""What a round shows to staff: who handed in, and the counts of each question that may be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from driegesprek import evidence
from driegesprek.evidence import ProtectedTables, Row
from driegesprek.tables.codebook import Variable
from driegesprek.web.access.actor import Actor
from driegesprek.web.desk.pages import charts
from driegesprek.web.desk.pages.charts import Chart
from driegesprek.web.desk.pages.monitor import enrolled
from driegesprek.web.desk.pages.words import language_name
from driegesprek.web.line.domain import visible
from driegesprek.web.line.enums import DoneBy
from driegesprek.web.line.models import Activity, Step
from driegesprek.web.people.models import SchoolClass
from driegesprek.web.surveys import exports
from driegesprek.web.surveys.domain import wide as wide_files
from driegesprek.web.surveys.domain.wide import Wide
from driegesprek.web.surveys.enums import ResponseChannel, Voice
from driegesprek.web.surveys.models import Response, Round, RoundVoice

MINIMUM: Final = evidence.disclosure.MINIMUM
GROUPINGS: Final = {
    "": lazy("Everybody together"),
    "class": lazy("By class"),
    "language": lazy("By language"),
}
VOICES: Final = {Voice.PUPIL: lazy("Pupils"), Voice.ADULT: lazy("Adults")}


@dataclass(frozen=True, slots=True)
class ClassTurnout:
    """Who handed in, of one class."""

    name: str
    pupils: int = 0
    of_pupils: int = 0
    adults: int = 0
    of_adults: int = 0
    together: int = 0
    paper: int = 0


@dataclass(frozen=True)
class Results:
    """The counts of one voice."""

    n: int = 0
    charts: tuple[Chart, ...] = ()
    silent: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What was asked of the page: which round, whose voice, by which group, for which classes."""

    actor: Actor
    activity: Activity
    round: Round
    voice: str
    by: str
    classes: Sequence[SchoolClass]
    voices: Sequence[str] = field(default_factory=tuple)

    @property
    def class_ids(self) -> list[UUID] | None:
        """Whose answers are read: of everybody for counsellor and leader, of the own classes for a mentor."""
        return None if self.actor.sees_all else [one.pk for one in self.classes]

    @property
    def own_classes(self) -> set[str] | None:
        """Names of the classes of which rows may be taken along; None for all."""
        return None if self.actor.sees_all else {one.name for one in self.classes}

    @property
    def still_open(self) -> bool:
        """Whether answers may still come in."""
        return timezone.localdate() <= self.round.closes_on


def rounds(actor: Actor) -> list[Activity]:
    """Activities with a round that the actor may see, the newest first."""
    found = visible.activities(actor).filter(round__isnull=False).select_related("round", "line__year")
    return list(found.order_by("-round__opens_on", "pk"))


def asked(actor: Actor, activity: Activity, voice: str, by: str) -> Asked:
    """Read what was asked; what is not there falls back to the first that is."""
    there = set(RoundVoice.objects.filter(round=activity.round).values_list("voice", flat=True))
    voices = [one for one in VOICES if one in there]
    return Asked(
        actor,
        activity,
        activity.round,
        voice if voice in voices else next(iter(voices), ""),
        by if by in GROUPINGS else "",
        list(visible.classes(actor, activity)),
        voices,
    )


def turnout(of: Asked) -> list[ClassTurnout]:
    """Per class who handed in, beside who takes part; the order of the classes' names, three queries."""
    handed_in, steps = _handed_in(of.round), _steps(of)
    return [
        ClassTurnout(
            one.name,
            pupils=handed_in.get((str(one.pk), Voice.PUPIL, False), 0),
            adults=handed_in.get((str(one.pk), Voice.ADULT, False), 0),
            together=handed_in.get((str(one.pk), Voice.ADULT, True), 0),
            **steps.get(one.pk, {}),
        )
        for one in of.classes
    ]


def _handed_in(of: Round) -> Mapping[tuple[str, str, bool], int]:
    rows = Response.objects.filter(round=of).exclude(submitted_at=None).order_by()
    together = Q(channel=ResponseChannel.TOGETHER)
    found = rows.annotate(class_id=KT("group__class_id")).values_list("class_id", "voice")
    counted: dict[tuple[str, str, bool], int] = {}
    numbers = found.annotate(own=Count("pk", filter=~together), there=Count("pk", filter=together))
    for class_id, voice, own, there in numbers:
        counted[class_id, voice, False] = own
        counted[class_id, voice, True] = there
    return counted


def _steps(of: Asked) -> Mapping[UUID, Mapping[str, int]]:
    classes = SchoolClass.objects.filter(pk__in=[one.pk for one in of.classes])
    rows = Step.objects.filter(enrolled(timezone.localdate(), classes), activity=of.activity).order_by()
    found = rows.values(in_class=F("pupil__enrolments__school_class")).annotate(
        of_pupils=Count("pk", filter=Q(bond=None), distinct=True),
        of_adults=Count("pk", filter=Q(bond__isnull=False), distinct=True),
        paper=Count("pupil", filter=Q(done_by=DoneBy.PAPER), distinct=True),
    )
    return {row.pop("in_class"): row for row in found}


def results(of: Asked) -> Results:
    """The counts of the chosen voice by the chosen group, each row with at least ten people."""
    file = wide_files.of_round(of.round.pk, of.voice, class_ids=of.class_ids)
    if file.table.num_rows < MINIMUM:
        return Results(file.table.num_rows, notes=file.notes)
    enough = [one for one in file.countable if _valid(file, one) >= MINIMUM]
    rows = shown(file, enough, of.by)
    drawn = [_drawn(of, file, one, rows[one.name]) for one in enough if has_numbers(rows[one.name])]
    names = {one.variable.name for one in drawn}
    return Results(
        file.table.num_rows,
        tuple(drawn),
        charts.silent(one for one in file.countable if one.name not in names),
        file.notes,
    )


def _valid(file: Wide, variable: Variable) -> int:
    """How many answered: told by the first column, since all of a question are null together."""
    column = file.table[variable.columns[0]]
    return len(column) - int(column.null_count)


def has_numbers(rows: Iterable[Row]) -> bool:
    """Whether anything of a question may be shown."""
    return any(row.hidden is None and row.n for row in rows)


def shown(file: Wide, variables: Sequence[Variable], by: str) -> Mapping[str, list[Row]]:
    """Rows of each question, the total first; the one gate for inside a school decides which have numbers."""
    known = {one.name for one in file.codebook.variables}
    counts = evidence.count(
        file.table,
        file.codebook,
        questions=[one.name for one in variables],
        by=[by] if by in known else [],
    )
    found: dict[str, list[Row]] = {one.name: [] for one in variables}
    for row in evidence.shown_inside(counts).rows:
        found[row.question].append(row)
    return {name: _in_order(file, rows) for name, rows in found.items()}


def _in_order(file: Wide, rows: list[Row]) -> list[Row]:
    """Groups in the order of the codebook, who is in none of them last; one group alone needs no total."""
    total, groups = [row for row in rows if not row.by], [row for row in rows if row.by]
    if not groups:
        return total
    codes = file.codebook.variable(groups[0].by[0]).codes
    groups.sort(key=lambda row: codes.index(row.group[0]) if row.group[0] in codes else len(codes))
    return groups if len(groups) == 1 else total + groups


def _drawn(of: Asked, file: Wide, variable: Variable, rows: Sequence[Row]) -> Chart:
    made = chart(file, variable, rows, of.by)
    return replace(made, downloadable=_may_leave(of, file, made, rows))


def chart(file: Wide, variable: Variable, rows: Sequence[Row], by: str) -> Chart:
    """One question as it is shown."""
    scale = variable.name in file.scales
    return charts.chart(variable, rows, lambda row: group_name(row, by), scale=scale)


def group_name(row: Row, by: str) -> str:
    """The words for a row's group."""
    if not row.by:
        return _("Everybody")
    code = row.group[0]
    if not code:
        return _("not known")
    return language_name(code) if by == "language" else code


def _is_whole(drawn: Chart) -> bool:
    """Whether a figure of one question is one picture."""
    return len(drawn.figures) == 1


def _may_leave(of: Asked, file: Wide, drawn: Chart, rows: Sequence[Row]) -> bool:
    """Whether the gate can say yes to a figure: nothing small in it. Only when it is taken along the gate is asked."""
    if of.by == "language" or drawn.variable.name in file.apart or not _is_whole(drawn):
        return False
    counts = [share.count or 0 for row in rows for share in row.shares]
    return bool(counts) and min(counts) >= MINIMUM and all(row.hidden is None for row in rows)


def released_rows(of: Asked, released: ProtectedTables, question: str) -> list[Row]:
    """The rows of a figure that may leave the school: all of its cells, or none."""
    rows = [row for row in exports.own_rows(released, of.own_classes) if row.question == question]
    if of.by != "class":
        rows = _everybody(of, rows)
    complete = all(row.n is not None and all(one.count is not None for one in row.shares) for row in rows)
    return rows if complete else []


def _everybody(of: Asked, rows: list[Row]) -> list[Row]:
    """The row of everybody; for a mentor that of the one own class, since classes together are not released."""
    if of.actor.sees_all:
        return [row for row in rows if not row.by]
    return rows if len(rows) == 1 else []


def figure(of: Asked, question: str) -> Chart | None:
    """One question as a figure that may leave the school; None where it may not.

    Raises:
        LookupError: there is no such question with answers.
    """
    file = wide_files.of_round(of.round.pk, of.voice)
    if question not in {one.name for one in file.countable}:
        raise LookupError(question)
    if question in file.apart or of.by == "language":
        return None
    rows = released_rows(of, exports.release(file, {question}), question)
    if not rows:
        return None
    drawn = chart(file, file.codebook.variable(question), _in_order(file, rows), of.by)
    return drawn if _is_whole(drawn) else None
