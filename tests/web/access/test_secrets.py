from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from driegesprek.web.access import secrets

keys = st.uuids(version=4)


@given(keys, st.integers(1, 50))
def test_a_link_has_at_least_128_bits_and_is_the_same_when_printed_again(key, generation):
    secret = secrets.link_secret(key, generation)
    assert len(secret) * 5 >= 128
    assert secret == secrets.link_secret(UUID(str(key)), generation)


@given(keys)
def test_another_generation_gives_another_link_and_code(key):
    assert secrets.link_secret(key, 1) != secrets.link_secret(key, 2)
    assert secrets.code(key, 1) != secrets.code(key, 2)


@given(keys)
def test_a_code_has_two_groups_of_five_without_look_alikes(key):
    first, second = secrets.in_groups(secrets.code(key, 1)).split(" ")
    assert len(first) == len(second) == 5
    assert not set(first + second) & set("0O1IL2Z5S8BUV")


@given(keys, st.sampled_from([" ", "-", "", " - ", "\t"]), st.booleans())
def test_a_code_is_understood_however_it_is_typed(key, between, lower):
    code = secrets.code(key, 1)
    typed = f" {code[:5]}{between}{code[5:]} "
    assert secrets.normal_code(typed.lower() if lower else typed) == code


@given(st.text(max_size=30))
def test_what_cannot_be_a_code_is_none(typed):
    normal = secrets.normal_code(typed)
    assert normal == "" or (len(normal) == 10 and set(normal) <= set(secrets.ALPHABET))


def test_the_index_of_a_code_does_not_hold_the_code():
    code = secrets.code(UUID(int=1), 1)
    assert code.lower() not in secrets.index("code", code).lower()
