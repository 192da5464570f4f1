"""The answers of a round with one row per respondent: what is in the file, what never is, and that it is logged."""

import datetime as dt
import json

import pytest
from tests.web import factories

from driegesprek.instruments import read_tables
from driegesprek.tables.codebook import Kind
from driegesprek.tables.wide_files import load_wide
from driegesprek.web.common.audit import System
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.surveys.domain import answer_rows, exporting, respondents, versions
from driegesprek.web.surveys.models import Response, Round, Study

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 21)
NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
FORM = {
    "survey": [
        {"type": "hidden", "name": "pupil_name"},
        {
            "type": "select_one agree",
            "name": "q1",
            "label::nl": "Praat u met ${pupil_name}?",
            "scale": "home",
        },
        {"type": "select_one agree", "name": "q2", "label::nl": "Twee?", "scale": "home", "reverse": "yes"},
        {"type": "select_multiple ways", "name": "how", "label::nl": "Hoe?"},
        {"type": "rank ways", "name": "order", "label::nl": "Wat eerst?"},
        {"type": "integer", "name": "age", "label::nl": "Leeftijd"},
        {"type": "date", "name": "since", "label::nl": "Sinds"},
        {"type": "text", "name": "words", "label::nl": "In uw woorden"},
        {"type": "begin_repeat", "name": "child", "label::nl": "Kind"},
        {"type": "text", "name": "nick", "label::nl": "Bijnaam"},
        {"type": "integer", "name": "years", "label::nl": "Jaren"},
        {"type": "end_repeat"},
    ],
    "choices": [
        {"list_name": "agree", "name": "no", "label::nl": "Nee", "score": "1"},
        {"list_name": "agree", "name": "yes", "label::nl": "Ja", "score": "2"},
        {"list_name": "agree", "name": "dk", "label::nl": "Weet niet", "missing": "dont_know"},
        {"list_name": "ways", "name": "call", "label::nl": "bellen"},
        {"list_name": "ways", "name": "visit", "label::nl": "langs"},
    ],
    "scales": [{"scale": "home", "label::nl": "Thuis", "method": "mean", "minimum": "1"}],
    "levels": [
        {"scale": "home", "from": "1", "level": "low", "label::nl": "Weinig"},
        {"scale": "home", "from": "1.5", "level": "high", "label::nl": "Veel"},
    ],
    "settings": [{"form_title": "Thuis praten", "default_language": "nl"}],
}
PATHS = ["/q1", "/q2", "/how", "/order", "/age", "/since", "/words"]


@pytest.fixture
def world():
    school = factories.make_school()
    return {"school": school, "version": versions.store(school, "home", read_tables(FORM, name="home"))}


def make_round(world, design="pseudonymous", study=None, title="Voor de keuze", opens_on=DAY):
    study = study or Study.objects.create(school=world["school"], design=design)
    return Round.objects.create(
        school=world["school"],
        study=study,
        design=design,
        title={"nl": title},
        opens_on=opens_on,
        closes_on=opens_on + dt.timedelta(days=7),
    )


def answer(world, row, pseudonym, given, *, asked=None, voice="adult", **more):
    """A frozen document, as handing in makes it; None is skipped on purpose, what is absent was never touched."""
    answers = {
        path: {"status": "skipped" if value is None else "given", "value": value}
        for path, value in given.items()
    }
    document = {"answers": answers, "asked": PATHS if asked is None else asked, **more.pop("document", {})}
    group = {"class": "2A", "class_id": "c1", "stratum": "BB", "weight": 2.5, "pupil": "p1", "teacher": "t1"}
    return Response.objects.create(
        school=world["school"],
        round=row,
        voice=voice,
        pseudonym=pseudonym,
        version=world["version"],
        language="nl",
        channel="link",
        group=more.pop("group", group),
        submitted_at=more.pop("at", NOON),
        document=json.dumps(document),
    )


def export(rounds, folder, kind="parquet", **more):
    return exporting.export(
        rounds,
        folder,
        "test",
        kind=kind,
        language="nl",
        made_on=DAY,
        actor=System(rounds[0].school_id),
        **more,
    )


def rows(folder, name="test-adult.parquet"):
    table, codebook = load_wide(folder / name)
    return {row["words"] or str(place): row for place, row in enumerate(table.to_pylist())}, codebook


