"""Accounts of a municipality or region, for whoever runs the installation."""

import click

from driegesprek.cli.database import in_use


@click.group()
def analyst() -> None:
    """Accounts of a municipality or region: they see the region, and nobody of any school."""


@analyst.command()
@click.argument("email")
@click.option("--name", required=True, help="Of the person.")
@click.option("--office", required=True, help="Municipality or region that the person works for.")
@click.option("--area", default="NL", show_default=True, help="What the pages begin with: Rotterdam, MRDH …")
def add(email: str, *, name: str, office: str, area: str) -> None:
    """Make an account for EMAIL and print the address where its password is set."""
    in_use()
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - after Django is loaded
    from django.core.validators import validate_email  # noqa: PLC0415 - as above

    from driegesprek.web.access.domain import analysts  # noqa: PLC0415 - as above

    try:
        validate_email(email)
        person = analysts.add(name=_short(name), email=email, office=_short(office), area=_short(area))
    except ValidationError as error:
        raise click.ClickException(f"{email!r} is no e-mail address.") from error
    except analysts.AddressTakenError as error:
        raise click.ClickException(
            f"{email} logs in at a school here, or belongs to another office. Use another address of this person."
        ) from error
    click.echo(invitation(person))


def _short(text: str) -> str:
    from driegesprek.web.access.models import Office  # noqa: PLC0415 - as above

    text, most = " ".join(text.split()), Office.AREA_LENGTH
    if not text or len(text) > most:
        raise click.ClickException(f"{text!r}: use 1 to {most} characters.")
    return text


def invitation(person: object) -> str:
    """Who may set a password where, as a line to pass on; earlier invitations end."""
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.urls import reverse  # noqa: PLC0415 - as above

    from driegesprek.web.access.domain import analysts  # noqa: PLC0415 - as above
    from driegesprek.web.access.models import Analyst  # noqa: PLC0415 - as above

    if not isinstance(person, Analyst):
        raise TypeError(person)
    root = settings.PUBLIC_URL or "http://127.0.0.1:8000"
    address = f"{root}{reverse('accept_invitation', args=[analysts.invite(person)])}"
    return f"{person.name}, {person.office}: {address}"


@analyst.command("list")
def list_command() -> None:
    """Tell who has an account, and whether it was opened."""
    in_use()
    from driegesprek.web.access.models import Analyst  # noqa: PLC0415 - as above

    rows = Analyst.objects.select_related("office").order_by("office__name", "name")
    for one in rows:
        state = "ended" if not one.active else "logs in" if one.user_id else "invited"
        click.echo(f"{one.office} ({one.office.area}): {one.name}, {one.email}: {state}")
    if not rows:
        click.echo("There are no accounts of a municipality or region.")


@analyst.command()
@click.argument("email")
def end(email: str) -> None:
    """EMAIL logs in no longer; what the office made stays."""
    in_use()
    from driegesprek.web.access.domain import analysts  # noqa: PLC0415 - as above

    found = analysts.find(email)
    if found is None:
        raise click.ClickException(f"No account of a municipality or region has the address {email}.")
    analysts.end(found)
    click.echo(f"{found.name} of {found.office} logs in no longer.")
