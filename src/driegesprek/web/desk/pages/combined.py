"""What schools show together: the results of their sums in words, tables and pictures. Nothing is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from driegesprek.evidence import EvidenceError
from driegesprek.evidence.plans import Statistic
from driegesprek.evidence.sums import Sums, results, together
from driegesprek.figures import ForestRow, forest
from driegesprek.web.desk.pages import evidence_words as words
from driegesprek.web.desk.pages.findings import Pictured
from driegesprek.web.desk.pages.statistic_words import called, missing

INTERCEPT: Final = "(Intercept)"
DECIMALS: Final = 3


@dataclass(frozen=True)
class Table:
    """Numbers of a result as the library gives them, nothing rounded; `shown` is rounded for the page."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def shown(self) -> list[list[str]]:
        """For the page."""
        return [[cell(one) for one in row] for row in self.rows]


@dataclass(frozen=True)
class Found:
    """One statistic of all schools together."""

    name: str
    kind: str
    said: tuple[str, ...]
    problem: str = ""
    exactly: str = ""
    picture: Pictured | None = None
    tables: tuple[Table, ...] = ()
    plain: Any = None


@dataclass(frozen=True)
class Combined:
    """All of it. `withheld`: {statistic: why a school kept it}; `checked`: whether every file came through the gate."""

    sums: Sums
    found: tuple[Found, ...]
    withheld: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """Of the plan."""
        return self.sums.plan.title

    def to_plain(self) -> dict[str, Any]:
        """As `driegesprek evidence combine --json` gives it."""
        return {
            "plan": self.title,
            "schools": list(self.sums.schools),
            "withheld": dict(self.sums.withheld),
            "results": {one.name: one.plain for one in self.found},
        }


class NotReleasedError(Exception):
    """A file did not come through the gate: it should not have left the school."""


def combined(texts: Mapping[str, str]) -> Combined:
    """The sums of several schools together.

    Args:
        texts: {what a file is called: its JSON}.

    Raises:
        EvidenceError: a file cannot be read, a school is in it twice, or a plan is another.
        NotReleasedError: a file has sums that the gate did not let out.
    """
    try:
        total = together(texts)
        if not total.released:
            raise NotReleasedError
        found = results(total)
        shown = tuple(_found(one, found[one.name]) for one in total.plan.statistics)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        if isinstance(error, EvidenceError):
            raise
        raise EvidenceError("bad_sums", f"The numbers in a file do not fit its plan: {error}.") from error
    withheld = tuple((name, words.reason(why)) for name, why in total.withheld.items())
    return Combined(total, shown, withheld)


def _found(one: Statistic, result: Any) -> Found:
    kind = words.kind(one)
    if result is None:
        return Found(one.name, kind, (), _("No school could let this part out."))
    if isinstance(result, EvidenceError):
        plain = {"error": {"code": result.code, "message": str(result)}}
        return Found(one.name, kind, (), words.problem(result), str(result), plain=plain)
    plain = result.to_plain()
    said = tuple(_said(one, plain))
    return Found(
        one.name, kind, said, picture=_picture(one, plain), tables=tuple(_tables(one, plain)), plain=plain
    )


