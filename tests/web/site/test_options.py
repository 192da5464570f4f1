from pathlib import Path

import pytest
from tools import settings_page

from driegesprek.web.common.keys import KeyFileError
from driegesprek.web.site import options


def test_the_page_of_settings_is_fresh():
    assert settings_page.PAGE.read_text(encoding="utf-8") == settings_page.page(), (
        "run tools/settings_page.py"
    )


def test_an_empty_setting_is_its_default(monkeypatch):
    monkeypatch.setenv("DRIEGESPREK_KEYS", "")
    monkeypatch.setenv("DRIEGESPREK_WORKERS", " ")
    found = options.read_all()
    assert (found["KEYS"], found["WORKERS"]) == (None, 2)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("https://a.nl/", "https://a.nl"), ("https://a.nl:8443", "https://a.nl:8443"), ("", "")],
)
def test_the_public_address_is_kept_without_a_path(monkeypatch, given, kept):
    monkeypatch.setenv("DRIEGESPREK_PUBLIC_URL", given)
    assert options.read_all()["PUBLIC_URL"] == kept


@pytest.mark.parametrize("given", ["a.nl", "ftp://a.nl", "https://", "https://a.nl/driegesprek"])
def test_another_public_address_is_refused(monkeypatch, given):
    monkeypatch.setenv("DRIEGESPREK_PUBLIC_URL", given)
    with pytest.raises(options.SettingError, match="PUBLIC_URL"):
        options.read_all()


def test_an_address_of_postgresql_is_taken_apart():
    found = options.database("postgresql://jan:p%40ss@db.example:5433/school", Path())
    assert [found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "school",
        "jan",
        "p@ss",
        "db.example",
        "5433",
    ]
    assert options.database("postgresql:///school?host=/run/pg", Path())["HOST"] == "/run/pg"


def test_sqlite_is_durable():
    assert "synchronous=FULL" in options.database("", Path("/data"))["OPTIONS"]["init_command"]


def test_mail_is_encrypted_or_not_sent():
    assert options.mail("smtps://jan:p%40ss@mail.example")["EMAIL_PORT"] == 465
    assert options.mail("smtp://mail.example")["EMAIL_USE_TLS"] is True
    assert options.mail("")["EMAIL_BACKEND"].endswith("dummy.EmailBackend")


def test_misspelt_settings_are_found():
    assert options.unknown({"DRIEGESPREK_PROXY": "1", "DRIEGESPREK_PROXIES": "1", "HOME": "/"}) == [
        "DRIEGESPREK_PROXY"
    ]


def test_no_key_file_is_made_beside_a_database(tmp_path):
    stored = options.database("", tmp_path)
    assert options.keys_of(tmp_path / "keys.json", stored) == options.keys_of(tmp_path / "keys.json", stored)
    stored["NAME"].touch()
    (tmp_path / "keys.json").unlink()
    with pytest.raises(KeyFileError, match="missing"):
        options.keys_of(tmp_path / "keys.json", stored)
    assert not (tmp_path / "keys.json").exists()
