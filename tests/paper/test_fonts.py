import csv
from pathlib import Path

from fontTools.ttLib import TTFont

from driegesprek.paper import fonts
from driegesprek.paper.printable import unprintable

FILES = sorted(fonts.FOLDER.glob("*.ttf"))
CONTENT = Path(fonts.__file__).parents[1] / "content"


def test_coverage_is_that_of_the_fonts():
    points = set().union(*(TTFont(path).getBestCmap() for path in FILES))
    assert points == fonts.covered()


def test_templates_and_fonts_name_the_same_families():
    found = {TTFont(path)["name"].getBestFamilyName() for path in FILES}
    assert found == {*fonts.FAMILIES, fonts.CODE_FAMILY}
    base = (Path(fonts.__file__).parent / "templates" / "base.typ").read_text("utf-8")
    assert all(f'"{family}"' in base for family in found)


def test_fonts_are_small_enough_to_ship():
    assert sum(path.stat().st_size for path in FILES) < 1_500_000


def test_every_font_has_its_licence_beside_it():
    licences = "".join(
        path.read_text("utf-8") for path in fonts.FOLDER.glob("*.txt") if path.stem != "coverage"
    )
    assert all(family in licences for family in (*fonts.FAMILIES, fonts.CODE_FAMILY))


def test_all_our_texts_for_families_can_be_printed():
    tables = [*(CONTENT / "texts").glob("*.csv"), *(CONTENT / "translations").rglob("*.csv")]
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as file:
            missing = {letter for row in csv.reader(file) for cell in row for letter in unprintable(cell)}
        assert not missing, path.name
