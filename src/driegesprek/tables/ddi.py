"""The codebook as DDI-Codebook 2.5 XML, the standard of data archives.

Elements and their order follow the schema of the DDI Alliance (codebook.xsd, version 2.5 of 17 January 2012). The columns
described are those of the text and Parquet files. No counts are in it: how many gave which answer passes the disclosure
gate, not the codebook; so the file can be given away.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from driegesprek.tables.codebook import CODED, Codebook, Kind, Missing, Variable
from driegesprek.tables.wide import WideFile
from driegesprek.tables.wide_labels import chosen_words, reason_word, why_words

NAMESPACE: Final = "ddi:codebook:2_5"
_SCHEMA: Final = "http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_OURS: Final = ("nl", "en")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FILE: Final = "F1"
_KINDS: Final = {Kind.TEXT: "text", Kind.DATE: "datetime", Kind.INTEGER: "numeric", Kind.DECIMAL: "numeric"}


def write_ddi(file: WideFile, path: Path, *, data_name: str, made_on: dt.date) -> None:
    """Write the codebook of a wide file as DDI-Codebook 2.5.

    Args:
        file: whose columns are described.
        path: of the file to write.
        data_name: what the file with the data is called.
        made_on: the day of writing.
    """
    root = _element(None, "codeBook", version="2.5")
    root.set(f"{{{_XSI}}}schemaLocation", f"{NAMESPACE} {_SCHEMA}")
    _document(root, file.codebook, made_on)
    _study(root, file.codebook)
    columns = file.columns()
    _file(root, data_name, len(columns))
    _data(root, file.codebook, set(columns))
    ET.register_namespace("", NAMESPACE)
    ET.register_namespace("xsi", _XSI)
    ET.indent(root, " ")
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _element(parent: ET.Element | None, tag: str, text: str = "", /, **attributes: str) -> ET.Element:
    name = f"{{{NAMESPACE}}}{tag}"
    told = {key: _clean(value) for key, value in attributes.items() if value}
    found = ET.Element(name, told) if parent is None else ET.SubElement(parent, name, told)
    if text:
        found.text = _clean(text)
    return found


def _clean(text: str) -> str:
    """What XML can hold."""
    return _ILLEGAL.sub("\ufffd", text)


def _citation(parent: ET.Element, title: str) -> ET.Element:
    citation = _element(parent, "citation")
    _element(_element(citation, "titlStmt"), "titl", title or "–")
    return citation


def _document(root: ET.Element, codebook: Codebook, made_on: dt.date) -> None:
    citation = _citation(_element(root, "docDscr"), codebook.title)
    production = _element(citation, "prodStmt")
    _element(production, "prodDate", made_on.isoformat(), date=made_on.isoformat())
    _element(production, "software", "Driegesprek")


def _study(root: ET.Element, codebook: Codebook) -> None:
    study = _element(root, "stdyDscr")
    _citation(study, codebook.title)
    if codebook.source:
        _element(_element(study, "stdyInfo"), "abstract", codebook.source)


def _file(root: ET.Element, name: str, columns: int) -> None:
    described = _element(_element(root, "fileDscr", ID=_FILE), "fileTxt")
    _element(described, "fileName", name)
    _element(_element(described, "dimensns"), "varQnty", str(columns))
    _element(described, "fileType", "text/csv; charset=utf-8")


def _data(root: ET.Element, codebook: Codebook, present: set[str]) -> None:
    """Groups of questions with several answers first, as the schema wants, then every column."""
    data = _element(root, "dataDscr")
    numbers = _numbers(codebook, present)
    for variable in codebook.variables:
        members = [numbers[column] for column in variable.columns if column in numbers]
        if variable.kind is Kind.MULTIPLE and members:
            group = _element(
                data,
                "varGrp",
                type="multipleResp",
                name=variable.name,
                var=" ".join(members),
                ID=f"G{members[0]}",
            )
            _labels(group, variable.label)
    for variable in codebook.variables:
        for column in variable.columns:
            if column in numbers:
                _variable(data, variable, column, numbers[column])
        if variable.missing_column in numbers:
            _reasons(data, variable, numbers[variable.missing_column])


def _numbers(codebook: Codebook, present: set[str]) -> dict[str, str]:
    """An ID for every column: names may hold signs that an XML ID cannot."""
    columns = [c for v in codebook.variables for c in (*v.columns, v.missing_column) if c in present]
    return {column: f"V{place}" for place, column in enumerate(columns, 1)}


def _variable(data: ET.Element, variable: Variable, column: str, number: str) -> None:
    found = _element(
        data,
        "var",
        ID=number,
        name=column,
        files=_FILE,
        intrvl="contin" if variable.kind in {Kind.DECIMAL, Kind.DATE} else "discrete",
        measUnit=variable.unit,
        representationType=_KINDS.get(variable.kind, "code"),
    )
    option = _option(variable, column)
    _labels(found, variable.label if option is None else dict(_option_labels(variable, option)))
    for language, words in variable.label.items():
        question = _element(found, "qstn")
        _element(question, "qstnLit", words).set(_LANG, language)
    for code, labels in _categories(variable, option):
        category = _element(found, "catgry")
        _element(category, "catValu", code)
        _labels(category, labels)
    kind = "character" if variable.kind in {Kind.TEXT, *CODED} and option is None else "numeric"
    _element(found, "varFormat", type=kind, category="date" if variable.kind is Kind.DATE else "")


def _option(variable: Variable, column: str) -> str | None:
    """Which option of a question with several answers a column is about."""
    if variable.kind is not Kind.MULTIPLE:
        return None
    return next(code for code in variable.codes if variable.option_column(code) == column)


def _option_labels(variable: Variable, option: str) -> Iterator[tuple[str, str]]:
    labels = next(value.label for value in variable.values if value.code == option)
    if not labels:
        yield _OURS[0], f"{variable.name}: {option}"
    for language, words in labels.items():
        question = variable.label.get(language)
        yield language, f"{question} – {words}" if question else words


def _categories(variable: Variable, option: str | None) -> Iterator[tuple[str, Mapping[str, str]]]:
    if option is not None:
        for place, code in enumerate(("0", "1")):
            yield code, {language: chosen_words(language)[place] for language in _OURS}
        return
    labels = {value.code: value.label for value in variable.values}
    yield from ((code, labels[code]) for code in variable.codes)


def _reasons(data: ET.Element, variable: Variable, number: str) -> None:
    """The column with the reason where there is no value; every code in it is about missing."""
    found = _element(
        data, "var", ID=number, name=variable.missing_column, files=_FILE, representationType="code"
    )
    words = {language: variable.text(language, *variable.label) for language in _OURS}
    _labels(found, {language: f"{text}: {why_words(language)}" for language, text in words.items()})
    for reason in Missing:
        category = _element(found, "catgry", missing="Y", missType=reason.value)
        _element(category, "catValu", reason.value)
        _labels(category, {language: reason_word(reason, language) for language in _OURS})
    _element(found, "varFormat", type="character")


def _labels(parent: ET.Element, labels: Mapping[str, str]) -> None:
    for language, words in labels.items():
        _element(parent, "labl", " ".join(words.split())).set(_LANG, language)
