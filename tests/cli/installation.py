"""An installation of its own for a test: the real command line, the real web server, a throw-away data folder."""

import fcntl
import functools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
import requests

from driegesprek.web.common import keys

COMMAND = Path(sys.executable).with_name("driegesprek")
PATIENCE = 300
"""Seconds: a machine that runs other tests beside us is slow."""


@functools.cache
def _ready():
    """What `driegesprek migrate` leaves on a fresh data folder, made once for all processes of a run."""
    folder = Path(os.environ["TESTS_ONCE"])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "data").exists():
            done = Installation(folder / "making").run("migrate")
            assert done.returncode == 0, done.stderr
            (folder / "making" / "keys.json").unlink()
            (folder / "making").rename(folder / "data")
    return folder / "data"


def make_ready(folder):
    """Lay a database that is up to date and empty, and keys of its own, in a folder."""
    shutil.copytree(_ready(), folder, dirs_exist_ok=True)
    keys.load(folder / "keys.json")


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Installation:
    """A data folder with the settings it is run with."""

    def __init__(self, data, **options):
        self.data = Path(data)
        self.options = {"WORKERS": 1} | options

    @classmethod
    def ready(cls, data, **options):
        """One that was brought up to date already: empty, on SQLite, with keys of its own."""
        make_ready(Path(data))
        return cls(data, **options)

    @property
    def environment(self):
        """Nothing of the test run itself: neither its settings nor its database."""
        own = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DRIEGESPREK_", "DJANGO_", "GRANIAN_", "COV"))
        }
        given = {f"DRIEGESPREK_{name}": str(value) for name, value in self.options.items()}
        return own | {"DRIEGESPREK_DATA": str(self.data)} | given

    def run(self, *arguments, text=None, **options):
        """A command that ends by itself."""
        return subprocess.run(  # noqa: S603 - our own command
            [COMMAND, *map(str, arguments)],
            env=self.environment | {f"DRIEGESPREK_{name}": str(one) for name, one in options.items()},
            capture_output=True,
            text=True,
            input=text,
            timeout=PATIENCE,
            check=False,
        )

    def python(self, code):
        """Run Python code inside the installation; returns what it printed."""
        setup = "from driegesprek.cli.database import up_to_date; up_to_date()\n"
        done = subprocess.run(  # noqa: S603 - Python itself
            [sys.executable, "-c", setup + code],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def served(self, *command, port=None):
        """The installation while it is served; afterwards nothing of it is left running."""
        port = port or free_port()
        log = self.data.parent / f"{self.data.name}-{port}.log"
        with log.open("w") as output:
            process = subprocess.Popen(  # noqa: S603 - our own command
                [COMMAND, *(command or ("serve",)), "--port", str(port)],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        serving = Serving(process, port, log)
        try:
            serving.wait_until_ready()
            yield serving
        finally:
            serving.end()


class Serving:
    """`driegesprek serve` at work."""

    def __init__(self, process, port, log):
        self.process, self.port, self.log = process, port, log
        self.url = f"http://127.0.0.1:{port}"
        self.seen = set()

    def wait_until_ready(self):
        """Until a page comes back."""
        until(self.answers, f"no answer on {self.url}", also=self.output, alive=self.process)
        self.processes()

    def answers(self):
        try:
            requests.get(f"{self.url}/account/login/", timeout=10)
        except requests.RequestException:
            return False
        return True

    def output(self):
        return self.log.read_text(errors="replace")

    def processes(self):
        """All processes below the supervisor, remembered so that an orphan is found."""
        try:
            found = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            found = []
        self.seen |= set(found)
        return found

    def child(self, word):
        """The child of the supervisor whose command line holds this word; None while it is not there."""
        own = [one for one in self.processes() if one.ppid() == self.process.pid]
        return next((one for one in own if any(word in part for part in cmdline(one))), None)

    def orphans(self):
        """What we saw below the supervisor and what still runs."""
        return [one for one in self.seen if running(one)]

    def stop(self, number=signal.SIGTERM):
        """Ask it to end; returns its exit status."""
        self.processes()
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def end(self):
        """Whatever happened: nothing is left."""
        self.processes()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for one in self.orphans():
            one.kill()


def cmdline(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def running(process):
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def until(true, message, *, also=str, alive=None, patience=PATIENCE):
    """Wait until something is so."""
    end = time.monotonic() + patience
    while not (found := true()):
        assert time.monotonic() < end, f"{message}\n{also()}"
        assert alive is None or alive.poll() is None, f"it ended with {alive.returncode}\n{also()}"
        time.sleep(0.05)
    return found


class Browser:
    """A person's browser without JavaScript: cookies, forms, redirects."""

    def __init__(self, url, **options):
        self.url, self.session = url, requests.Session()
        self.session.trust_env = False  # neither a proxy nor certificates of this machine
        for name, value in options.items():
            setattr(self.session, name, value)

    def get(self, path, **options):
        return self.session.get(self.whole(path), timeout=60, **options)

    def post(self, page, data=None, **options):
        """Fill in the form that stands on a page, and send it."""
        return self.send(self.get(page), data, **options)

    def send(self, page, data=None, to=None, **options):
        """Send a form of a page that was got; to its own address unless another is named."""
        hidden = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert hidden, f"no form on {page.url}: {page.status_code}"
        whole = {"csrfmiddlewaretoken": hidden[1], **(data or {})}
        headers = {"Origin": self.url, **options.pop("headers", {})}
        address = self.whole(to) if to else page.url
        return self.session.post(address, data=whole, headers=headers, timeout=60, **options)

    def whole(self, path):
        return path if path.startswith("http") else self.url + path


SCHOOL = {
    "school": "Vmbo De Proef",
    "phone": "010 123 45 67",
    "location": "De Proef Noord",
    "city": "Rotterdam",
    "given_name": "Elif",
    "prefix": "",
    "family_name": "Yilmaz",
    "email": "elif@proef.example",
    "password": "een heel lang wachtwoord",
}


def set_up_school(browser):
    """What the first user of an empty installation does."""
    return browser.post("/desk/begin/", SCHOOL)


def log_in(browser, email=SCHOOL["email"], password=SCHOOL["password"]):
    return browser.post("/account/login/", {"login": email, "password": password})
