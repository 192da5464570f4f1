import datetime as dt

import pytest
from django.db import transaction
from tests.region import files

from driegesprek import region
from driegesprek.web.supply import opendata

TODAY = dt.date(2026, 11, 26)
POSTCODES = (
    "postcode,latitude,longitude,woonplaats,gemeente\n"
    "3000,51.92,4.48,Rotterdam,Rotterdam\n"
    "3001,51.95,4.48,Rotterdam,Rotterdam\n"
    "3002,51.90,4.16,Brielle,Brielle\n"
    "3003,52.78,6.90,Emmen,Emmen\n"
)
PRIMARY = (
    "PROVINCIE;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;POSTCODE;PLAATSNAAM;GEMEENTENAAM\n"
    "Zuid-Holland;10XX;10XX00;De Regenboog;3002 AB;BRIELLE;BRIELLE\n"
    "Drenthe;11XX;11XX00;De Zon;3003 AB;EMMEN;EMMEN\n"
)


@pytest.fixture(scope="module")
def for_all(django_db_setup, django_db_blocker):
    """A database for what all tests of a file begin with; each leaves it as it was, and the last one empty."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def nothing(settings, tmp_path):
    """An installation on which nothing was imported."""
    settings.DATA = tmp_path


@pytest.fixture
def imported(nothing, tmp_path):
    """Open data of invented schools."""
    texts = {
        "leerlingen-2019.csv": files.pupils(),
        "adressen-vo.csv": files.addresses(),
        "postcodes.csv": POSTCODES,
        "basisscholen.csv": PRIMARY,
    }
    datasets = []
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode("cp1252"))
        datasets += region.read(tmp_path / name)
    opendata.store().keep(datasets, today=TODAY)
