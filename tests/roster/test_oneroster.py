"""OneRoster 1.1 and 1.2, as folder, zip or files."""

import io
import zipfile
from datetime import date

import pytest
from tests.roster.lists import TODAY, exported, exported_1_2

from driegesprek import roster, tables
from driegesprek.roster import RosterBond, RosterClass, RosterEnrolment


def read(files, **kwargs):
    return roster.read_path_or_bytes(files, name="export", today=TODAY, **kwargs)


def refused(files, **kwargs):
    with pytest.raises(tables.FileRefused) as refusal:
        read(files, **kwargs)
    return refusal.value.problems


def zipped(files, folder=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("files", [exported(), exported_1_2()], ids=["1.1", "1.2"])
def test_both_versions_give_the_same_school(files):
    people = read(files)
    anna, bo = people.pupils
    assert (anna.name, anna.birth_date, anna.class_external_id, anna.year_group) == (
        "Anna de Bakker", date(2013, 4, 3), "c2a", 2,
    )  # fmt: skip
    assert bo.class_external_id == "c3h"
    assert people.classes[0] == RosterClass("c2a", "2A", 2, None, ("t1",), "s1")
    assert people.school_year == "2026/2027"
    assert [location.name for location in people.locations] == ["De Brug", "De Haven"]
    assert people.enrolments[0] == RosterEnrolment("p1", "c2a", date(2026, 8, 24))
    assert people.bonds == (RosterBond("p1", "m1", "parent"), RosterBond("p1", "v1", "guardian"))
    assert [(member.external_id, member.role) for member in people.staff] == [
        ("t1", "mentor"),
        ("t2", "mentor"),
    ]


@pytest.mark.parametrize("files", [exported(), exported_1_2()], ids=["1.1", "1.2"])
def test_a_guardian_whose_account_is_off_is_still_a_guardian(files):
    fatma, ali = read(files).adults
    assert (fatma.name, fatma.mobile, fatma.enabled) == ("Fatma Yılmaz", "+31612345678", False)
    assert (ali.name, ali.phone, ali.prefix) == ("Ali van der Vries", "+31104123456", "van der")


def test_teaching_groups_and_past_classes_are_left_out_and_that_is_said():
    people = read(exported())
    assert [each.name for each in people.classes] == ["2A", "3H"]
    assert {"left_out_groups", "several_schools"} <= {note.code for note in people.notes}


def test_a_zip_with_or_without_a_folder_and_a_folder_on_disk_are_the_same(tmp_path):
    files = exported()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    expected = read(files).pupils
    assert read(zipped(files)).pupils == expected
    assert read(zipped(files, "export/")).pupils == expected
    assert roster.read_path_or_bytes(tmp_path, today=TODAY).pupils == expected
    (tmp_path / "export.zip").write_bytes(zipped(files))
    assert roster.read_path_or_bytes(tmp_path / "export.zip", today=TODAY).pupils == expected


def test_recognising_names_the_version_and_the_schools():
    found = roster.recognise(exported_1_2())
    assert (found.kind, found.version) == ("oneroster", "1.2")
    assert [school.name for school in found.schools] == ["De Brug", "De Haven"]


@pytest.mark.parametrize("school", ["De Haven", "de haven", "s2", "34CD"])
def test_one_school_of_several_can_be_chosen(school):
    people = read(exported(), school=school)
    assert [pupil.external_id for pupil in people.pupils] == ["p2"]
    assert [each.external_id for each in people.classes] == ["c3h"]
    assert not people.adults
    assert [location.external_id for location in people.locations] == ["s2"]


def test_the_board_of_the_schools_stands_for_all_of_them():
    assert len(read(exported(), school="Bestuur").pupils) == 2


def test_an_unknown_school_is_refused_with_the_known_ones():
    (problem,) = refused(exported(), school="De Kade")
    assert "De Brug" in problem.text("nl")


def test_what_is_to_be_deleted_is_left_out_with_what_refers_to_it():
    users = exported()["users.csv"].decode().replace("p2,,,", "p2,tobedeleted,2026-11-01,")
    people = read(exported(users=users))
    assert [pupil.external_id for pupil in people.pupils] == ["p1"]
    assert {each.pupil_external_id for each in people.enrolments} == {"p1"}


def test_headings_in_another_case_are_read():
    files = exported()
    lowered = {
        name: data.split(b"\n", 1)[0].lower() + b"\n" + data.split(b"\n", 1)[1]
        for name, data in files.items()
    }
    assert read(lowered).pupils == read(files).pupils


def test_an_enrolment_to_an_unknown_class_or_user_is_named():
    text = (
        exported()["enrollments.csv"].decode() + "e8,,,nope,s1,p1,student,,,\ne9,,,c2a,s1,ghost,student,,,\n"
    )
    problems = refused(exported(enrollments=text))
    assert [(each.code, each.file, each.row, each.column) for each in problems] == [
        ("unknown_reference", "enrollments.csv", 8, "classSourcedId"),
        ("unknown_reference", "enrollments.csv", 9, "userSourcedId"),
    ]


def test_dirty_users_are_all_named_at_once():
    text = exported()["users.csv"].decode()
    text += "p1,,,true,s1,student,x,,Twee,Keer,,,,,,,2,\np9,,,true,s1,student,x,,,Leeg,,,geen mail,,,,2,\n"
    demographics = exported()["demographics.csv"].decode() + "p2,,,2013-02-31,\np9,,,1986-01-01,\n"
    found = {
        (each.code, each.file, each.row) for each in refused(exported(users=text, demographics=demographics))
    }
    assert found == {
        ("duplicate_id", "users.csv", 8), ("missing_cell", "users.csv", 9), ("bad_email", "users.csv", 9),
        ("bad_date", "demographics.csv", 3), ("implausible_birth", "demographics.csv", 4),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"manifest": "propertyName,value\nfile.users,delta\n"}, "delta"),
        ({"manifest": "propertyName,value\noneroster.version,2.0\n"}, "unknown_version"),
        ({"manifest": "propertyName,value\nfile.roles,bulk\n"}, "missing_file"),
        ({"classes": None, "manifest": None}, "missing_file"),
        ({"users": "sourcedId,givenName\np1,Anna\n"}, "missing_column"),
        ({"users": "sourcedId,sourcedId\np1,Anna\n"}, "duplicate_heading"),
        ({"orgs": "sourcedId,name,type\ns9,x,school\n"}, "unknown_reference"),
    ],
)
def test_an_export_that_cannot_be_used_says_why(changes, code):
    problems = refused(exported(**changes))
    assert code in {problem.code for problem in problems}
    for problem in problems:
        assert "{" not in problem.text("nl") + problem.text("en")


