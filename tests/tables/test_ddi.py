"""The codebook as DDI-Codebook 2.5.

The order and the attributes below are those of the DDI Alliance's codebook.xsd (2.5, 2012-01-17) for the elements that are
used; the schema itself is under the LGPL and is not copied into this project. Where DRIEGESPREK_DDI_SCHEMA names it, with
the three schemas that it imports beside it, files are validated against it.
"""

import datetime as dt
import os
import re

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tests.tables.wide_samples import DAY, codebook, table, wide

from driegesprek.tables.ddi import write_ddi
from driegesprek.tables.wide import of_table

SCHEMA = os.environ.get("DRIEGESPREK_DDI_SCHEMA", "")
NS = "{ddi:codebook:2_5}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OF_VAR = """location labl imputation security embargo respUnit anlysUnit qstn valrng invalrng undocCod universe TotlResp
    sumStat txt stdCatgry catgryGrp catgry codInstr verStmt concept derivation varFormat geoMap catLevel notes"""
ORDER = {  # element: its children in the order of the schema
    "codeBook": ["docDscr", "stdyDscr", "fileDscr", "dataDscr", "otherMat"],
    "docDscr": ["citation", "guide", "docStatus", "docSrc", "notes"],
    "stdyDscr": ["citation", "studyAuthorization", "stdyInfo", "studyDevelopment", "method", "dataAccs"],
    "citation": ["titlStmt", "rspStmt", "prodStmt", "distStmt", "serStmt", "verStmt", "biblCit", "holdings"],
    "titlStmt": ["titl", "subTitl", "altTitl", "parTitl", "IDNo"],
    "prodStmt": ["producer", "copyright", "prodDate", "prodPlac", "software", "fundAg", "grantNo"],
    "stdyInfo": ["studyBudget", "subject", "abstract", "sumDscr"],
    "fileDscr": ["fileTxt", "locMap", "notes"],
    "fileTxt": [
        "fileName",
        "fileCitation",
        "dataFingerprint",
        "fileCont",
        "fileStrc",
        "dimensns",
        "fileType",
        "format",
    ],
    "dimensns": ["caseQnty", "varQnty", "logRecL", "recPrCas", "recNumTot"],
    "dataDscr": ["varGrp", "nCubeGrp", "var", "nCube", "notes"],
    "varGrp": ["labl", "txt", "concept", "defntn", "universe", "notes"],
    "var": re.findall(r"\w+", OF_VAR),
    "qstn": ["preQTxt", "qstnLit", "postQTxt", "forward", "backward", "ivuInstr"],
    "catgry": ["catValu", "labl", "txt", "catStat", "mrow"],
}
ATTRIBUTES = {
    "codeBook": {"version"},
    "prodDate": {"date"},
    "fileDscr": {"ID"},
    "varGrp": {"ID", "type", "name", "var"},
    "var": {"ID", "name", "files", "intrvl", "measUnit", "representationType"},
    "catgry": {"missing", "missType"},
    "varFormat": {"type", "category"},
}
ALLOWED = {
    ("varGrp", "type"): {"multipleResp"},
    ("var", "intrvl"): {"contin", "discrete"},
    ("var", "representationType"): {"text", "numeric", "code", "datetime"},
    ("catgry", "missing"): {"Y", "N"},
    ("varFormat", "type"): {"character", "numeric"},
    ("varFormat", "category"): {"date", "time", "currency", "other"},
}


def check(root):
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    assert len(set(ids)) == len(ids)
    for element in root.iter():
        tag = element.tag.removeprefix(NS)
        children = [child.tag.removeprefix(NS) for child in element]
        places = [ORDER[tag].index(child) for child in children]
        assert places == sorted(places), tag
        known = ATTRIBUTES.get(tag, set())
        for name, value in element.attrib.items():
            assert (
                name in known
                or name == LANG
                or name.startswith("{http://www.w3.org/2001/XMLSchema-instance}")
            )
            assert value in ALLOWED.get((tag, name), {value})
        for reference in (element.get("var", ""), element.get("files", "")):
            assert set(reference.split()) <= set(ids)
    assert root.tag == f"{NS}codeBook"
    assert len(root.findall(f"{NS}stdyDscr")) == 1
    assert all(citation.find(f"{NS}titlStmt/{NS}titl").text for citation in root.iter(f"{NS}citation"))


@pytest.fixture
def written(tmp_path):
    write_ddi(of_table(table(), codebook()), tmp_path / "a.xml", data_name="round.csv", made_on=DAY)
    return etree.parse(tmp_path / "a.xml").getroot()


def test_elements_stand_in_the_order_of_the_standard(written):
    check(written)


def test_every_column_is_described_with_its_labels_in_all_languages(written):
    variables = {one.get("name"): one for one in written.iter(f"{NS}var")}
    assert list(variables) == table().column_names
    informed = variables["informed"]
    assert {one.get(LANG): one.text for one in informed.findall(f"{NS}labl")} == {
        "nl": "Weet u het?",
        "en": "Do you know?",
    }
    codes = [one.findtext(f"{NS}catValu") for one in informed.findall(f"{NS}catgry")]
    assert codes == ["yes", "no"]
    assert variables["age"].get("measUnit") == "jaar"
    assert variables["day"].find(f"{NS}varFormat").get("category") == "date"


def test_reasons_are_categories_of_missing_and_options_a_group(written):
    variables = {one.get("name"): one for one in written.iter(f"{NS}var")}
    reasons = variables["informed__missing"].findall(f"{NS}catgry")
    assert {one.get("missing") for one in reasons} == {"Y"}
    assert reasons[2].get("missType") == "dont_know"
    group = written.find(f".//{NS}varGrp")
    members = [variables["how__call"].get("ID"), variables["how__visit"].get("ID")]
    assert (group.get("type"), group.get("var").split()) == ("multipleResp", members)


def test_no_count_of_respondents_or_answers_is_in_it(written):
    tags = {element.tag.removeprefix(NS) for element in written.iter()}
    assert not tags & {"caseQnty", "catStat", "sumStat", "TotlResp"}


@pytest.mark.skipif(not SCHEMA, reason="DRIEGESPREK_DDI_SCHEMA names no codebook.xsd of the DDI Alliance")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wide())
def test_the_schema_of_the_ddi_alliance_takes_it(tmp_path_factory, sample):
    path = tmp_path_factory.mktemp("ddi") / "a.xml"
    write_ddi(of_table(*sample), path, data_name="a.csv", made_on=DAY)
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    assert schema.validate(etree.parse(path)), schema.error_log


@settings(max_examples=25, deadline=None)
@given(wide())
def test_any_codebook_gives_well_formed_ddi(tmp_path_factory, sample):
    path = tmp_path_factory.mktemp("ddi") / "a.xml"
    write_ddi(of_table(*sample), path, data_name="a.csv", made_on=dt.date(2026, 1, 1))
    check(etree.parse(path).getroot())
