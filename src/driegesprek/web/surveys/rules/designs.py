"""What a design of identity allows: which instruments, which voices, which options."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from driegesprek.instruments import Kind, Questionnaire
from driegesprek.web.surveys.enums import Design, Purpose, Voice

DESIGNS_SETTING = "designs"
"""The column of a form's settings sheet with the designs in which it may be used, separated by spaces; none: all."""
RELATION = "relation_scales"
"""A hidden question by this name: the scales on the relation of parent and child stand behind it, off by default."""
ORIGIN = "consent_origin"
"""A hidden question by this name: what is asked about origin stands behind it, asked with consent only."""
DESIGN = "design"
"""A hidden question by this name is told the design of the round."""
OPTIONS = (RELATION, ORIGIN)
SWITCHES = frozenset({DESIGN, *OPTIONS})
"""What a round tells a form, by which parts of it are asked or not."""
MINIMUM = 10
"""Fewer codes than this for one group would point to people."""


@dataclass(frozen=True)
class Asked:
    """What a round is to be, as far as the rules look at it."""

    design: str
    forms: Mapping[str, Questionnaire]
    """The form that each voice answers."""
    options: Iterable[str] = ()
    consent: bool = False
    organisation: str = ""


def allowed(form: Questionnaire) -> frozenset[str]:
    """The designs in which a form may be used."""
    named = form.settings.get(DESIGNS_SETTING, "").replace(",", " ").split()
    return frozenset(one for one in named if one in Design.values) or frozenset(Design.values)


def takes(form: Questionnaire, name: str) -> bool:
    """Whether a form asks for this value from outside."""
    return any(one.kind is Kind.HIDDEN and one.name == name for one in form.questions.values())


def problems(asked: Asked) -> list[str | Promise]:
    """Why a round cannot be like this, in words for who makes it; empty where it can."""
    found: list[str | Promise] = [
        _not_allowed(form) for form in asked.forms.values() if asked.design not in allowed(form)
    ]
    if asked.design == Design.NAMED and RELATION in asked.options:
        found.append(_("Scales on the relation of parent and child are never asked in a named round."))
    if asked.design == Design.NAMED and ORIGIN in asked.options:
        found.append(_("Where a family comes from is never asked in a named round."))
    if ORIGIN in asked.options and asked.design != Design.ANONYMOUS and not asked.consent:
        found.append(
            _("Where a family comes from is asked with consent only. Ask for consent in this round.")
        )
    if asked.design == Design.ANONYMOUS:
        found += _of_anonymous(asked)
    return found


def _not_allowed(form: Questionnaire) -> str:
    designs = ", ".join(str(Design(one).label) for one in sorted(allowed(form)))
    return _("“%(form)s” may not be used in this design; only: %(designs)s.") % {
        "form": form.title,
        "designs": designs,
    }


def _of_anonymous(asked: Asked) -> Iterable[str | Promise]:
    if not asked.organisation.strip():
        yield _("Say which organisation sends the codes: nobody at school may know who has which.")
    if asked.consent:
        yield _(
            "Codes tell nobody who somebody is: the organisation that sends them asks for consent. Leave it out here."
        )
    if Voice.STAFF in asked.forms:
        yield _("Staff come in by their login, so they cannot take part in an anonymous round.")


def context(design: str, options: Iterable[str], consents: Iterable[str]) -> dict[str, str]:
    """The values that rules of rounds give to a form: `yes` or empty, and the design.

    Args:
        design: of the round.
        options: what was switched on for the study.
        consents: purposes for which this person has consent.
    """
    relation = RELATION in options and design != Design.NAMED
    origin = ORIGIN in options and design != Design.NAMED and Purpose.ORIGIN in consents
    return {DESIGN: design, RELATION: "yes" if relation else "", ORIGIN: "yes" if origin else ""}
