"""A school's first round, from an empty installation to what it shows: one story, step by step, in real browsers.

`DRIEGESPREK_WRITE_SCREENSHOTS=1` renews the pictures of docs/eerste-ronde.md.
"""

import re
from types import SimpleNamespace

import pytest
from tests.browser import class_list, deeds, families, quick
from tests.browser.deeds import LAST_DAY, TALKS, TALKS_END, TODAY, YEAR_ENDS
from tests.browser.serving import URL
from tests.browser.watching import DESK, PHONE, SMALL_PHONE, Person, nl, pdf_text, printed_codes, read_pages
from tests.web.family.browsing import see

pytestmark = pytest.mark.story


@pytest.fixture(scope="module")
def story():
    """What is remembered from one step to the next."""
    return SimpleNamespace()


@pytest.fixture(scope="module")
def counsellor(browser):
    return Person(browser, URL, **DESK)


@pytest.fixture(scope="module")
def mentor(browser):
    return Person(browser, URL, **DESK)


def test_the_first_page_of_an_empty_installation_sets_up_a_school(counsellor):
    counsellor.go("/")
    counsellor.heading(nl("Set up your school"))
    counsellor.fill(
        {
            nl("Name of the school"): "De Wissel",
            nl("Town"): "Rotterdam",
            nl("Telephone number for families"): "010 765 43 21",
            nl("Your given name"): "Elif",
            nl("Your family name"): "Yilmaz",
            nl("Your e-mail address"): "decaan@dewissel.example",
            nl("Password"): deeds.PASSWORD,
        }
    )
    counsellor.shot("01-school")
    counsellor.press(nl("Set up"))
    deeds.log_in(counsellor, "decaan@dewissel.example")


def test_a_second_factor_comes_before_people_are_seen(counsellor, story):
    counsellor.go("/desk/mensen/")
    story.codes = deeds.set_up_second_factor(counsellor)
    counsellor.heading(nl("Today"))
    with counsellor.refused(404):
        counsellor.go("/desk/begin/")


def test_a_list_with_errors_is_refused_with_row_column_and_remedy(counsellor):
    counsellor.go("/desk/")
    counsellor.follow(nl("Bring in a class list"))
    deeds.upload(counsellor, "leerjaar2.csv", class_list.as_csv(broken=True))
    deeds.map_columns(counsellor)
    counsellor.heading(nl("This list cannot be brought in yet"))
    rows = counsellor.page.locator("tbody tr")
    see(rows).to_have_count(2)
    told = rows.all_inner_texts()
    assert any("Klas" in one and re.search(r"\b7\b", one) for one in told), told
    assert any("31-02-2013" in one and "Geb.datum" in one and re.search(r"\b9\b", one) for one in told), told
    counsellor.shot("02-fouten", of=counsellor.page.locator("main"))


def test_the_mended_list_is_looked_at_first_and_then_brought_in(counsellor):
    counsellor.follow(nl("Choose the mended file"))
    deeds.upload(counsellor, "leerjaar2.csv", class_list.as_csv())
    counsellor.heading(nl("What this list would change"))
    assert "26" in counsellor.page.get_by_role("row", name=nl("Pupils")).first.inner_text()
    counsellor.shot("04-voorbeeld")
    counsellor.press(nl("Bring it in"))
    counsellor.heading(nl("The list is brought in"))
    counsellor.go("/desk/mensen/?show=pupils&q=Amrani")
    counsellor.follow(re.compile("Amrani"))
    counsellor.heading(class_list.SAMIRA.name)
    see(counsellor.page.get_by_role("article")).to_have_count(2)


def test_mentors_get_a_login_by_invitation(counsellor, mentor, story):
    counsellor.go("/desk/medewerkers/")
    for name, email in (("Jansen", "jansen@dewissel.example"), ("Vries", "vries@dewissel.example")):
        counsellor.follow(re.compile(name))
        counsellor.fill({nl("E-mail address"): email})
        counsellor.press(nl("Save"))
        counsellor.heading(nl("Staff"))
    counsellor.press(re.compile(f"{nl('Invite')}.*Jansen"))
    counsellor.shot("05-uitnodiging")
    address = counsellor.page.locator("code.address").inner_text()
    assert address.startswith(URL)
    mentor.go(address)
    mentor.fill({nl("New password"): deeds.PASSWORD})
    mentor.press(nl("Keep this password"))
    deeds.log_in(mentor, "jansen@dewissel.example")
    deeds.set_up_second_factor(mentor)
    mentor.heading(nl("Today"))
    with mentor.refused(404):
        mentor.go(address)


