"""The demonstration: a school of invented people, filled once, served at once."""

import json
import os
from pathlib import Path
from typing import Any

import click

HOST = "127.0.0.1"


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--links", "only_links", is_flag=True, help="Only print who can come in where.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--no-serve", is_flag=True, help="Fill the school, but do not serve it.")
def demo(port: int, *, only_links: bool, as_json: bool, no_serve: bool) -> None:
    """Fill a demonstration school with invented people, serve it, and print who can log in where."""
    root = _environment(port)
    found = _prepared(root)
    click.echo(json.dumps(found, indent=1) if as_json else _in_words(found))
    if only_links or no_serve:
        return
    from driegesprek.cli.serving import children, supervise  # noqa: PLC0415 - after the environment is set

    click.echo("\nStop with Ctrl-C.")
    supervise(children(HOST, port, int(os.environ.get("DRIEGESPREK_WORKERS", "2"))))


def _environment(port: int) -> str:
    """The demonstration has a data folder of its own, below the one of a real installation."""
    folder = Path(os.environ.get("DRIEGESPREK_DATA", "driegesprek-data")) / "demonstration"
    root = f"http://{HOST}:{port}"
    os.environ |= {
        "DRIEGESPREK_DATA": str(folder.resolve()),
        "DRIEGESPREK_DATABASE": "",
        "DRIEGESPREK_DEMONSTRATION": "true",
        "DRIEGESPREK_SECOND_FACTOR": "false",
        "DRIEGESPREK_PUBLIC_URL": root,
    }
    return root


def _prepared(root: str) -> dict[str, Any]:
    from driegesprek.cli.serving import prepare  # noqa: PLC0415 - after the environment is set

    prepare()
    from django.utils import timezone  # noqa: PLC0415 - after Django is loaded

    from driegesprek.web.conduct.domain import demonstration  # noqa: PLC0415 - as above

    if not demonstration.is_filled():
        click.echo("Inventing a school of about 600 pupils …", err=True)
        demonstration.fill(now=timezone.now())
    return demonstration.links(root)


def _in_words(found: dict[str, Any]) -> str:
    desk = found["desk"]
    return "\n".join(
        (
            "Driegesprek, the demonstration. All people are invented.",
            "",
            f"  Desk     {desk['url']}",
            f"           career counsellor  {desk['email']}",
            f"           mentor of 2A       {desk['mentor_2a']}",
            f"           mentor of 2B       {desk['mentor_2b']}",
            f"           school leader      {desk['leader']}",
            f"           password           {desk['password']}",
            f"  Family   {found['family']}",
            f"           or type the code   {found['family_code']}",
            f"  Pupil    {found['pupil']}",
        )
    )
