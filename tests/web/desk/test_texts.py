import pytest
from django.urls import reverse
from tests.web import factories

from driegesprek.web.common import wordings
from driegesprek.web.common.models import SchoolTranslation
from driegesprek.web.common.wordings import seen

pytestmark = pytest.mark.django_db
KEY = "common.next"


@pytest.fixture
def school():
    return factories.make_school()


@pytest.fixture
def writer(school, client):
    return factories.login(client, factories.make_staff(school, "counsellor", name="Schrijver"))


@pytest.fixture
def reviewer(school, client):
    return factories.login(type(client)(), factories.make_staff(school, "leader", name="Lezer"))


def test_texts_are_found_by_their_words_in_either_language_and_by_state(writer):
    address = reverse("desk:texts")
    assert any(one.source.key == KEY for one in writer.get(address, {"q": "verder"}).context["page"])
    turkish = writer.get(address, {"language": "tr", "state": "draft"}).context["page"]
    assert turkish.paginator.count > 100
    assert writer.get(address, {"language": "xx", "state": "y"}).context["wanted"].language == "nl"


def test_one_proposes_and_another_reviews(writer, reviewer):
    address = reverse("desk:text", args=["tr", KEY])
    writer.post(address, {"text": "Devam <b>et</b>"})
    row = SchoolTranslation.objects.get()
    review = reverse("desk:text_review", args=["tr", KEY])
    assert review not in writer.get(address).content.decode()
    theirs = reviewer.get(address).content.decode()
    assert "Devam &lt;b&gt;et&lt;/b&gt;" in theirs
    assert "Schrijver" in theirs
    assert review in theirs
    writer.post(review, {"seen": seen(row)})
    row.refresh_from_db()
    assert row.reviewed_by is None
    reviewer.post(review, {"seen": seen(row)})
    row.refresh_from_db()
    assert row.reviewed_by is not None


def test_a_blank_that_is_lost_is_said_and_what_was_typed_stays(writer):
    key = next(key for key, source in wordings.texts().items() if "{pupil}" in source.dutch)
    page = writer.post(reverse("desk:text", args=["en", key]), {"text": "Hello there"})
    assert "{pupil}" in page.context["form"].errors["text"][0]
    assert "Hello there" in page.content.decode()


@pytest.mark.parametrize("where", [("xx", KEY), ("tr", "no.such.key")])
def test_a_text_that_does_not_exist_is_not_there(writer, where):
    assert writer.get(reverse("desk:text", args=where)).status_code == 404


def test_the_other_schools_words_are_not_shown(writer, client):
    writer.post(reverse("desk:text", args=["tr", KEY]), {"text": "Devam"})
    other = factories.login(type(client)(), factories.make_staff(factories.make_school("Elders"), "leader"))
    assert other.get(reverse("desk:text", args=["tr", KEY])).context["wording"].own is None
    other.post(reverse("desk:text_take_back", args=["tr", KEY]))
    assert SchoolTranslation.objects.count() == 1


def test_the_list_takes_a_fixed_number_of_queries(writer, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        writer.get(reverse("desk:texts"), {"language": "ar"})
