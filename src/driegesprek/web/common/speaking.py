"""Pages that speak six languages: which one, the words of a text, the way to another language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation.trans_real import parse_accept_lang_header

from driegesprek import content
from driegesprek.content import DUTCH, LANGUAGES, Overrides, Text

PARAMETER = "taal"
CODES = frozenset(one.code for one in LANGUAGES)


def spoken(code: str) -> str:
    """The language of the pages for who speaks `code`: that one, or Dutch where we do not have it (zgh, ti, so)."""
    short = code.split("-", maxsplit=1)[0].lower()
    return short if short in CODES else DUTCH


def of_visitor(request: HttpRequest, otherwise: str = "") -> str:
    """Of a page before a door: what was picked there, else the language given, else the browser's own."""
    picked = request.GET.get(PARAMETER, "") or request.POST.get(PARAMETER, "")
    if picked in CODES:
        return picked
    return spoken(otherwise) if otherwise else _of_browser(request)


def _of_browser(request: HttpRequest) -> str:
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if code.split("-")[0] in CODES:
            return spoken(code)
    return DUTCH


# What the frame of every page says.
FRAME = {
    "skip_to_content": "common.skip_to_content",
    "language": "common.language",
    "read_aloud": "common.read_aloud",
    "stop_reading": "common.stop_reading",
    "listen": "common.listen",
    "demonstration": "common.demonstration",
    "offline": "error.offline",
    "restored": "question.kept",
}


@dataclass(frozen=True)
class Speaker:
    """The words of one page."""

    language: str
    voice: str = "adult"
    overrides: Overrides = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    """What is filled in: a word, or a function from a language to one (a date)."""

    def text(self, key: str, **values: Any) -> Text:
        """A text of the content for this reader, with what is known about them filled in; dates in their language."""
        found = self._in(self.language, key, values)
        if found.language == self.language and not found.dutch:
            return found
        dutch = self._in(content.DUTCH, key, values)
        return replace(found, dutch=dutch.text) if found.dutch else replace(found, text=dutch.text)

    def _in(self, language: str, key: str, values: Mapping[str, Any]) -> Text:
        known = {
            name: one(language) if callable(one) else one for name, one in {**self.values, **values}.items()
        }
        return content.text(
            key,
            language,
            voice=self.voice,  # type: ignore[arg-type] # "adult" or "pupil"
            overrides=self.overrides,
            **known,
        )

    def frame(self) -> dict[str, str]:
        """The words of base_family.html."""
        return {name: str(self.text(key)) for name, key in FRAME.items()}


def frame(speaker: Speaker) -> dict[str, Any]:
    """The context of base_family.html, without a way to another language."""
    known = content.language(speaker.language)
    return {
        "speaker": speaker,
        "language": known.code,
        "direction": known.direction,
        "language_name": known.name,
        "words": speaker.frame(),
    }


def choices(more: str = "") -> list[dict[str, str]]:
    """The languages with the address that shows this page in each; `more` is the rest of the query, from its `&`."""
    return [
        {
            "code": one.code,
            "name": one.name,
            "direction": one.direction,
            "url": f"?{PARAMETER}={one.code}{more}",
        }
        for one in content.LANGUAGES
    ]


def shown(text: Text) -> SafeString:
    """A text as HTML, with its language and direction, and the Dutch beneath a draft."""
    words = format_html('<span lang="{}" dir="{}">{}</span>', text.language, text.direction, text.text)
    if not text.dutch:
        return words
    return format_html('{}<span class="dutch" lang="nl" dir="ltr">{}</span>', words, text.dutch)