def cell(value: Any) -> str:
    """A number as people read it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        small = value != 0 and abs(value) < 10**-DECIMALS
        return f"{value:.1e}" if small else number_format(value, DECIMALS)
    if isinstance(value, list | tuple):
        return " … ".join(cell(one) for one in value)
    return str(value)


def _tables(one: Statistic, plain: Mapping[str, Any]) -> Iterator[Table]:
    """Single numbers in one table, each list in a table of its own."""
    if one.kind == "describe":
        yield from _described(plain)
        return
    single = {
        key: value for key, value in plain.items() if not isinstance(value, dict) and not _is_list(value)
    }
    rows = tuple((called(key), value) for key, value in single.items() if value not in ((), [], None))
    yield Table(_("Single numbers"), (_("What"), _("Value")), rows)
    for key, value in plain.items():
        if _is_list(value):
            names = tuple(value[0])
            rows = tuple(tuple(row.get(name) for name in names) for row in value)
            yield Table(called(key), tuple(map(called, names)), rows)
        elif isinstance(value, dict) and value:
            yield _named(key, value)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


_BY_VARIABLE: Final = frozenset(
    {
        *("item_rest", "alpha_if_dropped", "omega_if_dropped", "item_means", "mean", "total"),
        *("groups", "iccs", "group_sizes"),
    }
)
"""Whose rows are variables, which keep their names."""


def _named(key: str, value: Mapping[str, Any]) -> Table:
    rows = {name: row if isinstance(row, dict) else {"": row} for name, row in value.items()}
    names = tuple(dict.fromkeys(name for row in rows.values() for name in row))
    headings = tuple(called(name) if name else _("Value") for name in names)
    own = key in _BY_VARIABLE
    told = tuple(
        (name if own else called(name), *(row.get(of) for of in names)) for name, row in rows.items()
    )
    return Table(called(key), ("", *headings), told)


_NUMBERS: Final = ("n", "mean", "sd", "ci", "weighted_mean", "weighted_sd")
_ANSWERS: Final = ("level", "n", "percent", "ci", "weighted_percent")


def _described(plain: Mapping[str, Any]) -> Iterator[Table]:
    """Who answered what: numbers in one table, the answers of each category in one of its own."""
    about = tuple(
        (row["name"], *(row[key] for key in _NUMBERS), missing(row["missing"]), row["note"])
        for row in plain["variables"]
    )
    headings = ("name", *_NUMBERS, "missing", "note")
    yield Table(called("variables"), tuple(map(called, headings)), about)
    for row in plain["variables"]:
        if row["levels"]:
            rows = tuple(tuple(level[key] for key in _ANSWERS) for level in row["levels"])
            yield Table(row["name"], tuple(map(called, _ANSWERS)), rows)


def _said(one: Statistic, plain: Mapping[str, Any]) -> Iterator[str]:
    if (n := plain.get("rows" if one.kind == "describe" else "n")) is not None:
        yield _("It is about %(n)s people.") % {"n": n}
    yield from _SAID.get(one.kind, lambda _plain: iter(()))(plain)


def _scale(plain: Mapping[str, Any]) -> Iterator[str]:
    text = _("The questions hang together with an alpha of %(alpha)s (95%% interval %(ci)s).")
    yield text % {"alpha": cell(plain["alpha"]), "ci": cell(plain["alpha_ci"])}


def _change(plain: Mapping[str, Any]) -> Iterator[str]:
    moved = plain["difference"]
    text = _("The mean went from %(before)s to %(after)s: a change of %(change)s (95%% interval %(ci)s).")
    yield text % {
        "before": cell(plain["pre"]["mean"]),
        "after": cell(plain["post"]["mean"]),
        "change": cell(moved["mean"]),
        "ci": cell(moved["ci"]),
    }


def _crosstab(plain: Mapping[str, Any]) -> Iterator[str]:
    p = plain.get("p")
    if p is not None:
        clear = _("The columns differ more than chance would give (p = %(p)s; Cramér's V %(v)s).")
        unclear = _("The columns do not differ clearly (p = %(p)s; Cramér's V %(v)s).")
        yield (clear if p < 0.05 else unclear) % {"p": cell(p), "v": cell(plain.get("cramers_v"))}  # noqa: PLR2004 - the usual 5 %


def _regress(plain: Mapping[str, Any]) -> Iterator[str]:
    if blocks := plain.get("blocks"):
        text = _("All together explain %(percent)s%% of the differences between people.")
        yield text % {"percent": number_format(100 * blocks[-1]["r2"], 1)}
    yield _CAREFUL()


def _mixed(plain: Mapping[str, Any]) -> Iterator[str]:
    text = _("%(percent)s%% of the differences that are left lie between schools or classes.")
    yield text % {"percent": number_format(100 * plain["icc"], 1)}


def _CAREFUL() -> str:  # noqa: N802 - a constant in the language of the reader
    return _("It went together: that is no proof that the one comes from the other.")


def _describe(plain: Mapping[str, Any]) -> Iterator[str]:
    for row in plain["variables"]:
        if row["mean"] is not None:
            words = _("“%(name)s”: %(n)s people answered, %(mean)s on average (95%% interval %(ci)s).")
            yield words % {
                "name": row["name"],
                "n": row["n"],
                "mean": cell(row["mean"]),
                "ci": cell(row["ci"]),
            }
        elif row["levels"]:
            most = max(row["levels"], key=lambda level: level["n"])
            words = _("“%(name)s”: %(n)s people answered, most of them (%(percent)s%%) “%(level)s”.")
            yield words % {
                "name": row["name"],
                "n": row["n"],
                "percent": number_format(most["percent"], 1),
                "level": most["level"],
            }


_SAID: Final[dict[str, Any]] = {
    "describe": _describe,
    "scale": _scale,
    "change": _change,
    "crosstab": _crosstab,
    "regress": _regress,
    "mixed": _mixed,
}


def _picture(one: Statistic, plain: Mapping[str, Any]) -> Pictured | None:
    """Estimates with their intervals, the intercept apart."""
    rows = [row for row in _estimates(one, plain) if None not in (row.estimate, row.low, row.high)]
    if not rows:
        return None
    title = f"{words.kind(one)}: {one.name}"
    return Pictured(forest(rows, title=title, language=(get_language() or "nl")[:2]), title)


def _estimates(one: Statistic, plain: Mapping[str, Any]) -> Iterator[ForestRow]:
    if one.kind == "change":
        moved = plain["difference"]
        yield ForestRow(
            f"{one.of.post} − {one.of.pre}", moved["mean"], *(moved["ci"] or (None, None)), n=plain["n"]
        )
    terms: Sequence[Mapping[str, Any]] = plain.get("coefficients") or plain.get("fixed") or ()
    for row in terms:
        if row["term"] != INTERCEPT:
            yield ForestRow(row["term"], row["b"], *(row.get("ci") or (None, None)))
