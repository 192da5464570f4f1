"""Contact fields: encrypted in the database, found by a blind index."""

import base64
import hashlib
import hmac
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models


class ContactUnreadableError(Exception):
    """A contact field was encrypted with another key than this installation's."""


@cache
def _cipher(master: bytes) -> Fernet:  # noqa: ARG001 - the cache's key: another installation, another cipher
    return Fernet(base64.urlsafe_b64encode(settings.KEYS.derive("contact")))


def encrypt(text: str) -> str:
    """The text as Fernet token (AES-128-CBC with HMAC-SHA256)."""
    return _cipher(settings.KEYS.master).encrypt(text.encode()).decode()


def encrypt_without_time(text: str) -> str:
    """The same with no moment in it: a Fernet token tells in plain when it was made."""
    return _cipher(settings.KEYS.master).encrypt_at_time(text.encode(), 0).decode()


def decrypt(token: str) -> str:
    """The text of a token.

    Raises:
        ContactUnreadableError: if the token was made with another key.
    """
    try:
        return _cipher(settings.KEYS.master).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise ContactUnreadableError(
            "Contact data were stored with another key file. Put that key file back."
        ) from error


def blind_index(text: str) -> str:
    """What a contact field is searched by: a keyed hash of its normal form; empty for empty."""
    normal = "".join(text.split()).casefold()
    if not normal:
        return ""
    return hmac.new(settings.KEYS.derive("contact index"), normal.encode(), hashlib.sha256).hexdigest()[:32]


class Stored(str):
    """A token as the database has it, put back as it is when a backup is restored."""

    __slots__ = ()


class EncryptedField(models.TextField):
    """Text that the database only sees encrypted."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in."""
        if isinstance(value, Stored):
            return str(value)
        return encrypt(value) if value else ""

    def from_db_value(self, value: str | None, *_args: Any) -> str:
        """Decrypt on the way out."""
        return decrypt(value) if value else ""


class TimelessField(EncryptedField):
    """The same, where even the moment of storing would tell too much."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in, without the moment."""
        if isinstance(value, Stored):
            return str(value)
        return encrypt_without_time(value) if value else ""