def test_the_first_line_gets_its_dates(counsellor):
    counsellor.go("/desk/")
    with counsellor.going():
        counsellor.follow(nl("Start a first line"))
    if "/nieuw/" not in counsellor.page.url:
        counsellor.follow(nl("Start a line"))
    page = counsellor.page
    for name in ("2A", "2B"):
        page.get_by_role("checkbox", name=re.compile(name)).check()
    counsellor.fill(
        {
            nl("First day of the report talks"): TALKS.isoformat(),
            nl("Last day of the report talks"): TALKS_END.isoformat(),
        }
    )
    page.get_by_label(nl("Day of the mentor lesson")).select_option("3")
    counsellor.shot("06-momenten")
    counsellor.press(nl("Propose dates"))
    counsellor.heading(nl("Do these dates fit?"))
    home = page.get_by_role("group").first
    for label, day in (
        ("Announced to families, at the latest", TODAY),
        ("Prepared in class, at the latest", TODAY),
        ("Sheets given out on", TODAY),
        ("Done and brought back, at the latest", LAST_DAY),
        ("Looked back on in class, at the latest", TALKS),
    ):
        home.get_by_label(nl(label)).fill(day.isoformat())
    talk = page.get_by_role("group").nth(1)
    talk.get_by_label(nl("Looked back on in class, at the latest")).fill(TALKS_END.isoformat())
    counsellor.press(nl("Keep these dates"))
    counsellor.heading(re.compile(nl("What must be chosen in year group %(year_group)s", year_group=2)))


def test_what_must_be_chosen_is_said_and_the_line_starts(counsellor):
    page = counsellor.page
    counsellor.fill(
        {nl("Last day to choose"): YEAR_ENDS.isoformat(), nl("Whom families call"): "Elif Yilmaz"}
    )
    for profile, where in (
        ("Zorg en Welzijn (Z&W)", "yes, here"),
        ("Economie en Ondernemen (E&O)", "yes, here"),
        ("Bouwen, Wonen en Interieur (BWI)", "not here: say so"),
    ):
        page.get_by_role("radio", name=f"{profile}: {nl(where)}").check()
    counsellor.shot("07-keuze")
    counsellor.press(nl("Keep"))
    counsellor.heading(nl("Look once more, then start"))
    counsellor.press(nl("Start"))
    counsellor.heading(nl("Sheets"))


def test_sheets_are_printed_and_marked_as_handed_out(counsellor, story):
    pdf = deeds.make(counsellor, "sheets for adults", "2A", shot="08-bladen")
    story.sheets = list(read_pages(pdf))
    counsellor.press(nl("They were handed out"))
    counsellor.page.get_by_text(nl("handed out"), exact=True).first.wait_for()
    assert len(story.sheets) == 15
    sheet = deeds.sheet_of(story.sheets, "Fatima el Amrani")
    assert sheet.link.startswith(f"{URL}/d/")
    assert len(printed_codes(sheet.text)) == 1


def test_a_second_class_gets_sheets_cards_and_messages(counsellor, story):
    for what, of_class in (("cards for pupils", "2A"), ("list for text messages", "")):
        counsellor.go("/desk/bladen/")
        setattr(story, what.split(maxsplit=1)[0], deeds.make(counsellor, what, of_class))
    assert counsellor.complaints == []


