"""The line in a real Chromium: taps without a new page, the wizard by keyboard, axe, no sideways scrolling."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import browsers
from tests.web.desk.line_school import make_small
from tests.web.factories import login, make_class, make_pupil, make_school, make_staff, year_of
from tests.web.family import browsing

from driegesprek.web.conduct.domain import sheets
from driegesprek.web.line.models import Activity, Delivery, Line, Step
from driegesprek.web.outreach.domain import printing
from driegesprek.web.outreach.models import Contact

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(live_server, client):
    """Open a browser as this member of staff."""
    with browsers.chromium() as browser:

        def enter(staff, width=1280, **options):
            login(client, staff)
            page = browsing.new_page(browser, live_server, width=width, height=800, **options)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            page.context.add_cookies([cookie])
            return page

        yield enter


def test_one_tap_for_a_sheet_that_came_back_and_one_to_undo_without_a_new_page(desk):
    small = make_small()
    page = desk(small.mentor, width=390)
    page.goto(reverse("desk:class_steps", args=[small.home.pk, small.a.pk]))
    row = page.locator(f"#pupil-{small.pupils[0].pk}")
    row.locator("form[action*='papier'] button").click()
    row.locator("form[action*='/terug/'] button").wait_for()
    assert Step.objects.get(activity=small.home, bond=small.bonds[0]).done_by == "paper"
    row.locator("form[action*='/terug/'] button").click()
    row.locator("form[action*='papier'] button").wait_for()
    assert Step.objects.get(activity=small.home, bond=small.bonds[0]).done_at is None
    assert len([url for method, url in page.asked if method == "GET" and "/klas/" in url]) == 1
    assert page.complaints == []


def test_the_button_for_a_thumb_is_large_enough(desk):
    small = make_small()
    page = desk(small.mentor, width=320)
    page.goto(reverse("desk:class_steps", args=[small.home.pk, small.a.pk]))
    box = page.locator("form[action*='papier'] button").first.bounding_box()
    assert box["height"] >= 40
    assert box["width"] >= 100


def test_a_mentor_tells_that_it_was_announced_and_the_cell_changes_in_place(desk):
    small = make_small()
    page = desk(small.mentor)
    page.goto(reverse("desk:activity", args=[small.home.pk]))
    form = page.locator("form[action*='/announced/gedaan/']").first
    form.locator("button").click()
    page.locator("form[action*='/announced/terug/'] button").wait_for()
    assert Delivery.objects.get().on == timezone.localdate()
    assert page.complaints == []


def test_everything_works_without_javascript(desk):
    small = make_small()
    page = desk(small.mentor, java_script_enabled=False)
    page.goto(reverse("desk:class_steps", args=[small.home.pk, small.a.pk]))
    with browsing.another_page(page):
        page.locator("form[action*='papier'] button").first.click()
    assert Step.objects.filter(activity=small.home, done_by="paper").exists()
    page.goto(reverse("desk:activity", args=[small.home.pk]))
    with browsing.another_page(page):
        page.locator("form[action*='/announced/gedaan/'] button").first.click()
    assert Delivery.objects.count() == 1


def test_a_first_line_is_started_with_the_keyboard_alone(desk):
    school = make_school()
    make_pupil(make_class(school, "2A"))
    page = desk(make_staff(school, "counsellor"))
    page.goto(reverse("desk:line_begin"))
    page.locator("input[name=classes]").focus()
    page.keyboard.press("Space")
    for name, day in (("talks_from", "01252027"), ("talks_until", "01292027")):
        page.locator(f"input[name={name}]").focus()
        page.keyboard.type(day)
    page.locator("select[name=lesson]").focus()
    page.keyboard.press("ArrowDown")
    page.locator("form.form button").focus()
    page.keyboard.press("Enter")
    page.locator("input[name=home_assignment-opens_on]").wait_for()
    page.locator("main form .btn").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/keuze/**")
    page.locator("input[name=choose_by]").focus()
    page.keyboard.type("02122027")
    page.locator("input[name=profile_zw][value=here]").focus()
    page.keyboard.press("Space")
    page.locator("main form button").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/start/**")
    page.locator("main form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/bladen/")
    assert Activity.objects.exclude(opened_at=None).count() == 2
    assert Line.objects.get().year_group == 2


def test_the_page_of_a_job_shows_the_file_when_the_worker_has_made_it(desk):
    small = make_small()
    job = printing.ask(small.home, kind="sheets", school_class=small.a, actor=small.actor)
    page = desk(small.mentor)
    page.goto(reverse("desk:print_job", args=[job.pk]))
    sheets.make(job.pk)
    link = page.locator(f"a[href='{reverse('desk:print_file', args=[job.pk])}']")
    link.wait_for()
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "sheets-2A.pdf"


def pages(small):
    job = printing.ask(small.home, kind="sheets", school_class=small.a, actor=small.actor)
    sheets.make(job.pk)
    step = Step.objects.get(activity=small.home, bond=None, pupil=small.pupils[0])
    classes = "&".join(f"classes={one.pk}" for one in (small.a, small.b))
    return [
        reverse("desk:line"),
        reverse("desk:line_begin"),
        reverse("desk:line_begin") + "?talks_from=2027-01-25&talks_until=2027-01-20",
        reverse("desk:line_begin") + f"?{classes}&talks_from=2027-01-25&talks_until=2027-01-29&lesson=3",
        reverse("desk:line_start", args=[small.home.line_id]),
        reverse("desk:choice", args=[year_of(small.school).pk, 2]),
        reverse("desk:activity", args=[small.home.pk]),
        reverse("desk:activity", args=[small.talk.pk]),
        reverse("desk:activity_dates", args=[small.home.pk]),
        reverse("desk:activity_classes", args=[small.home.pk]),
        reverse("desk:class_steps", args=[small.home.pk, small.a.pk]),
        reverse("desk:step_words", args=[step.pk]),
        reverse("desk:progress"),
        reverse("desk:sheets"),
        reverse("desk:print_job", args=[job.pk]),
        reverse("desk:contact", args=[small.pupils[0].pk]),
        reverse("desk:call_backs"),
        reverse("desk:recordings"),
    ]


def full(small):
    """With something in every list."""
    make_class(small.school, "2C")
    for kind, outcome in (("sheet", "sent"), ("phone", "call_back"), ("phone", "not_reached")):
        Contact.objects.create(
            school=small.school, pupil=small.pupils[0], bond=small.bonds[0], kind=kind, outcome=outcome
        )
    return small


@pytest.mark.only_long
@pytest.mark.skipif(not browsers.AXE.is_file(), reason="axe-core is absent: `npm ci` brings it")
def test_every_page_passes_all_of_axe_and_fits_a_phone_a_tablet_and_a_desk(desk):
    small = full(make_small())
    wrong = []
    page = desk(small.counsellor)
    for url in pages(small):
        page.goto(url)
        wrong += browsers.looked_at(page)
    assert wrong == []
    assert page.complaints == []
