"""`driegesprek export`: the answers of a round, one row per respondent, with codebook."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from driegesprek.cli.database import in_use, reachable
from driegesprek.tables import FileRefused
from driegesprek.tables.wide_writing import KINDS

_ZONE = ZoneInfo("Europe/Amsterdam")
_FEW = 10
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("round_", metavar="ROUND")
@click.option(
    "--format",
    "kind",
    type=click.Choice(KINDS),
    required=True,
    help="sav: SPSS; ddi: the codebook as DDI-Codebook 2.5.",
)
@click.option(
    "--out", "folder", type=_FOLDER, default=".", show_default="this folder", help="Where the files come."
)
@click.option(
    "--voice", "voices", multiple=True, help="pupil, adult or staff; without it all that handed in."
)
@click.option(
    "--with",
    "others",
    multiple=True,
    help="Another round of the same study, joined by person (before and after).",
)
@click.option(
    "--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Of labels."
)
@click.option("--replace", is_flag=True, help="Files of the same name may be written over.")
def export(
    round_: str,
    *,
    kind: str,
    folder: Path,
    voices: Sequence[str],
    others: Sequence[str],
    language: str,
    replace: bool,
) -> None:
    """Write the answers of ROUND (its id, or part of its title), one row per respondent, with a codebook.

    For the researcher and whoever runs the installation. Every export is in the audit log.
    """
    in_use()
    with reachable():
        rounds = [find_round(one) for one in (round_, *others)]
        _check_joined(rounds)
        done = _written(rounds, folder, kind, language, voices, replace=replace)
    for path in done.files:
        click.echo(f"{path} ({path.stat().st_size / 1000:,.0f} kB)")
    click.echo("\n".join(_told(done, kind)))


def find_round(wanted: str) -> Any:
    """The one round that is meant."""
    from driegesprek.web.surveys.domain import exporting  # noqa: PLC0415 - after Django is loaded

    found = list(exporting.find(wanted)[:20])
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.ClickException(f"There is no round {wanted!r}. Give its id or a part of its title.")
    lines = "\n".join(f"  {_line(one)}" for one in found)
    raise click.ClickException(f"Several rounds are called {wanted!r}. Give the id of one:\n{lines}")


def _line(one: Any) -> str:
    return f"{one.pk}  {one.opens_on}  {one.school.name}  {title_of(one)}"


def title_of(one: Any) -> str:
    """The title of a round in Dutch."""
    titles = one.title or (one.activity.title if one.activity else {})
    return str(titles.get("nl") or next(iter(titles.values()), ""))


def _check_joined(rounds: Sequence[Any]) -> None:
    if len({one.pk for one in rounds}) < len(rounds):
        raise click.ClickException("Name each round once.")
    if len(rounds) > 1 and len({one.study_id for one in rounds} - {None}) != 1:
        raise click.ClickException(
            "These rounds are not of one study, so that nobody in one can be found in the other. Export them apart."
        )


def _written(
    rounds: Sequence[Any], folder: Path, kind: str, language: str, voices: Sequence[str], *, replace: bool
) -> Any:
    from django.utils.text import slugify  # noqa: PLC0415 - after Django is loaded

    from driegesprek.web.common.audit import System  # noqa: PLC0415 - as above
    from driegesprek.web.surveys.domain import exporting  # noqa: PLC0415 - as above

    today = dt.datetime.now(_ZONE).date()
    name = f"{slugify(title_of(rounds[0])) or 'round'}-{rounds[0].opens_on}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return exporting.export(
            rounds,
            folder,
            name,
            kind=kind,
            language=language,
            made_on=today,
            actor=System(rounds[0].school_id),
            voices=voices,
            replace=replace,
        )
    except exporting.NobodyYetError as error:
        who = f" ({', '.join(voices)})" if voices else ""
        raise click.ClickException(f"Nobody{who} handed in yet, so there is nothing to export.") from error
    except exporting.ExistsError as error:
        raise click.ClickException(
            f"{', '.join(error.names)}: there already. Name another folder with --out, or say --replace."
        ) from error
    except FileRefused as error:
        raise click.ClickException("\n".join(one.text("en") for one in error.problems)) from error
    except OSError as error:
        raise click.ClickException(f"{folder}: cannot be written ({error.strerror or error}).") from error


def _told(done: Any, kind: str) -> list[str]:
    lines = [f"{table}: {number} rows" for table, number in done.rows.items()]
    for table, columns in done.cut.items():
        told = ", ".join(f"{column} ({number})" for column, number in columns.items())
        lines.append(
            f"{table}: texts longer than this format can hold were cut: {told}. Take .csv or .parquet for all."
        )
    if kind == "ddi":
        return [*lines, "The codebook has no answers in it and can be given away."]
    if any(number < _FEW for number in done.rows.values()):
        lines.append(f"Fewer than {_FEW} rows: a person may be recognised by a few answers.")
    return [
        *lines,
        "These files are about persons. Keep them encrypted, and delete them when the work is done.",
    ]