def test_the_mentor_gives_times_for_talks(mentor):
    mentor.go("/desk/")
    mentor.follow(nl("Talks"))
    mentor.follow(nl("Give times"))
    mentor.fill(
        {
            nl("Day"): TALKS.isoformat(),
            nl("First talk begins at"): "14:00",
            nl("Last talk is over at"): "16:00",
            nl("Place"): "lokaal 12",
        }
    )
    mentor.press(nl("Look at the times"))
    mentor.page.get_by_text("14:20").first.wait_for()
    mentor.shot("09-tijden")
    mentor.page.locator("button[value=give]").click()
    see(mentor.page.get_by_role("row", name=re.compile("lokaal 12"))).to_have_count(6)


@pytest.fixture(scope="module")
def fatima(browser):
    """Arabic, the smallest phone, no JavaScript."""
    return Person(browser, URL, **SMALL_PHONE, java_script_enabled=False)


AT_FATHERS = "Bij papa repareert Samira de fiets"
OF_THE_PUPIL = "Ik help mijn oma met de boodschappen"
MEELOPEN = "Samira loopt een dag mee in de zorg"
OPEN_DAG = "Samen naar de open dag"
DONE_ALREADY = ("11000001", "11000002", "11000003")
IN_ARABIC = "ساعدت جدتي في تركيب الخزانة"


def test_a_link_that_is_only_looked_at_changes_nothing(fatima, story, installation):
    sheet = deeds.sheet_of(story.sheets, "Fatima el Amrani")
    before = installation.tables()
    fatima.go(sheet.link)
    fatima.go("/")
    assert installation.tables() == before
    assert fatima.context.cookies() == [one for one in fatima.context.cookies() if one["name"] != "doors"]


def test_an_arabic_parent_without_javascript_at_320_px_does_all_of_it(fatima, story):
    families.open_link(fatima, deeds.sheet_of(story.sheets, "Fatima el Amrani").link, "ar", shot="10-deur")
    assert fatima.page.locator("html").get_attribute("dir") == "rtl"
    families.begin(fatima, "ar")
    screens = families.answer_all(fatima, IN_ARABIC, "ar", shots={"informed/": "11-vraag"})
    assert screens >= 10
    families.hand_in(fatima, "ar")
    families.go_home(fatima, "ar")


def test_the_arabic_parent_picks_a_time_the_mentor_gave(fatima):
    fatima.follow(re.compile(re.escape(families.say("home.activity.talk", "ar"))))
    fatima.page.get_by_role("radio", name="14:20").check()
    fatima.page.get_by_role("checkbox").check()
    fatima.press(families.say("talk.confirm", "ar"))
    fatima.heading(families.say("talk.booked.title", "ar"))
    path, name = fatima.fetch(
        lambda: fatima.follow(re.compile(re.escape(families.say("talk.calendar", "ar"))))
    )
    assert name.endswith(".ics")
    begin = deeds.at_school(TALKS, "14:20")
    assert f"DTSTART:{begin:%Y%m%dT%H%M%SZ}" in path.read_text()
    assert fatima.complaints == []


def test_a_parent_elsewhere_types_the_printed_code(browser, story):
    karim = story.karim = Person(browser, URL, **PHONE)
    sheet = deeds.sheet_of(story.sheets, "Karim el Amrani")
    [code] = printed_codes(sheet.text)
    families.type_code(karim, code, "nl")
    families.begin(karim, "nl")
    families.answer_all(karim, AT_FATHERS, "nl", until="/begin/")
    # Between these two come questions of which Fatima answers all; skipping is allowed.
    karim.go(karim.page.url.replace("/begin/", "/other_quality/"))
    assert families.answer_all(karim, AT_FATHERS, "nl") >= 4
    families.hand_in(karim, "nl")
    assert karim.complaints == []


def test_a_pupil_does_the_own_part_by_card_and_chooses_with_whom(browser, story):
    samira = Person(browser, URL, **PHONE)
    card = deeds.sheet_of(read_pages(story.cards), "Samira el Amrani")
    families.open_link(samira, card.link, "nl")
    families.begin(samira, "nl", "pupil")
    families.answer_all(
        samira,
        OF_THE_PUPIL,
        "nl",
        voice="pupil",
        three=deeds.THREE,
        until="/met-wie/",
        shots={"qualities/": "12-kwaliteiten"},
    )
    samira.page.get_by_role("radio", name="Fatima el Amrani").check()
    samira.shot("13-met-wie")
    families.go_on(samira, "nl", "pupil")
    families.hand_in(samira, "nl", voice="pupil")
    assert samira.complaints == []


