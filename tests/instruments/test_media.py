"""A form with its pictures, sounds and films: what is missing is told, what cannot be used is refused, nothing bursts."""

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.instruments import bundling

from driegesprek.instruments import FormRefused, is_bundle, media, read, unpacked
from driegesprek.instruments.pictures import LONGEST_SIDE
from driegesprek.instruments.signatures import film_kind, picture_kind
from driegesprek.instruments.unusable import Unusable

IMAGE, AUDIO, VIDEO = media.Role.IMAGE, media.Role.AUDIO, media.Role.VIDEO


@pytest.fixture(scope="module")
def form():
    return read(bundling.FORM.encode(), name="dieren")


def test_a_zip_gives_its_form_and_its_files_by_their_bare_names():
    data = bundling.zipped({"dier.png": b"x", "sub/hond.jpg": b"y"})
    found = unpacked(data, name="dieren.zip")
    assert is_bundle(data)
    assert (found.name, found.data.decode()) == ("dieren", bundling.FORM)
    assert found.files == {"dier.png": b"x", "hond.jpg": b"y"}


def test_a_csv_among_the_media_is_not_taken_for_the_form():
    data = bundling.zipped({"schools.csv": b"name,label\na,A\n"}, folder="media/")
    assert unpacked(data, name="x.zip").name == "dieren"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bundling.zipped({"a.png": b"x"}, form=None), "bundle_none"),
        (bundling.zipped({"other.md": b"x"}, folder=""), "bundle_several"),
        (bundling.zipped({"a.png": b"x", "b/A.png": b"y"}), "bundle_twice"),
        (bundling.zipped({"a.png": b"x"})[:-30], "file_refused"),
    ],
)
def test_a_zip_without_one_form_is_refused_in_one_sentence(data, code):
    with pytest.raises(FormRefused) as refused:
        unpacked(data, name="x.zip")
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.text("nl")
    assert problem.text("en")


def test_a_workbook_is_no_bundle(tmp_path):
    from openpyxl import Workbook  # noqa: PLC0415 -- heavy

    Workbook().save(tmp_path / "form.xlsx")
    assert not is_bundle((tmp_path / "form.xlsx").read_bytes())
    assert not is_bundle(b"| survey |")
    assert not is_bundle(b"PK\x03\x04broken")


def test_each_file_that_is_named_is_known_with_its_language_and_place(form):
    found = [(one.file, one.role, one.sheet, one.name, one.language) for one in media.uses(form)]
    assert found == [
        ("dier.png", IMAGE, "survey", "animal", "nl"),
        ("animal.png", IMAGE, "survey", "animal", "en"),
        ("dier.mp3", AUDIO, "survey", "animal", "nl"),
        ("dier.mp4", VIDEO, "survey", "animal", "nl"),
        ("Hond.JPG", IMAGE, "choices", "dog", "nl"),
    ]
    assert not media.uses(form, drawn={one[0] for one in found})


def test_what_is_missing_and_what_is_not_used_is_told(form):
    told = media.remarks(media.uses(form), ["dier.png", "HOND.jpg", "dier.mp4", "spare.png", "schools.csv"])
    assert [(one.code, one.details["file"]) for one in told] == [
        ("media_missing", "animal.png"),
        ("media_missing", "dier.mp3"),
        ("media_unused", "spare.png"),
    ]
    assert told[0].text("nl").startswith("blad survey, kolom media::image::en: Het bestand 'animal.png'")


def test_names_are_alike_whatever_the_case_and_the_computer(form):
    (use, *_) = media.uses(form)
    name = unicodedata.normalize("NFD", "Café.png")
    wanted = [media.Use("café.PNG", use.role, "survey", "q", "")]
    assert media.missing(wanted, [name]) == ()


def test_usable_files_are_kept_under_the_names_of_the_form(form):
    found, problems = media.checked(media.uses(form), bundling.media() | {"spare.png": b"whatever"})
    kept = {one.name: one for one in found}
    assert problems == ()
    assert {name: one.kind for name, one in kept.items()} == {
        "dier.png": "image/png",
        "animal.png": "image/png",
        "Hond.JPG": "image/jpeg",
        "dier.mp3": "audio/mpeg",
        "dier.mp4": "video/mp4",
    }
    assert (kept["Hond.JPG"].width, kept["Hond.JPG"].height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert (kept["dier.png"].width, kept["dier.png"].height) == (40, 30)


@pytest.mark.parametrize(
    ("data", "roles", "code"),
    [
        (b"", {IMAGE}, "media_empty"),
        (bundling.SVG, {IMAGE}, "media_svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", {IMAGE}, "media_svg"),
        (b"<html><script>", {IMAGE}, "media_kind"),
        (b"GIF89a" + bytes(20), {IMAGE}, "media_damaged"),
        (bundling.picture()[:60], {IMAGE}, "media_damaged"),
        (bundling.bomb(), {IMAGE}, "media_pixels"),
        (bundling.bomb(6_000, 6_000), {IMAGE}, "media_damaged"),
        (b"\xff\xd8\xff" + bytes(10_000_001), {IMAGE}, "media_too_large"),
        (bundling.picture(), {AUDIO}, "media_kind"),
        (bundling.MP3, {VIDEO}, "media_kind"),
        (bundling.MP3, {IMAGE, AUDIO}, "media_kind"),
    ],
)
def test_what_cannot_be_shown_is_refused_and_said(data, roles, code):
    with pytest.raises(Unusable) as refused:
        media.medium("a.png", data, roles)
    assert refused.value.code == code


def test_every_reason_is_a_problem_that_names_the_file(form):
    _, problems = media.checked(media.uses(form), {"dier.png": bundling.SVG, "dier.mp3": b"no sound"})
    assert [(one.code, one.details["file"]) for one in problems] == [
        ("media_svg", "dier.png"),
        ("media_kind", "dier.mp3"),
    ]
    assert "'dier.png'" in problems[0].text("nl")


def test_a_picture_is_written_anew_without_what_the_camera_told_and_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretCamera"
    found = media.medium("a.jpg", bundling.picture("JPEG", size=(40, 20), exif=exif.tobytes()), {IMAGE})
    assert (found.width, found.height) == (20, 40)
    assert b"SecretCamera" not in found.data


def test_of_a_moving_picture_one_image_is_kept():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    found = media.medium("a.gif", written.getvalue(), {IMAGE})
    assert found.kind == "image/png"
    assert getattr(Image.open(io.BytesIO(found.data)), "n_frames", 1) == 1


def test_kinds_are_known_by_content():
    assert picture_kind(b"RIFF\x24\x00\x00\x00WEBPVP8 ") == "image/webp"
    assert picture_kind(b"RIFF\x24\x00\x00\x00WAVEfmt ") == ""
    assert film_kind(b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + bytes(50)) == "video/webm"
    assert film_kind(b"OggS") == "video/ogg"


@given(
    start=st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", bundling.picture()[:50]]),
    rest=st.binary(max_size=300),
)
def test_no_bytes_whatever_make_a_picture_crash(start, rest):
    try:
        found = media.medium("a.png", start + rest, {IMAGE})
    except Unusable:
        return
    assert found.width > 0
