"""What every result has in common: it is a frozen dataclass that becomes JSON as it is, nothing rounded."""

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any


class Result:
    """Base of the results; ``None`` stands for what cannot be estimated, and a note says why."""

    def to_plain(self) -> dict[str, Any]:
        """Dictionaries, lists and numbers; what is not a finite number is None."""
        return {
            key: value for key, value in plain(self).items() if value != () and key not in self.left_out()
        }

    def left_out(self) -> frozenset[str]:
        """Fields that are not part of the JSON form."""
        return frozenset()

    def to_json(self) -> str:
        """JSON text, the same for the same result."""
        return json.dumps(self.to_plain(), ensure_ascii=False, indent=1) + "\n"


def plain(value: Any) -> Any:
    """Dataclasses, mappings and arrays as what JSON can hold."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return _number(value)


def _number(value: Any) -> Any:
    if hasattr(value, "tolist"):  # NumPy's own numbers and arrays
        return plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