def test_two_people_use_one_phone(browser, story):
    phone = Person(browser, URL, **PHONE)
    families.open_link(phone, deeds.sheet_of(read_pages(story.cards), "Zofia Kowalska").link, "nl")
    at_zofias = phone.page.url
    families.open_link(phone, deeds.sheet_of(story.sheets, "Marta Kowalska").link, "pl")
    at_martas = phone.page.url
    phone.follow(re.compile("Zofia"))
    phone.page.wait_for_url(at_zofias)
    phone.press(families.say("door.close", "nl", "pupil"))
    phone.page.wait_for_url("**/dicht/**")
    phone.go(at_martas)
    phone.page.get_by_role("heading", name=families.say("home.todo", "pl")).wait_for()
    with phone.refused(403):
        phone.go(at_zofias)
    assert phone.complaints == []


def test_the_mentor_taps_done_for_a_sheet_of_paper_and_adds_three_words(mentor):
    mentor.go("/desk/")
    mentor.page.get_by_role("link", name="2A", exact=True).first.click()
    mentor.heading("2A")
    mentor.shot("14-klas")
    mentor.press(re.compile(f"{nl('Sheet is back')}.*Emre Çelik"))
    mentor.follow(re.compile(f"{nl('Three words')}.*Emre"))
    mentor.fill({nl("First word"): "koken", nl("Second word"): "geduld", nl("Third word"): "techniek"})
    mentor.press(nl("Keep"))
    mentor.heading("2A")
    row = mentor.page.get_by_role("listitem").filter(has_text="Emre Çelik")
    see(row).to_contain_text(nl("on paper"))


def test_in_the_talk_stands_what_was_shared_and_nothing_of_the_other_household(mentor, story):
    mentor.go("/desk/gesprekken/?q=Samira")
    mentor.page.get_by_role("row", name=re.compile("Fatima")).get_by_role("link").first.click()
    mentor.heading("Samira el Amrani")
    text = mentor.page.locator("main").text_content()
    assert IN_ARABIC in text
    assert IN_ARABIC not in mentor.page.locator("main").inner_text(), (
        "for the mentor alone: folded until opened"
    )
    assert OF_THE_PUPIL in text
    assert AT_FATHERS not in text
    assert "Karim" not in text
    story.talk = mentor.page.url
    mentor.shot("15-gesprek")


def test_the_mentor_writes_agreements_marks_the_talk_as_held_and_prints(mentor):
    page = mentor.page
    page.get_by_label(nl("What goes well"), exact=True).fill("Samira helpt anderen en zet door.")
    for number, (who, what) in enumerate((("pupil", MEELOPEN), ("adult", OPEN_DAG))):
        row = page.get_by_role("group", name=nl("Agreement %(number)s", number=number + 1))
        row.get_by_label(re.compile(nl("Who"))).select_option(who)
        row.get_by_label(re.compile(nl("Does what"))).fill(what)
        row.get_by_label(re.compile(nl("By when"))).fill(YEAR_ENDS.isoformat())
    page.get_by_role("checkbox", name="Fatima el Amrani").check()
    mentor.shot("16-afspraken", of=page.locator("#agreements"))
    mentor.press(nl("Save: the talk was held"))
    page.get_by_role("heading", name=nl("This talk was held")).wait_for()
    paper = pdf_text(mentor.bytes(f"{page.url}afspraken.pdf".replace("#agreements", "")))
    assert MEELOPEN in " ".join(paper.split())
    assert mentor.complaints == []


def test_the_family_finds_the_agreements_back_and_the_other_household_does_not(fatima, story):
    fatima.go(fatima.home)
    fatima.follow(re.compile(re.escape(families.say("home.agreements", "ar"))))
    fatima.page.get_by_text(OPEN_DAG).wait_for()
    assert fatima.sideways() <= 0
    story.karim.go(story.karim.home)
    assert OPEN_DAG not in story.karim.page.content()
    assert families.say("home.agreements", "nl") not in story.karim.page.content()
    assert fatima.complaints == story.karim.complaints == []


