"""The desk in Dutch: complete, well formed, compiled, and no English left on its pages."""

import ast
import copy
import re
import shutil

import lxml.html
import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from tests.web import world as worlds
from tests.web.addresses import all_addresses
from tools import messages

from driegesprek.web.people.models import RosterUpload

# What pages say hangs on no database.
pytestmark = pytest.mark.either_database
CATALOGUE = messages.LOCALE / messages.INSIDE
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
MARKERS = {"_", "lazy", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
SAME_IN_BOTH = {
    "plan",
    "plan:",
    *("atlas", "codes", "contact", "e-mail", "e-mails", "later", "mentor", "menu", "scenario", "school"),
    "rotterdam, mrdh, zuid-holland …",  # names of places
}
# Words that are no Dutch words too ('of', 'is', 'in', 'we', 'was', 'had' are).
ENGLISH_WORDS = """
the and with without your you this that these those for not are has have been from what when where which
who whom whose how all add adult adults again agreed agreement agreements already answer answers back
both bring call cancel card cards change choose class classes come day days delete done download each
erase every everybody family families file files first free given give group held home household keep
language languages line list look made make may minutes month move name new next nobody none note nothing
number one only other others own page parent parents people pick progress pupil pupils question questions
ready remove results save see sheet sheets show shown since staff state steps still take talk talks text
than their them then there they time times to today together told track undo until use used wait weeks
will words would write year yes yesterday yet
"""
ENGLISH = frozenset(ENGLISH_WORDS.split())
KEY = re.compile(r"\(\w+[^\s()]+\)|\{\w+\}")  # which text a recording belongs to, and what is filled in there
FILES = re.compile("export|file|sound")
PAGES_WITHOUT_LOGIN = ("account_login", "account_reset_password")


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


def pairs(entry):
    """English with its Dutch: one pair, or the singular and the plural."""
    if entry.msgid_plural:
        return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]
    return [(entry.msgid, entry.msgstr)]


def all_pairs(catalogue):
    return [pair for entry in catalogue for pair in pairs(entry)]


def test_every_text_of_the_desk_has_its_dutch(catalogue):
    assert len(catalogue) > 500
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []


def test_no_translation_is_a_guess_or_left_over(catalogue):
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []


def test_dutch_keeps_every_placeholder(catalogue):
    wrong = [
        (english, dutch)
        for english, dutch in all_pairs(catalogue)
        if sorted(PLACEHOLDER.findall(english)) != sorted(PLACEHOLDER.findall(dutch))
    ]
    assert wrong == []


def test_dutch_ends_like_the_english(catalogue):
    """A sentence stays a sentence, a label a label: what is put behind it in a template still fits."""
    ending = re.compile(r"[.:?!]?$")
    wrong = [
        (english, dutch)
        for english, dutch in all_pairs(catalogue)
        if ending.search(english)[0] != ending.search(dutch)[0]
        or english[0].isspace() != dutch[0].isspace()
        or english[-1].isspace() != dutch[-1].isspace()
    ]
    assert wrong == []


def test_no_english_was_copied(catalogue):
    same = {english for english, dutch in all_pairs(catalogue) if english == dutch}
    copied = {one.casefold() for one in same if re.search(r"[^\W\d_]", PLACEHOLDER.sub("", one))}
    assert copied - SAME_IN_BOTH == set()


def test_what_is_shown_is_what_was_translated(catalogue):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    def texts(of):
        return {(entry.msgctxt, entry.msgid, entry.msgid_plural or ""): pairs(entry) for entry in of}

    assert texts(compiled) == texts(catalogue), "run `make messages`"


@pytest.mark.skipif(
    not shutil.which("xgettext"), reason="xgettext is not on this machine. Remedy: apt-get install gettext"
)
def test_no_text_in_the_source_is_missing_from_the_catalogue(catalogue, tmp_path):
    folder = tmp_path / messages.INSIDE.parent
    folder.mkdir(parents=True)
    shutil.copy(CATALOGUE, folder)
    in_source = {(entry.msgid, entry.msgid_plural) for entry in messages.collect(tmp_path)}
    known = {(entry.msgid, entry.msgid_plural) for entry in catalogue}
    assert in_source - known == set(), "run `make messages`, then write the Dutch"
    assert known - in_source == set(), "run `make messages`: these are in the source no more"


