"""What came of a round, for a school, in plain words; a part that rests on too little is left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from driegesprek.figures import Figure, ForestRow, LikertRow, SlopeRow, forest, likert, slopes
from driegesprek.reports import (
    AFTER,
    BEFORE,
    LIMIT,
    Analysis,
    GroupFound,
    Moved,
    ScaleFound,
    clear,
    moved,
    precise,
)
from driegesprek.web.access.actor import Actor
from driegesprek.web.desk.pages import findings_seen
from driegesprek.web.findings.domain import findings as found_of
from driegesprek.web.findings.domain import gathering
from driegesprek.web.findings.domain.findings import Findings
from driegesprek.web.findings.models import Comparison
from driegesprek.web.surveys.domain import responding
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.exports import without_names
from driegesprek.web.surveys.models import Round
from driegesprek.web.surveys.rules.showing import MINIMUM

EFFECTS: Final = ((0.2, "very small"), (0.5, "small"), (0.8, "middling"))


@dataclass(frozen=True)
class Reach:
    """Who answered, of one voice or one class of it; None is not shown."""

    voice: str
    name: str
    asked: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Pictured:
    """A figure, its table beneath it, and what there is to say."""

    figure: Figure
    title: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScaleSaid:
    """One scale in words and numbers."""

    name: str
    label: str
    way: str
    words: str
    n: int
    before: float
    after: float
    change: float
    ci: tuple[float, float]
    size: float | None
    improved: float


@dataclass(frozen=True)
class VoiceSaid:
    """Everything of one voice.

    Attributes:
        n: how many handed in both times; None where that is few.
        scales: those of which the change is precise enough.
        vague: labels of those of which it is not.
        chosen: the outcome that is looked at more closely.
        outcomes: {name: label} to choose from.
        drawn: whether results are weighted, since some had a greater chance to be invited.
    """

    code: str
    label: str
    n: int | None
    scales: tuple[ScaleSaid, ...]
    vague: tuple[str, ...]
    slopes: tuple[Pictured, ...]
    outcomes: tuple[tuple[str, str], ...]
    chosen: str
    chosen_label: str
    groups: tuple[Pictured, ...]
    part_taken: Pictured | None
    activities: tuple[tuple[str, int, int], ...]
    against: Pictured | None
    said: tuple[Pictured, ...]
    drawn: bool = False


@dataclass(frozen=True)
class Page:
    """The whole page; `part_of`: not all that there is, because the reader knows the answers of some by name."""

    before: Round | None
    after: Round
    reach: tuple[Reach, ...]
    classes: tuple[Reach, ...]
    voices: tuple[tuple[str, str], ...]
    voice: VoiceSaid | None
    comparison: Comparison | None
    part_of: bool = False
    minimum: int = MINIMUM
    limit: float = LIMIT


def page(row: Round, voice: str, scale: str, actor: Actor) -> Page:
    """The page of a round, or of both rounds of its pair.

    Args:
        row: either of them; not an anonymous one, of which nothing can be joined.
        voice: of whom more is told; the first that answered where this one did not.
        scale: the outcome that is looked at more closely.
        actor: who reads it.
    """
    before, after = gathering.pair(row)
    rounds = [one for one in (before, after) if one]
    there = gathering.voices(rounds)
    chosen = voice if voice in there else next(iter(there), "")
    reach, classes = _reach(before, after)
    said, read = None, findings_seen.read_by(actor, rounds, chosen)
    if chosen:
        found = found_of.of(before, after, chosen)
        said = _voice(found if read is None else findings_seen.without(found, read), scale)
    labels = tuple((one, capfirst(str(Voice(one).label))) for one in there)
    named = Comparison.objects.filter(study=after.study_id).first()
    return Page(before, after, reach, classes, labels, said, named, read is not None)


def _reach(before: Round | None, after: Round) -> tuple[tuple[Reach, ...], tuple[Reach, ...]]:
    """Who handed in, by voice and by class; of a round without names no small number."""
    parts = [responding.of(one).groups if one else () for one in (before, after)]
    done = [{(one.voice, one.name): one for one in groups} for groups in parts]
    keys = list(dict.fromkeys([*done[1], *done[0]]))
    rows = [
        Reach(
            voice,
            name,
            max(one[voice, name].asked for one in done if (voice, name) in one),
            *_done(done, voice, name),
        )
        for voice, name in keys
    ]
    whole = [
        _total(voice, [one for one in rows if one.voice == voice])
        for voice in dict.fromkeys(v for v, _n in keys)
    ]
    return tuple(whole), tuple(rows)


def _done(
    done: Sequence[Mapping[tuple[str, str], responding.Group]], voice: str, name: str
) -> list[int | None]:
    return [one[voice, name].done if (voice, name) in one else None for one in done]


def _total(voice: str, rows: Sequence[Reach]) -> Reach:
    """A voice as a whole; nothing of a round of which a class is not shown and the rest would tell it."""
    return Reach(
        voice,
        "",
        sum(one.asked for one in rows),
        _sum([one.before for one in rows]),
        _sum([one.after for one in rows]),
    )


def _sum(numbers: Sequence[int | None]) -> int | None:
    return None if None in numbers else sum(one or 0 for one in numbers)


def _voice(found: Findings, wanted: str) -> VoiceSaid:
    of = found.analysis
    told = tuple(_scales(of))
    outcomes = [one for one in of.scales if one.model is not None or one.by_group]
    chosen = next((one for one in outcomes if one.name == wanted), next(iter(outcomes or of.scales), None))
    return VoiceSaid(
        code=of.voice,
        label=capfirst(str(Voice(of.voice).label)),
        n=of.both if of.both >= MINIMUM else None,
        scales=told,
        vague=_vague(of, told),
        slopes=tuple(_slopes(of, told)),
        outcomes=tuple((one.name, words(one.label)) for one in outcomes),
        chosen=chosen.name if chosen else "",
        chosen_label=words(chosen.label) if chosen else "",
        groups=tuple(_groups(of, chosen)) if chosen else (),
        part_taken=_part_taken(of, chosen) if chosen else None,
        activities=tuple((words(one.label), one.levels[-1].n, one.levels[0].n) for one in of.activities),
        against=_against(of, chosen) if chosen else None,
        said=tuple(_said(found, chosen)) if chosen else (),
        drawn=bool(of.weighed and of.weighed.used),
    )


def words(label: Mapping[str, str]) -> str:
    """A label in the language of the desk, else in Dutch."""
    found = label.get(_language()) or label.get("nl") or label.get("en") or next(iter(label.values()), "")
    return without_names(found)


def _language() -> str:
    return (get_language() or "nl")[:2]


def _difference(one: ScaleFound) -> Any:
    return getattr(one.change, "difference", None)


def _told(one: ScaleFound) -> bool:
    found = _difference(one)
    return found is not None and precise(found.ci, one.change.pre.sd)


def _scales(of: Analysis) -> Iterator[ScaleSaid]:
    """The scales of which the change may be told; which moved clearly is judged of all of them together."""
    told = [one for one in of.scales if _told(one)]
    sure = clear([_difference(one).p for one in told])
    for one, is_clear in zip(told, sure, strict=True):
        found = one.change
        way = moved(found.difference.mean, is_clear=is_clear)
        yield ScaleSaid(
            one.name,
            words(one.label),
            way,
            _sentence(one, way),
            found.n,
            found.pre.mean,
            found.post.mean,
            found.difference.mean,
            found.difference.ci,
            found.effect_dav.d,
            found.improved.percent,
        )


def _sentence(one: ScaleFound, way: str) -> str:
    found = one.change
    if way == Moved.UNCLEAR:
        return _("No clear change.")
    size = _size(found.effect_dav.d)
    if way == Moved.UP:
        return _("Went up. The change is %(size)s.") % {"size": size}
    return _("Went down. The change is %(size)s.") % {"size": size}


def _size(d: float | None) -> str:
    """How large an effect is called (Cohen 1988: 0.2, 0.5, 0.8)."""
    sizes = {"very small": _("very small"), "small": _("small"), "middling": _("middling")}
    return next((sizes[word] for most, word in EFFECTS if abs(d or 0) < most), _("large"))


def _vague(of: Analysis, told: Sequence[ScaleSaid]) -> tuple[str, ...]:
    shown = {one.name for one in told}
    return tuple(words(one.label) for one in of.scales if one.change is not None and one.name not in shown)


def _slopes(of: Analysis, told: Sequence[ScaleSaid]) -> Iterator[Pictured]:
    """A picture for each range of scores."""
    ends = {one.name: one.ends for one in of.scales}
    for span in dict.fromkeys(ends[one.name] for one in told):
        if span is None or span[0] >= span[1]:
            continue
        rows = [SlopeRow(one.label, one.n, one.before, one.after) for one in told if ends[one.name] == span]
        title = _("Before and after, on a scale of %(low)s to %(high)s") % {
            "low": f"{span[0]:g}",
            "high": f"{span[1]:g}",
        }
        yield Pictured(slopes(rows, least=span[0], most=span[1], title=title, language=_language()), title)


def _groups(of: Analysis, one: ScaleFound) -> Iterator[Pictured]:
    """The mean change of each group, where all of them are precise enough."""
    for group in of.groups:
        found = (one.by_group or {}).get(group.name)
        contrasts = getattr(found, "contrasts", ())
        sd = one.change.pre.sd if _told(one) else None
        if not contrasts or not all(precise(level.ci, sd) for level in contrasts):
            continue
        labels = {level.code: words(level.label) or level.code for level in group.levels}
        rows = [ForestRow(labels[level.term], level.b, *level.ci) for level in contrasts]
        title = _("Mean change by %(group)s") % {"group": _group_words(group)}
        yield Pictured(forest(rows, title=title, language=_language()), title, _differ(group, found, labels))


def _group_words(group: GroupFound) -> str:
    names = {
        "track": _("track"),
        "year_group": _("year group"),
        "sex": _("sex"),
        "origin": _("origin of the parents"),
    }
    return names.get(group.name) or words(group.label)


def _differ(group: GroupFound, found: Any, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Which levels changed otherwise than the first one, tested together."""
    others = [one for one in found.coefficients if one.term != "(Intercept)"]
    sure = clear([one.p for one in others])
    first = labels[group.levels[0].code]
    found_words = []
    for one, is_clear in zip(others, sure, strict=True):
        if is_clear:
            level = labels[one.term.partition("=")[2]]
            text = (
                _("%(level)s went up more than %(first)s.")
                if one.b > 0
                else _("%(level)s went up less than %(first)s.")
            )
            found_words.append(text % {"level": level, "first": first})
    return tuple(found_words) or (_("No clear difference between these groups."),)


