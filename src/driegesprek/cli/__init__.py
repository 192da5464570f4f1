"""The command line: `driegesprek`. Each command is imported when it is called, so that help comes at once."""

import importlib
import os

import click

COMMANDS = {
    "analyst": "driegesprek.cli.analyst:analyst",
    "backup": "driegesprek.cli.keep:backup",
    "demo": "driegesprek.cli.demo:demo",
    "evidence": "driegesprek.cli.evidence:evidence",
    "export": "driegesprek.cli.export:export",
    "instrument": "driegesprek.cli.instrument:instrument",
    "invite": "driegesprek.cli.staff:invite",
    "migrate": "driegesprek.cli.serving:migrate",
    "region": "driegesprek.cli.region:region",
    "report": "driegesprek.cli.report:report",
    "restore": "driegesprek.cli.keep:restore",
    "roster": "driegesprek.cli.roster:roster",
    "serve": "driegesprek.cli.serving:serve",
    "settings": "driegesprek.cli.serving:settings_table",
}
SAID = {
    "analyst": "Accounts of a municipality or region.",
    "backup": "Write everything into one file, while it runs.",
    "demo": "Fill a demonstration school and serve it.",
    "evidence": "What answers show: tables, scales, change, effects, weights.",
    "export": "The answers of a round, one row per respondent.",
    "instrument": "Questionnaires: check, play, score, compare, export.",
    "invite": "Let a member of staff or an analyst set a password.",
    "migrate": "Bring the database up to date.",
    "region": "Open data: what there is to choose, and what would change it.",
    "report": "The report of a round: HTML, PDF, tables.",
    "restore": "Put a backup back.",
    "roster": "Class lists and OneRoster: bring a school's people in.",
    "serve": "Run web, worker and scheduler.",
    "settings": "The settings that a machine may set.",
}
"""What each command does, kept here so that help imports none of them."""


class Lazy(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted(COMMANDS)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All names with a line each, without importing them: help comes at once."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SAID[name]) for name in sorted(COMMANDS)])

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, if there is one."""
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.group(cls=Lazy)
@click.version_option(package_name="driegesprek")
def main() -> None:
    """Driegesprek: pupil, parent and mentor choose together."""


def start_django() -> None:
    """Load the web house, for commands that need it. What is written from here on is for this user's eyes only.

    Raises:
        click.ClickException: a setting or the key file cannot be used; the message says which and what to do.
    """
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "driegesprek.web.site.settings")
    import django  # noqa: PLC0415 - only for commands that need it

    from driegesprek.web.common.keys import KeyFileError  # noqa: PLC0415 - as above
    from driegesprek.web.site.options import SettingError  # noqa: PLC0415 - as above

    try:
        django.setup()
    except (SettingError, KeyFileError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            f"{error.filename}: {error.strerror}. Check DRIEGESPREK_DATA and DRIEGESPREK_KEYS, and that this user may "
            "use them."
        ) from error
