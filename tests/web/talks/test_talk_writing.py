import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.web.talks.making import Setting

from driegesprek.web.access.actor import of_staff
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.talks.domain import agreements, talking
from driegesprek.web.talks.domain.agreements import NotYoursError
from driegesprek.web.talks.domain.talking import Draft, Words
from driegesprek.web.talks.models import Agreement

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 2, 12)


@pytest.fixture
def there():
    setting = Setting()
    setting.talk = setting.book(setting.slot())
    return setting


def save(there, going_well="", was="", drafts=()):
    return talking.save(
        there.talk, going_well=going_well, was=was, drafts=drafts, actor=of_staff(there.mentor)
    )


def words(what="Belt oma", who="pupil", by=None):
    return Words(who, what, by)


def told():
    return [(row.who, row.what) for row in Agreement.objects.order_by("made_at")]


def test_what_was_typed_is_kept_and_saving_again_changes_nothing(there):
    saved = save(there, "Samira helpt graag.\r\nZij legt goed uit.")
    assert saved.talk.going_well == "Samira helpt graag.\nZij legt goed uit."
    again = save(there, saved.talk.going_well, was="")
    assert (again.talk.revision, again.both) == (1, False)
    assert AuditEntry.objects.filter(verb="talk written").count() == 1


def test_of_two_windows_both_texts_are_kept(there):
    save(there, "Van het ene scherm", was="")
    saved = save(there, "Van het andere scherm", was="")
    assert saved.both
    assert saved.talk.going_well == "Van het ene scherm\n\nVan het andere scherm"


def test_a_window_that_changed_nothing_leaves_the_others_text(there):
    save(there, "Nieuw", was="")
    saved = save(there, "", was="")
    assert (saved.talk.going_well, saved.both) == ("Nieuw", False)


def test_an_emptied_text_does_not_take_away_what_another_window_wrote(there):
    save(there, "Eerst", was="")
    save(there, "Anders", was="Eerst")
    saved = save(there, "", was="Eerst")
    assert (saved.talk.going_well, saved.both) == ("Anders", True)


def test_an_agreement_sent_twice_is_there_once(there):
    draft = Draft(uuid4(), words())
    save(there, drafts=[draft])
    assert not save(there, drafts=[draft]).both
    assert told() == [("pupil", "Belt oma")]


def test_an_agreement_is_changed_and_taken_away(there):
    save(there, drafts=[Draft(uuid4(), words())])
    row = Agreement.objects.get()
    save(there, drafts=[Draft(row.pk, words("Belt tante", by=DAY), words())])
    row.refresh_from_db()
    assert (row.what, row.by) == ("Belt tante", DAY)
    save(there, drafts=[Draft(row.pk, words("Belt tante", by=DAY), words("Belt tante", by=DAY), remove=True)])
    assert told() == []


def test_an_agreement_changed_in_two_windows_is_kept_twice(there):
    save(there, drafts=[Draft(uuid4(), words())])
    row = Agreement.objects.get()
    save(there, drafts=[Draft(row.pk, words("Belt tante"), words())])
    saved = save(there, drafts=[Draft(row.pk, words("Belt oom"), words())])
    assert saved.both
    assert told() == [("pupil", "Belt tante"), ("pupil", "Belt oom")]


def test_what_was_changed_elsewhere_is_not_taken_away(there):
    save(there, drafts=[Draft(uuid4(), words())])
    row = Agreement.objects.get()
    save(there, drafts=[Draft(row.pk, words("Belt tante"), words())])
    saved = save(there, drafts=[Draft(row.pk, words(), words(), remove=True)])
    assert saved.both
    assert told() == [("pupil", "Belt tante")]


def test_what_was_taken_away_elsewhere_and_changed_here_is_there_again(there):
    save(there, drafts=[Draft(uuid4(), words())])
    row = Agreement.objects.get()
    row.delete()
    save(there, drafts=[Draft(row.pk, words("Belt oom"), words())])
    assert told() == [("pupil", "Belt oom")]


def test_an_id_of_another_talk_touches_nothing_there(there):
    other = there.book(there.slot(at="19:00"), "2")
    theirs = there.agree(other, what="Van vader")
    save(there, drafts=[Draft(theirs.pk, words("Van moeder"))])
    assert sorted(told()) == [("pupil", "Van moeder"), ("pupil", "Van vader")]
    theirs.refresh_from_db()
    assert (theirs.what, theirs.talk) == ("Van vader", other)


def test_everyone_sees_the_own_list(there):
    with_father = there.book(there.slot(at="19:00"), "2")
    mothers, fathers = there.agree(there.talk, "adult"), there.agree(with_father, "adult", "Gaat mee")
    seen = {who: set(agreements.of(there.behind(who))) for who in (there.mother, there.father, there.pupil)}
    assert seen == {there.mother: {mothers}, there.father: {fathers}, there.pupil: {mothers, fathers}}


def test_done_by_whom_it_is_of_and_taken_back(there):
    row, now = there.agree(there.talk, "adult"), timezone.now()
    mother = there.behind(there.mother)
    done = agreements.mark(row.pk, done=True, now=now, actor=mother)
    assert (done.done_at, done.done_by) == (now, "adult")
    agreements.mark(row.pk, done=True, now=timezone.now(), actor=mother)
    assert AuditEntry.objects.filter(verb="agreement done").count() == 1
    assert agreements.mark(row.pk, done=False, now=now, actor=mother).done_at is None


@pytest.mark.parametrize("who", ["pupil", "adult", "school"])
def test_nobody_at_home_marks_what_another_does(there, who):
    row = there.agree(there.talk, who)
    for owner, kind in ((there.mother, "adult"), (there.pupil, "pupil"), (there.father, "none")):
        if kind == who:
            continue
        with pytest.raises(NotYoursError):
            agreements.mark(row.pk, done=True, now=timezone.now(), actor=there.behind(owner))
    row.refresh_from_db()
    assert row.done_at is None


def test_school_has_a_list_of_its_own(there):
    own, done = there.agree(there.talk, "school", "Stuurt data", DAY), there.agree(there.talk, "school")
    there.agree(there.talk, "pupil")
    agreements.mark(done.pk, done=True, now=timezone.now(), actor=of_staff(there.mentor))
    assert list(agreements.open_of_school(of_staff(there.mentor))) == [own]
    assert list(agreements.open_of_school(of_staff(there.counsellor))) == [own]
    assert list(agreements.open_of_school(of_staff(there.leader))) == []


def test_open_agreements_come_first_and_by_day(there):
    later, undated, soon = (
        there.agree(there.talk, by=DAY),
        there.agree(there.talk),
        there.agree(there.talk, by=DAY - dt.timedelta(days=9)),
    )
    done = there.agree(there.talk, by=DAY - dt.timedelta(days=30))
    agreements.mark(done.pk, done=True, now=timezone.now(), actor=of_staff(there.mentor))
    assert list(agreements.of(there.behind(there.pupil))) == [soon, later, undated, done]
