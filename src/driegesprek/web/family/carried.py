"""What somebody typed while their session had ended: it travels along in the page, and is saved once they are in again."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

FIELD = "carried"
LARGEST = 100_000
NOT_CARRIED = frozenset({"csrfmiddlewaretoken", FIELD})
QUESTIONS = frozenset({"family:question", "family:together_question"})


@dataclass(frozen=True)
class Carried:
    """One form that was sent to a question behind a door."""

    path: str
    fields: dict[str, list[str]]

    @property
    def match(self) -> Any:
        """Where it was sent to; None where that is no question."""
        try:
            found = resolve(self.path)
        except Resolver404:
            return None
        return found if found.view_name in QUESTIONS else None

    def is_for(self, door_id: UUID) -> bool:
        """Whether it was sent behind this door."""
        return self.match is not None and self.match.kwargs["door_id"] == door_id

    @property
    def text(self) -> str:
        """What was typed, to show: nothing may look lost."""
        return "\n".join(self.fields.get("answer", []))

    @property
    def data(self) -> QueryDict:
        """The form as it was sent."""
        data = QueryDict(mutable=True)
        for name, values in self.fields.items():
            data.setlist(name, values)
        return data

    def as_field(self) -> str:
        """The value of the hidden field."""
        return json.dumps({"path": self.path, "fields": self.fields}, ensure_ascii=False)


def of_request(request: HttpRequest) -> Carried | None:
    """What this POST to a question holds; None for anything else."""
    if request.method != "POST":
        return None
    fields = {name: list(values) for name, values in request.POST.lists() if name not in NOT_CARRIED}
    found = Carried(request.path, fields)
    return found if found.match and found.fields.get("answer") else None


def of_form(request: HttpRequest) -> Carried | None:
    """What travelled along in the page; None where nothing did, or what came is not ours."""
    raw = request.POST.get(FIELD, "")
    if not raw or len(raw) > LARGEST:
        return None
    try:
        found = json.loads(raw)
        fields = {str(name): [str(one) for one in values] for name, values in found["fields"].items()}
        carried = Carried(str(found["path"]), fields)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return carried if carried.match else None
