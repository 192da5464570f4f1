"""Immutable versions of instruments, known by the hash of their content."""

import json
from functools import lru_cache
from uuid import UUID

from driegesprek import content
from driegesprek.instruments import Questionnaire
from driegesprek.web.people.models import School
from driegesprek.web.surveys.models import InstrumentVersion, Response, RoundVoice


def store(school: School, key: str, questionnaire: Questionnaire) -> InstrumentVersion:
    """The stored version with this very content; made when there is none yet, never changed afterwards."""
    version, _ = InstrumentVersion.objects.get_or_create(
        school=school,
        key=key,
        content_hash=questionnaire.content_hash,
        # As text inside JSON: PostgreSQL would put the keys of an object in another order, and the order of
        # languages and lists is part of a form.
        defaults={"title": questionnaire.title[:200], "definition": questionnaire.to_json()},
    )
    return version


@lru_cache(maxsize=256)
def load(version_id: UUID) -> Questionnaire:
    """The questionnaire of a version, kept for the next time; its hash is checked once per process.

    Raises:
        InstrumentVersion.DoesNotExist: there is no such version.
        ValueError: what is stored does not fit its hash.
    """
    version = InstrumentVersion.objects.only("content_hash", "definition").get(pk=version_id)
    found = Questionnaire.from_json(_text(version.definition))
    if found.content_hash != version.content_hash:
        raise ValueError(f"Version {version_id} was changed: its content does not fit its hash.")
    return found


def afterwards(before: InstrumentVersion) -> InstrumentVersion:
    """What is asked the second time: of ours the form made for afterwards where there is one, else the same again."""
    key = before.key.replace("_pre", "_post")
    if key == before.key or key not in content.instrument_keys():
        return before
    return store(before.school, key, content.instrument(key))


def not_validated(round_id: UUID) -> bool:
    """Whether a round asks, or was answered in, a form that nobody validated: every page and file of it says so."""
    asked = RoundVoice.objects.filter(round=round_id).values_list("version", flat=True)
    answered = Response.objects.filter(round=round_id).values_list("version", flat=True)
    return any(load(one).not_validated for one in asked.union(answered))


def _text(definition: str | dict[str, object]) -> str:
    return definition if isinstance(definition, str) else json.dumps(definition)


@lru_cache(maxsize=256)
def key_of(version_id: UUID) -> str:
    """Which instrument it is a version of: `qualities_pupil`."""
    return InstrumentVersion.objects.values_list("key", flat=True).get(pk=version_id)
