"""The one secret of an installation, kept in a file outside the database; every purpose gets its own key from it."""

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class KeyFileError(Exception):
    """The key file cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Keys:
    """Derives a 32-byte key per purpose from the master secret (HKDF-SHA256, RFC 5869)."""

    master: bytes

    def derive(self, purpose: str) -> bytes:
        """The 32-byte key for one purpose."""
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"driegesprek/{purpose}".encode()).derive(
            self.master
        )

    def text(self, purpose: str) -> str:
        """The same key as text that is safe in a URL."""
        return base64.urlsafe_b64encode(self.derive(purpose)).decode()

    @property
    def fingerprint(self) -> str:
        """Tells whether two installations have the same secret, without giving it away."""
        return hashlib.sha256(self.derive("fingerprint")).hexdigest()[:16]

    def __repr__(self) -> str:
        return f"Keys({self.fingerprint})"


def load(path: Path) -> Keys:
    """Read the key file; make it, readable for this user only, where there is none yet.

    Raises:
        KeyFileError: if the file is there but damaged.
    """
    if not path.exists():
        _create(path)
    try:
        master = base64.b64decode(json.loads(path.read_text())["master"], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileError(
            f"{path} is not a key file of Driegesprek. Put your copy of it back; do not delete it."
        ) from error
    if len(master) != 32:  # noqa: PLR2004 - 256 bits, as HKDF-SHA256 wants
        raise KeyFileError(
            f"{path} holds a key of {len(master)} bytes instead of 32. Put your copy of it back."
        )
    return Keys(master)


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"version": 1, "master": base64.b64encode(secrets.token_bytes(32)).decode()})
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(new, path)  # fails where another process was first, so nobody's key is overwritten
    except FileExistsError:
        pass
    finally:
        new.unlink()
