"""The product's own settings, on a throw-away data folder; DRIEGESPREK_DATABASE chooses PostgreSQL."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DRIEGESPREK_DATA", tempfile.mkdtemp(prefix="driegesprek-tests-"))
if "PYTEST_XDIST_WORKER" in os.environ:
    # Each process of a run its own: in one folder they would empty each other's cache, where wrong passwords are counted.
    DATA_OF_ONE = Path(os.environ["DRIEGESPREK_DATA"]) / os.environ["PYTEST_XDIST_WORKER"]
    DATA_OF_ONE.mkdir(parents=True, exist_ok=True)
    os.environ["DRIEGESPREK_DATA"] = str(DATA_OF_ONE)
os.environ.setdefault("DRIEGESPREK_STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
os.environ.setdefault("DRIEGESPREK_SECOND_FACTOR", "false")
os.environ.setdefault("DRIEGESPREK_PUBLIC_URL", "https://school.example")

from driegesprek.web.site.settings import *  # noqa: F403 - the environment comes first

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405 - from the product's settings
STATIC_ROOT = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; the product's are tested apart
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "postgresql" not in DATABASES["default"]["ENGINE"]:  # noqa: F405 - as above
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["DRIEGESPREK_DATA"], "test.sqlite3")}  # noqa: F405, PTH118 - as above
