import datetime as dt
import functools

import pytest
from tests.region import files

from driegesprek.region import Store, read

TODAY = dt.date(2026, 11, 26)


@pytest.fixture
def kept(tmp_path):
    """Keep files in a store: kept({name: text}, year=…)."""

    def keep(texts, **more):
        store = Store(tmp_path / "open-data")
        datasets = []
        for name, text in texts.items():
            path = tmp_path / name
            path.write_bytes(text if isinstance(text, bytes) else text.encode("cp1252"))
            datasets += read(path, **more)
        store.keep(datasets, today=TODAY)
        return store

    return keep


@pytest.fixture(scope="session")
def real(shared):
    """A real file, read once: real("education/…")."""

    @functools.cache
    def one(name):
        (found,) = read(shared / "data" / name)
        return found

    return one


@pytest.fixture
def store(kept):
    return kept({"leerlingen-2019.csv": files.pupils(), "adressen-vo.csv": files.addresses()})
