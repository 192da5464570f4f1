"""The gallery in a real browser: accessible, within the policy, no wider than a small phone, few requests."""

import functools
import http.server
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests import browsers
from tests.web.family.browsing import see

HERE = Path(__file__).resolve().parent
# As web/site/settings.py has it, but without the nonce: the pages need none.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FAMILY = ["family_question", "family_grid", "family_components", "family_arabic", "family_door"]
DESK = ["desk_monitor", "desk_components", "desk_login"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(not browsers.AXE.is_file(), reason="axe-core is absent: `npm ci` brings it"),
]


class Handler(http.server.SimpleHTTPRequestHandler):
    asked: list[str] = []
    origins: list[tuple[str | None, str | None]] = []

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, _format, *_args):
        self.asked.append(self.path)

    def do_POST(self):  # the name is the standard library's
        self.asked.append(f"POST {self.path} {self.headers['X-CSRFToken'] or ''}".strip())
        self.origins.append((self.headers["Origin"], self.headers["Referer"]))
        body = b"fresh" if self.path == "/fragment" else b""
        self.send_response(200 if body else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gallery")
    subprocess.run([sys.executable, str(HERE / "gallery.py"), str(folder)], check=True)  # noqa: S603 - our own script
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    with browsers.chromium() as running:
        yield running


@pytest.fixture
def visit(browser, gallery):
    """Open a page of the gallery; what the browser complained about is in page.complaints."""
    contexts = []

    def open_page(name, width=1280, height=720, until="load", before=None, **options):
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **options))
        page = contexts[-1].new_page()
        page.complaints = []
        if before:
            page.add_init_script(before)
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        Handler.asked.clear()
        page.goto(f"{gallery}/{name}.html", wait_until=until)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def look(browser, gallery):
    """A page that is only looked at, opened once for all tests that do; what the browser complained about is kept."""
    context = browser.new_context()
    opened = {}

    def open_page(name, width):
        if name not in opened:
            page = opened[name] = context.new_page()
            page.set_viewport_size({"width": 1280, "height": 720})
            page.complaints = []
            page.on("console", lambda message: page.complaints.append(message.text))
            page.on("pageerror", lambda error: page.complaints.append(str(error)))
            page.goto(f"{gallery}/{name}.html")
        opened[name].set_viewport_size({"width": width, "height": 720})
        return opened[name]

    yield open_page
    context.close()


@pytest.mark.parametrize("name", FAMILY + DESK)
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(look, name, width):
    assert browsers.violations(look(name, width)) == []


@pytest.mark.parametrize("name", [*FAMILY, "desk_monitor", "desk_login"])
def test_the_policy_blocks_nothing_and_no_script_fails(look, name):
    assert look(name, 1280).complaints == []