def _part_taken(of: Analysis, one: ScaleFound) -> Pictured | None:
    """What each activity went together with, of who began equal."""
    labels = {f"{group.name}={group.levels[-1].code}": words(group.label) for group in of.activities}
    found = [row for row in getattr(one.did, "coefficients", ()) if row.term in labels]
    sd = one.change.pre.sd if _told(one) else None
    shown = [row for row in found if precise(row.ci, sd)]
    if not shown:
        return None
    sure = clear([row.p for row in shown])
    said = [
        _went_with(labels[row.term], row.b) for row, is_clear in zip(shown, sure, strict=True) if is_clear
    ]
    rows = [ForestRow(labels[row.term], row.b, *row.ci) for row in shown]
    title = _("Difference in score between who took part and who did not")
    return Pictured(
        forest(rows, title=title, language=_language()),
        title,
        tuple(said) or (_("Nothing goes together clearly with taking part."),),
    )


def _went_with(label: str, b: float) -> str:
    text = (
        _("“%(activity)s”: who said yes ended higher. It went together.")
        if b > 0
        else _("“%(activity)s”: who said yes ended lower. It went together.")
    )
    return text % {"activity": label}


def _against(of: Analysis, one: ScaleFound) -> Pictured | None:
    """Who took part against the classes that were set apart."""
    found = [
        row for row in getattr(one.against, "coefficients", ()) if row.term.startswith("not_in_comparison")
    ]
    sd = one.change.pre.sd if _told(one) else None
    if not found or of.comparison is None or not precise(found[0].ci, sd):
        return None
    row = found[0]
    way = moved(row.b, is_clear=clear([row.p])[0])
    said = {
        Moved.UP: _("The classes that took part ended higher than the classes to compare with."),
        Moved.DOWN: _("The classes that took part ended lower than the classes to compare with."),
        Moved.UNCLEAR: _("There is no clear difference with the classes to compare with."),
    }[way]
    title = _("Difference with the classes to compare with")
    rows = [ForestRow(_("Took part"), row.b, *row.ci, n=one.against.n)]
    return Pictured(forest(rows, title=title, language=_language()), title, (said,))


def _said(found: Findings, one: ScaleFound) -> Iterator[Pictured]:
    """What people answered to the items of a scale: a picture for each list of answers."""
    part = AFTER if found.said.get(AFTER) else BEFORE
    rows = found.said.get(part, {})
    names = [name for name in rows if name in _items(found.analysis, one, part)]
    for answers in dict.fromkeys(
        found.answers[name] and tuple(words(a) for a in found.answers[name]) for name in names
    ):
        same = [name for name in names if tuple(words(a) for a in found.answers[name]) == answers]
        drawn = [LikertRow.of(rows[name], words(found.labels[name])) for name in same]
        title = words(one.label)
        yield Pictured(likert(drawn, title=title, labels=answers, language=_language()), title)


def _items(of: Analysis, one: ScaleFound, part: str) -> set[str]:
    """The questions of a scale, as the plan has them."""
    wanted = f"scale/{one.name}/{part}"
    items = next((stat["items"] for stat in of.plan["statistics"] if stat["name"] == wanted), [])
    return {name.removeprefix(f"{part}.") for name in items}
