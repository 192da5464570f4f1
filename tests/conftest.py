"""What all tests share: Hypothesis without chance, and the read-only files beside the project."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.core.management.commands import flush
from django.test import utils
from hypothesis import HealthCheck, settings
from tests import browsers

settings.register_profile(
    "seeded", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", parent=settings.get_profile("seeded"), derandomize=False, max_examples=600)
settings.load_profile("long" if os.environ.get("DRIEGESPREK_LONG") else "seeded")

SHARED = Path(__file__).resolve().parents[2] / "shared"


LONG = bool(os.environ.get("DRIEGESPREK_LONG"))
# Minutes each: begun first, so that at the end no process waits for another's. In the order of their length.
LONGEST = (
    "tests/browser/test_first_round.py",
    "tests/browser/test_axe_desk.py",
    "tests/web/test_access_table.py",
    "tests/long/test_kill.py",
    "tests/cli/test_serving.py",
    "tests/cli/test_demo.py",
    "tests/web/site/test_deployment.py",
    "tests/cli/test_keep.py",
    "tests/web/family/test_browser.py",
    "tests/paper/test_sheets.py",
    "tests/web/desk/test_together.py",
    "tests/web/desk/test_results.py",
    "tests/web/desk/test_findings.py",
    "tests/web/test_messages.py",
    "tests/web/desk/test_people_browser.py",
    "tests/web/family/test_axe_browser.py",
    "tests/browser/test_keyboard.py",
    "tests/web/desk/test_combined.py",
)


def _render(self, context):
    """As Django's own, which tells the test client of a template; of an included one nobody asks, and a page has dozens."""
    if context.template is self:
        utils.template_rendered.send(sender=self, template=self, context=context)
    return self.nodelist.render(context)


utils.instrumented_test_render = _render
# Tables that a test emptied get no rights and kinds of content again: nobody asks for them, rights are in web/access.
flush.emit_post_migrate_signal = lambda *_args, **_options: None


def pytest_configure():
    """A folder for what is made once for all processes of a run; the process that made it takes it away."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["TESTS_ONCE"] = tempfile.mkdtemp(prefix="driegesprek-once-")


def pytest_unconfigure():
    """After the last test of the last process."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(os.environ["TESTS_ONCE"], ignore_errors=True)


def pytest_collection_modifyitems(config, items):
    """Skip, with its reason, what reads ../shared where that folder is absent, and what only `make long` does."""
    second = "postgresql" in os.environ.get("DRIEGESPREK_DATABASE", "")
    if second:
        _only_with_a_database(config, items)
    items.sort(key=lambda item: _rank(item.nodeid.partition("::")[0]))
    absent = pytest.mark.skip(reason=f"{SHARED} is absent: the real files are not part of the project")
    later = pytest.mark.skip(reason="`make long` does this")
    once = pytest.mark.skip(reason="on SQLite; `make long` does this on PostgreSQL too")
    for item in items:
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(absent)
        if item.get_closest_marker("only_long") and not LONG:
            item.add_marker(later)
        if item.get_closest_marker("either_database") and second and not LONG:
            item.add_marker(once)


def _only_with_a_database(config, items):
    """What asks no database at all was run on the first one; pytest-django sees to it that it cannot ask any."""
    asking = {"db", "transactional_db", "django_db_setup"}
    without = [
        item
        for item in items
        if not asking.intersection(item.fixturenames)
        and not any(map(item.get_closest_marker, ("django_db", "postgresql")))
    ]
    config.hook.pytest_deselected(items=without)
    gone = set(without)
    items[:] = [item for item in items if item not in gone]


def _rank(path):
    return LONGEST.index(path) if path in LONGEST else len(LONGEST)


def pytest_sessionfinish():
    """End the browser that the tests of this process shared."""
    browsers.end()


@pytest.fixture(scope="session")
def shared() -> Path:
    return SHARED
