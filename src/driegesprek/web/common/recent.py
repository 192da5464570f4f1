"""What a process remembers for some minutes, of a limited number of things."""

import time
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """The newest things, each until it is too old; what is over the number goes, the oldest first.

    Asked at every answer of a family: cachetools.TTLCache does the same in eight times as long, 3 % of saving one.

    Args:
        most: how many.
        seconds: how long.
    """

    def __init__(self, *, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._lock = Lock()
        self._kept: dict[Key, tuple[float, Value]] = {}  # in the order in which they were kept

    def keep(self, key: Key, value: Value) -> None:
        """Remember this, instead of what was remembered under this key."""
        now = time.monotonic()
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = (now, value)
            while len(self._kept) > self.most or self._is_too_old(next(iter(self._kept)), now):
                del self._kept[next(iter(self._kept))]

    def _is_too_old(self, key: Key, now: float) -> bool:
        return self._kept[key][0] < now - self.seconds

    def get(self, key: Key) -> Value | None:
        """What is remembered; None where nothing is, or no longer."""
        found = self._kept.get(key)
        return found[1] if found and found[0] >= time.monotonic() - self.seconds else None

    def forget(self, key: Key) -> None:
        """Remember nothing under this key."""
        with self._lock:
            self._kept.pop(key, None)
