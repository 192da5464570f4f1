import os
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from driegesprek.cli import static_files


@pytest.fixture
def folder(tmp_path, settings):
    """One file of an installation's own, and where the gathered files go."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a {}")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "static"
    finders.get_finder.cache_clear()
    yield source
    finders.get_finder.cache_clear()


def gathered():
    return (Path(settings.STATIC_ROOT) / "a.css").read_text()


def test_files_are_gathered_once(folder):
    assert static_files.gather()
    assert gathered() == "a {}"
    assert not static_files.gather()


def test_a_changed_file_is_gathered_again(folder):
    static_files.gather()
    (folder / "a.css").write_text("b {}")
    os.utime(folder / "a.css", ns=(4 * 10**18, 4 * 10**18))
    assert static_files.gather()
    assert gathered() == "b {}"


def test_gathering_that_was_stopped_half_way_is_done_again(folder, monkeypatch):
    static_files.gather()
    (folder / "b.css").write_text("b {}")
    monkeypatch.setattr("django.core.management.call_command", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        static_files.gather()
    (folder / "b.css").unlink()
    monkeypatch.undo()
    assert static_files.gather()