def test_one_row_per_respondent_with_answers_scores_and_weight(world, tmp_path):
    row = make_round(world)
    given = {"/q1": "yes", "/q2": "no", "/how": ["visit"], "/order": ["visit", "call"], "/age": 41}
    answer(world, row, "a", {**given, "/since": "2020-02-29", "/words": "=een"})
    done = export([row], tmp_path)
    found, codebook = rows(tmp_path)
    one = found["=een"]
    assert (one["q1"], one["q2"], one["age"], one["since"]) == ("yes", "no", 41, dt.date(2020, 2, 29))
    assert (one["how__call"], one["how__visit"]) == (False, True)
    assert (one["order_call"], one["order_visit"]) == (2, 1)
    assert (one["home"], one["home_level"]) == (2.0, "high")
    assert (one["weight"], one["stratum"], one["language"]) == (2.5, "BB", "nl")
    assert codebook.variable("home").text("nl") == "Thuis"
    assert codebook.variable("q1").text("nl") == "Praat u met …?"
    assert done.rows == {"adult": 1}


def test_reasons_for_missing_are_told_apart(world, tmp_path):
    row = make_round(world)
    asked = ["/q1", "/q2", "/how", "/age", "/since", "/words"]
    answer(world, row, "a", {"/q1": "dk", "/how": None, "/age": 41}, asked=asked)
    export([row], tmp_path)
    (one,) = rows(tmp_path)[0].values()
    reasons = {name: one[f"{name}__missing"] for name in ("q1", "q2", "how", "order_call", "age", "since")}
    assert reasons == {
        "q1": "dont_know",
        "q2": "skipped",
        "how": "skipped",
        "order_call": "not_asked",
        "age": None,
        "since": "stopped",
    }
    assert (one["home"], one["home__missing"]) == (None, "skipped")


def test_before_and_after_and_a_family_are_joined_by_ids_of_this_export_only(world, tmp_path):
    before = make_round(world)
    after = make_round(world, study=before.study, title="Na", opens_on=DAY + dt.timedelta(days=90))
    for one in (before, after):
        answer(world, one, "a", {"/words": "x"})
        answer(world, one, "k", {"/words": "y"}, voice="pupil", group={"pupil": "p1"})
    (tmp_path / "again").mkdir()
    export([before, after], tmp_path)
    export([before, after], tmp_path / "again")
    table, _ = load_wide(tmp_path / "test-adult.parquet")
    pupils, _ = load_wide(tmp_path / "test-pupil.parquet")
    again, _ = load_wide(tmp_path / "again/test-adult.parquet")
    assert len(set(table["person"].to_pylist())) == 1
    assert set(table["round"].to_pylist()) == {"2026-11-21", "2027-02-19"}
    assert table["pupil"].to_pylist() == pupils["pupil"].to_pylist()
    assert set(again["person"].to_pylist()).isdisjoint(table["person"].to_pylist())


@pytest.mark.parametrize("design", ["pseudonymous", "anonymous"])
def test_without_names_no_pseudonym_class_moment_or_day_is_in_it(world, tmp_path, design):
    row = make_round(world, design)
    stored = [answer(world, row, f"pseudonym{i}", {"/words": f"w{i}"}) for i in range(12)]
    export([row], tmp_path, kind="csv")
    written = "".join(path.read_text(encoding="utf-8-sig") for path in tmp_path.iterdir())
    assert "2A" not in written
    assert "c1" not in written.split("codebook")[0]
    assert not [one for one in stored if one.pseudonym in written or str(one.pk) in written]
    table, codebook = load_wide(tmp_path / "test-adult.csv")
    assert "handed_in_on" not in table.column_names
    assert not [
        name for name, kind in zip(table.column_names, table.schema.types, strict=True) if "time" in str(kind)
    ]
    assert len(codebook.variable("class").codes) == 1


def test_rows_stand_in_an_order_of_chance(world, tmp_path):
    row = make_round(world)
    for i in range(40):
        answer(world, row, f"p{i:02d}", {"/age": i})
    export([row], tmp_path)
    ages = load_wide(tmp_path / "test-adult.parquet")[0]["age"].to_pylist()
    assert sorted(ages) == list(range(40))
    assert ages != list(range(40))


def test_with_names_the_class_and_the_day_are_told_and_nothing_finer(world, tmp_path):
    row = make_round(world, "named")
    answer(world, row, "a", {"/words": "x"})
    export([row], tmp_path)
    (one,) = rows(tmp_path)[0].values()
    assert (one["class"], one["handed_in_on"]) == ("2A", DAY)


def test_a_repeat_is_a_long_table_of_its_own(world, tmp_path):
    row = make_round(world)
    given = {"/words": "x", "/child[1]/nick": "Bo", "/child[1]/years": 4, "/child[b]/years": 9}
    asked = [*PATHS, "/child[1]/nick", "/child[1]/years", "/child[b]/nick", "/child[b]/years"]
    answer(world, row, "a", given, asked=asked)
    done = export([row], tmp_path)
    assert done.rows == {"adult": 1, "adult-child": 2}
    table, _ = load_wide(tmp_path / "test-adult-child.parquet")
    people, _ = load_wide(tmp_path / "test-adult.parquet")
    found = sorted(table.to_pylist(), key=lambda one: one["instance"])
    assert [(one["nick"], one["years"], one["nick__missing"]) for one in found] == [
        ("Bo", 4, None),
        (None, 9, "skipped"),
    ]
    assert {one["person"] for one in found} == set(people["person"].to_pylist())
    assert "nick" not in people.column_names


