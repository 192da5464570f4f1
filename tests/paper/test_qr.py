import pytest
import segno

from driegesprek.paper import qr


def test_quiet_zone_of_four_modules_is_part_of_the_picture():
    size = segno.make("https://a.nl/d/1", error="m", micro=False).symbol_size(border=0)[0]
    assert f'viewBox="0 0 {size + 8} {size + 8}"' in qr.svg("https://a.nl/d/1")
    assert "M4 4h7v1h-7z" in qr.svg("https://a.nl/d/1")  # the corner of the finder pattern


def test_code_is_one_light_path():
    drawn = qr.svg("https://driegesprek.voorbeeldschool.nl/d/000001Zk3vQ8yW1tR5uXn2PqLmA7")
    assert drawn.count("<path") == 1
    assert len(drawn) < 12_000


def test_too_long_an_address_is_refused():
    with pytest.raises(segno.DataOverflowError):
        qr.svg("https://a.nl/" + "x" * 4000)
