"""Every component of the visual language on a few pages, made from the real templates.

`python tests/web/common/gallery.py FOLDER` writes them; open FOLDER/index.html through any web server.
It brings its own small settings, so that it shows the looks alone.
"""

import shutil
import sys
from pathlib import Path

import django
import django_htmx
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
COMMON = ROOT / "src/driegesprek/web/common"
LANGUAGES = [
    {"code": "nl", "name": "Nederlands", "direction": "ltr", "url": "?language=nl"},
    {"code": "en", "name": "English", "direction": "ltr", "url": "?language=en"},
    {"code": "tr", "name": "Türkçe", "direction": "ltr", "url": "?language=tr"},
    {"code": "ar", "name": "العربية", "direction": "rtl", "url": "?language=ar"},
    {"code": "pl", "name": "Polski", "direction": "ltr", "url": "?language=pl"},
    {"code": "uk", "name": "Українська", "direction": "ltr", "url": "?language=uk"},
]
WORDS = {
    "nl": {
        "skip_to_content": "Naar de vraag",
        "language": "Taal",
        "read_aloud": "Lees voor",
        "stop_reading": "Stop",
        "listen": "Luister",
        "offline": "Er is geen internet. Wat u typt, blijft hier staan.",
        "restored": "Dit typte u eerder. Het is nog niet bewaard.",
        "demonstration": "Voorbeeld: alle mensen hier zijn bedacht",
        "back": "Terug",
        "next": "Verder",
        "kept": "Alles is bewaard. U kunt stoppen en later verder.",
    },
    "ar": {
        "skip_to_content": "إلى السؤال",
        "language": "اللغة",
        "read_aloud": "اقرأ لي",
        "stop_reading": "توقف",
        "listen": "استمع",
        "offline": "لا يوجد إنترنت. ما كتبته باقٍ هنا.",
        "restored": "كتبت هذا من قبل. لم يُحفظ بعد.",
        "demonstration": "مثال: جميع الأشخاص هنا من الخيال",
        "back": "رجوع",
        "next": "التالي",
        "kept": "كل شيء محفوظ. يمكنك التوقف والمتابعة لاحقاً.",
    },
}
QUALITIES = [
    ("helpen", "hand-heart"),
    ("luisteren", "ear"),
    ("doorzetten", "mountain"),
    ("iets maken", "hammer"),
    ("grapjes maken", "laugh"),
    ("rekenen", "calculator"),
    ("zorgen voor dieren", "paw-print"),
    ("tekenen", "palette"),
    ("uitleggen", "speech"),
    ("sporten", "dumbbell"),
    ("muziek maken", "music"),
    ("samenwerken", "handshake"),
    ("verantwoordelijkheid nemen", "key-round"),
    ("nieuwsgierig zijn", "search-check"),
    ("repareren", "wrench"),
    ("koken", "chef-hat"),
    ("organiseren", "list-checks"),
    ("eerlijk zijn", "scale"),
    ("snel leren", "zap"),
    ("zorgen voor anderen", "heart-handshake"),
]
PAGES = {
    "family_question.html": "nl",
    "family_grid.html": "nl",
    "family_components.html": "nl",
    "family_arabic.html": "ar",
    "family_door.html": "nl",
    "desk_monitor.html": "en",
    "desk_components.html": "en",
    "desk_login.html": "en",
}


def index(_request):
    return None


urlpatterns = [path("language/", index, name="set_language")]


def configure() -> None:
    """Settings for the templates alone, if none are there yet."""
    settings.configure(
        INSTALLED_APPS=["django.contrib.staticfiles", "driegesprek.web.common"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HERE / "gallery", COMMON / "templates"],
                "OPTIONS": {
                    "string_if_invalid": "",
                    "libraries": {
                        "icons": "driegesprek.web.common.templatetags.icons",
                        "looks": "driegesprek.web.common.templatetags.looks",
                        "django_htmx": "django_htmx.templatetags.django_htmx",
                    },
                },
            }
        ],
        STATIC_URL="static/",
        ROOT_URLCONF=__name__,
        LANGUAGES=[("nl", "Nederlands"), ("en", "English")],
        USE_I18N=True,
        LANGUAGE_CODE="en",
        SECRET_KEY="gallery",
    )
    django.setup()


def example_form():
    """A form with one of each kind of field, half of it wrong."""

    class Import(forms.Form):
        school = forms.CharField(label="School", help_text="As it stands on letters.")
        year = forms.ChoiceField(label="Year group", choices=[(1, "1"), (2, "2")])
        starts = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
        note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))
        channels = forms.MultipleChoiceField(
            label="Channels",
            required=False,
            choices=[("letter", "Letter"), ("text", "Text message"), ("phone", "Phone")],
            widget=forms.CheckboxSelectMultiple,
        )
        file = forms.FileField(label="Class list", help_text=".csv or .xlsx")
        sure = forms.BooleanField(label="I have the school's permission")

    return Import({"year": "2", "starts": "2026-13-45"})


def context(language: str) -> dict:
    direction = "rtl" if language == "ar" else "ltr"
    names = {one["code"]: one["name"] for one in LANGUAGES}
    return {
        "language": language,
        "language_name": names[language],
        "direction": direction,
        "languages": LANGUAGES,
        "words": WORDS.get(language, WORDS["nl"]),
        "school_name": "De Brug",
        "class_name": "2A",
        "demonstration": True,
        "qualities": QUALITIES,
        "form": example_form(),
        "csrf_token": "gallery",
    }


def build(out: Path) -> list[str]:
    """Write all pages and their static files below `out`; returns the names of the pages."""
    shutil.copytree(COMMON / "static", out / "static", dirs_exist_ok=True)
    shutil.copytree(Path(django_htmx.__file__).parent / "static", out / "static", dirs_exist_ok=True)
    for page, language in PAGES.items():
        (out / page).write_text(render_to_string(page, context(language)), encoding="utf-8")
    links = "".join(f'<li><a href="{page}">{page}</a></li>' for page in PAGES)
    (out / "index.html").write_text(
        f'<!doctype html><html lang="en"><title>Gallery</title><ul>{links}</ul></html>'
    )
    return list(PAGES)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    configure()
    build(Path(sys.argv[1]))
