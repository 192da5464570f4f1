"""What people answered, as far as it may leave the school."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from driegesprek.evidence import ProtectedTables

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
    """

    tables: ProtectedTables
    labels: Mapping[str, Labels]
    answers: Mapping[str, Mapping[str, Labels]]
    scales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    crossed: Mapping[str, ProtectedTables] = field(default_factory=dict)
