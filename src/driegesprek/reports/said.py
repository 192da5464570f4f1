"""What people answered, as far as it may leave the school."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from driegesprek.evidence import ProtectedTables
from driegesprek.reports.analysis import Analysis
from driegesprek.reports.answers import AFTER, Joined
from driegesprek.reports.choosing import choices_by_group
from driegesprek.reports.counting import by_group
from driegesprek.reports.weighing import Shares, weighted_shares

Labels = Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """What people answered, as far as it may leave the school.

    Attributes:
        tables: what the gate let out.
        labels: {question: words}.
        answers: {question: {code: words}, in the order of the form}.
        scales: {scale: its questions}; those of a scale are drawn together.
        crossed: {group: what the gate let out of questions by it}.
        chosen: {question of several answers: what the gate let out of it by group}.
        weighted: {question: {answer: its weighted share}}; empty where nothing is weighted.
    """

    tables: ProtectedTables
    labels: Mapping[str, Labels]
    answers: Mapping[str, Mapping[str, Labels]]
    scales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    crossed: Mapping[str, ProtectedTables] = field(default_factory=dict)
    chosen: Mapping[str, ProtectedTables] = field(default_factory=dict)
    weighted: Shares = field(default_factory=dict)


def said_of(
    joined: Joined, tables: ProtectedTables, found: Analysis, among: Collection[str] | None = None
) -> Said:
    """With the words of the codebook, and the questions by group that may be told.

    Args:
        joined: the answers.
        tables: what the gate let out of their counts.
        found: the analysis; it says which questions belong to which scale.
        among: the questions that are told by group, of one answer and of several; None: all that may.
    """
    known = {one.name for one in tables.questions}
    variables = [one for one in joined.given.codebook.variables if one.name in known]
    scales = {
        one["name"].split("/")[1]: tuple(name.removeprefix(f"{AFTER}.") for name in one["items"])
        for one in found.plan["statistics"]
        if one["kind"] == "scale" and one["name"].endswith(f"/{AFTER}")
    }
    answers = {
        one.name: {value.code: value.label for value in sorted(one.values, key=lambda value: value.order)}
        for one in variables
    }
    crossed = [one for one in found.crossed if among is None or one in among]
    chosen = choices_by_group(joined, tables)
    return Said(
        tables,
        {one.name: one.label for one in variables},
        answers,
        scales,
        by_group(joined, crossed),
        {name: of for name, of in chosen.items() if among is None or name in among},
        weighted_shares(joined, AFTER, tables),
    )