def test_only_what_was_handed_in_and_what_was_taken_back_is_gone(world, tmp_path):
    row = make_round(world)
    answer(world, row, "a", {"/words": "x"}, at=None)
    with pytest.raises(exporting.NobodyYetError):
        export([row], tmp_path)
    one = answer(world, row, "b", {"/words": "y"})
    assert export([row], tmp_path).rows == {"adult": 1}
    one.delete()
    with pytest.raises(exporting.NobodyYetError):
        export([row], tmp_path, replace=True)


def test_text_of_a_home_assignment_belongs_to_the_talk(world, tmp_path):
    school_class = factories.make_class(world["school"])
    row = make_round(world, "named")
    row.activity = factories.make_activity(world["school"], [school_class])
    row.save()
    answer(world, row, "a", {"/q1": "yes", "/words": "dit blijft van mij"})
    export([row], tmp_path, kind="csv")
    assert "dit blijft" not in "".join(path.read_text(encoding="utf-8-sig") for path in tmp_path.iterdir())


def test_every_export_is_in_the_log_without_a_name_or_an_answer(world, tmp_path):
    row = make_round(world)
    answer(world, row, "a", {"/words": "x"})
    export([row], tmp_path)
    entry = AuditEntry.objects.get(verb="answers exported")
    assert entry.object_id == row.pk
    assert entry.detail == {"format": "parquet", "design": "pseudonymous", "rows": {"adult": 1}}


def test_nothing_is_written_over_unless_that_is_said(world, tmp_path):
    row = make_round(world)
    answer(world, row, "a", {"/words": "x"})
    export([row], tmp_path)
    with pytest.raises(exporting.ExistsError, match="test-adult"):
        export([row], tmp_path)
    assert AuditEntry.objects.filter(verb="answers exported").count() == 1
    export([row], tmp_path, replace=True)


@pytest.mark.parametrize("kind", ["sav", "csv", "xlsx", "ddi"])
def test_every_format_can_be_made(world, tmp_path, kind):
    row = make_round(world)
    for i in range(3):
        answer(world, row, f"p{i}", {"/q1": "yes", "/how": ["call"], "/age": 30 + i, "/words": "=1+1"})
    done = export([row], tmp_path, kind=kind)
    assert all(path.stat().st_size for path in done.files)
    if kind != "ddi":
        table, codebook = load_wide(done.files[0])
        assert sorted(table["age"].to_pylist()) == [30, 31, 32]
        assert codebook.variable("how").kind is Kind.MULTIPLE
        assert table["words"].to_pylist() == ["=1+1"] * 3


def test_rounds_are_found_by_id_and_by_a_part_of_the_title(world):
    one, other = make_round(world), make_round(world, title="Na de KEUZE")
    assert list(exporting.find(str(one.pk))) == [one]
    assert set(exporting.find("keuze")) == {one, other}
    assert list(exporting.find("voor de")) == [one]
    assert not exporting.find("")
    assert not exporting.find("niets")


@pytest.mark.parametrize("kind", ["csv", "sav", "parquet"])
def test_many_rows_that_come_in_chunks_are_the_rows_that_come_at_once(world, tmp_path, monkeypatch, kind):
    row = make_round(world)
    for i in range(7):
        given = {"/q1": ("yes", "no", "dk", "odd")[i % 4], "/how": ["call"] if i % 2 else None, "/age": i}
        answer(
            world, row, f"p{i}", given | ({"/words": f"tekst {i}", "/since": "2020-01-01"} if i > 2 else {})
        )
    found = []
    for name, chunk, group in (("once", 1_000, 16_000), ("parts", 2, 4)):
        monkeypatch.setattr(respondents, "CHUNK", chunk)
        monkeypatch.setattr(answer_rows, "GROUP", group)
        (tmp_path / name).mkdir()
        export([row], tmp_path / name, kind)
        table = load_wide(tmp_path / name / f"test-adult.{kind}")[0]
        unkeyed = [
            {key: value for key, value in one.items() if key not in {"person", "pupil", "teacher", "class"}}
            for one in table.to_pylist()
        ]
        found.append(sorted(unkeyed, key=lambda one: one["age"]))
    assert found[0] == found[1]
    assert [one["q1__missing"] for one in found[0]][2:4] == ["dont_know", "invalid"]
