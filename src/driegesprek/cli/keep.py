"""Backup and restore."""

from pathlib import Path

import click

from driegesprek.cli import start_django


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything except the key file to FILE, while the installation runs. Keep the key file apart."""
    start_django()
    from django.conf import settings  # noqa: PLC0415 - after Django is loaded

    from driegesprek.web.conduct.domain import backups  # noqa: PLC0415 - as above

    rows = backups.write(file)
    click.echo(
        f"{file}: {rows} rows. The key file is not in it; keep a copy of it elsewhere ({settings.KEYS.fingerprint})."
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask whether everything now stored may be replaced.")
def restore(file: Path, *, yes: bool) -> None:
    """Replace everything by what is in FILE. Fails as a whole or succeeds as a whole."""
    start_django()
    from driegesprek.web.conduct.domain import backups  # noqa: PLC0415 - after Django is loaded

    if not yes:
        click.confirm("Everything that is stored now is replaced. Go on?", abort=True)
    try:
        rows = backups.restore(file)
    except backups.BackupRefusedError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{rows} rows restored from {file}.")
