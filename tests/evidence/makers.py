"""Invented sums for the tests of evidence."""

import numpy as np

from driegesprek.evidence import Absence, Answer, CountedQuestion, Counts
from driegesprek.tables.codebook import Kind, Missing


def table(rows, *, missing=None, kind=Kind.SINGLE, name="q", least=None, most=None, n=None, by=("class",)):
    """Counts of one question: ``rows`` {group: answers per category}; ``n`` {group: valid} for several answers."""
    rows = {key if isinstance(key, tuple) else (key,): numbers for key, numbers in rows.items()}
    categories = tuple(f"a{i}" for i in range(len(next(iter(rows.values())))))
    absent = {(key if isinstance(key, tuple) else (key,)): v for key, v in (missing or {}).items()}
    valid = {
        g: (n or {}).get(g[0], 0) if kind is Kind.MULTIPLE else sum(numbers) for g, numbers in rows.items()
    }
    return Counts(
        by,
        (CountedQuestion(name, kind, categories, least, most),),
        {g: valid[g] + sum(absent.get(g, {}).values()) for g in rows},
        {
            Answer(name, c, g): k
            for g, numbers in rows.items()
            for c, k in zip(categories, numbers, strict=True)
        },
        {Absence(name, Missing(r), g): k for g, reasons in absent.items() for r, k in reasons.items()},
    )


def joined(*tables):
    """Counts with the questions of all these counts of the same respondents (missing as not recorded added)."""
    groups = {g for t in tables for g in t.groups}
    size = {g: max(t.respondents.get(g, 0) for t in tables) for g in groups}
    answers, absences, questions = {}, {}, []
    for i, t in enumerate(tables):
        name = f"q{i}"
        questions.append(CountedQuestion(name, *_parts(t.questions[0])))
        answers |= {key._replace(question=name): k for key, k in t.answers.items()}
        absences |= {key._replace(question=name): k for key, k in t.absences.items()}
        for g in groups:
            key = Absence(name, Missing.NOT_RECORDED, g)
            absences[key] = absences.get(key, 0) + size[g] - t.respondents.get(g, 0)
    return Counts(tables[0].by, tuple(questions), size, answers, absences)


def _parts(question):
    return question.kind, question.categories, question.least, question.most


def school(questions=40, classes=24, size=25, seed=0, shares=(0.05, 0.15, 0.3, 0.35, 0.15)):
    """Counts of a whole school: classes of about ``size`` pupils, five per cent skip a question."""
    rng = np.random.default_rng(seed)
    groups = {(f"c{g:02}",): int(rng.poisson(size)) for g in range(classes)}
    categories = tuple(str(i) for i in range(len(shares)))
    answers, absences = {}, {}
    for q in range(questions):
        for group, n in groups.items():
            skipped = int(rng.binomial(n, 0.05))
            absences[Absence(f"q{q:02}", Missing.SKIPPED, group)] = skipped
            for c, k in zip(categories, rng.multinomial(n - skipped, shares), strict=True):
                answers[Answer(f"q{q:02}", c, group)] = int(k)
    asked = tuple(CountedQuestion(f"q{q:02}", Kind.SINGLE, categories) for q in range(questions))
    return Counts(("class",), asked, groups, answers, absences)