def calls_to_translate(tree):
    """Calls that mark a text, each with whether xgettext sees it: it looks for plain strings outside f-strings."""
    hidden = {id(call) for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) for call in ast.walk(one)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKERS:
            plain = isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
            yield call, plain and id(call) not in hidden


def test_every_marked_text_can_be_found_in_the_source():
    calls = [
        (f"{path.relative_to(messages.WEB)}:{call.lineno}", seen)
        for path in messages.WEB.rglob("*.py")
        for call, seen in calls_to_translate(ast.parse(path.read_text()))
    ]
    assert len(calls) > 300
    assert [place for place, seen in calls if not seen] == []


def in_dutch(client, path):
    got = client.get(path, headers={"accept-language": "nl"})
    if got.streaming:
        b"".join(got.streaming_content)  # a file, which has no words of ours; read to its end it is closed
    return got


def english_words(html):
    """English words a Dutch reader would see or hear on this page; what is marked as another language is left out."""
    root = lxml.html.fromstring(html)
    for element in list(root.xpath("//script|//style|//audio|//*[@lang and @lang!='nl']")):
        element.drop_tree()
    spoken = root.xpath("//@aria-label|//@title|//@alt|//@placeholder|//@data-label")
    text = KEY.sub("", " ".join([*root.xpath("//text()"), *spoken]))
    return sorted(ENGLISH & set(re.findall(r"[a-z]+(?:-[a-z]+)*", text.casefold())))


def desk_pages(values):
    """The desk's addresses with what a world puts in their parameters."""
    for one in all_addresses():
        if one.name.startswith("desk:") and set(one.parameters) <= set(values) and not FILES.search(one.name):
            yield reverse(one.name, kwargs={name: values[name] for name in one.parameters})


def bring_in(client):
    """A class list that waits: its id."""
    rows = b"Stamnummer;Roepnaam;Achternaam;Klas;Verzorger 1 naam\n1;Noor;Bakker;2A;M. Bakker\n"
    client.post(reverse("desk:import"), {"files": SimpleUploadedFile("klas.csv", rows)})
    return RosterUpload.objects.latest("uploaded_at").pk


@pytest.mark.django_db
def test_no_english_is_left_on_the_pages_of_the_desk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world, wrong = worlds.build(), {}
    world.values["upload_id"] = bring_in(world.clients["counsellor"])
    for role in ("counsellor", "mentor"):
        for path in desk_pages(world.values):
            response = in_dutch(world.clients[role], path)
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                wrong[role, path] = english_words(response.content)
    assert {page: words for page, words in wrong.items() if words} == {}
    assert len(wrong) > 30


@pytest.mark.django_db
def test_no_english_is_left_in_what_the_desk_answers(settings, tmp_path):
    """Every deed is asked for with nothing filled in: what is wrong, or what was done, is said in Dutch."""
    settings.MEDIA_ROOT = tmp_path
    world, wrong = worlds.build(), {}
    client = world.clients["counsellor"]
    world.values["upload_id"] = bring_in(client)
    cookies = copy.deepcopy(client.cookies)
    for path in desk_pages(world.values):
        with transaction.atomic():
            response = client.post(path, headers={"accept-language": "nl"}, follow=True)
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                wrong[path] = english_words(response.content or b"<p></p>")
            transaction.set_rollback(True)
        client.cookies = copy.deepcopy(cookies)
    assert {page: words for page, words in wrong.items() if words} == {}
    assert len(wrong) > 30


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES_WITHOUT_LOGIN)
def test_no_english_is_left_on_the_way_in(client, name):
    assert english_words(in_dutch(client, reverse(name)).content) == []


def test_english_is_found_where_it_is():
    page = "<html lang='nl'><body><p>De klas <b title='The pupils'>2A</b></p><i lang='en'>your school</i></body></html>"
    assert english_words(page) == ["pupils", "the"]
