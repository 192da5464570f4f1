"""Libraries that take seconds to load, loaded when something is computed with them: not when the house starts.

Modules import them from here where they run, and from the library itself for the checker of types.
"""

import importlib
from typing import Any


class Later:
    """Stands for a module; its first use loads it (in one thread, as Python's own import does)."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        """What the module holds under this name; asked once, then kept."""
        found = self.__dict__[name] = getattr(importlib.import_module(self._name), name)
        return found


ibis = Later("ibis")
linalg, optimize = Later("scipy.linalg"), Later("scipy.optimize")
sparse, special, stats = Later("scipy.sparse"), Later("scipy.special"), Later("scipy.stats")
