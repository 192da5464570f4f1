"""`driegesprek instrument export`: one of our questionnaires as a workbook for another program."""

from pathlib import Path

import click

from driegesprek import content


@click.command("export")
@click.argument("key")
@click.argument("file", type=click.Path(path_type=Path))
def export(key: str, file: Path) -> None:
    """Write the questionnaire KEY to FILE, an .xlsx that KoboToolbox takes."""
    from driegesprek.content.workbooks import instrument_workbook  # noqa: PLC0415 -- heavy

    if key not in content.instrument_keys():
        known = ", ".join(content.instrument_keys())
        raise click.ClickException(f"There is no questionnaire {key!r}. There are: {known}.")
    if file.suffix.lower() != ".xlsx":
        raise click.ClickException(f"{file}: give a name that ends in .xlsx.")
    _write(file, instrument_workbook(key))
    click.echo(f"{file}: written.")


def _write(file: Path, data: bytes) -> None:
    """Write a file that is not there yet: what somebody changed in an earlier one is not lost.

    Raises:
        click.ClickException: there is one, or it cannot be written.
    """
    try:
        with file.open("xb") as target:
            target.write(data)
    except FileExistsError as error:
        raise click.ClickException(f"{file}: there is such a file already. Choose another name.") from error
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be written ({error.strerror}).") from error
