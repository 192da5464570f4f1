"""A telephone without a screen: for the many families of whom the story tells only that they answered."""

import csv
import functools
import http.client
import re
import ssl
from contextlib import closing
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlparse

from tests.browser.serving import HOST, URL

ANSWERS = ("yes", "partly", "no")
# The school of the story has two profiles: both are named, one, or one that is not there.
NAMED = {"yes": ["zw", "eo"], "partly": ["zw"], "no": ["bwi"]}


@functools.cache
def _trusting():
    """Whoever made the certificate: it is the test's own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


class Phone:
    """Reads a page's form and sends it, as a browser would, on one line until it is hung up."""

    def __init__(self, port):
        self.cookies, self.token = {}, ""
        self.line = http.client.HTTPSConnection("127.0.0.1", port, context=_trusting())

    def close(self):
        self.line.close()

    def ask(self, method, path, fields=None):
        """One request: status, where it points, and the page."""
        headers = {
            "Host": HOST,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": f"{URL}/",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode(fields, doseq=True) if fields else None
        self.line.request(method, path, body, headers)
        response = self.line.getresponse()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: one.value for name, one in SimpleCookie(cookie).items()}
        return response.status, response.headers["Location"] or "", response.read().decode()

    def look(self, path):
        """Load a page, and keep what its forms must send along."""
        status, _place, page = self.ask("GET", path)
        assert status == 200, (status, path)
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)[1]
        return page

    def send(self, path, **fields):
        """Send a form; where it leads to."""
        status, place, _page = self.ask("POST", path, {"csrfmiddlewaretoken": self.token, **fields})
        assert status in {302, 303}, (status, path)
        return urlparse(place).path


def adult_hands_in(port, link, number):
    """An adult answers the quick check and hands in; different adults answer differently."""
    with closing(Phone(port)) as phone:
        _hand_in(phone, link, number)


def _hand_in(phone, link, number):
    phone.look(urlparse(link).path)
    home = phone.send(urlparse(link).path)
    [activity] = re.findall(r'/opdracht/([0-9a-f-]{36})/"', phone.look(home))[:1]
    for shift, name in enumerate(("informed", "profiles_named", "when_known")):
        answer = ANSWERS[(number + shift) % 3]
        phone.send(
            f"{home}opdracht/{activity}/{name}/",
            answer=NAMED[answer] if name == "profiles_named" else answer,
            revision=shift,
            go="next",
        )
    phone.send(f"{home}opdracht/{activity}/call_wanted/", answer="no", revision=3, go="next")
    phone.send(f"{home}delen/{activity}/", share="mentor", asks_pupil="1")


def links(path):
    """The links of a list for text messages, by number."""
    rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=_separator(path))
    return {row[0]: re.search(rf"{URL}/d/\w+/", row[2])[0] for row in list(rows)[1:]}


def _separator(path):
    return ";" if ";" in path.read_text(encoding="utf-8-sig").splitlines()[0] else ","
