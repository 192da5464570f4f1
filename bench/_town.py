"""A school of families that are about to answer, and what each of them will send: `python -m bench._town OUT PUPILS OLDER`.

Runs in the installation that the environment names. OUT gets, as pickle, for each pupil the requests of one home assignment,
as bytes: the cookie of an opened door is in them. OLDER is how many answers of earlier rounds are stored already.
"""

import datetime as dt
import pickle
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PER_CLASS = 25
ANSWERS_EACH = 16
TOKEN = "b" * 32
QUALITIES = ("helping", "making", "nature")
EXAMPLE = "Bij het koken thuis, en op zaterdag op het veld."
ANSWERS: dict[str, list[str]] = {
    "qualities": list(QUALITIES),
    **{f"example_{name}": [EXAMPLE] for name in QUALITIES},
    "curious": ["Hoe het is om met planten te werken."],
}


def make(pupils: int, older: int) -> list[list[bytes]]:
    """The requests of each pupil, in order."""
    from django.utils import timezone  # noqa: PLC0415 - after set-up
    from tests.web import factories  # noqa: PLC0415 - as above

    from driegesprek.web.access.models import Door  # noqa: PLC0415 - as above
    from driegesprek.web.common.audit import System  # noqa: PLC0415 - as above
    from driegesprek.web.conduct.domain import activities  # noqa: PLC0415 - as above

    school = factories.make_school()
    classes = [factories.make_class(school, f"2{number}") for number in range(pupils // PER_CLASS)]
    _people(school, classes)
    activity = factories.make_activity(school, classes)
    activities.open_activity(activity, actor=System(school.pk), today=timezone.localdate())
    if older:
        _older(school, older)
    return [_requests(door, activity) for door in Door.objects.filter(kind="pupil").order_by("pk")]


def _people(school: Any, classes: list[Any]) -> None:
    from driegesprek.web.people.models import Enrolment, Pupil  # noqa: PLC0415 - after set-up

    places = [one for one in classes for _ in range(PER_CLASS)]
    people = [Pupil(school=school, given_name=f"Kind{at}", family_name="Jansen") for at in range(len(places))]
    Pupil.objects.bulk_create(people, batch_size=1000)
    since = classes[0].year.starts_on
    enrolments = [
        Enrolment(school=school, pupil=pupil, school_class=place, since=since)
        for pupil, place in zip(people, places, strict=True)
    ]
    Enrolment.objects.bulk_create(enrolments, batch_size=1000)


def _requests(door: Any, activity: Any) -> list[bytes]:
    """What the pupil's browser sends for each answer."""
    import time  # noqa: PLC0415 - beside its use

    from django.core import signing  # noqa: PLC0415 - after set-up

    from driegesprek.web.access import passes  # noqa: PLC0415 - as above

    cookie = signing.dumps({str(door.pk): [door.generation, "link", int(time.time())]}, salt=passes.SALT)
    base = f"/thuis/{door.pk}/opdracht/{activity.pk}"
    return [
        _request(f"{base}/{name}/", cookie, {"answer": sent, "revision": at, "go": "next"})
        for at, (name, sent) in enumerate(ANSWERS.items())
    ]


def _request(path: str, cookie: str, fields: dict[str, Any]) -> bytes:
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}, doseq=True)
    lines = (
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "User-Agent: Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
        "Accept: text/html,application/xhtml+xml",
        "Accept-Language: nl-NL,nl;q=0.9",
        "Accept-Encoding: gzip, deflate, br",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        f"Cookie: csrftoken={TOKEN}; doors={cookie}",
    )
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def _older(school: Any, number: int) -> None:
    """Answers of earlier rounds, made where the rows are."""
    from django.db import connection  # noqa: PLC0415 - after set-up

    from driegesprek.web.surveys.models import InstrumentVersion, Round  # noqa: PLC0415 - as above

    day = dt.date(2025, 11, 1)
    earlier = Round.objects.create(school=school, opens_on=day, closes_on=day + dt.timedelta(days=28))
    version = InstrumentVersion.objects.filter(key="qualities_pupil").get()
    lite = connection.vendor == "sqlite"
    key = "lower(hex(randomblob(16)))" if lite else "gen_random_uuid()"
    known = {
        name: one.pk.hex if lite else str(one.pk)
        for name, one in {"school": school, "round": earlier, "version": version}.items()
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO surveys_response (id, school_id, round_id, voice, pseudonym, version_id, language, channel,
                "group", revision, shared, started_at, document, document_hash)
            SELECT {key}, '{known["school"]}', '{known["round"]}', 'pupil', 'old' || i, '{known["version"]}', 'nl', 'link',
                '{{}}', {ANSWERS_EACH}, '{{}}', '2025-11-02 10:00:00', '', '' FROM {_series(lite, number // ANSWERS_EACH)}"""  # noqa: S608 - our own words
        )
        cursor.execute(
            f"""INSERT INTO surveys_answer (id, school_id, response_id, question, path, value, status, revision, saved_at)
            SELECT {key}, r.school_id, r.id, '/question_' || i, '', '"{EXAMPLE}"', 'given', i, '2025-11-02 10:00:00'
            FROM surveys_response r, {_series(lite, ANSWERS_EACH)} WHERE r.round_id = '{known["round"]}'"""  # noqa: S608 - as above
        )
        cursor.execute("ANALYZE")


def _series(lite: bool, last: int) -> str:
    if lite:
        more = f"SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {last}"  # noqa: S608 - a number of our own
        return f"(WITH RECURSIVE n(i) AS ({more}) SELECT i FROM n) AS n"  # noqa: S608 - as above
    return f"generate_series(1, {last}) AS n(i)"


if __name__ == "__main__":
    from driegesprek.cli.serving import prepare

    prepare()
    Path(sys.argv[1]).write_bytes(pickle.dumps(make(int(sys.argv[2]), int(sys.argv[3]))))
