"""The outbox keeps no contact data, not even where a note fails."""

import pytest

from driegesprek.web.common import outbox
from driegesprek.web.common.models import OutboxItem


@pytest.mark.django_db
def test_what_failed_is_kept_by_its_kind_only(monkeypatch):
    def refused(_item):
        raise ValueError({"fatima@example.nl": (550, b"no such user")})

    monkeypatch.setitem(outbox._handlers, "test", refused)
    outbox.put("test", school_id=None)
    assert outbox.empty() == 0
    item = OutboxItem.objects.get()
    assert item.problem == "ValueError"
    assert item.attempts == 1
