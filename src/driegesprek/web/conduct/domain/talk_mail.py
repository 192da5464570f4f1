"""An e-mail when a time was booked, moved or cancelled, to who gave an address: text only, nothing secret in it."""

from collections.abc import Iterator

from django.core.mail import EmailMessage
from django.utils import timezone

from driegesprek import content
from driegesprek.web.common import outbox
from driegesprek.web.common.models import OutboxItem
from driegesprek.web.conduct.domain import school_facts, sheets
from driegesprek.web.conduct.domain.sheet_words import readable
from driegesprek.web.people.models import Bond
from driegesprek.web.talks.domain import households
from driegesprek.web.talks.domain.booking import CHANGED
from driegesprek.web.talks.models import Talk


@outbox.handles(CHANGED)
def tell_family(note: OutboxItem) -> None:
    """Tell the adults of the talk's household, unless the talk changed again since (then another note does it)."""
    rows = Talk.objects.select_related("slot__mentor", "school", "pupil")
    talk = rows.filter(pk=note.payload["talk"], sequence=note.payload["sequence"]).first()
    if talk is None:
        return
    household = households.of_talk(talk.pupil_id, talk.household, today=timezone.localdate())
    for bond in household.bonds:
        if bond.adult.email:
            _message(talk, bond).send()


def _message(talk: Talk, bond: Bond) -> EmailMessage:
    code = readable(bond.spoken_language)
    subject = content.text("talk.calendar.title", code, school=talk.school.name)
    return EmailMessage(str(subject), "\n\n".join(_paragraphs(talk, code)), to=[bond.adult.email])


def _paragraphs(talk: Talk, code: str) -> Iterator[str]:
    """In the adult's language, and once more in Dutch where that is a draft."""
    own = sheets.overrides(talk.school_id)
    texts = [content.text(key, code, overrides=own, **values) for key, values in _texts(talk, code)]
    yield from (text.text for text in texts)
    dutch = [text.dutch for text in texts if text.dutch]
    if dutch:
        yield "----------"
        yield from dutch


def _texts(talk: Talk, code: str) -> Iterator[tuple[str, dict[str, object]]]:
    if talk.slot is None:
        yield "talk.cancelled", {}
    else:
        at = timezone.localtime(talk.slot.starts_at)
        dates = {one: school_facts.day_in_words(at.date(), one) for one in (code, content.DUTCH)}
        yield "talk.booked", {"date": dates, "time": f"{at:%H:%M}"}
        yield "talk.duration", {"count": talk.slot.minutes}
        if talk.slot.place:
            yield "talk.place", {"place": talk.slot.place}
        yield "talk.bring", {}
    if talk.school.phone:
        mentor = talk.slot.mentor.full_name if talk.slot else talk.school.name
        yield "common.call_school", {"mentor": mentor, "phone": talk.school.phone}
