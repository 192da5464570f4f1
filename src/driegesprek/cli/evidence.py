"""`driegesprek evidence`: what a file of respondents shows."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from driegesprek.cli.evidence_words import EXAMPLES, lines, print_json

_FILE = click.Path(path_type=Path)


def _listed(_ctx: click.Context, _option: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(one.strip() for one in value.split(",") if one.strip()) if value else ()


def _pairs(_ctx: click.Context, option: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for one in value:
        name, equals, rest = one.partition("=")
        if not equals or not name.strip() or not rest.strip():
            raise click.BadParameter(f"{one!r} should be name=value.", param=option)
        found[name.strip()] = rest.strip()
    return found


def _option(name: str, explanation: str, **more: Any) -> Callable[[Any], Any]:
    return click.option(name, help=explanation, **more)


ITEMS = _option("--items", "Variables, with commas between.", callback=_listed)
CLUSTER = _option("--cluster", "Who belongs together, such as school.")
WEIGHTS = _option("--weights", "The variable with weights.")
REFERENCE = _option(
    "--reference",
    "The level a category is compared with, as sex=boy; may be repeated.",
    multiple=True,
    callback=_pairs,
)
OUTCOME = _option("--outcome", "What is explained: a number.", required=True)


@click.group()
def evidence() -> None:
    """What a file of respondents shows: tables, scales, change, effects, weights, power.

    DATA is a .csv, .sav or .parquet with one row per respondent. Text and labelled codes are categories,
    numbers are numbers;
    empty cells, NA and what a .sav declares missing are missing. What cannot be estimated is null with a note,
    or an error with
    a name; never a number.
    """


def command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command on DATA: opens the file, prints the result or the named error."""

    def made(of: Callable[..., Any]) -> click.Command:
        @click.argument("data", type=_FILE)
        @click.option(
            "--category", callback=_listed, help="Numbers that are categories, with commas between."
        )
        @click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
        @wraps(of)
        def run(data: Path, category: tuple[str, ...], *, as_json: bool, **options: Any) -> None:
            answer(lambda: of(_opened(data, category), **options), as_json=as_json)

        run.__doc__ = f"{of.__doc__}\n\n\b\n{EXAMPLES.get(name, '')}"
        return evidence.command(name)(run)

    return made


def _opened(path: Path, category: tuple[str, ...]) -> Any:
    from driegesprek.evidence import load  # noqa: PLC0415 -- heavy

    return load(path, categories=category)


def answer(of: Callable[[], Any], *, as_json: bool) -> None:
    """Print a result; or the error by its name, and exit status 1."""
    import numpy as np  # noqa: PLC0415 -- heavy

    from driegesprek.evidence import EvidenceError  # noqa: PLC0415 -- heavy

    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            result = _found(of)
    except EvidenceError as error:
        if as_json:
            print_json({"error": {"code": error.code, "message": str(error)}})
        else:
            click.echo(f"{error} ({error.code})", err=True)
        sys.exit(1)
    plain = result if isinstance(result, dict) else result.to_plain()
    if as_json:
        print_json(plain)
    else:
        click.echo("\n".join(lines(plain)))


def _found(of: Callable[[], Any]) -> Any:
    """A result; what numbers at the ends of what a computer holds leave undecided is a named error too."""
    from driegesprek.evidence import EvidenceError  # noqa: PLC0415 -- heavy

    try:
        return of()
    except ArithmeticError as error:
        raise EvidenceError("not_found", f"This cannot be estimated of these numbers: {error}.") from error


@command("describe")
@ITEMS
@_option("--by", "Describe per group of this variable too.")
@WEIGHTS
@click.option(
    "--quantiles/--no-quantiles", default=True, show_default=True, help="Quartiles; they read rows."
)
def describe(data: Any, **options: Any) -> Any:
    """Tell per variable how many answered, why others did not, and means or shares."""
    from driegesprek.evidence import describe as of  # noqa: PLC0415 -- heavy

    return of(data, **options)


@command("crosstab")
@_option("--rows", "The variable down; numbers are ranked too.", required=True)
@_option("--cols", "The variable across; its columns are compared.", required=True)
@CLUSTER
@WEIGHTS
@click.option(
    "--correction",
    type=click.Choice(["holm", "bonferroni", "fdr", "none"]),
    default="holm",
    show_default=True,
    help="Of the comparisons for their number.",
)
def crosstab(data: Any, **options: Any) -> Any:
    """Tabulate two variables: chi-square, Cramér's V, comparisons of columns, ranks."""
    from driegesprek.evidence import crosstab as of  # noqa: PLC0415 -- heavy

    return of(data, **options)


