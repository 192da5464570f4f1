"""Logins, for whoever runs the installation."""

import click

from driegesprek.cli.database import in_use


@click.command()
@click.argument("email")
def invite(email: str) -> None:
    """Print an address where the member of staff or analyst with EMAIL sets a new password."""
    in_use()
    from django.conf import settings  # noqa: PLC0415 - after Django is loaded
    from django.urls import reverse  # noqa: PLC0415 - as above

    from driegesprek.cli.analyst import invitation  # noqa: PLC0415 - as above
    from driegesprek.web.access.domain import analysts, staff  # noqa: PLC0415 - as above
    from driegesprek.web.common.audit import System  # noqa: PLC0415 - as above
    from driegesprek.web.common.fields import blind_index  # noqa: PLC0415 - as above
    from driegesprek.web.people.models import Staff  # noqa: PLC0415 - as above

    found = Staff.objects.select_related("school").filter(email_index=blind_index(email), active=True)
    if analyst := analysts.find(email):
        click.echo(invitation(analyst))
        return
    if not found:
        raise click.ClickException(f"No active member of staff or analyst has the address {email}.")
    for person in found:
        secret = staff.invite(person, actor=System(person.school_id))
        root = settings.PUBLIC_URL or "http://127.0.0.1:8000"
        click.echo(
            f"{person.full_name}, {person.school}: {root}{reverse('accept_invitation', args=[secret])}"
        )