@pytest.mark.parametrize("name", FAMILY + DESK)
def test_a_small_phone_needs_no_sideways_scrolling(look, name):
    page = look(name, 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", FAMILY + DESK)
def test_text_of_twice_the_size_still_fits(look, name, request):
    # a family's phone is 320 px wide, the desk's pages need half a laptop
    width = 320 if name in FAMILY else 640
    page = look(name, width)
    request.addfinalizer(lambda: page.evaluate("document.documentElement.style.fontSize = ''"))
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        """[...document.querySelectorAll('.btn, .option-face, .nav-item, .tag, h1, label')]
        .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== 'inline')
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert cut == []


@pytest.mark.parametrize("name", FAMILY)
def test_targets_for_families_are_large_enough(look, name):
    small = look(name, 320).evaluate(
        """[...document.querySelectorAll('button, .btn, .option, summary, textarea, select, input, a.todo-item')]
        .filter(e => e.type !== 'hidden' && !e.closest('.option input') && e.checkVisibility())
        .map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])
        .filter(([, box]) => box.height < 44 || box.width < 44).map(([html]) => html)"""
    )
    assert small == []


@pytest.mark.parametrize("name", ["family_question", "family_grid"])
def test_a_first_family_page_asks_three_things_and_is_light(visit, gallery, name):
    page = visit(name, 320, until="networkidle")
    assert len(Handler.asked) <= 3, Handler.asked
    sizes = [len(page.request.get(f"{gallery}{path}").body()) for path in list(Handler.asked)]
    assert sum(sizes) < 60_000


def test_without_script_one_can_answer_and_change_the_language(visit):
    page = visit("family_question", 320, java_script_enabled=False)
    page.get_by_text("Ik, haar vader").click()
    see(page.get_by_label("Ik, haar vader")).to_be_checked()
    page.locator("summary").click()
    see(page.get_by_role("link", name="Türkçe")).to_be_visible()
    see(page.locator("[data-aloud]")).to_be_hidden()


VOICE = """
window.spoken = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [{ lang: 'nl_NL', name: 'an invented voice' }],
  cancel: () => {}, speak: (line) => window.spoken.push(line),
} });
"""


def test_reading_aloud_is_offered_where_there_is_a_voice_and_reads_question_help_and_answers(visit):
    page = visit("family_question", 320, before=VOICE)
    page.get_by_role("button", name="Lees voor").click()
    assert page.evaluate("spoken.map((line) => [line.lang, line.text])")[:3] == [
        ["nl", "Wie helpt Samira met kiezen?"],
        ["nl", "Kies wat past. U mag het later nog veranderen."],
        ["nl", "Ik, haar moeder"],
    ]
    page.evaluate("spoken.at(-1).onend()")
    see(page.get_by_role("button", name="Lees voor")).to_have_attribute("aria-pressed", "false")


def test_reading_aloud_is_not_offered_in_a_language_without_a_voice(visit):
    page = visit("family_arabic", 320, before=VOICE)
    see(page.locator("[data-aloud]")).to_be_hidden()


def test_choosing_three_is_counted(visit):
    page = visit("family_grid", 320)
    count = page.locator("[data-choose-count]")
    for label in ("helpen", "koken", "tekenen"):
        page.get_by_label(label, exact=True).check()
    see(count).to_have_text("3 van 3 gekozen")
    page.get_by_label("uitleggen").check()
    see(count).to_have_text("Meer dan 3: haal er een weg")


def test_what_was_typed_is_put_back_and_forgotten_once_saved(visit, gallery):
    page = visit("family_question", 320)
    page.get_by_label("Ik, haar vader").check()
    page.reload()
    # the page came with an answer of the server's: that one stands
    see(page.get_by_label("Ik, haar moeder")).to_be_checked()
    page.goto(f"{gallery}/family_grid.html")
    page.get_by_label("koken").check()
    page.reload()
    see(page.get_by_label("koken")).to_be_checked()
    see(page.locator("[data-restored]")).to_be_visible()
    page.evaluate("sessionStorage.setItem('driegesprek:sent', 'a1b2:grid')")
    page.goto(f"{gallery}/family_question.html")
    assert page.evaluate("sessionStorage.getItem('driegesprek:a1b2:grid')") is None


def test_no_connection_is_told_and_nothing_is_sent(visit):
    page = visit("family_question", 320)
    page.context.set_offline(True)
    page.locator("[data-offline]").wait_for(state="visible")
    Handler.asked.clear()
    page.get_by_role("button", name="Verder").click()
    assert Handler.asked == []
    page.context.set_offline(False)
    page.locator("[data-offline]").wait_for(state="hidden")


def test_a_double_tap_sends_once(visit):
    page = visit("family_question", 320)
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_role("button", name="Verder").dblclick()
    assert [path for path in Handler.asked if path.startswith("POST")] == ["POST /family_question.html"]


def test_a_form_says_where_it_comes_from_but_not_which_page(visit, gallery):
    """The path of a door is a secret; without any origin Django refuses the form over HTTPS."""
    page = visit("family_question", 320)
    Handler.origins.clear()
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_role("button", name="Verder").click()
    assert Handler.origins == [(gallery, f"{gallery}/")]


def test_the_page_reads_from_right_to_left_in_arabic(visit):
    page = visit("family_arabic", 320)
    options = page.locator(".option").first.bounding_box()
    radio = page.locator(".option input").first.bounding_box()
    assert radio["x"] > options["x"] + options["width"] / 2
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.actions .icon-flip')).transform")
        == "matrix(-1, 0, 0, 1, 0, 0)"
    )


def test_the_keyboard_place_is_not_hidden_behind_the_buttons(visit):
    page = visit("family_grid", 320, 760)
    bar = "document.querySelector('.actions').getBoundingClientRect().top"
    for _ in range(24):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            f"""(() => {{ const e = document.activeElement; if (e.closest('.actions') || e.type !== 'checkbox') return false;
            return e.getBoundingClientRect().bottom > {bar}; }})()"""
        )
        assert not hidden


def test_the_desk_menu_opens_on_a_phone_and_stands_open_on_a_wide_screen(visit):
    page = visit("desk_monitor", 320)
    talks = page.get_by_role("link", name="Talks")
    see(talks).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    see(talks).to_be_visible()
    page.keyboard.press("Escape")
    see(talks).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Close").click()
    see(talks).to_be_hidden()
    see(visit("desk_monitor", 1280).get_by_role("link", name="Talks")).to_be_visible()


def test_arrow_keys_go_from_row_to_row(visit):
    page = visit("desk_monitor")
    page.get_by_role("link", name="2A").focus()
    page.keyboard.press("ArrowDown")
    see(page.locator(":focus")).to_have_text("2B")


def test_htmx_fills_a_place_with_the_token_and_without_breaking_the_policy(visit):
    page = visit("desk_components")
    page.complaints.clear()
    page.get_by_role("button", name="Ask again").click()
    page.get_by_text("fresh", exact=True).wait_for()
    assert "POST /fragment gallery" in Handler.asked
    assert page.complaints == []


def test_a_dialog_opens_takes_the_focus_and_closes(visit):
    page = visit("desk_components")
    page.get_by_role("button", name="Log a call").click()
    see(page.locator("dialog")).to_be_visible()
    see(page.locator("dialog :focus")).to_have_count(1)
    page.get_by_role("button", name="Cancel").click()
    see(page.locator("dialog")).to_be_hidden()


def test_an_open_dialog_and_an_open_menu_are_accessible_too(visit):
    page = visit("desk_components", 320)
    page.get_by_role("button", name="Log a call").click()
    see(page.locator("dialog")).to_be_visible()
    assert browsers.violations(page) == []
    page = visit("desk_monitor", 320)
    page.get_by_role("button", name="Menu").click()
    see(page.get_by_role("link", name="Talks")).to_be_visible()
    assert browsers.violations(page) == []
    page = visit("family_question", 320)
    page.locator("summary").click()
    see(page.get_by_role("link", name="Türkçe")).to_be_visible()
    assert browsers.violations(page) == []


def test_buttons_stay_in_reach_but_not_where_they_would_cover_the_question(visit):
    in_view = "document.querySelector('.actions .btn').getBoundingClientRect().bottom <= innerHeight"
    assert visit("family_grid", 320, 700).evaluate(in_view)
    assert not visit("family_grid", 320, 480).evaluate(in_view)
    page = visit("family_grid", 320, 700)
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert not page.evaluate(in_view)


def test_on_paper_the_frame_is_gone_and_the_table_is_whole(visit):
    page = visit("desk_monitor")
    page.emulate_media(media="print")
    see(page.locator(".side-bar")).to_be_hidden()
    see(page.locator(".filters")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('.table-wrap')).overflow") == "visible"
    see(page.get_by_role("rowheader", name="before")).to_be_visible()
