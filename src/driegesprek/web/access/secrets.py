"""What opens a door: derived by HMAC, never stored (idea 4 of the design)."""

import base64
import hashlib
import hmac
from uuid import UUID

from django.conf import settings

# Without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V, which look alike in print or handwriting: 23 characters, 45 bits in ten of them.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 10
GROUP = 5


def _mac(purpose: str, text: str) -> bytes:
    return hmac.new(settings.KEYS.derive(f"door {purpose}"), text.encode(), hashlib.sha256).digest()


def link_secret(door_id: UUID, generation: int) -> str:
    """The secret of a link: 160 bits in 32 characters that can be typed in a browser in need."""
    return base64.b32encode(_mac("link", f"{door_id}/{generation}")[:20]).decode().lower()


def code(door_id: UUID, generation: int, *, attempt: int = 0) -> str:
    """The typed code: ten characters without look-alikes; `attempt` makes another where two doors would share one."""
    number = int.from_bytes(_mac("code", f"{door_id}/{generation}/{attempt}"), "big")
    letters = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def in_groups(typed: str) -> str:
    """K7PTM 4QXRD: as it is printed."""
    return f"{typed[:GROUP]} {typed[GROUP:]}"


def normal_code(typed: str) -> str:
    """What a person typed, without spaces and dashes, in capitals; empty where it cannot be a code."""
    letters = "".join(character for character in typed.upper() if character.isalnum())
    return letters if len(letters) == CODE_LENGTH and set(letters) <= set(ALPHABET) else ""


def index(purpose: str, secret: str) -> str:
    """The keyed hash by which the door of a secret is found."""
    return _mac(f"{purpose} index", secret).hex()
