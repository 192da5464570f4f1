"""Files that ask questions but are no XLSForm: one clear sentence each."""

import io
import zipfile

import pytest

from driegesprek.instruments import FormRefused, read

FORMR = "type,name,label,showif,choice1,choice2,optional\nmc,q1,Hoe?,,Ja,Nee,\ntext,q2,Wat?,q1 == 1,,,*\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (FORMR.encode(), "near_formr"),
        (b"type,name,label\nmc_button 1,q1,Hoe?\nrating_button 1,q2,Wat?\n", "near_formr"),
        (
            b"<?xml version='1.0'?>\n<document>\n <LimeSurveyDocType>Survey</LimeSurveyDocType>",
            "near_limesurvey",
        ),
        (
            b"id\trelated_id\tclass\ttype/scale\tname\trelevance\ttext\n1\t\tS\t\tsid\t1\tx\n",
            "near_limesurvey",
        ),
        (b"Variable / Field Name,Form Name,Field Type,Field Label\nq,f,text,Q\n", "near_redcap"),
        (b'{"SurveyEntry":{"SurveyID":"SV_1"}}', "near_qualtrics"),
        (b'{"title":"x","pages":[{"name":"p"}]}', "near_surveyjs"),
        (b'<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms"></h:html>', "near_xform"),
        (b"%PDF-1.7 ...", "near_pdf"),
        (b"<!DOCTYPE html><html><body>Form</body></html>", "near_html"),
        (b"<?xml version='1.0'?><questions/>", "near_xml"),
        (b'[{"type": "text"}]', "near_json"),
        (b"$FL2@(#) SPSS DATA FILE", "near_sav"),
    ],
)
def test_a_near_miss_is_refused_in_one_sentence(data, code):
    with pytest.raises(FormRefused) as refusal:
        read(data, name="near")
    (problem,) = refusal.value.problems
    assert problem.code == code
    for language in ("nl", "en"):
        assert problem.text(language).count(". ") == 0
        assert "XLSForm" in problem.text(language)


@pytest.mark.parametrize(
    ("part", "code"),
    [("word/document.xml", "near_word"), ("content.xml", "near_ods"), ("survey_1.lss", "near_limesurvey")],
)
def test_a_zip_of_another_program_is_told_by_its_parts(part, code):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as parts:
        parts.writestr(part, "<x/>")
    with pytest.raises(FormRefused) as refusal:
        read(data.getvalue(), name="near")
    assert [one.code for one in refusal.value.problems] == [code]


@pytest.mark.shared
def test_real_limesurvey_files_are_told(shared):
    files = sorted((shared / "data" / "limesurvey").glob("*.lss"))
    assert files
    for file in files:
        with pytest.raises(FormRefused) as refusal:
            read(file, name=file.stem)
        assert [one.code for one in refusal.value.problems] == ["near_limesurvey"]
