"""What the library of statistics says in English, in the language of the desk."""

from django.utils.translation import gettext as _

from driegesprek.evidence import EvidenceError
from driegesprek.evidence.disclosure.sums import Why
from driegesprek.evidence.plans import Plan, Statistic

MINIMUM = 10


def problem(error: EvidenceError) -> str:
    """What is wrong and what to do, in general; `str(error)` says exactly what, in English."""
    known = {
        "bad_plan": _("This is no plan that can be read. Ask whoever sent it for the file again."),
        "newer_plan": _(
            "This plan was made for a newer version of Driegesprek. Ask for a newer version here."
        ),
        "bad_sums": _("This is no file of sums that can be read. Ask the school for the file again."),
        "newer_sums": _(
            "These sums were made by a newer version of Driegesprek. Ask for a newer version here."
        ),
        "other_plan": _("Not all files were made by the same plan. Sums of different plans cannot be added."),
        "same_school": _("A school is in it twice. Leave one file out."),
        "no_file": _("There is no file of sums."),
        "unknown_level": _("An answer was given that is not among the answers of the plan."),
        "not_numeric": _("The plan wants a number where these answers are words."),
        "no_data": _("Nobody has all the answers that are needed."),
        "no_variance": _("Everybody gave the same answer, so nothing can be told from it."),
    }
    return known.get(error.code) or _("This cannot be computed from these answers.")


def reason(text: str) -> str:
    """Why a statistic stays in the school."""
    known = {
        Why.FEW: _("It is about fewer than %(minimum)s people."),
        Why.CELL: _("A part of it is about fewer than %(minimum)s people."),
        Why.OTHER: _(
            "It is about nearly the same people as another one: the difference would tell of a few."
        ),
        Why.EARLIER: _(
            "It is about nearly the same people as what went out before: the difference would tell of a few."
        ),
        Why.INSIDE: _("It has numbers per class, and those stay in the school."),
    }
    why = Why.of(text)
    return known[why] % {"minimum": MINIMUM} if why else text


def kind(one: Statistic) -> str:
    """What a statistic is called."""
    known = {
        "scale": _("Do the questions of a scale hang together?"),
        "change": _("Change between before and after"),
        "regress": _("What goes together with an outcome"),
        "mixed": _("How much schools and classes differ"),
        "crosstab": _("Table"),
        "weights": _("Means and totals"),
        "describe": _("Numbers and shares"),
    }
    return known.get(one.kind, one.kind)


def about(one: Statistic) -> str:
    """What of the answers goes into a statistic, in a sentence."""
    of = one.of
    names = ", ".join(one.variables)
    if one.kind == "crosstab":
        words = _("How many people there are for each answer to “%(rows)s” with each answer to “%(cols)s”.")
        return words % {"rows": of.rows, "cols": of.cols}
    if one.kind == "change":
        words = _(
            "Of “%(pre)s” and “%(post)s”: how many people, the sums and the sums of squares; "
            "how many went up, stayed the same or went down."
        )
        return words % {"pre": of.pre, "post": of.post}
    if one.kind == "scale":
        return _(
            "Of %(names)s: how many people, the sum of each, and of each pair the sum of their product."
        ) % {"names": names}
    if one.kind == "describe":
        words = _(
            "Of %(names)s: how many people, and of each number the sum and the sum of squares, of each answer how often it "
            "was given; why others gave none, where that is of ten or more."
        )
        return words % {"names": names}
    if one.kind in {"regress", "mixed"}:
        words = _(
            "Of everybody who has %(names)s: how many people, the sum of each, and of each pair "
            "the sum of their product."
        )
        return words % {"names": names}
    return _("Of %(names)s: how many people, the sums and the sums of squares.") % {"names": names}


def told(plan: Plan) -> list[tuple[str, str, str]]:
    """A plan in words: name, kind and what goes into each statistic."""
    return [(one.name, kind(one), about(one)) for one in plan.statistics]
