"""`driegesprek report`: the report of a round, for the researcher: HTML, tagged PDF, tables."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from driegesprek.cli.database import in_use, reachable
from driegesprek.cli.export import find_round, title_of
from driegesprek.evidence import EvidenceError

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("round_", metavar="ROUND")
@click.option(
    "--out", "folder", type=_FOLDER, required=True, help="Where the files come; made when it is not there."
)
@click.option(
    "--date", "made_on", type=click.DateTime(["%Y-%m-%d"]), help="The day that is printed; default today."
)
@click.option(
    "--language",
    type=click.Choice(["nl", "en"]),
    default="nl",
    show_default=True,
    help="Of tables and words.",
)
@click.option(
    "--margins",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A .csv with variable, level, total: how many there are of each level; scores are weighted to them.",
)
@click.option("--replace", is_flag=True, help="Files of the same name may be written over.")
def report(
    round_: str,
    *,
    folder: Path,
    made_on: dt.datetime | None,
    language: str,
    margins: Path | None,
    replace: bool,
) -> None:
    """Make the report of ROUND (its id, or part of its title), with the round before or after it.

    It holds the plan, the versions, the seed and the command that makes it again: with the same answers and
    the same --date to the same byte. What leaves the school is noted, so that a later report gives nothing away.
    """
    in_use()
    day = made_on.date() if made_on else dt.datetime.now(dt.UTC).date()
    with reachable():
        made = _made(find_round(round_), day, language, margins)
    _write(folder, made, replace=replace)


def _made(row: Any, day: dt.date, language: str, margins: Path | None) -> dict[str, bytes]:
    from driegesprek.evidence.raking import check_margins, read_margins  # noqa: PLC0415 - heavy
    from driegesprek.web.common.audit import System  # noqa: PLC0415 - after Django is loaded
    from driegesprek.web.findings.domain import releasing  # noqa: PLC0415 - as above

    try:
        known = read_margins(margins) if margins else ()
        check_margins(known)
        wanted = releasing.asked(
            row, language=language, made_on=day, margins=known, margins_from=margins.name if margins else ""
        )
        return releasing.report(row, wanted, actor=System(row.school_id))
    except EvidenceError as error:
        raise click.ClickException(str(error)) from error
    except releasing.NothingToReportError as error:
        raise click.ClickException("Nobody handed in yet, so there is nothing to report.") from error
    except releasing.AnonymousError as error:
        raise click.ClickException(
            f"{title_of(row)}: nothing can be joined in an anonymous round. Take the counts on the desk."
        ) from error
    except releasing.StillOpenError as error:
        raise click.ClickException(
            "Answers may still come in. Make the report after the last day, so that it stays true."
        ) from error


def _write(folder: Path, made: dict[str, bytes], *, replace: bool) -> None:
    there = [name for name in made if (folder / name).exists()]
    if there and not replace:
        raise click.ClickException(
            f"{', '.join(there)}: there already. Name another folder with --out, or say --replace."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in made.items():
            (folder / name).write_bytes(content)
            click.echo(f"{folder / name} ({len(content) / 1000:,.0f} kB)")
    except OSError as error:
        raise click.ClickException(f"{folder}: cannot be written ({error.strerror or error}).") from error
