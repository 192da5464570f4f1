import pytest
from hypothesis import given
from hypothesis import strategies as st

from driegesprek.web.common import recent
from driegesprek.web.common.recent import Recent


@pytest.fixture
def clock(monkeypatch):
    """The time, which the test moves."""
    now = [1000.0]
    monkeypatch.setattr(recent.time, "monotonic", lambda: now[0])
    return now


def test_what_was_kept_is_known_until_it_is_too_old(clock):
    kept = Recent(most=10, seconds=60)
    kept.keep("a", 1)
    clock[0] += 60
    assert kept.get("a") == 1
    clock[0] += 1
    assert kept.get("a") is None


def test_what_is_kept_again_is_as_new(clock):
    kept = Recent(most=10, seconds=60)
    kept.keep("a", 1)
    kept.keep("b", 1)
    clock[0] += 50
    kept.keep("a", 2)
    clock[0] += 50
    assert (kept.get("a"), kept.get("b")) == (2, None)


def test_what_is_too_old_does_not_stay_in_memory(clock):
    kept = Recent(most=10, seconds=60)
    for name in "abc":
        kept.keep(name, 1)
    clock[0] += 100
    kept.keep("d", 1)
    assert list(kept._kept) == ["d"]


def test_what_is_forgotten_is_gone():
    kept = Recent(most=10, seconds=60)
    kept.keep("a", 1)
    kept.forget("a")
    kept.forget("never kept")
    assert kept.get("a") is None


@given(st.lists(st.integers(0, 9), max_size=50), st.integers(1, 5))
def test_of_more_than_fit_the_newest_are_known(keys, most):
    kept = Recent(most=most, seconds=60)
    for place, key in enumerate(keys):
        kept.keep(key, place)
    newest = list(dict.fromkeys(reversed(keys)))[:most]
    last = {key: place for place, key in enumerate(keys)}
    assert {key: kept.get(key) for key in range(10)} == {
        key: last[key] if key in newest else None for key in range(10)
    }
