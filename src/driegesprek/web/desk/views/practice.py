"""Practice cases for mentors, to talk over with a colleague."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from driegesprek import content
from driegesprek.content import PracticeCase
from driegesprek.web.access.guards import staff_only


@staff_only()
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The four cases, in the language of the desk."""
    language = get_language() or "nl"
    shown = [_in_words(one, language) for one in content.practice_cases()]
    return render(request, "desk/practice/cases.html", {"area": "talks", "cases": shown})


def _in_words(one: PracticeCase, language: str) -> dict[str, str | list[str]]:
    return {
        "title": one.title.text(language),
        "story": one.story.text(language),
        "say": [line.text(language) for line in one.say],
        "helps": [line.text(language) for line in one.helps],
        "not_helps": [line.text(language) for line in one.not_helps],
    }
