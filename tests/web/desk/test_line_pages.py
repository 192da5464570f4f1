"""The pages of the line, as staff use them."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.desk.line_school import make_small
from tests.web.factories import login, make_class, make_pupil, make_school, make_staff, year_of

from driegesprek.web.line.enums import ActivityKind
from driegesprek.web.line.models import Activity, Choice, Delivery, Line, Step

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def small():
    return make_small()


def urls(small):
    step = Step.objects.filter(activity=small.home, bond=None, pupil=small.pupils[0]).get()
    return {
        "line": reverse("desk:line"),
        "activity": reverse("desk:activity", args=[small.home.pk]),
        "talk": reverse("desk:activity", args=[small.talk.pk]),
        "class": reverse("desk:class_steps", args=[small.home.pk, small.a.pk]),
        "class_talk": reverse("desk:class_steps", args=[small.talk.pk, small.a.pk]),
        "words": reverse("desk:step_words", args=[step.pk]),
        "progress": reverse("desk:progress"),
        "sheets": reverse("desk:sheets"),
        "contact": reverse("desk:contact", args=[small.pupils[0].pk]),
        "call_backs": reverse("desk:call_backs"),
        "begin": reverse("desk:line_begin"),
        "start": reverse("desk:line_start", args=[small.home.line_id]),
        "choice": reverse("desk:choice", args=[year_of(small.school).pk, 2]),
        "dates": reverse("desk:activity_dates", args=[small.home.pk]),
        "classes": reverse("desk:activity_classes", args=[small.home.pk]),
        "recordings": reverse("desk:recordings"),
    }


WHOLE_SCHOOL = {"begin", "start", "choice", "dates", "classes", "recordings"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_opens_for_the_counsellor_in_both_languages(client, small, language):
    login(client, small.counsellor)
    statuses = {
        name: client.get(url, headers={"accept-language": language}).status_code
        for name, url in urls(small).items()
    }
    assert set(statuses.values()) == {200}, statuses


def test_a_mentor_gets_the_pages_of_the_own_class_and_not_those_of_the_school(client, small):
    login(client, small.mentor)
    statuses = {name: client.get(url).status_code for name, url in urls(small).items()}
    assert {name for name, status in statuses.items() if status == 404} == WHOLE_SCHOOL
    assert {status for name, status in statuses.items() if name not in WHOLE_SCHOOL} == {200}


def test_another_mentor_gets_404_for_this_class_and_its_pupils(client, small):
    login(client, small.other_mentor)
    for name in ("class", "class_talk", "words", "contact"):
        assert client.get(urls(small)[name]).status_code == 404, name


def test_another_school_gets_404_for_everything_with_a_key(client, small):
    login(client, make_staff(make_school("Elders"), "counsellor", "leader"))
    for name, url in urls(small).items():
        expected = 404 if str(small.home.pk)[:8] in url or "/keuze/" in url or "/start/" in url else None
        if expected or name in {"talk", "class_talk", "words", "contact"}:
            assert client.get(url).status_code == 404, name


def test_deeds_are_post_only(client, small):
    login(client, small.counsellor)
    stage = [small.home.pk, small.a.pk, "announced"]
    step = Step.objects.filter(activity=small.home)[0].pk
    for name, args in (
        ("deliver", stage),
        ("deliver_undo", stage),
        ("activity_open", [small.home.pk]),
        ("step_paper", [step]),
        ("step_undo", [step]),
    ):
        assert client.get(reverse(f"desk:{name}", args=args)).status_code == 405, name


def test_a_mentor_without_a_line_is_told_so_without_a_button(client):
    school = make_school()
    mentor = make_staff(school)
    make_class(school, mentor=mentor)
    page = login(client, mentor).get(reverse("desk:line"))
    assert page.status_code == 200
    assert reverse("desk:line_begin") not in page.text


@pytest.fixture
def empty():
    """A school with two classes and no line."""
    school = make_school()
    a, b = make_class(school, "2A"), make_class(school, "2B")
    make_pupil(a)
    return school, a, b


def moments(*classes, **changes):
    given = {"talks_from": "2027-01-25", "talks_until": "2027-01-29", "lesson": "3"}
    return {"classes": [str(one.pk) for one in classes]} | given | changes


def proposed(page):
    return {
        f"{form.prefix}-{name}": form[name].value().isoformat()
        for _kind, form in page.context["forms"]
        for name in form.fields
    }


def test_a_first_line_is_made_in_four_steps_and_then_open(client, empty):
    school, a, b = empty
    login(client, make_staff(school, "counsellor"))
    page = client.get(reverse("desk:line_begin"), moments(a, b))
    assert not Line.objects.exists()
    to_choice = client.post(reverse("desk:line_begin"), moments(a, b) | proposed(page))
    assert to_choice.url == reverse("desk:choice", args=[year_of(school).pk, 2])
    choice = {"choose_by": "2027-02-12", "profile_zw": "here", "profile_bwi": "absent"}
    to_start = client.post(to_choice.url, choice)
    assert to_start.url == reverse("desk:line_start", args=[Line.objects.get().pk])
    assert Activity.objects.filter(opened_at=None).count() == 2
    assert client.post(to_start.url).url == reverse("desk:sheets")
    assert not Activity.objects.filter(opened_at=None).exists()
    assert Step.objects.count() == 2
    home = Activity.objects.get(kind=ActivityKind.HOME_ASSIGNMENT)
    assert home.closes_on == dt.date(2027, 1, 21)
    kept = Choice.objects.get()
    assert (kept.profiles, kept.absent_profiles) == (["zw"], ["bwi"])


def test_errors_stand_at_their_fields_and_nothing_is_made(client, empty):
    school, a, _b = empty
    login(client, make_staff(school, "counsellor"))
    page = client.get(reverse("desk:line_begin"), moments(talks_until="2027-01-01"))
    assert set(page.context["form"].errors) == {"classes", "talks_until"}
    good = proposed(client.get(reverse("desk:line_begin"), moments(a)))
    wrong = good | {"home_assignment-closes_on": "2026-01-01", "career_talk-announce_by": "geen dag"}
    page = client.post(reverse("desk:line_begin"), moments(a) | wrong)
    errors = {form.prefix: set(form.errors) for _kind, form in page.context["forms"]}
    assert "closes_on" in errors["home_assignment"]
    assert errors["career_talk"] == {"announce_by"}
    assert not Line.objects.exists()


def test_classes_of_two_year_groups_do_not_make_one_line(client, empty):
    school, a, _b = empty
    third = make_class(school, "3A", year_group=3)
    login(client, make_staff(school, "counsellor"))
    page = client.get(reverse("desk:line_begin"), moments(a, third))
    assert "classes" in page.context["form"].errors


def test_classes_of_another_school_cannot_be_chosen(client, empty):
    school, _a, _b = empty
    login(client, make_staff(school, "counsellor"))
    page = client.get(reverse("desk:line_begin"), moments(make_class(make_school("Elders"))))
    assert "classes" in page.context["form"].errors


def test_a_second_line_for_the_year_group_is_refused_with_a_message(client, small):
    login(client, small.counsellor)
    page = client.get(reverse("desk:line_begin"), moments(small.a))
    response = client.post(reverse("desk:line_begin"), moments(small.a) | proposed(page), follow=True)
    assert response.redirect_chain[-1][0] == reverse("desk:line")
    assert Line.objects.count() == 1


def test_a_choice_without_a_profile_is_refused(client, small):
    login(client, small.counsellor)
    url = urls(small)["choice"]
    page = client.post(url, {"choose_by": "2027-02-12", "profile_bwi": "absent"})
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    page = client.post(url, {"choose_by": "2029-02-12", "profile_zw": "here"})
    assert "choose_by" in page.context["form"].errors
    assert Choice.objects.get().profiles == ["zw", "eo", "dp"]


def test_dates_are_changed_for_every_class_alike(client, small):
    login(client, small.counsellor)
    page = client.get(urls(small)["dates"])
    days = {"announce_by": "2026-11-10", "prepare_by": "2026-11-12", "review_by": "2027-01-20"}
    sent = days | {"opens_on": "2026-11-14", "closes_on": "2027-01-15"}
    assert page.status_code == 200
    assert client.post(urls(small)["dates"], sent).status_code == 302
    small.home.refresh_from_db()
    assert small.home.closes_on == dt.date(2027, 1, 15)
    assert small.home.round.closes_on == dt.date(2027, 1, 15)


def test_a_class_is_added_to_an_activity(client, small):
    c = make_class(small.school, "2C")
    login(client, small.counsellor)
    assert client.post(urls(small)["classes"], {"classes": [c.pk]}).status_code == 302
    assert small.home.activity_classes.filter(school_class=c).exists()
    assert client.post(urls(small)["classes"], {"classes": ["geen"]}).status_code == 404


def deliver(client, small, school_class, stage="announced", *, name="deliver", **data):
    htmx = data.pop("htmx", False)
    headers = {"HX-Request": "true"} if htmx else {}
    url = reverse(f"desk:{name}", args=[small.home.pk, school_class.pk, stage])
    return client.post(url, data, headers=headers)


def test_a_mentor_tells_what_was_delivered_today_or_on_another_day_and_takes_it_back(client, small):
    login(client, small.mentor)
    assert deliver(client, small, small.a).url == reverse("desk:activity", args=[small.home.pk])
    row = Delivery.objects.get()
    assert (row.on, row.told_by) == (timezone.localdate(), small.mentor)
    deliver(client, small, small.a, on="2026-11-02")
    assert Delivery.objects.get().on == dt.date(2026, 11, 2)
    deliver(client, small, small.a, name="deliver_undo")
    assert not Delivery.objects.exists()


def test_with_htmx_only_the_cell_comes_back(client, small):
    login(client, small.mentor)
    cell = deliver(client, small, small.a, htmx=True)
    assert "<html" not in cell.text
    assert reverse("desk:deliver_undo", args=[small.home.pk, small.a.pk, "announced"]) in cell.text


def test_a_day_to_come_or_no_day_is_refused_in_words(client, small):
    login(client, small.mentor)
    for day in ("2999-01-01", "morgen"):
        cell = deliver(client, small, small.a, on=day, htmx=True)
        assert 'role="alert"' in cell.text
    assert not Delivery.objects.exists()


def test_a_mentor_tells_nothing_about_another_class_or_an_unknown_stage(client, small):
    login(client, small.mentor)
    assert deliver(client, small, small.b).status_code == 404
    assert deliver(client, small, small.a, "gevierd").status_code == 404
    assert not Delivery.objects.exists()


def test_back_leads_nowhere_else(client, small):
    login(client, small.mentor)
    response = deliver(client, small, small.a, next="https://elders.example/")
    assert response.url == reverse("desk:activity", args=[small.home.pk])


def step_of(small, bond=None):
    return Step.objects.get(activity=small.home, pupil=small.pupils[0], bond=bond)


def test_one_tap_marks_a_sheet_as_back_and_one_takes_it_back(client, small):
    login(client, small.mentor)
    step = step_of(small, small.bonds[0])
    response = client.post(reverse("desk:step_paper", args=[step.pk]))
    assert response.url == urls(small)["class"]
    step.refresh_from_db()
    assert step.done_by == "paper"
    row = client.post(reverse("desk:step_undo", args=[step.pk]), headers={"HX-Request": "true"})
    assert "<html" not in row.text
    assert small.pupils[0].full_name in row.text
    step.refresh_from_db()
    assert step.done_at is None


def test_a_talk_is_not_marked_as_done_on_paper(client, small):
    login(client, small.mentor)
    talk_step = Step.objects.filter(activity=small.talk, pupil=small.pupils[0])[0]
    assert client.post(reverse("desk:step_paper", args=[talk_step.pk])).status_code == 404


def test_words_are_typed_in_and_shown_again_when_they_do_not_fit(client, small):
    login(client, small.mentor)
    url = urls(small)["words"]
    long = client.post(url, {"word_1": "x" * 70, "word_2": "helpen"})
    assert "word_1" in long.context["form"].errors
    assert "helpen" in long.text
    assert client.post(url, {"word_1": "doorzetten", "word_2": "helpen"}).url == urls(small)["class"]
    assert 'value="doorzetten"' in client.get(url).text


def test_words_after_the_last_day_are_refused_in_words_and_kept_on_the_page(client, small):
    small.home.round.__class__.objects.update(closes_on=timezone.localdate() - dt.timedelta(days=9))
    login(client, small.mentor)
    page = client.post(urls(small)["words"], {"word_1": "te laat"})
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert "te laat" in page.text
