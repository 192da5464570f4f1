"""What there is of something that can be there more than once, and whether there is another."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from driegesprek.instruments import Kind, id_of, render, template_of
from driegesprek.web.family import page
from driegesprek.web.family.around import instance_name
from driegesprek.web.family.asking import Asking
from driegesprek.web.family.views.seats import question_address, visit
from driegesprek.web.surveys.domain import reading

_LONGEST = 60


@dataclass(frozen=True)
class Instance:
    """One of them, as the list shows it."""

    id: str
    name: str
    summary: str
    """The first answer that was given in it."""
    address: str


def show(request: HttpRequest, asking: Asking, path: str) -> HttpResponse:
    """The instances of a repeat, each to open or to take away, and a button to add one."""
    sitting, here = asking.sitting, visit(request, asking.sitting)
    group = asking.sheet.questionnaire.groups[template_of(path)]
    step, steps = asking.step(path)
    context = {
        "name": render(group.label, sitting.language, asking.shown, path) or group.name,
        "instance": instance_name(asking.shown, asking.sitting.language, path),
        "instances": _instances(asking, path),
        "step": step,
        "steps": steps,
        "revision": asking.sheet.revision,
        "action": question_address(sitting, path),
    }
    return page.behind_door(request, "family/questions/repeat.html", context, here=here)


def _instances(asking: Asking, path: str) -> list[Instance]:
    found = []
    for one in asking.shown.instances.get(path, ()):
        inside = [question for question in asking.asked if question.startswith(f"{one}/")]
        if inside:
            name = instance_name(asking.shown, asking.sitting.language, one)
            address = question_address(asking.sitting, inside[0])
            found.append(Instance(id_of(one), name, _summary(asking, inside), address))
    return found


def _summary(asking: Asking, inside: list[str]) -> str:
    answers, form = asking.shown.answers, asking.sheet.questionnaire
    path = next((one for one in inside if one in answers and form.question(one).kind is not Kind.NOTE), None)
    if path is None:
        return ""
    words = reading.words(form.question(path), answers[path], asking.shown, asking.sitting.language)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
