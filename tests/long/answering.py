"""Families that answer over real connections, and what the database holds of it afterwards."""

import http.client
import json
import re
import threading
from contextlib import suppress
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TOKEN = "t" * 32

DEMONSTRATION = """
from django.utils import timezone
from driegesprek.web.conduct.domain import demonstration
if not demonstration.is_filled():
    demonstration.fill(now=timezone.now())
"""
ONE_CLASS = """
from django.utils import timezone
from tests.web import factories
from driegesprek.web.common.audit import System
from driegesprek.web.conduct.domain import activities
school = factories.make_school()
school_class = factories.make_class(school)
for _ in range({pupils}):
    factories.make_adult_for(factories.make_pupil(school_class))
activity = factories.make_activity(school, [school_class])
activities.open_activity(activity, actor=System(school.pk), today=timezone.localdate())
"""
DOORS = """
import json
from driegesprek.web.access.domain import doors
from driegesprek.web.access.models import Door
from driegesprek.web.line.models import Activity
rows = Door.objects.select_related('bond__pupil', 'bond__adult', 'pupil', 'school').order_by('pk')
rows = [door for door in rows if door.bond is None or door.bond.contact_allowed]
print(json.dumps({
    'activity': str(Activity.objects.get(kind='home_assignment').pk),
    'doors': [[str(door.pk), doors.link_path(door), door.kind] for door in rows],
}))
"""

DUMP = """
import json
from driegesprek.web.surveys.models import Answer, OverwrittenAnswer, Response
def rows(model):
    found = model.objects.values_list('response', 'question', 'value', 'revision', 'saved_at')
    return [[str(response), question, value, revision, at.isoformat()] for response, question, value, revision, at in found]
print(json.dumps({
    'answers': rows(Answer),
    'overwritten': rows(OverwrittenAnswer),
    'responses': {
        str(one.pk): [one.revision, one.document and json.loads(one.document), one.document_hash]
        for one in Response.objects.all()
    },
}))
"""


def fill(installation):
    """The demonstration's people in this installation: the activity, and each door's id, link and kind."""
    return json.loads(installation.python(DEMONSTRATION + DOORS))


def fill_one_class(installation, pupils=25):
    """The same with a class of so many pupils, each with one adult."""
    return json.loads(installation.python(ONE_CLASS.format(pupils=pupils) + DOORS))


def stored(installation):
    """All answers, what was overwritten, and the state of each response."""
    return json.loads(installation.python(DUMP))


class Family:
    """Somebody behind a door, who answers one open question again and again, each time with other words."""

    def __init__(self, number, door, activity):
        self.number, self.activity = number, activity
        self.door, self.link, kind = door
        self.question = "curious" if kind == "pupil" else "example_helping"
        self.sent = 0
        self.waiting = None
        self.acknowledged = []
        self.problems = []
        self.cookies = {"csrftoken": TOKEN}
        self.connection = None

    def connect(self, port):
        """Another server, the same browser: the cookies stay."""
        if self.connection:
            self.connection.close()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def post(self, path, fields):
        """Send a form; returns the status and where it leads."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
        self.connection.request(
            "POST", path, urlencode({"csrfmiddlewaretoken": TOKEN, **fields}, doseq=True), headers
        )
        answer = self.connection.getresponse()
        self.body = answer.read()
        for header in answer.msg.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(header).items()}
        return answer.status, answer.getheader("Location", "")

    def go_in(self):
        """Open the door by its link."""
        status, there = self.post(self.link, {})
        assert (status, there) == (303, f"/thuis/{self.door}/"), (status, there)

    def answer(self):
        """Send the answer that is waiting for its acknowledgement, or a new one."""
        if self.waiting is None:
            self.sent += 1
            self.waiting = f"family {self.number} answer {self.sent} {'é' * (self.sent % 7)}".strip()
        path = f"/thuis/{self.door}/opdracht/{self.activity}/{self.question}/"
        status, _ = self.post(path, {"answer": self.waiting, "revision": 0, "go": "next"})
        if status == 303:
            self.acknowledged.append(self.waiting)
            self.waiting = None
        elif status < 500:
            self.problems.append((status, re.sub(rb"\s+", b" ", self.body)[:300]))
        return status

    def go_on(self, ended):
        """Answer until told to end or until the server is gone."""
        with suppress(OSError, http.client.HTTPException):
            while not ended.is_set():
                self.answer()


def answer_together(families, port, meanwhile):
    """Everybody answers at the same time, while something else happens; returns when all have stopped."""
    ended = threading.Event()
    for family in families:
        family.connect(port)
    threads = [threading.Thread(target=family.go_on, args=(ended,)) for family in families]
    for thread in threads:
        thread.start()
    try:
        meanwhile()
    finally:
        ended.set()
        for thread in threads:
            thread.join()
        for family in families:
            family.connection.close()


def complaints(found, families):
    """What is wrong with what is stored: empty where every acknowledged answer is there once, and nothing is half."""
    where = {}
    for response, question, value, revision, _ in [*found["answers"], *found["overwritten"]]:
        where.setdefault(value if isinstance(value, str) else json.dumps(value), []).append(
            (response, question, revision)
        )
    wrong = [problem for family in families for problem in family.problems]
    for family in families:
        wrong += [
            f"{one!r} is there {len(where.get(one, []))} times"
            for one in family.acknowledged
            if len(where.get(one, [])) != 1
        ]
        if family.waiting and len(where.get(family.waiting, [])) > 1:
            wrong.append(f"{family.waiting!r} was never acknowledged and is there twice")
        wrong += _of_response(found, family, where)
    return wrong


def _of_response(found, family, where):
    """Each saved answer counted once in the response's revision; what was handed in says the latest."""
    mine = [place for one in [*family.acknowledged, family.waiting] for place in where.get(one, [])]
    if not mine:
        return []
    response, question, _ = mine[0]
    if {place[0] for place in mine} != {response}:
        return [f"family {family.number} has answers in several responses"]
    revision, document, _ = found["responses"][response]
    revisions = sorted(place[2] for place in mine)
    wrong = []
    if len(set(revisions)) != len(revisions) or revisions[-1] != revision:
        wrong.append(f"family {family.number}: revision {revision}, answers of {revisions[-5:]}")
    if revisions != list(range(revisions[0], revisions[-1] + 1)):
        wrong.append(
            f"family {family.number}: an answer between {revisions[0]} and {revisions[-1]} is missing"
        )
    latest = next(value for key, path, value, *_ in found["answers"] if (key, path) == (response, question))
    if document and (document["revision"], document["answers"][question]["value"]) != (revision, latest):
        wrong.append(f"family {family.number}: what was handed in is not what was answered last")
    return wrong
