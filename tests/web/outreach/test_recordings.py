"""A recording is listened to before it is used, and the newest takes the place of the older."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from tests.web.factories import make_school, make_staff

from driegesprek.web.access.actor import of_staff
from driegesprek.web.outreach.domain import recordings
from driegesprek.web.outreach.models import Recording, RecordingDraft
from driegesprek.web.outreach.sounds import LARGEST

pytestmark = pytest.mark.django_db
OGG = b"OggS" + bytes(200)
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(200)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def actor():
    return of_staff(make_staff(make_school(), "counsellor"))


def bring_in(actor, content=OGG, *, key="welcome.intro", language="rif"):
    return recordings.bring_in(ContentFile(content, name="x.exe"), key=key, language=language, actor=actor)


def test_a_sound_is_a_draft_until_it_is_kept(actor, django_capture_on_commit_callbacks):
    draft = bring_in(actor)
    assert not Recording.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        kept = recordings.keep(draft, actor=actor)
    assert (kept.key, kept.language, kept.kind) == ("welcome.intro", "rif", "audio/ogg")
    assert kept.file.name.endswith(".ogg")
    with kept.file.open("rb") as sound:
        assert sound.read() == OGG
    assert not RecordingDraft.objects.exists()
    assert not draft.file.storage.exists(draft.file.name)


def test_a_new_recording_takes_the_place_of_the_older_and_its_file(actor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        old = recordings.keep(bring_in(actor), actor=actor)
        new = recordings.keep(bring_in(actor, WAV), actor=actor)
    assert list(Recording.objects.all()) == [new]
    assert not old.file.storage.exists(old.file.name)
    assert new.file.storage.exists(new.file.name)


def test_other_texts_and_languages_stay(actor):
    for key, language in (("welcome.intro", "rif"), ("welcome.intro", "ti"), ("door.title", "rif")):
        recordings.keep(bring_in(actor, key=key, language=language), actor=actor)
    assert Recording.objects.count() == 3


def test_a_file_that_is_no_sound_is_refused_whatever_its_name(actor):
    with pytest.raises(recordings.NoSoundError):
        bring_in(actor, b"<svg onload=alert(1)>")
    assert not RecordingDraft.objects.exists()


def test_a_file_that_is_too_large_is_refused(actor):
    file = ContentFile(OGG, name="long.ogg")
    file.size = LARGEST + 1
    with pytest.raises(recordings.TooLargeError):
        recordings.bring_in(file, key="welcome.intro", language="rif", actor=actor)


def test_drafts_are_of_who_brought_them_in_and_go_after_a_day(actor, django_capture_on_commit_callbacks):
    draft = bring_in(actor)
    colleague = of_staff(make_staff(actor.staff.school, "counsellor"))
    assert list(recordings.drafts(actor)) == [draft]
    assert not recordings.drafts(colleague).exists()
    assert recordings.delete_old_drafts(timezone.now()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert recordings.delete_old_drafts(timezone.now() + dt.timedelta(days=2)) == 1
    assert not draft.file.storage.exists(draft.file.name)


def test_another_school_hears_nothing(actor):
    recordings.keep(bring_in(actor), actor=actor)
    assert not recordings.visible(of_staff(make_staff(make_school("Elders"), "counsellor"))).exists()
