"""The folder of imported data: read fast, and never from a damaged file."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.region import files

from driegesprek.region import Kind, StoreError, arrays, load

NO_PANDAS = """
import sys
from pathlib import Path
from driegesprek import region
region.indicator(region.Store(Path(sys.argv[1])), "supply", area="NL")
sys.exit("pandas" in sys.modules)
"""
MATRIX = "from_id,to_id,travel_time\n" + "".join(
    f"{origin},00AA0{to},{number}\n"
    for number, (to, origin) in enumerate((t, o) for t in "12" for o in "cab")
)


def test_the_first_answer_loads_no_library_that_takes_longer_than_the_reading(store):
    done = subprocess.run([sys.executable, "-c", NO_PANDAS, str(store.folder)], check=False)  # noqa: S603 -- ours
    assert done.returncode == 0


def test_a_turned_byte_in_a_kept_file_is_seen(store):
    entry = store.find(Kind.PUPILS)
    (path,) = store.folder.glob("pupils*.parquet")
    good = path.read_bytes()
    refused = 0
    for place in range(8, len(good) - 8, max(1, len(good) // 60)):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x10]) + good[place + 1 :])
        try:
            assert store.columns(entry)
        except StoreError:
            refused += 1
    assert refused > 30


def test_a_file_that_was_cut_off_is_refused_with_what_to_do(store):
    (path,) = store.folder.glob("pupils*.parquet")
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(StoreError, match=r"Import leerlingen-2019.csv again"):
        load(store)


def test_one_origin_of_a_matrix_is_read_from_the_groups_that_hold_it(kept, monkeypatch):
    monkeypatch.setattr("driegesprek.region.store.GROUP", 2)
    store = kept({"tijden.csv": MATRIX})
    entry = store.find(Kind.TRAVEL_MATRIX)
    for origin in "abc":
        found = store.columns(entry, where=("from_id", origin))
        assert set(found["from_id"]) == {origin}
        assert len(found["to_id"]) == 2
    assert store.columns(entry, where=("from_id", "nobody"))["to_id"] == []


def test_a_location_is_named_as_in_its_last_row(kept):
    text = files.pupils()
    world = load(kept({"leerlingen-2019.csv": text}))
    assert len(world.locations.ids) == len(set(world.locations.ids))
    assert (world.pupils.location < len(world.locations.ids)).all()


@given(st.lists(st.one_of(st.none(), st.integers(-(2**40), 2**40))), st.integers(0, 5))
def test_numbers_are_those_of_arrow(values, start):
    import pyarrow as pa  # noqa: PLC0415 -- heavy

    table = pa.table({"x": pa.array(values, pa.int64())}).slice(start)
    assert arrays.numbers(table, "x").tolist() == [-1 if one is None else one for one in values[start:]]


@given(st.lists(st.one_of(st.none(), st.sampled_from(["", "a", "é", "lang genoeg"]))), st.integers(0, 5))
def test_texts_are_those_of_arrow(values, start):
    import pyarrow as pa  # noqa: PLC0415 -- heavy

    coded = pa.array(values, pa.string()).dictionary_encode()
    texts, places = arrays.codes(pa.table({"x": coded}).slice(start), "x")
    assert [texts[one] for one in places] == [one or "" for one in values[start:]]
    assert isinstance(places, np.ndarray)
