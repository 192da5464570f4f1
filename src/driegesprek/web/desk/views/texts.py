"""What families read, in every language: how each text stands, and the school's own wording."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driegesprek.content import DUTCH, LANGUAGES
from driegesprek.content.placeholders import KNOWN, placeholders
from driegesprek.content.texts import WITHOUT_DUTCH
from driegesprek.roster.texts import folded
from driegesprek.web.access import scope
from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import wordings
from driegesprek.web.common.wordings import Wording
from driegesprek.web.desk.forms.texts import STATES, Asked, WordingForm, asked

PER_PAGE = 50
BY_CODE = {one.code: one for one in LANGUAGES}


@staff_only("counsellor", "leader")
@require_GET
def texts(request: HttpRequest) -> HttpResponse:
    """All texts in one language, with their state."""
    wanted = asked(request.GET)
    everything = list(wordings.wordings(request.actor.school_id, wanted.language))
    found = [one for one in everything if _fits(one, wanted)]
    states = [(key, label) for key, label in STATES.items() if any(one.state == key for one in everything)]
    context = {
        "area": "texts",
        "wanted": wanted,
        "language": BY_CODE[wanted.language],
        "languages": LANGUAGES,
        "states": [(key, label, sum(one.state == key for one in everything)) for key, label in states],
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "is_dutch": wanted.language == DUTCH,
    }
    return render(request, "desk/texts/texts.html", context)


def _fits(one: Wording, wanted: Asked) -> bool:
    if wanted.state and one.state != wanted.state:
        return False
    own = one.own.text if one.own else ""
    everywhere = folded(f"{one.source.key} {one.source.dutch} {one.ours} {own}")
    return all(word in everywhere for word in folded(wanted.q).split())


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """One text in one language: ours, the Dutch it comes from, the school's own."""
    found = _wording(request, language, key)
    form = WordingForm(request.POST or None, initial={"text": found.own.text if found.own else found.ours})
    if request.method == "POST" and form.is_valid():
        try:
            wordings.propose(request.actor, key, language, form.cleaned_data["text"])
        except wordings.WordingRefusedError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept. When a colleague has reviewed it, families see it."))
            return redirect("desk:text", language=language, key=key)
    return render(request, "desk/texts/text.html", _context(request, found, form))


def _context(request: HttpRequest, found: Wording, form: WordingForm) -> dict[str, Any]:
    own, actor = found.own, request.actor
    people = {one.pk: one.full_name for one in scope.staff(actor)} if own else {}
    return {
        "area": "texts",
        "wording": found,
        "language": BY_CODE[found.language],
        "form": form,
        "dutch": wordings.dutch_of(actor.school_id, found.source.key),
        "blanks": sorted(placeholders(found.source.dutch) & KNOWN.keys()),
        "seen": wordings.seen(own) if own else "",
        "writer": people.get(own.translated_by, "") if own else "",
        "reviewer": people.get(own.reviewed_by, "") if own else "",
        "is_mine": bool(own and own.translated_by == actor.actor_id),
        "is_dutch": found.language == DUTCH,
        "dutch_beneath": found.language != DUTCH
        and found.state in {"draft", "waiting"}
        and found.source.kind not in WITHOUT_DUTCH,
    }


@staff_only("counsellor", "leader")
@require_POST
def review(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """A colleague's wording is right."""
    _wording(request, language, key)
    try:
        wordings.review(request.actor, key, language, read=request.POST.get("seen", ""))
        messages.success(request, _("Reviewed. Families see this wording now."))
    except wordings.OwnWordingError:
        messages.error(request, _("Nobody reviews the own wording. Ask a colleague."))
    except wordings.OtherWordingError:
        messages.warning(request, _("The wording changed since you read it. Please read it again."))
    return redirect("desk:text", language=language, key=key)


@staff_only("counsellor", "leader")
@require_POST
def take_back(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """Our own words again."""
    _wording(request, language, key)
    wordings.take_back(request.actor, key, language)
    messages.success(request, _("The words of Driegesprek are back."))
    return redirect("desk:text", language=language, key=key)


def _wording(request: HttpRequest, language: str, key: str) -> Wording:
    if language not in BY_CODE or key not in wordings.texts():
        raise Http404
    return wordings.wording(request.actor.school_id, key, language)
