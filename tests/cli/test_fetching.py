import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from driegesprek.cli.fetching import FetchError, fetch
from driegesprek.cli.region import region

CONTENT = bytes(range(256)) * 400


class Handler(BaseHTTPRequestHandler):
    """A server with one file, which can break off, be changed, or answer with a page."""

    def do_GET(self):
        self.server.asked.append(dict(self.headers))
        if self.path == "/old.csv":
            return self.answer(404, b"")
        if self.path == "/page.csv":
            return self.answer(200, b"<html>", kind="text/html; charset=utf-8")
        if self.headers.get("If-None-Match") == self.server.etag:
            return self.answer(304, b"")
        start = 0
        if self.headers.get("Range") and self.headers.get("If-Range") == self.server.etag:
            start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
        return self.answer(206 if start else 200, self.server.content[start:])

    def answer(self, status, body, kind="text/csv"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", self.server.etag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        most = self.server.break_after
        self.wfile.write(body if most is None else body[:most])

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def server():
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.asked, made.etag, made.content, made.break_after = [], '"een"', CONTENT, None
    made.url = f"http://127.0.0.1:{made.server_port}/leerlingen-2021.csv"
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def test_a_file_is_fetched_once_while_it_does_not_change(server, tmp_path):
    assert fetch(server.url, tmp_path).what == "fetched"
    assert (tmp_path / "leerlingen-2021.csv").read_bytes() == CONTENT
    assert fetch(server.url, tmp_path).what == "unchanged"
    server.etag, server.content = '"twee"', b"nieuw"
    assert fetch(server.url, tmp_path).what == "fetched"
    assert (tmp_path / "leerlingen-2021.csv").read_bytes() == b"nieuw"


def test_what_broke_off_goes_on_from_there(server, tmp_path):
    server.break_after = 1000
    with pytest.raises(FetchError, match="1000 of"):
        fetch(server.url, tmp_path)
    assert not (tmp_path / "leerlingen-2021.csv").exists()
    server.break_after = None
    assert fetch(server.url, tmp_path).what == "resumed"
    assert server.asked[-1]["Range"] == "bytes=1000-"
    assert (tmp_path / "leerlingen-2021.csv").read_bytes() == CONTENT


def test_what_broke_off_and_changed_meanwhile_begins_anew(server, tmp_path):
    server.break_after = 1000
    with pytest.raises(FetchError):
        fetch(server.url, tmp_path)
    server.break_after, server.etag, server.content = None, '"twee"', b"heel iets anders"
    assert fetch(server.url, tmp_path).what == "fetched"
    assert (tmp_path / "leerlingen-2021.csv").read_bytes() == b"heel iets anders"


@pytest.mark.parametrize(("name", "said"), [("old.csv", "answers 404"), ("page.csv", "a web page came")])
def test_an_old_address_is_told(server, tmp_path, name, said):
    with pytest.raises(FetchError, match=said):
        fetch(server.url.replace("leerlingen-2021.csv", name), tmp_path)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/y", "http://127.0.0.1:1/x.csv"])
def test_what_cannot_be_reached_is_told(tmp_path, url):
    with pytest.raises(FetchError):
        fetch(url, tmp_path)


def test_known_addresses_say_when_they_were_verified(server, tmp_path):
    told = CliRunner().invoke(region, ["fetch"]).output
    assert "pupils-2021" in told
    assert "last verified: unverified" in told
    done = CliRunner().invoke(region, ["fetch", "--url", server.url, "--to", str(tmp_path)])
    assert "fetched:" in done.output
    assert "There is no source" in CliRunner().invoke(region, ["fetch", "iets"]).output
