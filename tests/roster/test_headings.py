"""Headings are recognised as schools write them; a mapping is plain JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driegesprek.roster import FIELDS, ColumnMapping, suggest_mapping
from driegesprek.roster.headings import recognised


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Stamnummer", "pupil.id"), ("LLNR", "pupil.id"), ("Lln.nr.", "pupil.id"), ("Leerlingnummer", "pupil.id"),
        ("Voornaam", "pupil.given_name"), ("roepnaam leerling", "pupil.given_name"),
        ("Tussenvoegsel(s)", "pupil.prefix"), ("Voorvoegsel", "pupil.prefix"), ("Naam", "pupil.name"),
        ("Volledige naam", "pupil.name"), ("Stamklas", "class.name"), ("Klas (2026-2027)", "class.name"),
        ("Groep", "class.name"), ("Niveau", "class.track"), ("Studie", "class.track"), ("Mentor", "class.mentor"),
        ("E-mail mentor", "class.mentor_email"), ("Mentorcode", "class.mentor_code"),
        ("Geb.datum", "pupil.birth_date"), ("Thuistaal", "pupil.language"), ("Emailadres", "pupil.email"),
        ("Verzorger 1 naam", "verzorger-1.name"), ("Verzorger1Mobiel", "verzorger-1.mobile"),
        ("verzorger_2_e-mailadres", "verzorger-2.email"), ("Ouder/verzorger 1 taal", "verzorger-1.language"),
        ("1e verzorger achternaam", "verzorger-1.family_name"), ("Naam ouder 2", "verzorger-2.name"),
        ("Ouder 1", "verzorger-1.name"), ("V1 mobiel", "verzorger-1.mobile"), ("Moeder", "moeder.name"),
        ("E-mail vader", "vader.email"), ("Postcode verzorger 1", "verzorger-1.postcode"),
        ("Contact toegestaan verzorger 2", "verzorger-2.contact_allowed"), ("Gezag", "adults.authority"),
        ("Ouderlijk gezag moeder", "moeder.authority"), ("Voogd telefoon", "voogd.phone"),
        ("Huishouden verzorger 2", "verzorger-2.household"), ("Contact toegestaan", "adults.contact_allowed"),
        ("Mobiel (verzorger 1)", "verzorger-1.mobile"), ("E-mail (ouder 2)", "verzorger-2.email"),
        ("Naam (moeder)", "moeder.name"), ("Mobiel (verplicht)", "pupil.mobile"), ("stam_nummer", "pupil.id"),
        ("Geb. dat.", "pupil.birth_date"), ("Ouder A naam", "verzorger-1.name"), ("Ouder B e-mail", "verzorger-2.email"),
        ("Wettelijk vertegenwoordiger 2 naam", "verzorger-2.name"), ("Guardian 2 email", "verzorger-2.email"),
        ("Verzorger 1 wettelijk vertegenwoordiger", "verzorger-1.authority"), ("Guardian phone", "voogd.phone"),
        ("Aanschrijfnaam verz. 1", "verzorger-1.name"), ("Mob. verz. 2", "verzorger-2.mobile"),
        ("Voertaal verz. 1", "verzorger-1.language"), ("Voertaal", "pupil.language"), ("Mob.", "pupil.mobile"),
        ("Spreektaal ouders", "pupil.language"), ("Taal ouder", "verzorger-1.language"),
        ("BSN", None), ("Kluisje", None), ("Verzorger 7 naam", None), ("", None),
    ],
)  # fmt: skip
def test_a_heading_is_recognised(heading, key):
    found = recognised(heading)
    assert (found[0] if found else None) == key


@pytest.mark.parametrize(
    "headings",
    [
        ("Contact 1 Naam", "Contact 1 Mobiel", "Contact 1 Email", "Contact 2 Naam", "Contact 2 Mobiel"),
        ("Ouder/verzorger 1", "Mobiel 1", "E-mail 1", "Ouder/verzorger 2", "Mobiel 2"),
        ("Vertegenwoordiger 1 naam", "1e mobiel", "Mail 1", "Vertegenwoordiger 2", "Mobiel (2)"),
    ],
)
def test_numbered_columns_are_of_the_adult_with_that_number(headings):
    found = dict(suggest_mapping(["Stamnummer", "Naam", "Klas", *headings]).columns)
    keys = [
        "verzorger-1.name",
        "verzorger-1.mobile",
        "verzorger-1.email",
        "verzorger-2.name",
        "verzorger-2.mobile",
    ]
    assert [found.get(one) for one in headings] == keys


def test_a_numbered_column_without_an_adult_of_that_number_stays_as_it_was():
    found = dict(
        suggest_mapping(["Stamnummer", "Naam", "Klas", "Mobiel 1", "Ouder", "Telefoon 2", "Mentor 1"]).columns
    )
    assert found["Mobiel 1"] == "verzorger-1.mobile"
    assert "Telefoon 2" not in found
    assert found["Mentor 1"] == "class.mentor"
    assert dict(suggest_mapping(["Naam", "Mobiel 1"]).columns)["Mobiel 1"] == "pupil.mobile"


def test_the_surest_of_two_headings_gets_the_field():
    mapping = suggest_mapping(["Groep", "Stamklas", "Voornamen", "Roepnaam"])
    assert mapping.columns == (("Stamklas", "class.name"), ("Roepnaam", "pupil.given_name"))
    assert mapping.ignored(["Groep", "Stamklas", "Voornamen", "Roepnaam"]) == ("Groep", "Voornamen")


def test_what_is_missing_is_told_in_labels():
    assert [field.key for field in suggest_mapping(["Roepnaam", "Klas"]).missing] == [
        "pupil.id",
        "pupil.family_name",
    ]
    assert suggest_mapping(["Stamnummer", "Naam", "Klas"]).missing == ()


def test_a_mapping_is_remembered_as_json_and_fits_another_order_and_case():
    stored = json.loads(json.dumps(suggest_mapping(["Stamnummer", "Naam", "Klas"]).as_json()))
    mapping = ColumnMapping.from_json(stored)
    assert mapping.positions(["KLAS", "x", "naam", "stamnummer"]) == {
        "class.name": 0, "pupil.name": 2, "pupil.id": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [{}, {"version": 2, "columns": {}}, {"version": 1, "columns": {"a": "no.field"}}, {"version": 1, "columns": 3},
     {"version": 1, "columns": {"a": "pupil.id", "b": "pupil.id"}}],
)  # fmt: skip
def test_a_mapping_that_makes_no_sense_is_refused(value):
    with pytest.raises(ValueError, match=r"."):
        ColumnMapping.from_json(value)


@given(st.lists(st.text(max_size=20) | st.sampled_from([field.nl for field in FIELDS.values()]), max_size=30))
def test_any_headings_give_a_mapping(headings):
    mapping = suggest_mapping(headings)
    assert ColumnMapping.from_json(mapping.as_json()).columns == tuple(dict(mapping.columns).items())
    assert set(mapping.ignored(headings)) <= set(headings)


def test_every_label_shown_on_the_mapping_page_is_itself_recognised():
    unrecognised = [
        field.nl
        for field in FIELDS.values()
        if (found := recognised(field.nl)) is None or found[0] != field.key
    ]
    assert not unrecognised
