"""The real thing: `driegesprek serve` on an empty data folder, behind a reverse proxy that speaks HTTPS."""

import datetime as dt
import hashlib
import http.client
import http.server
import os
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.cli.installation import make_ready

HOST = "school.example"
URL = f"https://{HOST}"
COMMAND = Path(sys.executable).with_name("driegesprek")
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade", "content-length"}
# What a visit may write: that somebody looked at special data, and the session of who is logged in.
VISITS_WRITE = {"common_auditentry", "django_session"}


@dataclass
class Installation:
    """An installation that runs."""

    folder: Path
    port: int
    log: Path
    asked: list = field(default_factory=list)
    """What came in from outside: (method, path, referer)."""

    def tables(self):
        """A digest of every table that a visit must leave alone, read beside the server."""
        with closing(sqlite3.connect(f"file:{self.folder}/driegesprek.sqlite3?mode=ro", uri=True)) as base:
            names = [row[0] for row in base.execute("select name from sqlite_master where type='table'")]
            return {name: _digest(base, name) for name in names if name not in VISITS_WRITE}


def _digest(base, table):
    rows = sorted(repr(row) for row in base.execute(f'select * from "{table}"'))  # noqa: S608 - its own name
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


@contextmanager
def installation(folder):
    """Serve an empty installation in `folder`; ends the processes it started."""
    make_ready(folder)
    behind = _free_port()
    log = folder / "serve.log"
    with log.open("w") as errors, _front(behind, folder) as (port, asked):
        serving = subprocess.Popen(  # noqa: S603 - our own command
            [COMMAND, "serve", "--port", str(behind)],
            env=_environment(folder),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            said = serving.stdout.readline()
            assert "listens on" in said, log.read_text()
            yield Installation(folder, port, log, asked)
        finally:
            serving.terminate()
            serving.communicate(timeout=120)


def _environment(folder):
    ours = ("DRIEGESPREK_", "DJANGO_")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return plain | {
        "DRIEGESPREK_DATA": str(folder),
        "DRIEGESPREK_PUBLIC_URL": URL,
        "DRIEGESPREK_PROXIES": "1",
        "DRIEGESPREK_WORKERS": "1",
    }


def _free_port():
    with closing(socket.socket()) as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@contextmanager
def _front(behind, folder):
    """A reverse proxy as an installation has one: it ends HTTPS and tells who asked."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Forwarding)
    server.behind, server.asked, server.handle_error = behind, [], lambda *_: None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(folder))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port, server.asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Forwarding(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def forward(self):
        self.server.asked.append((self.command, self.path, self.headers["Referer"] or ""))
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        headers |= {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "https"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=60)) as inside:
            inside.request(self.command, self.path, body, headers)
            self._answer(inside.getresponse())

    def _answer(self, response):
        content = response.read()
        self.send_response_only(response.status, response.reason)
        for name, value in response.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_HEAD = do_POST = forward  # noqa: N815 - the standard library names them so


def _certificate(folder):
    """A certificate for the school's address that nobody vouches for."""
    from cryptography import x509  # noqa: PLC0415 - only where a server is started
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - as above

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path = folder.parent / f"{folder.name}-front.pem"
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem)
    )
    return path
