"""A draw that anybody can check: the hash of its seed is published before, the seed after (commit and reveal).

The seed is random and nobody reads it before the draw; its hash ties it down. A witness adds a word at the draw that
the installation could not know, and the lots are hashed as they stand, so that neither lots nor seed can be chosen
to fit a winner. Whoever holds the published lots, seed and word works the winners out again with `winners`.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence


def commitment(seed: str) -> str:
    """What is published before the draw: SHA-256 of the seed, in hexadecimal."""
    return hashlib.sha256(seed.encode()).hexdigest()


def root(lots: Iterable[str]) -> str:
    """One hash for all lots that took part, in whatever order they are given."""
    return hashlib.sha256("\n".join(sorted(lots)).encode()).hexdigest()


def winners(seed: str, witness: str, lots: Sequence[str], prizes: int) -> list[str]:
    """The lots that win, first prize first: those with the lowest HMAC-SHA256 of lots, word and lot under the seed.

    To a function that cannot be told from chance every order of the lots is as likely, so each lot wins as often.

    Args:
        seed: as it was committed to.
        witness: the word that was given at the draw.
        lots: all lots, each once.
        prizes: how many win; fewer where there are fewer lots.
    """
    together = root(lots)

    def place(lot: str) -> str:
        message = f"{together}\n{witness}\n{lot}".encode()
        return hmac.new(seed.encode(), message, hashlib.sha256).hexdigest()

    return sorted(lots, key=place)[:prizes]


def is_true(published: str, seed: str, witness: str, lots: Sequence[str], won: Sequence[str]) -> bool:
    """Whether a draw was as it says: the seed fits what was published, and these lots win."""
    return commitment(seed) == published and winners(seed, witness, lots, len(won)) == list(won)
