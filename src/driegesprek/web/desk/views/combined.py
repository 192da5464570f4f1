"""Schools evaluated together, by who asked them: a plan to send, and what the sums that came back show. Nothing is kept."""

import base64
import binascii
import json
import zlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from driegesprek.evidence import EvidenceError
from driegesprek.web.access.guards import staff_only
from driegesprek.web.desk.exports import combined as exports
from driegesprek.web.desk.forms.together import ExampleForm, PlanForm, SumsForm
from driegesprek.web.desk.pages import combined as pages
from driegesprek.web.desk.pages import evidence_words, example_plans
from driegesprek.web.desk.views.survey_post import download

WHO = ("analyst", "counsellor", "leader")
MOST_CARRIED = 64 * 1024 * 1024
"""Bytes of sums that a page may send on when they are unpacked."""


@staff_only(*WHO)
@require_http_methods(["GET", "HEAD", "POST"])
def combine(request: HttpRequest) -> HttpResponse:
    """Bring in the sums of several schools and see what they show; look through a plan; fetch an example of one."""
    posted = request.method == "POST"
    of_plan = posted and request.POST.get("deed") == "plan"
    sums = SumsForm(*((request.POST, request.FILES) if posted and not of_plan else ()))
    plan = PlanForm(*((request.POST, request.FILES) if of_plan else ()))
    context: dict[str, Any] = {"area": "region", "form": sums, "plan_form": plan, "example": ExampleForm()}
    if of_plan and plan.is_valid():
        made = plan.cleaned_data["plan_file"]
        context |= {"plan": made, "told": evidence_words.told(made)}
    elif posted and not of_plan and sums.is_valid():
        context |= _found(sums.cleaned_data["sums"])
    return render(request, "desk/region/together.html", context)


def _found(texts: dict[str, str]) -> dict[str, Any]:
    try:
        found = pages.combined(texts)
    except EvidenceError as error:
        return {"problem": evidence_words.problem(error), "exactly": str(error)}
    except pages.NotReleasedError:
        return {
            "problem": _(
                "A file has sums that were meant to stay in the school. Delete it, and ask the school for the file that "
                "the page or the command gives out."
            )
        }
    return {"found": found, "files": len(texts), "carried": carried(found)}


def carried(found: pages.Combined) -> str:
    """The sums together as the page sends them on with the next deed: packed, for there is a limit."""
    return base64.b64encode(zlib.compress(json.dumps(found.sums.to_plain()).encode(), 9)).decode()


def _unpacked(text: str) -> str:
    """What :func:`carried` made.

    Raises:
        ValueError: it is not that.
    """
    try:
        unpacking = zlib.decompressobj()
        found = unpacking.decompress(base64.b64decode(text, validate=True), MOST_CARRIED)
    except (binascii.Error, zlib.error) as error:
        raise ValueError(str(error)) from error
    if not unpacking.eof:
        raise ValueError("too large, or cut off")
    return found.decode()


@staff_only(*WHO)
@require_POST
def as_file(request: HttpRequest, kind: str) -> HttpResponse:
    """What schools show together as a file: results (.json, .xlsx) or the sums, to add schools to later."""
    try:
        found = pages.combined({"carried": _unpacked(request.POST.get("carried", ""))})
    except (ValueError, pages.NotReleasedError):
        messages.error(request, _("Bring the files in again: they did not arrive whole."))
        return redirect("desk:region_together")
    return exports.response(found, kind)


@staff_only(*WHO)
@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """A plan to begin with, of one of our instruments."""
    form = ExampleForm(request.GET)
    if not form.is_valid():
        return redirect("desk:region_together")
    made = example_plans.plan(form.cleaned_data["instrument"], twice=form.cleaned_data["times"] == "2")
    name = f"plan-{slugify(form.cleaned_data['instrument'])}.json"
    return download(
        (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode(), "application/json", name
    )