@command("scale")
@_option("--items", "The items, with commas between.", required=True, callback=_listed)
@_option("--reverse", "Items that point the other way.", callback=_listed)
@click.option(
    "--missing",
    type=click.Choice(["listwise", "pairwise"]),
    default="listwise",
    show_default=True,
    help="Respondents with all items, or for each pair those with both.",
)
@_option("--span", "Lowest and highest possible answer, as 1,5; default those that occur.", callback=_listed)
@WEIGHTS
def scale(data: Any, *, span: tuple[str, ...], **options: Any) -> Any:
    """Tell how well items hang together: alpha, omega, item-rest correlations."""
    from driegesprek.evidence import scale as of  # noqa: PLC0415 -- heavy

    return of(data, span=_two_numbers(span), **options)


def _two_numbers(span: tuple[str, ...]) -> tuple[float, float] | None:
    if not span:
        return None
    try:
        low, high = (float(one) for one in span)
    except ValueError:
        raise click.BadParameter("--span is two numbers, as 1,5.") from None
    return low, high


@command("change")
@_option("--pre", "The number before.", required=True)
@_option("--post", "The number after.", required=True)
@CLUSTER
@WEIGHTS
@click.option(
    "--least", type=float, default=0.0, show_default=True, help="Smaller changes count as the same."
)
@click.option("--lower-is-better", is_flag=True, help="Down is improvement.")
def change(data: Any, *, lower_is_better: bool, **options: Any) -> Any:
    """Compare before and after: means, effect sizes, who improved, who dropped out."""
    from driegesprek.evidence import change as of  # noqa: PLC0415 -- heavy

    return of(data, higher_is_better=not lower_is_better, **options)


@command("regress")
@OUTCOME
@_option(
    "--blocks",
    'Terms in the order in which they enter: "pre;sex+origin;homework+talk;homework:talk"; a*b is a+b+a:b.',
    required=True,
)
@CLUSTER
@WEIGHTS
@REFERENCE
@_option(
    "--contrast",
    'A combination of coefficients, as "both=homework=yes + talk=yes"; may be repeated.',
    multiple=True,
    callback=_pairs,
)
@click.option("--impute", type=click.IntRange(2), help="Also pool so many imputed files (chained equations).")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the imputation.")
def regress(data: Any, *, impute: int | None, seed: int, contrast: dict[str, str], **options: Any) -> Any:
    """Explain a number in blocks: R² and its change, coefficients with CR2 errors, type III tests.

    Interventions and their combinations go in the last blocks, the score before in the first. A category's coefficients are
    called variable=level. With --impute the result has the same keys and "imputed" beside them.
    """
    from driegesprek.evidence import regress as of  # noqa: PLC0415 -- heavy

    if impute is None:
        return of(data, contrasts=contrast, **options)
    from driegesprek.evidence import regress_imputed  # noqa: PLC0415 -- heavy

    both = regress_imputed(data, contrasts=contrast, m=impute, seed=seed, **options)
    return both.complete.to_plain() | {"imputed": both.imputed.to_plain()}


@command("mixed")
@OUTCOME
@_option("--fixed", 'Terms, as "pre+sex"; nothing gives the model with an intercept only.', default="")
@_option("--group", "school, or school,class for classes within schools.", required=True)
@REFERENCE
def mixed(data: Any, **options: Any) -> Any:
    """Fit random intercepts of schools, and of classes within them, by REML."""
    from driegesprek.evidence import mixed as of  # noqa: PLC0415 -- heavy

    return of(data, **options)


