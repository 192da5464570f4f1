"""The very files of deploy/ at work on loopback: nginx with a certificate of its own, before Driegesprek on PostgreSQL."""

import datetime as dt
import ipaddress
import os
import re
import shutil
import subprocess

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from requests.adapters import HTTPAdapter
from tests import postgres
from tests.cli.installation import Browser, Installation, free_port, log_in, set_up_school, until
from tests.long.answering import fill_one_class

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
DEPLOY = postgres.TOOL.parents[1] / "deploy"
NAME = "driegesprek.school.nl"
pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(
        NGINX is None, reason="nginx is not on this machine. Remedy: apt-get install nginx-light"
    ),
    pytest.mark.skipif(
        "DRIEGESPREK_DATABASE" in os.environ, reason="it has a PostgreSQL of its own; once is enough"
    ),
]


def certificate(folder):
    """Of our own making, for our name and for loopback."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    names = x509.SubjectAlternativeName(
        [x509.DNSName(NAME), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    )
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


class Proxy:
    """nginx with deploy/nginx.conf, only ports and paths replaced."""

    def __init__(self, folder, behind):
        self.folder, self.http, self.https = folder, free_port(), free_port()
        certificate(folder)
        site = (DEPLOY / "nginx.conf").read_text()
        for found, put in (
            (r"listen 80;", f"listen 127.0.0.1:{self.http};"),
            (r"listen 443 ssl http2;", f"listen 127.0.0.1:{self.https} ssl http2;"),
            (r"listen \[::\].*\n", "\n"),
            (r"/etc/letsencrypt/live/[^/]+", str(folder)),
            (r"/var/log/nginx", str(folder)),
            (r"127\.0\.0\.1:8000", f"127.0.0.1:{behind}"),
        ):
            site, number = re.subn(found, put, site)
            assert number, found
        kinds = "client_body proxy fastcgi uwsgi scgi"
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds.split())
        main = f"pid {folder}/pid;\ndaemon off;\nerror_log {folder}/main.log;\nevents {{}}\nhttp {{\n{temporary}{site}}}\n"
        (folder / "whole.conf").write_text(main)

    def __enter__(self):
        self.process = subprocess.Popen(  # noqa: S603 - nginx itself
            [NGINX, "-p", self.folder, "-c", self.folder / "whole.conf", "-e", self.folder / "main.log"]
        )
        until(self.answers, "nginx does not answer", also=self.logs, alive=self.process)
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait(30)

    def answers(self):
        try:
            requests.get(f"http://127.0.0.1:{self.http}/", timeout=5, allow_redirects=False)
        except requests.ConnectionError:
            return False
        return True

    def logs(self):
        return "".join(path.read_text() for path in self.folder.glob("*.log"))

    def browser(self):
        """A visitor from elsewhere: the name leads to our loopback."""
        browser = Browser(f"https://{NAME}", verify=str(self.folder / "fullchain.pem"))
        browser.session.mount("https://", ToLoopback(self.https))
        return browser


class ToLoopback(HTTPAdapter):
    """What the name server does otherwise."""

    def __init__(self, port):
        self.port = port
        super().__init__()

    def send(self, request, **options):
        asked = request.url
        request.url = asked.replace(f"https://{NAME}", f"https://127.0.0.1:{self.port}")
        request.headers["Host"] = NAME
        answer = super().send(request, **options)
        answer.url = request.url = asked
        return answer


def settings(**replaced):
    """deploy/environment, as the options of an installation."""
    lines = [
        line for line in (DEPLOY / "environment").read_text().splitlines() if line.startswith("DRIEGESPREK_")
    ]
    given = dict(line.removeprefix("DRIEGESPREK_").split("=", 1) for line in lines)
    return {name: value for name, value in (given | replaced).items() if name != "DATA"}


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """The whole of it."""
    folder = tmp_path_factory.mktemp("deployment")
    with postgres.server() as server:
        installation = Installation(
            folder / "data", **settings(DATABASE=server.address, SECOND_FACTOR="false", WORKERS=1)
        )
        with installation.served() as serving:
            set_up = None
            (folder / "nginx").mkdir()
            with Proxy(folder / "nginx", serving.port) as proxy:
                set_up = set_up_school(proxy.browser())
                assert set_up.status_code == 200, set_up.text
                yield installation, serving, proxy, server


def test_plain_http_is_sent_to_https(school):
    _, _, proxy, _ = school
    there = f"http://127.0.0.1:{proxy.http}/code/?taal=tr"
    answer = requests.get(there, headers={"Host": NAME}, allow_redirects=False, timeout=30)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://{NAME}/code/?taal=tr")


def test_a_counsellor_logs_in_and_cookies_are_for_https_only(school):
    _, _, proxy, _ = school
    browser = proxy.browser()
    desk = log_in(browser)
    assert (desk.status_code, desk.url) == (200, f"https://{NAME}/desk/")
    assert {cookie.name for cookie in browser.session.cookies} >= {"sessionid", "csrftoken"}
    assert all(cookie.secure for cookie in browser.session.cookies)
    assert int(desk.headers["Strict-Transport-Security"].split("=")[1].split(";")[0]) >= 31536000
    assert "Content-Security-Policy" in desk.headers


def test_static_files_are_still_compressed_and_kept(school):
    _, _, proxy, _ = school
    page = proxy.browser().get("/account/login/").text
    style = next(part for part in page.split('"') if part.startswith("/static/") and part.endswith(".css"))
    answer = proxy.browser().get(style, headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]


def test_what_a_visitor_claims_about_the_own_address_counts_for_nothing(school):
    """Eleven wrong codes with the same beginning, each from 'another address': the eleventh is held up all the same."""
    installation, _, proxy, _ = school
    statuses = []
    for number in range(12):
        browser = proxy.browser()
        page = browser.get("/code/")
        browser.session.headers["X-Forwarded-For"] = f"203.0.113.{number}"
        code = {"code_1": "ACDEF", "code_2": f"GHJK{'34679ACDEFGH'[number]}"}
        statuses.append(browser.send(page, code, to="/code/").status_code)
    assert statuses[0] == 404
    assert statuses[-1] == 429
    seen = installation.python(
        "from driegesprek.web.access import tries\nfrom driegesprek.web.access.models import FailedTries\n"
        "places = set(FailedTries.objects.values_list('place', flat=True))\n"
        "print(tries._hash('address 127.0.0.1') in places, tries._hash('address 203.0.113.1') in places)"
    )
    assert seen.split() == ["True", "False"]


def test_sheets_may_be_made_because_families_can_reach_the_address(school):
    installation, *_ = school
    told = installation.python(
        "from driegesprek.web.conduct.domain import sheets\nprint(repr(str(sheets.address_of_sheets() or '')))"
    )
    assert told.strip() == "''"


def test_no_secret_is_in_any_log(school):
    """Known and unknown links and invitations, also disguised ones, also while the database is down."""
    installation, serving, proxy, server = school
    found = fill_one_class(installation, 2)
    door = next(link for _, link, kind in found["doors"] if kind == "adult")
    invitation = (
        installation.run("invite", "elif@proef.example").stdout.split()[-1].removeprefix(f"https://{NAME}")
    )
    secrets = [
        door.split("/")[2],
        invitation.split("/")[3],
        "unknownsecret1",
        "unknownsecret2",
        "unknownsecret3",
    ]
    browser = proxy.browser()
    assert browser.post(door).url.startswith(f"https://{NAME}/thuis/")
    assert browser.get(invitation).status_code == 200
    paths = (
        "/d/unknownsecret1/",
        "/account/uitnodiging/unknownsecret2/",
        "/%64/unknownsecret3/",
        f"/desk/?next={door}",
    )
    for path in (door, invitation, *paths):
        browser.get(path)
        requests.get(
            f"http://127.0.0.1:{proxy.http}{path}", headers={"Host": NAME}, timeout=30, allow_redirects=False
        )
        requests.request("BREW", serving.url + path, timeout=30)
    server.kill()
    try:
        for path in (door, invitation, "/d/unknownsecret1/"):
            assert proxy.browser().get(path).status_code == 500
    finally:
        server.start()
    until(lambda: proxy.browser().get(door).ok, "the database did not come back", also=serving.output)
    logged = proxy.logs() + serving.output()
    assert "/d/-" in proxy.logs()
    assert "Internal Server Error: /d/…" in serving.output()
    assert [secret for secret in secrets if secret in logged] == []


def test_a_house_that_is_down_is_a_gateway_error_without_a_secret_in_the_log(school, tmp_path):
    with Proxy(tmp_path, free_port()) as proxy:
        assert proxy.browser().get("/d/secretofaletter/").status_code == 502
        assert "/d/-" in proxy.logs()
        assert "secretofaletter" not in proxy.logs()
