import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from tests.web.talks.making import Setting

from driegesprek.web.access.actor import of_staff
from driegesprek.web.common import outbox
from driegesprek.web.conduct.domain import assignments, talk_papers
from driegesprek.web.conduct.domain import talks as across
from driegesprek.web.line.enums import DoneBy
from driegesprek.web.line.models import Step
from driegesprek.web.outreach.models import Contact
from driegesprek.web.talks.domain import booking, households
from driegesprek.web.talks.models import Talk

pytestmark = pytest.mark.django_db
CHOSEN = ["helping", "listening", "making"]


@pytest.fixture
def there():
    setting = Setting().open()
    setting.talk = setting.book(setting.slot())
    return setting


def household(there, key="1"):
    return households.of_talk(there.pupil.pk, key, today=there.today)


def sit(there, owner, *, together=False):
    return assignments.sit(there.behind(owner), there.home.pk, language="nl", together=together)


def answer(there, owner, given, *, mentor=True, other=None, together=False):
    """Answer at home, hand in and share."""
    sitting, now = sit(there, owner, together=together), timezone.now()
    for path, value in given.items():
        saved = assignments.save(
            sit(there, owner, together=together),
            {path: value},
            revision=assignments.read(sitting).revision,
            now=now,
        )
        assert not saved.problems, saved.problems
    assignments.share(sitting, mentor=mentor, other=other, now=now)
    assignments.hand_in(sit(there, owner, together=together), now=now)


def qualities():
    from driegesprek.content import catalogue  # noqa: PLC0415 - only here

    return [one.key for one in catalogue.qualities()][:3]


def lines(said):
    return [line.answer for one in said for line in (*one.lines, *one.mentor_only)]


def from_home(there, key="1", *, talk=None):
    return across.from_home(talk or there.talk, household(there, key), several=True)


def test_what_pupil_and_adult_share_comes_into_their_talk(there):
    answer(there, there.pupil, {"/qualities": qualities(), "/curious": "Of ik kan koken"})
    answer(there, there.mother, {"/find_out_about": "job", "/find_out": "Wat een kok doet"})
    said = from_home(there).said
    assert [one.who for one in said] == ["pupil", "adult"]
    assert [one.name for one in said] == ["Samira", there.mother.adult.full_name]
    assert "Of ik kan koken" in lines(said)
    assert "Wat een kok doet" in lines(said)


def test_what_is_not_shared_stays_home(there):
    answer(there, there.pupil, {"/qualities": qualities()}, mentor=False)
    answer(there, there.mother, {"/find_out_about": "job"}, mentor=False)
    assert not from_home(there)


def test_nothing_of_another_household_comes_in(there):
    answer(there, there.father, {"/find_out_about": "job", "/find_out": "Van vader"})
    answer(there, there.mother, {"/find_out_about": "job", "/find_out": "Van moeder"})
    assert "Van moeder" in lines(from_home(there).said)
    assert "Van vader" not in lines(from_home(there).said)
    with_father = there.book(there.slot(at="19:00"), "2")
    found = lines(from_home(there, "2", talk=with_father).said)
    assert "Van vader" in found
    assert "Van moeder" not in found


def test_whoever_stood_in_is_left_out_where_it_may_be_the_other_household(there):
    given = {"/together_qualities": qualities(), "/find_out_about": "job", "/find_out": "Van wie?"}
    answer(there, there.pupil, {"/qualities": qualities()}, mentor=False)
    answer(there, there.pupil, given, together=True)
    assert from_home(there).said == ()
    alone = across.from_home(there.talk, household(there), several=False)
    assert "Van wie?" in lines(alone.said)


def test_what_is_for_the_mentor_only_is_kept_apart(there):
    answer(there, there.pupil, {"/qualities": qualities(), "/curious": "Geheim"})
    answer(there, there.mother, {"/find_out_about": "job", "/find_out": "Ook van mij"}, other=False)
    pupil, adult = from_home(there).said
    assert [line.answer for line in (*pupil.lines, *adult.lines)] == []
    assignments.show_to(sit(there, there.pupil), there.mother, now=timezone.now())
    assignments.share(sit(there, there.mother), mentor=True, other=True, now=timezone.now())
    pupil, adult = from_home(there).said
    assert [line.path for line in pupil.lines] == ["/qualities"]
    assert "Geheim" in [line.answer for line in pupil.mentor_only]
    assert "Ook van mij" in [line.answer for line in adult.lines]


