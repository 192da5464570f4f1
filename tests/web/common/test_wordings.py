import pytest
from django.db import IntegrityError, transaction
from tests.web import factories

from driegesprek import content
from driegesprek.web.access import actor
from driegesprek.web.common import wordings
from driegesprek.web.common.models import AuditEntry, SchoolTranslation

pytestmark = pytest.mark.django_db
KEY = "common.next"


@pytest.fixture
def school():
    return factories.make_school()


@pytest.fixture
def writer(school):
    return actor.of_staff(factories.make_staff(school, "counsellor"))


@pytest.fixture
def reviewer(school):
    return actor.of_staff(factories.make_staff(school, "leader"))


def reviewed(writer, reviewer, key, language, text):
    row = wordings.propose(writer, key, language, text)
    return wordings.review(reviewer, key, language, read=wordings.seen(row))


def test_a_proposal_is_shown_to_no_family_until_another_reviewed_it(school, writer, reviewer):
    row = wordings.propose(writer, KEY, "tr", "Devam")
    assert wordings.overrides(school.pk) == {}
    wordings.review(reviewer, KEY, "tr", read=wordings.seen(row))
    shown = content.text(KEY, "tr", overrides=wordings.overrides(school.pk))
    assert (shown.text, shown.status) == ("Devam", "reviewed")
    assert AuditEntry.objects.filter(verb="wording reviewed").count() == 1


def test_nobody_reviews_the_own_wording_and_the_database_says_so_too(writer):
    row = wordings.propose(writer, KEY, "tr", "Devam")
    with pytest.raises(wordings.OwnWordingError):
        wordings.review(writer, KEY, "tr", read=wordings.seen(row))
    row.reviewed_by = row.translated_by
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    assert SchoolTranslation.objects.get().reviewed_by is None


def test_a_wording_that_changed_since_it_was_read_is_read_again(writer, reviewer):
    row = wordings.propose(writer, KEY, "tr", "Devam")
    wordings.propose(writer, KEY, "tr", "İleri")
    with pytest.raises(wordings.OtherWordingError):
        wordings.review(reviewer, KEY, "tr", read=wordings.seen(row))


def test_a_new_wording_waits_again_and_the_same_one_changes_nothing(school, writer, reviewer):
    first = reviewed(writer, reviewer, KEY, "nl", "Volgende")
    assert wordings.propose(writer, KEY, "nl", " Volgende ").reviewed_by == first.reviewed_by
    wordings.propose(writer, KEY, "nl", "Ga door")
    assert wordings.overrides(school.pk) == {}


def test_what_is_filled_in_must_stay(writer):
    key, source = next((k, s) for k, s in wordings.texts().items() if "{pupil}" in s.dutch)
    with pytest.raises(wordings.WordingRefusedError) as refusal:
        wordings.propose(writer, key, "en", "Hello {school}")
    assert "{pupil}" in refusal.value.missing
    if "{school}" not in source.dutch:
        assert "{school}" in refusal.value.unknown
    assert not SchoolTranslation.objects.exists()


def test_own_dutch_makes_translations_of_ours_drafts_and_own_ones_are_of_the_own_dutch(
    school, writer, reviewer
):
    reviewed(writer, reviewer, KEY, "nl", "Ga door")
    reviewed(writer, reviewer, KEY, "pl", "Dalej")
    overrides = wordings.overrides(school.pk)
    assert content.text(KEY, "nl", overrides=overrides).text == "Ga door"
    assert content.text(KEY, "pl", overrides=overrides).status == "reviewed"
    assert content.text(KEY, "tr", overrides=overrides).status == "draft"


def test_another_school_keeps_our_words(school, writer, reviewer):
    other = factories.make_school("Elders")
    reviewed(writer, reviewer, KEY, "nl", "Ga door")
    assert wordings.overrides(other.pk) == {}
    assert wordings.overrides(None) == {}


def test_taken_back_our_words_count_at_once(school, writer, reviewer):
    reviewed(writer, reviewer, KEY, "nl", "Ga door")
    assert wordings.overrides(school.pk)
    wordings.take_back(writer, KEY, "nl")
    assert wordings.overrides(school.pk) == {}


def test_texts_of_forms_can_be_worded_too(school, writer, reviewer):
    key = next(key for key in wordings.texts() if key.startswith("quick_check.survey"))
    reviewed(writer, reviewer, key, "nl", wordings.texts()[key].dutch + " Echt.")
    found = content.instrument_texts("quick_check", "nl", wordings.overrides(school.pk))
    assert any(one.text.endswith(" Echt.") for one in found.values())
