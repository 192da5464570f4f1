"""The demonstration: a school of invented people, filled once, served at once."""

import json
import os
from pathlib import Path
from typing import Any

import click

HOST = "127.0.0.1"
PORT = 8000
# What a real installation sets, and must not reach its demonstration: its keys, its mail, its proxy.
NOT_FOR_US = ("KEYS", "DATABASE", "MAIL", "PROXIES", "HOSTS", "DEBUG")


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Port to listen on; without it 8000, or with --links where it was served last.",
)
@click.option("--links", "only_links", is_flag=True, help="Only print who can come in where.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--no-serve", is_flag=True, help="Fill the school, but do not serve it.")
def demo(port: int | None, *, only_links: bool, as_json: bool, no_serve: bool) -> None:
    """Fill a demonstration school with invented people, serve it, and print who can log in where."""
    serving = not (only_links or no_serve)
    folder = Path(os.environ.get("DRIEGESPREK_DATA") or "driegesprek-data").resolve() / "demonstration"
    port = port or (PORT if serving else _last_port(folder))
    if serving:
        from driegesprek.cli.serving import check_port  # noqa: PLC0415 - so that help comes at once

        check_port(HOST, port)
    root = f"http://{HOST}:{port}"
    _environment(folder, root)
    found = _filled(root)
    click.echo(json.dumps(found, indent=1) if as_json else _in_words(found))
    if serving:
        _serve(folder, port)


def _last_port(folder: Path) -> int:
    try:
        return int((folder / "port").read_text())
    except (OSError, ValueError):
        return PORT


def _environment(folder: Path, root: str) -> None:
    """The demonstration has a data folder of its own, below the one of a real installation."""
    for name in NOT_FOR_US:
        os.environ.pop(f"DRIEGESPREK_{name}", None)
    os.environ |= {
        "DRIEGESPREK_DATA": str(folder),
        "DRIEGESPREK_DEMONSTRATION": "true",
        "DRIEGESPREK_SECOND_FACTOR": "false",
        "DRIEGESPREK_PUBLIC_URL": root,
    }


def _filled(root: str) -> dict[str, Any]:
    from driegesprek.cli.database import up_to_date  # noqa: PLC0415 - after the environment is set

    up_to_date()
    from django.utils import timezone  # noqa: PLC0415 - after Django is loaded

    from driegesprek.web.conduct.domain import demonstration  # noqa: PLC0415 - as above

    if not demonstration.is_filled():
        click.echo("Inventing a school of about 600 pupils …", err=True)
        demonstration.fill(now=timezone.now())
        click.echo("Inventing what they answered last year …", err=True)
        demonstration.fill_past_year()
    return demonstration.links(root)


def _serve(folder: Path, port: int) -> None:
    from driegesprek.cli.serving import children, prepare, say_when_it_answers, supervise  # noqa: PLC0415 - as above

    prepare()
    (folder / "port").write_text(str(port))
    words = f"The demonstration is served on http://{HOST}:{port}. Stop with Ctrl-C."
    supervise(children(HOST, port), say_when_it_answers(HOST, port, words, err=True))


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
