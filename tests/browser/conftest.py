"""Real browsers: skipped with the remedy where there is none; a story stops at the step that fails."""

import pytest
from tests import browsers
from tests.browser import serving, watching


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser, but for the guide."""
    for item in items:
        if "tests/browser" not in item.path.as_posix() or item.path.stem == "test_guide":
            continue
        item.add_marker(pytest.mark.browser)
        if browsers.CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: apt-get install chromium"))
        if item.path.stem == "test_axe_desk" and not browsers.AXE.is_file():
            item.add_marker(pytest.mark.skip(reason="axe-core is absent: `npm ci` brings it"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember in which step a story broke off."""
    report = yield
    if report.failed and item.get_closest_marker("story"):
        item.module.broke_off = item.name
        report.sections.append(("what people saw", watching.pictures(item.config.cache.mkdir("browser"))))
    return report


@pytest.fixture(autouse=True)
def _in_order(request):
    broke_off = getattr(request.module, "broke_off", None)
    if request.node.get_closest_marker("story") and broke_off:
        pytest.skip(f"the story broke off at {broke_off}")


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """An empty installation that is really served."""
    with serving.installation(tmp_path_factory.mktemp("installation")) as running:
        yield running


@pytest.fixture(scope="module")
def browser(installation):
    """A browser that finds the installation at its public address."""
    with watching.chromium(front=installation.port) as running:
        yield running
