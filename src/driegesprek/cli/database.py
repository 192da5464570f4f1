"""What every command asks of the database before it begins: that it is there, up to date, and belongs to the key file."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from driegesprek.cli import start_django


@contextmanager
def reachable() -> Iterator[None]:
    """Turns a database that cannot be reached or used into a message.

    Raises:
        click.ClickException: with the database's own words.
    """
    from django.db import DatabaseError  # noqa: PLC0415 - after Django is loaded

    try:
        yield
    except DatabaseError as error:
        raise click.ClickException(
            f"The database cannot be used: {str(error).strip()}\nCheck DRIEGESPREK_DATABASE and DRIEGESPREK_DATA."
        ) from error


def up_to_date() -> None:
    """Load Django and bring the database up to date; the first command on a fresh data folder makes it.

    Raises:
        click.ClickException: the database cannot be used, is of a newer version, or belongs to another key file.
    """
    start_django()
    from django.core.management import call_command  # noqa: PLC0415 - after Django is loaded

    with reachable():
        applied, known = _plan()
        if _from_later(applied, known):
            raise click.ClickException(
                "The database was made by a newer Driegesprek. Install that version again. Nothing was changed."
            )
        if not known <= applied:
            call_command("migrate", verbosity=0)
        _check_keys()


def in_use() -> None:
    """Load Django for a command that makes no sense on a fresh data folder.

    Raises:
        click.ClickException: nothing is stored here, or not by this version.
    """
    start_django()
    with reachable():
        if _unapplied():
            from django.conf import settings  # noqa: PLC0415 - after Django is loaded

            raise click.ClickException(
                f"In {settings.DATA} nothing is stored yet, or by an older version. "
                "Check DRIEGESPREK_DATA and DRIEGESPREK_DATABASE, or run `driegesprek migrate`."
            )
        _check_keys()


def _plan() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """What was applied, what is known."""
    from django.db import connection  # noqa: PLC0415 - after Django is loaded
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 - as above

    loader = MigrationLoader(connection)
    return set(loader.applied_migrations), set(loader.disk_migrations)


def _from_later(applied: set[tuple[str, str]], known: set[tuple[str, str]]) -> bool:
    """Whether a migration was applied that this version does not know, in a room that it does know."""
    rooms = {room for room, _ in known}
    return any(room in rooms and (room, name) not in known for room, name in applied)


def _unapplied() -> bool:
    applied, known = _plan()
    return not known <= applied


def _check_keys() -> None:
    """One contact field that can be read tells that the key file is the right one."""
    from django.conf import settings  # noqa: PLC0415 - after Django is loaded

    from driegesprek.web.common.fields import ContactUnreadableError  # noqa: PLC0415 - as above
    from driegesprek.web.people.models import Adult, Staff  # noqa: PLC0415 - as above

    try:
        Staff.objects.exclude(email_index="").order_by("pk").first()
        Adult.objects.exclude(phone_index="").order_by("pk").first()
    except ContactUnreadableError as error:
        raise click.ClickException(
            f"The key file {settings.KEY_FILE} ({settings.KEYS.fingerprint}) does not belong to this database: contact "
            "data, links and codes cannot be read with it. Put your copy of the right key file in its place. "
            "Nothing was changed."
        ) from error
