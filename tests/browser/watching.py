"""People at a browser: what they see and do, and whatever the browser complains about meanwhile."""

import base64
import gettext
import hashlib
import hmac
import os
import re
import struct
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

from tests import browsers
from tests.web.family.browsing import PATIENCE, another_page

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "docs" / "eerste-ronde"
WRITE_SHOTS = bool(os.environ.get("DRIEGESPREK_WRITE_SCREENSHOTS"))
LARGEST_SHOT = 80_000
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
SMALL_PHONE = {"viewport": {"width": 320, "height": 640}}
DESK = {"viewport": {"width": 1120, "height": 760}, "locale": "nl-NL"}
_catalogue = ROOT / "src/driegesprek/web/common/locale"


def nl(english, **values):
    """The Dutch of a text of the desk; one that is not translated is a mistake."""
    dutch = gettext.translation("django", _catalogue, ["nl"]).gettext(english)
    assert dutch != english or english in SAME, f"no Dutch yet: {english}"
    return dutch % values if values else dutch


# Words that are the same in both languages.
SAME = {"Contact", "Mentor", "School", "Start", "Talk"}


@contextmanager
def chromium(*, front=None):
    """A browser; with `front` it finds school.example there, and nothing else in the world."""
    inside = [f"--host-resolver-rules=MAP school.example 127.0.0.1:{front}, MAP * ~NOTFOUND"] if front else []
    with browsers.chromium(*inside, LANGUAGE="nl") as browser:
        yield browser


def pictures(folder):
    """What everybody sees now, as files; for whoever looks into a failure."""
    from playwright.sync_api import Error  # noqa: PLC0415 - only where a browser is wanted

    told = []
    for number, person in enumerate(Person.everyone):
        path = folder / f"person-{number}.png"
        # The browser of people of another module has gone; one that hangs must not hide what failed.
        with suppress(Error):
            person.page.screenshot(path=path, full_page=True)
            told.append(f"{path}: {person.page.url} {person.complaints}")
    return "\n".join(told)


class Person:
    """Somebody with a browser of their own. `complaints` must stay empty."""

    everyone = []

    def __init__(self, browser, url, **options):
        self.url = url
        self.context = browser.new_context(base_url=url, ignore_https_errors=True, **options)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.complaints, self.home, self._expected, self._refused = [], "", None, set()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self._complain(str(error)))
        self.page.on("request", self._on_request)
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", self._on_response)
        self.everyone.append(self)

    def _on_console(self, message):
        # What the console says of a refusal may come after the answer itself.
        refused = message.location.get("url") in self._refused
        if message.type in {"error", "warning", "assert"} and not refused:
            self._complain(message.text)

    def _complain(self, text):
        if self._expected is None or f"status of {self._expected}" not in text:
            self.complaints.append(text)

    def _on_request(self, request):
        if urlparse(request.url).netloc != urlparse(self.url).netloc and not request.url.startswith("data:"):
            self.complaints.append(f"asked of somebody else: {request.url}")

    def _on_failure(self, request):
        # Whoever goes on, or downloads a file, breaks off what was still coming.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure}: {request.url}")

    def _on_response(self, response):
        if response.status == self._expected:
            self._refused.add(response.url)
        elif response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    @contextmanager
    def refused(self, status):
        """What is asked here is answered by this status, on purpose."""
        self._expected = status
        yield
        self.page.wait_for_load_state("networkidle")
        self._expected = None

    def go(self, path):
        return self.page.goto(path)

    def field(self, label):
        """A field by its label, whether it may stay empty or not."""
        optional = f"{label} ({nl('optional')})"
        return self.page.get_by_label(label, exact=True).or_(self.page.get_by_label(optional, exact=True))

    def fill(self, by_label):
        for label, value in by_label.items():
            self.field(label).fill(value)

    def press(self, name, **more):
        self.page.get_by_role("button", name=name, **more).click()

    def follow(self, name, **more):
        self.page.get_by_role("link", name=name, **more).first.click()

    def going(self):
        """With this: what is done inside leads to another page, which is waited for."""
        return another_page(self.page)

    def heading(self, name):
        """Wait until the page with this heading is there, down to its end."""
        self.page.get_by_role("heading", level=1, name=name).wait_for()
        self.page.wait_for_load_state()

    def fetch(self, press):
        """Download what this press gives; its path and name."""
        with self.page.expect_download() as coming:
            press()
        return Path(coming.value.path()), coming.value.suggested_filename

    def bytes(self, address):
        """What stands at this address, asked as the page would."""
        got = self.page.evaluate(
            "async (address) => Array.from(new Uint8Array(await (await fetch(address)).arrayBuffer()))",
            address,
        )
        return bytes(got)

    def shot(self, name, *, of=None, full=False):
        """A picture for the guide; only written on request."""
        if not WRITE_SHOTS:
            return
        SHOTS.mkdir(exist_ok=True)
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        target = of or self.page
        more = {} if of else {"full_page": full}
        size = keep_small(target.screenshot(animations="disabled", **more), SHOTS / f"{name}.png")
        assert size <= LARGEST_SHOT, f"{name}.png is {size} bytes: take a smaller part"

    def sideways(self):
        """By how many pixels the page is wider than the screen."""
        return browsers.sideways(self.page)


def keep_small(png, path):
    """Write a picture in 64 colours, which is all that our pages have; its size in bytes."""
    import io  # noqa: PLC0415 - only where pictures are asked for

    from PIL import Image  # noqa: PLC0415 - as above

    Image.open(io.BytesIO(png)).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(
        path, optimize=True
    )
    return path.stat().st_size


def six_digits(secret, moment=None):
    """What an app shows for this secret (RFC 6238: SHA-1, 30 seconds, six digits)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int((moment or time.time()) // 30)), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@dataclass(frozen=True)
class Paper:
    """One page that somebody holds."""

    link: str
    text: str


def read_pages(pdf):
    """What a PDF holds with a QR code on it, as a phone reads it: a sheet, or one of the eight cards of a page."""
    import pypdfium2  # noqa: PLC0415 - only where paper is read
    import zxingcpp  # noqa: PLC0415 - as above

    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        words, (width, height) = page.get_textpage(), page.get_size()
        codes = zxingcpp.read_barcodes(page.render(scale=2).to_numpy())
        for code in codes:
            if len(codes) == 1:
                yield Paper(code.text, words.get_text_range())
                continue
            right = code.position.top_left.x > width
            top = height - code.position.top_left.y // (height / 2) * (height / 4)
            left = width / 2 * right
            text = words.get_text_bounded(left=left, right=left + width / 2, top=top, bottom=top - height / 4)
            yield Paper(code.text, text)
    document.close()


def pdf_text(content):
    """All words of a PDF."""
    import pypdfium2  # noqa: PLC0415 - only where paper is read

    document = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def printed_codes(text):
    """The codes on paper: two groups of five."""
    return re.findall(
        r"\b([34679ACDEFGHJKMNPQRTWXY]{5})[ \u00a0\u2009–-]?([34679ACDEFGHJKMNPQRTWXY]{5})\b", text
    )
