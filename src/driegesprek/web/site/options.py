"""The settings that a machine may set, each with its default and what it is for: docs/settings.md is made from this."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import ParseResult, parse_qs, unquote, urlparse

from environs import Env, EnvError

from driegesprek.web.common.keys import KeyFileError, Keys, load

PREFIX = "DRIEGESPREK_"
env = Env(prefix=PREFIX)


class SettingError(Exception):
    """A setting from the environment cannot be used; the message names it and says what it must be."""


@dataclass(frozen=True)
class Option:
    """One setting from the environment: `DRIEGESPREK_<name>`."""

    name: str
    kind: str
    default: Any
    purpose: str

    @property
    def shown_default(self) -> str:
        """The default, as the environment would give it."""
        if isinstance(self.default, bool):
            return str(self.default).lower()
        return "empty" if self.default in (None, "", []) else str(self.default)

    def read(self) -> Any:
        """The value on this machine; an empty one is the default.

        Raises:
            SettingError: what the environment says is of another kind.
        """
        if not os.environ.get(PREFIX + self.name, "").strip():
            return self.default
        try:
            return getattr(env, self.kind)(self.name)
        except (EnvError, ValueError) as error:
            raise SettingError(f"{PREFIX}{self.name} must be of the kind {self.kind}: {error}") from error


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
    Option("WORKERS", "int", 2, "Web processes of `driegesprek serve`: one per processor core."),
    Option("THREADS", "int", 4, "Requests that one web process works on at the same time."),
)
FOR_TESTS = {PREFIX + "STATIC_STORAGE", PREFIX + "LONG"}
"""Read by the project's own tests; not for an installation."""


def read_all() -> dict[str, Any]:
    """Every option's value on this machine, by name.

    Raises:
        SettingError: one of them cannot be used.
    """
    found = {option.name: option.read() for option in OPTIONS}
    for name, least in (("PROXIES", 0), ("WORKERS", 1), ("THREADS", 1)):
        if found[name] < least:
            raise SettingError(f"{PREFIX}{name} must be at least {least}, not {found[name]}.")
    found["PUBLIC_URL"] = _public(found["PUBLIC_URL"])
    return found


def _public(address: str) -> str:
    url = urlparse(address)
    if address and (url.scheme not in {"http", "https"} or not url.hostname or url.path not in {"", "/"}):
        raise SettingError(f"{PREFIX}PUBLIC_URL must be like https://driegesprek.school.nl, not {address}.")
    return f"{url.scheme}://{url.netloc}" if address else ""


def unknown(environment: Mapping[str, str]) -> list[str]:
    """Names that look like settings and are none: a misspelt setting must not go unnoticed."""
    known = {PREFIX + option.name for option in OPTIONS} | FOR_TESTS
    return sorted(name for name in environment if name.startswith(PREFIX) and name not in known)


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


def keys_of(file: Path, stored: Mapping[str, Any]) -> Keys:
    """The keys of an installation; a new key file only where nothing is stored yet.

    Args:
        file: the key file.
        stored: Django's description of the database. One on PostgreSQL is looked into by the command line, later.

    Raises:
        KeyFileError: the file is damaged, or missing beside a database that was filled with it.
    """
    if not file.exists() and isinstance(stored["NAME"], Path) and stored["NAME"].exists():
        raise KeyFileError(
            f"The key file {file} is missing, and {stored['NAME']} was filled with it: contact data, links and codes "
            "cannot be read without. Put your copy of it back (see DRIEGESPREK_KEYS)."
        )
    return load(file)


def _postgresql(url: ParseResult) -> dict[str, Any]:
    if url.scheme not in {"postgresql", "postgres"}:
        raise SettingError(
            f"{PREFIX}DATABASE must be like postgresql://user:password@host:port/name, not {url.scheme}://…"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or parse_qs(url.query).get("host", [""])[0],
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # The server keeps the plan of what web/common/prepared.py asks; planning took longer than asking.
        "OPTIONS": {"prepare_threshold": 3},
    }


def mail(address: str) -> dict[str, Any]:
    """Django's mail settings for an smtp:// or smtps:// address; empty: mail is dropped."""
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    url = urlparse(address)
    if url.scheme not in {"smtp", "smtps"}:
        raise SettingError(f"{PREFIX}MAIL must start with smtp:// or smtps://, not {url.scheme}://")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname or "",
        "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp",
    }
