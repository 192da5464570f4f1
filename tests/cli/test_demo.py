import json
import os
import socket

import pytest
from lxml import html
from tests.cli.installation import Browser, Installation, log_in, make_ready, until


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """With what a real installation sets, which must not reach the demonstration."""
    folder = tmp_path_factory.mktemp("demo")
    if "DRIEGESPREK_LONG" not in os.environ:  # in `make long` it makes its tables itself
        make_ready(folder / "data" / "demonstration")
    real = {"MAIL": "smtp://mail.example", "PROXIES": "1", "DATABASE": "postgresql://a@127.0.0.1:1/b"}
    return Installation(folder / "data", KEYS=folder / "real.json", **real)


@pytest.fixture(scope="module")
def filled(installation):
    done = installation.run("demo", "--no-serve", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def serving(installation, filled):
    with installation.served("demo", "--json") as serving:
        yield serving


@pytest.fixture(scope="module")
def given(installation, serving):
    """Its links while it is served."""
    return links(installation)


def links(installation, *more):
    done = installation.run("demo", "--links", "--json", *more)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_links_are_three_and_may_have_more(filled):
    assert {"desk", "family", "pupil"} <= set(filled)
    assert {"url", "email", "password"} <= set(filled["desk"])


def test_links_are_the_same_each_time_and_nothing_else_is_printed(installation, filled):
    assert links(installation, "--port", "8000") == links(installation, "--port", "8000") == filled


def test_links_name_the_port_where_it_is_served(given, serving):
    for link in (given["desk"]["url"], given["family"], given["pupil"]):
        assert link.startswith(f"{serving.url}/")
    assert Browser(serving.url).get(given["family"]).status_code == 200


def test_without_json_they_are_words(installation, filled):
    words = installation.run("demo", "--links").stdout
    for part in ("decaan@", "mentor2a@", filled["desk"]["password"], "/d/", filled["family_code"]):
        assert part in words


def test_every_link_opens(given, serving):
    for name in ("family", "pupil"):
        behind = Browser(serving.url).post(given[name])
        assert behind.status_code == 200
        assert "/thuis/" in behind.url
        assert "/d/" not in behind.url
    for who in ("email", "mentor_2a", "mentor_2b", "leader"):
        desk = log_in(Browser(serving.url), given["desk"][who], given["desk"]["password"])
        assert (desk.status_code, desk.url) == (200, f"{serving.url}/desk/"), who


def test_the_typed_code_opens_the_same_door(given, serving):
    first, second = given["family_code"].split()
    behind = Browser(serving.url).post("/", {"code_1": first, "code_2": second}, to="/code/")
    by_link = Browser(serving.url).post(given["family"])
    assert behind.url == by_link.url


def test_it_says_on_every_page_that_it_is_a_demonstration(given, serving):
    door = Browser(serving.url).get(given["family"]).text
    login = Browser(serving.url).get("/account/login/").text
    assert "demonstrati" in door.lower()
    assert "demonstrati" in login.lower()


def test_sheets_are_made_in_the_background(given, serving):
    """By the worker, asked for as a counsellor does; on loopback, because it is the demonstration."""
    browser = Browser(serving.url)
    desk = given["desk"]
    log_in(browser, desk["email"], desk["password"])
    page = browser.get("/desk/bladen/")
    form = next(one for one in html.fromstring(page.text).forms if "school_class" in one.fields)
    chosen = {name: _first(form.inputs[name]) for name in ("activity", "school_class", "kind")}
    job = browser.send(page, chosen).url
    document = until(
        lambda: (got := browser.get(f"{job.rstrip('/')}/bestand/")).ok and got.content,
        "no sheets",
        also=serving.output,
    )
    assert document.startswith(b"%PDF")


def _first(field):
    """Of a list or of radio buttons."""
    return next(value for value in getattr(field, "value_options", []) if value)


def test_it_starts_again_without_inventing_anybody(installation, filled):
    done = installation.run("demo", "--no-serve", "--json", "--port", "8000")
    assert "Inventing" not in done.stderr
    assert json.loads(done.stdout) == filled


def test_what_a_real_installation_sets_does_not_reach_it(installation, filled):
    """Neither its keys nor its mail, database and proxy; the demonstration's folder lies below, and is its own."""
    assert not (installation.data.parent / "real.json").exists()
    assert {path.name for path in installation.data.iterdir()} == {"demonstration"}
    assert (installation.data / "demonstration" / "keys.json").exists()


def test_the_port_is_checked_before_anybody_is_invented(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = Installation(tmp_path / "b").run("demo", "--port", other.getsockname()[1])
    assert done.returncode == 1
    assert "another program" in done.stderr
    assert not (tmp_path / "b" / "demonstration").exists()
