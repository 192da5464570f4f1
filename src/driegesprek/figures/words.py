"""The few words that figures add themselves, and numbers as each language writes them."""

from dataclasses import dataclass
from functools import lru_cache
from math import copysign, floor

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, format_percent


@dataclass(frozen=True)
class Words:
    """Words of one language. ``{...}`` stand for numbers and texts."""

    n: str
    row: str
    too_few: str
    no_answers: str
    not_shown: str
    sum_of: str
    between: str
    percent: str
    done_of: str
    not_yet: str
    activity: str
    period: str
    now: str
    attention: str
    before: str
    after: str
    estimate: str
    cannot: str


WORDS = {
    "en": Words(
        "n = {n}",
        "Group",
        "too few answers to show",
        "no answers",
        "too few to show apart",
        "{labels} together",
        "between {low} and {high}",
        "Per cent",
        "{done} of {agreed}",
        "not yet",
        "Activity",
        "When",
        "now",
        "needs attention",
        "before",
        "after",
        "Estimate",
        "cannot be estimated",
    ),
    "nl": Words(
        "n = {n}",
        "Groep",
        "te weinig antwoorden om te laten zien",
        "geen antwoorden",
        "te weinig om apart te laten zien",
        "{labels} samen",
        "tussen {low} en {high}",
        "Procent",
        "{done} van {agreed}",
        "nog niet",
        "Activiteit",
        "Wanneer",
        "nu",
        "vraagt aandacht",
        "voor",
        "na",
        "Schatting",
        "niet te schatten",
    ),
    "tr": Words(
        "n = {n}",
        "Grup",
        "göstermek için çok az cevap var",
        "cevap yok",
        "ayrı göstermek için çok az",
        "{labels} birlikte",
        "{low} ile {high} arasında",
        "Yüzde",
        "{agreed} içinden {done}",
        "henüz değil",
        "Etkinlik",
        "Ne zaman",
        "şimdi",
        "ilgi gerekiyor",
        "önce",
        "sonra",
        "Tahmin",
        "tahmin edilemiyor",
    ),
    "ar": Words(
        "العدد = {n}",
        "المجموعة",
        "الإجابات أقل من أن تُعرض",
        "لا توجد إجابات",
        "أقل من أن يُعرض وحده",
        "{labels} معًا",
        "بين {low} و{high}",
        "النسبة المئوية",
        "{done} من {agreed}",
        "ليس بعد",
        "النشاط",
        "متى",
        "الآن",
        "يحتاج إلى انتباه",
        "قبل",
        "بعد",
        "التقدير",
        "لا يمكن تقديره",
    ),
    "pl": Words(
        "n = {n}",
        "Grupa",
        "za mało odpowiedzi, aby je pokazać",
        "brak odpowiedzi",
        "za mało, aby pokazać osobno",
        "{labels} razem",
        "od {low} do {high}",
        "Procent",
        "{done} z {agreed}",
        "jeszcze nie",
        "Działanie",
        "Kiedy",
        "teraz",
        "wymaga uwagi",
        "przed",
        "po",
        "Oszacowanie",
        "nie można oszacować",
    ),
    "uk": Words(
        "n = {n}",
        "Група",
        "замало відповідей, щоб показати",
        "немає відповідей",
        "замало, щоб показати окремо",
        "{labels} разом",
        "від {low} до {high}",
        "Відсоток",
        "{done} із {agreed}",
        "ще ні",
        "Захід",
        "Коли",
        "зараз",
        "потребує уваги",
        "до",
        "після",
        "Оцінка",
        "неможливо оцінити",
    ),
}
"""Dutch and English are the desk's; the other languages are drafts."""


def words(language: str) -> Words:
    """The words of a language such as ``nl`` or ``pt-BR``; English where there are none."""
    return WORDS.get(language.split("-", maxsplit=1)[0].lower(), WORDS["en"])


@lru_cache(maxsize=64)
def locale(language: str) -> Locale:
    """How a language writes numbers; English where it is not known."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def percent(value: float, language: str) -> str:
    """A percentage (0 to 100), rounded to a whole number (a half upwards), as the language writes it."""
    return _percent(floor(value + 0.5), language)


@lru_cache(maxsize=1024)
def _percent(value: int, language: str) -> str:
    return str(format_percent(value / 100, "#,##0%", locale=locale(language)))


def whole(value: float, language: str) -> str:
    """A whole number as the language writes it."""
    return _decimal(value, copysign(1, value), language, None)


def decimal(value: float, language: str, places: int = 2) -> str:
    """A number with a fixed number of decimals, as the language writes it."""
    return _decimal(value, copysign(1, value), language, "#,##0." + "0" * places)


@lru_cache(maxsize=4096)
def _decimal(value: float, _sign: float, language: str, form: str | None) -> str:
    """The sign is told apart because 0.0 and -0.0 are the same key, and are not written the same."""
    return str(format_decimal(value, form, locale=locale(language)))
