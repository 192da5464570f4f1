import json

from tests.paper import samples

from driegesprek.paper.batch import as_data, groups_of_five


def test_a_picture_that_returns_is_sent_once():
    data = as_data([samples.sheet("nl", 1), samples.sheet("ar", 2)], title="Bladen")
    assert len(data["pictures"]) == 20
    assert data["items"][0]["back"]["steps"][0]["qualities"][3]["picture"] == 3


def test_data_is_ready_for_json():
    for item in (samples.sheet, samples.card, samples.agreements, samples.letter):
        assert json.loads(json.dumps(as_data([item("ar")], title="x")))["items"]


def test_code_is_grouped_however_it_came():
    assert (
        groups_of_five("K7PTM4QXRD")
        == groups_of_five("K7PTM 4QXRD")
        == groups_of_five("K7P-TM4-QXRD")
        == "K7PTM 4QXRD"
    )


def test_what_was_typed_keeps_its_own_direction():
    rows = as_data([samples.agreements("nl")], title="x")["items"][0]["rows"]
    assert [row["what"]["direction"] for row in rows] == ["ltr", "ltr", "rtl"]
