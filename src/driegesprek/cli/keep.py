"""Backup and restore."""

from pathlib import Path

import click

from driegesprek.cli.database import in_use, reachable, up_to_date


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="FILE may exist already and is replaced.")
def backup(file: Path, *, replace: bool) -> None:
    """Write everything except the key file to FILE, while the installation runs. Keep the key file apart."""
    if file.exists() and not replace:
        raise click.ClickException(f"{file} exists already. Name another file, or say --replace.")
    in_use()
    from django.conf import settings  # noqa: PLC0415 - after Django is loaded

    from driegesprek.web.conduct.domain import backups  # noqa: PLC0415 - as above

    try:
        with reachable():
            rows = backups.write(file)
    except OSError as error:
        raise click.ClickException(
            f"{file} cannot be written: {error.strerror or error}. There is no new backup."
        ) from error
    click.echo(f"{file}: {rows} rows, {file.stat().st_size / 1e6:.1f} MB.")
    click.echo(
        f"The key file is not in it; keep a copy of {settings.KEY_FILE} elsewhere ({settings.KEYS.fingerprint})."
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask whether everything now stored may be replaced.")
def restore(file: Path, *, yes: bool) -> None:
    """Replace everything by what is in FILE. Fails as a whole or succeeds as a whole."""
    up_to_date()
    from driegesprek.web.conduct.domain import backups  # noqa: PLC0415 - after Django is loaded

    if not yes:
        click.confirm("Everything that is stored now is replaced. Go on?", abort=True)
    try:
        with reachable():
            rows = backups.restore(file)
    except backups.BackupRefusedError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{rows} rows restored from {file}.")