def test_words_from_paper_stay_out_where_the_sheet_may_be_the_other_households(there):
    from driegesprek.web.conduct.domain import paper_done  # noqa: PLC0415 - only here

    own = Step.objects.get(activity=there.home, pupil=there.pupil, bond=None)
    actor = of_staff(there.mentor)
    paper_done.type_words(
        own, ("geduldig", "", ""), school_class=there.school_class, now=timezone.now(), actor=actor
    )
    assert from_home(there).paper_words == ()
    fathers = Step.objects.get(activity=there.home, bond=there.father)
    Step.objects.filter(pk=fathers.pk).update(done_by=DoneBy.PAPER)
    assert from_home(there).paper_words == ()
    assert from_home(there, "2").paper_words == ("geduldig",)


def hold(there, present, **more):
    given = {"about_home": True, "today": there.today, "now": timezone.now(), "actor": of_staff(there.mentor)}
    return across.hold(there.talk, present=present, **(given | more))


def talked(there):
    rows = Step.objects.filter(pupil=there.pupil, talked_at__isnull=False)
    return {(row.activity_id, row.bond_id) for row in rows}


def test_held_is_talked_about_with_pupil_and_who_was_there(there):
    talk = hold(there, [there.mother.pk])
    assert talk.held_at is not None
    assert talked(there) == {
        (activity.pk, bond) for activity in (there.home, there.activity) for bond in (None, there.mother.pk)
    }
    assert Contact.objects.get(outcome="reached").bond == there.mother


def test_nobody_of_another_household_was_there(there):
    hold(there, [there.father.pk])
    assert talked(there) == {(there.home.pk, None), (there.activity.pk, None)}
    assert not Contact.objects.exists()


def test_without_the_assignment_only_the_talk_is_talked_about(there):
    hold(there, [], about_home=False)
    assert talked(there) == {(there.activity.pk, None)}


def test_held_by_mistake_is_taken_back(there):
    hold(there, [there.mother.pk])
    hold(there, [there.mother.pk], now=timezone.now() + dt.timedelta(hours=1))
    talk = across.not_held(there.talk, actor=of_staff(there.mentor))
    assert talk.held_at is None
    assert talked(there) == set()
    assert not Contact.objects.exists()
    across.not_held(there.talk, actor=of_staff(there.mentor))


def give_address(bond, email, language=""):
    bond.adult.email = email
    bond.adult.save()
    bond.language = language
    bond.save()


def test_who_gave_an_address_hears_of_it_in_the_own_language(there):
    give_address(there.mother, "fatima@example.org", "ar")
    give_address(there.father, "karim@example.org")
    outbox.empty()
    (message,) = mail.outbox
    assert message.to == ["fatima@example.org"]
    assert there.school.name in message.subject
    assert "18:00" in message.body
    assert "lokaal 12" in message.body
    assert "Het gesprek duurt 20 minuten." in message.body
    assert "/d/" not in message.body
    assert message.content_subtype == "plain"
    assert message.attachments == []


def test_of_two_changes_only_the_last_is_told(there):
    give_address(there.mother, "fatima@example.org")
    there.book(there.slot(at="19:20"))
    outbox.empty()
    outbox.empty()
    assert ["19:20" in message.body for message in mail.outbox] == [True]


def test_a_cancelled_time_is_told(there):
    give_address(there.mother, "fatima@example.org")
    booking.cancel(there.talk, actor=of_staff(there.mentor))
    outbox.empty()
    (message,) = mail.outbox
    assert "afgezegd" in message.body


def printed(there, key="1"):
    talk = Talk.objects.select_related("pupil", "school").get(pk=there.talk.pk)
    return talk_papers.agreements(talk, household(there, key), actor=of_staff(there.mentor))


def test_nothing_agreed_is_nothing_printed(there):
    with pytest.raises(talk_papers.NothingAgreedError):
        printed(there)


def test_the_family_has_the_agreements_on_paper_in_its_language(there):
    import io  # noqa: PLC0415 - only here

    from pypdf import PdfReader  # noqa: PLC0415 - heavy, only here

    give_address(there.mother, "", "tr")
    there.agree(there.talk, "pupil", "Belt oma over de bakkerij", dt.date(2027, 2, 12))
    there.agree(there.talk, "adult", "نسأل المدرسة الأخرى")
    pages = PdfReader(io.BytesIO(printed(there))).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    assert "Belt oma over de bakkerij" in text
    assert "Şubat 2027" in text
    assert "Onze afspraken" in text