@command("weights")
@WEIGHTS
@click.option("--margins", type=_FILE, help="A .csv with columns variable, level, total to rake to.")
@click.option("--mean", multiple=True, help="A number of which to estimate the mean; may be repeated.")
@click.option("--total", multiple=True, help="A number of which to estimate the total; may be repeated.")
@CLUSTER
@_option("--strata", "Within what was drawn.")
@_option("--fpc", "Per stratum, how many clusters (or respondents) there are to draw from.")
@click.option("--trim", type=float, help="No weight above this many times the mean weight.")
@click.option("--jackknife", is_flag=True, help="Without clusters: also the jackknife, which reads rows.")
def weights(
    data: Any, *, margins: Path | None, mean: tuple[str, ...], total: tuple[str, ...], **options: Any
) -> Any:
    """Weight respondents, rake to margins, estimate means and totals with errors that know the design."""
    from driegesprek.evidence import weights as of  # noqa: PLC0415 -- heavy
    from driegesprek.evidence.raking import read_margins  # noqa: PLC0415 -- heavy

    wanted = read_margins(margins) if margins else ()
    return of(data, margins=wanted, mean=_names(mean), total=_names(total), **options)


def _names(several: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for one in several for name in one.split(",") if name.strip())


@command("power")
@click.option("--effect", type=float, required=True, help="The difference to see, in standard deviations.")
@_option("--outcome", "The number from which the intraclass correlation is taken.")
@_option("--group", "The class, or school,class.")
@click.option("--icc", type=float, help="Intraclass correlation; default that of the data.")
@click.option("--size", type=float, help="Mean number of pupils in a class; default that of the data.")
@click.option("--cv", type=float, help="Coefficient of variation of class sizes; default that of the data.")
@click.option("--explained", type=float, default=0.0, show_default=True, help="Share a covariate explains.")
@click.option(
    "--power", "wanted", type=float, default=0.8, show_default=True, help="The chance to see the effect."
)
@click.option("--alpha", type=float, default=0.05, show_default=True, help="Two-sided.")
def power(data: Any, **options: Any) -> Any:
    """Tell how many classes are needed to see an effect, when whole classes are compared."""
    from driegesprek.evidence import power as of  # noqa: PLC0415 -- heavy

    return of(data, **options)


@evidence.command("sums", epilog=EXAMPLES["sums"])
@click.argument("data", type=_FILE)
@click.option("--plan", "plan_file", type=_FILE, required=True, help="The plan: see docs/evidence-sums.md.")
@_option("--school", "Name of the school, where DATA is of one and has no such variable.")
@click.option("--inside", is_flag=True, help="Not through the gate: these sums stay in the school.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs: the file that is exchanged.")
def sums(data: Path, *, plan_file: Path, school: str | None, inside: bool, as_json: bool) -> None:
    """Make the sums of a plan over DATA, which schools can exchange instead of records.

    What would tell of fewer than ten respondents is withheld, with the reason; sums per class stay in the school.
    """
    answer(lambda: _sums(data, plan_file, school, inside=inside, as_json=as_json), as_json=as_json)


def _sums(data: Path, plan_file: Path, school: str | None, *, inside: bool, as_json: bool) -> dict[str, Any]:
    from driegesprek.evidence.disclosure.sums import protect_sums  # noqa: PLC0415 -- heavy
    from driegesprek.evidence.plans import read_plan  # noqa: PLC0415 -- heavy
    from driegesprek.evidence.sums import make_sums  # noqa: PLC0415 -- heavy

    plan = read_plan(plan_file)
    made = make_sums(_opened(data, ()), plan, school=school)
    made = made if inside else protect_sums(made)
    if as_json:
        return made.to_plain()
    told = {one.name: made.withheld.get(one.name, "may leave the school") for one in plan.statistics}
    return {"plan": plan.title, "statistics": dict.fromkeys(told, "stays inside") if inside else told}


@evidence.command("combine", epilog=EXAMPLES["combine"])
@click.argument("files", type=_FILE, nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def combine(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Add up SUMS of schools and compute the plan's statistics: the same as from all records together."""
    answer(lambda: _combined(files), as_json=as_json)


def _combined(files: tuple[Path, ...]) -> dict[str, Any]:
    from driegesprek.evidence import EvidenceError  # noqa: PLC0415 -- heavy
    from driegesprek.evidence.sums import combine as add_up  # noqa: PLC0415 -- heavy
    from driegesprek.evidence.sums import results  # noqa: PLC0415 -- heavy

    total = add_up(files)
    found: dict[str, Any] = {}
    for name, one in results(total).items():
        failed = isinstance(one, EvidenceError)
        told = {"error": {"code": one.code, "message": str(one)}} if failed else one and one.to_plain()
        found[name] = told
    counted = {"plan": total.plan.title, "files": len(files), "schools": list(total.schools)}
    return counted | {"withheld": dict(total.withheld), "results": found}