def test_a_file_that_the_manifest_calls_absent_is_not_read():
    manifest = (
        exported()["manifest.csv"].decode().replace("file.demographics,bulk", "file.demographics,absent")
    )
    people = read(exported(manifest=manifest, demographics="not,even\na,table,at,all\n"))
    assert people.pupils[0].birth_date is None
    assert "birth_date" not in people.known["pupils"]


def test_without_a_manifest_the_files_speak_for_themselves():
    assert read(exported(manifest=None)).pupils == read(exported()).pupils


def test_two_exports_in_one_zip_are_refused():
    files = {f"{folder}/{name}": data for folder in "ab" for name, data in exported().items()}
    assert refused(zipped(files))[0].code == "several_sets"


def test_without_home_classes_the_first_group_is_taken_and_noted():
    classes = exported()["classes.csv"].decode().replace("homeroom", "scheduled")
    people = read(exported(classes=classes))
    assert [pupil.class_external_id for pupil in people.pupils] == ["c2a", "c3h"]
    assert "several_classes" in {note.code for note in people.notes}


def test_a_parent_who_is_not_in_the_export_is_noted():
    users = exported()["users.csv"].decode().replace("m1,v1", "m1,weg")
    people = read(exported(users=users))
    assert "absent_agents" in {note.code for note in people.notes}


def test_the_only_teacher_of_a_home_class_is_taken_for_its_mentor_and_noted():
    enrollments = exported()["enrollments.csv"].decode().replace("teacher,true", "teacher,")
    people = read(exported(enrollments=enrollments))
    assert people.classes[0].mentor_external_ids == ("t1",)
    assert "guessed_mentor" in {note.code for note in people.notes}


def test_a_zip_of_something_else_is_refused(tmp_path):
    assert refused(zipped({"a.csv": b"a,b\n1,2\n", "b.csv": b"a,b\n1,2\n"}))[0].code == "not_a_roster"
    assert refused(zipped({"foto.png": b"x"}))[0].code == "unknown_kind"
    (tmp_path / "leeg").mkdir()
    with pytest.raises(tables.FileRefused):
        roster.read_path_or_bytes(tmp_path / "leeg", today=TODAY)
    with pytest.raises(tables.FileRefused):
        roster.read_path_or_bytes(tmp_path / "weg.csv", today=TODAY)


def test_an_export_is_found_in_a_folder_within_a_folder(tmp_path):
    deep = tmp_path / "levering" / "data" / "bulk"
    deep.mkdir(parents=True)
    (tmp_path / "LEESMIJ.txt").write_text("Zie data/bulk.")
    for name, content in exported().items():
        (deep / name).write_bytes(content)
    assert roster.read_path_or_bytes(tmp_path, today=TODAY).pupils == read(exported()).pupils
    (tmp_path / "oud").mkdir()
    for name, content in exported().items():
        (tmp_path / "oud" / name).write_bytes(content)
    with pytest.raises(tables.FileRefused) as refusal:
        roster.read_path_or_bytes(tmp_path, today=TODAY)
    assert [problem.code for problem in refusal.value.problems] == ["several_sets"]


def test_a_list_of_ids_may_be_long_but_a_name_may_not():
    several = ",".join(["m1", "v1", *(f"x{number}" for number in range(200))])
    users = exported()["users.csv"].decode()
    people = read(exported(users=users.replace('"m1,v1"', f'"{several}"')))
    assert len(people.bonds) == 2
    assert [each.code for each in refused(exported(users=users.replace("Anna", "A" * 300)))] == ["too_long"]


@pytest.mark.shared
def test_the_sample_of_oat_sa_is_read(shared):
    folder = shared / "data/roster/oneroster/data/samples/OneRosterv1p1BaseCSV"
    people = roster.read_path_or_bytes(folder, today=TODAY)
    assert [pupil.external_id for pupil in people.pupils] == ["user1", "user2"]
    assert [each.external_id for each in people.classes] == ["class1", "class2", "class3"]
    assert len(people.enrolments) == 3