def test_two_dozen_other_families_answer(installation, story):
    todo = {
        phone: link for phone, link in quick.links(story.list).items() if not phone.endswith(DONE_ALREADY)
    }
    assert len(todo) == 23
    for number, link in enumerate(todo.values()):
        quick.adult_hands_in(installation.port, link, number)


def test_the_counsellor_sees_the_classes_side_by_side_and_who_is_not_reached(counsellor):
    counsellor.go("/desk/")
    counsellor.follow(nl("Progress"))
    table = counsellor.page.get_by_role("table").first
    see(table.get_by_role("row", name=re.compile("^2A Anne Jansen"))).to_have_count(1)
    see(table.get_by_role("row", name=re.compile("^2B Bart de Vries"))).to_have_count(1)
    counsellor.shot("17-voortgang")
    unreached = counsellor.page.get_by_role("region", name=re.compile(nl("Nobody reached yet"))).last
    see(unreached.get_by_role("row", name=re.compile("Bilal Haddad"))).to_have_count(1)
    see(unreached.get_by_role("row")).to_have_count(2)
    unreached.scroll_into_view_if_needed()
    counsellor.shot("18-niet-bereikt", of=unreached)


def test_exports_open_in_a_spreadsheet(counsellor):
    import openpyxl  # noqa: PLC0415 - only where a workbook is read

    page = counsellor.page
    path, name = counsellor.fetch(page.get_by_role("link", name=re.compile(r"^\.csv")).last.click)
    assert name.endswith(".csv")
    assert "Bilal" in path.read_text(encoding="utf-8-sig")
    path, name = counsellor.fetch(page.get_by_role("link", name=re.compile(r"^\.xlsx")).first.click)
    sheet = openpyxl.load_workbook(path.rename(path.with_suffix(".xlsx"))).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert {"2A", "2B"} <= set(cells)


def test_contact_with_who_is_not_reached_is_written_down(counsellor):
    counsellor.follow(re.compile(f"{nl('Log contact')}.*Bilal"))
    page = counsellor.page
    page.get_by_role("radio", name=nl("spoken: an adult was reached")).check()
    counsellor.fill({nl("Note"): "Vader belt liever in de avond."})
    counsellor.shot("19-contact")
    counsellor.press(nl("Keep"))
    counsellor.heading(re.compile(nl("Progress")))
    see(page.get_by_role("row", name=re.compile("Bilal Haddad"))).to_have_count(0)


def test_first_results_are_shown_with_a_chart_its_words_and_its_numbers(counsellor):
    page = counsellor.page
    counsellor.follow(nl("Results"))
    counsellor.heading(nl("Results"))
    with counsellor.going():
        page.locator("main").get_by_role("link").first.click()
    with counsellor.going():
        page.get_by_role("link", name=re.compile(nl("Adults"), re.IGNORECASE)).first.click()
    figure = page.get_by_role("figure").first
    see(figure.get_by_role("img").first).to_be_visible()
    figure.locator("summary").click()
    see(figure.get_by_role("table")).to_be_visible()
    figure.locator("summary").click()
    counsellor.shot("20-resultaten", of=figure)
    assert counsellor.complaints == []


def test_who_lost_the_phone_logs_in_with_a_recovery_code(counsellor, story):
    counsellor.press(nl("Log out"))
    deeds.log_in(counsellor, "decaan@dewissel.example")
    counsellor.heading(nl("Second step"))
    counsellor.page.get_by_role("textbox").fill(story.codes[0])
    counsellor.press(nl("Log in"))
    counsellor.heading(nl("Today"))


def test_no_secret_left_the_house_and_nobody_complained(installation):
    assert [person.complaints for person in Person.everyone if person.complaints] == []
    assert [one for one in installation.asked if "/d/" in one[2]] == []
    log = installation.log.read_text()
    assert "Traceback" not in log
    assert not re.search(r"/d/[a-z2-7]{20}", log)
    assert deeds.PASSWORD not in log
