"""What all tests share: Hypothesis without chance, and the read-only files beside the project."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests import browsers

settings.register_profile(
    "seeded", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", parent=settings.get_profile("seeded"), derandomize=False, max_examples=600)
settings.load_profile("long" if os.environ.get("DRIEGESPREK_LONG") else "seeded")

SHARED = Path(__file__).resolve().parents[2] / "shared"


LONG = bool(os.environ.get("DRIEGESPREK_LONG"))


def pytest_collection_modifyitems(items):
    """Skip, with its reason, what reads ../shared where that folder is absent, and what only `make long` does."""
    absent = pytest.mark.skip(reason=f"{SHARED} is absent: the real files are not part of the project")
    later = pytest.mark.skip(reason="`make long` does this")
    once = pytest.mark.skip(reason="on SQLite; `make long` does this on PostgreSQL too")
    second = "postgresql" in os.environ.get("DRIEGESPREK_DATABASE", "")
    for item in items:
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(absent)
        if item.get_closest_marker("only_long") and not LONG:
            item.add_marker(later)
        if item.get_closest_marker("either_database") and second and not LONG:
            item.add_marker(once)


def pytest_sessionfinish():
    """End the browser that the tests of this process shared."""
    browsers.end()


@pytest.fixture(scope="session")
def shared() -> Path:
    return SHARED
