"""A PostgreSQL server of a test's own, on a socket in its own folder; skipped where its programs are not here."""

import os
import signal
import subprocess
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import psutil
import pytest

TOOL = Path(__file__).parents[1] / "tools" / "with_postgres.sh"
MISSING = 77


class Server:
    """A running server; `address` is what DRIEGESPREK_DATABASE takes."""

    def __init__(self, address):
        self.address = address
        self.folder = Path(parse_qs(urlparse(address).query)["host"][0])

    @property
    def processes(self):
        """The server's own process with everything below it."""
        number = int((self.folder / "db" / "postmaster.pid").read_text().split()[0])
        main = psutil.Process(number)
        return [main, *main.children(recursive=True)]

    def kill(self):
        """As a power cut: every process of the server at once, nothing written any more."""
        found = self.processes
        for one in found:
            one.send_signal(signal.SIGKILL)
        psutil.wait_procs(found, timeout=30)

    def start(self):
        """Start it again on the same files; it recovers by itself."""
        programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c max_connections=200"
        command = [
            programs / "pg_ctl",
            "-D",
            self.folder / "db",
            "-w",
            "-l",
            self.folder / "log",
            "-o",
            options,
        ]
        owner = (self.folder / "db").stat()
        as_owner = (
            {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.getuid() == 0 else {}
        )
        subprocess.run(  # noqa: S603 - PostgreSQL's own program
            [*command, "start"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_owner
        )


@contextmanager
def server():
    """Runs until the block ends."""
    holding = subprocess.Popen(  # noqa: S603 - our own tool
        ["/bin/sh", TOOL, "/bin/sh", "-c", 'echo "$DRIEGESPREK_DATABASE"; cat >/dev/null'],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with holding:
        address = holding.stdout.readline().strip()
        if not address:
            words = holding.stderr.read().strip()
            if holding.wait() == MISSING:
                pytest.skip(words)
            pytest.fail(words)
        try:
            yield Server(address)
        finally:
            holding.stdin.close()
            holding.wait(60)
