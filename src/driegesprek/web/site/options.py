"""The settings that a machine may set, each with its default and what it is for: docs/settings.md is made from this."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import ParseResult, parse_qs, unquote, urlparse

from environs import Env

env = Env(prefix="DRIEGESPREK_")


@dataclass(frozen=True)
class Option:
    """One setting from the environment: `DRIEGESPREK_<name>`."""

    name: str
    kind: str
    default: Any
    purpose: str

    def read(self) -> Any:
        """The value on this machine."""
        return getattr(env, self.kind)(self.name, default=self.default)


OPTIONS = (
    Option(
        "DATA",
        "path",
        Path("driegesprek-data"),
        "The folder in which all state lives: database, keys, files.",
    ),
    Option(
        "DATABASE",
        "str",
        "",
        "A PostgreSQL address, postgresql://user:password@host:port/name; empty: SQLite in the data folder.",
    ),
    Option(
        "KEYS",
        "path",
        None,
        "The key file; default keys.json in the data folder. Keep a copy apart from the backups.",
    ),
    Option(
        "PUBLIC_URL",
        "str",
        "",
        "The address families reach, https://…; sheets are refused while it is empty or loopback.",
    ),
    Option("HOSTS", "list", [], "Further host names that this installation answers to."),
    Option(
        "DEMONSTRATION", "bool", False, "Marks every page and sheet as a demonstration with invented people."
    ),
    Option("SECOND_FACTOR", "bool", True, "Staff must set up a second factor before they see people."),
    Option(
        "PROXIES", "int", 0, "How many reverse proxies stand before us; their X-Forwarded-For tells who asks."
    ),
    Option("MAIL", "str", "", "smtp://user:password@host:port or smtps://…; empty: no e-mail is sent."),
    Option("MAIL_FROM", "str", "driegesprek@localhost", "The sender of e-mail."),
    Option("DEBUG", "bool", False, "Error pages for developers. Never with real people."),
    Option("WORKERS", "int", 2, "Web processes of `driegesprek serve`."),
)


def read_all() -> dict[str, Any]:
    """Every option's value on this machine, by name."""
    return {option.name: option.read() for option in OPTIONS}


def database(address: str, data: Path) -> dict[str, Any]:
    """Django's description of the database at `address`; SQLite in `data` where it is empty.

    SQLite runs in WAL with immediate transactions, so that writers wait for each other instead of failing, and with
    synchronous FULL, so that an answer that was acknowledged survives a power cut.
    """
    if address:
        return _postgresql(urlparse(address))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": data / "driegesprek.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;"
            " PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;",
        },
    }


def _postgresql(url: ParseResult) -> dict[str, Any]:
    if url.scheme not in {"postgresql", "postgres"}:
        raise ValueError(f"DRIEGESPREK_DATABASE must start with postgresql://, not {url.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or parse_qs(url.query).get("host", [""])[0],
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def mail(address: str) -> dict[str, Any]:
    """Django's mail settings for an smtp:// or smtps:// address; empty: mail is dropped."""
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    url = urlparse(address)
    if url.scheme not in {"smtp", "smtps"}:
        raise ValueError(f"DRIEGESPREK_MAIL must start with smtp:// or smtps://, not {url.scheme}://")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname or "",
        "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp",
    }
