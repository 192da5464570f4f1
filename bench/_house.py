"""An empty installation of our own to measure in: a throw-away data folder with SQLite, gone afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def installation() -> Iterator[None]:
    """Django set up on an empty database, as `driegesprek serve` has it; DRIEGESPREK_DATABASE is left aside."""
    with tempfile.TemporaryDirectory(prefix="driegesprek-bench-") as folder:
        os.environ.pop("DRIEGESPREK_DATABASE", None)
        os.environ["DRIEGESPREK_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django  # noqa: PLC0415 - after the environment

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - as above
        from django.db import connections  # noqa: PLC0415 - as above

        call_command("migrate", verbosity=0)
        yield
        connections.close_all()
