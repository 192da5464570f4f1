"""Why an expression cannot be used."""

from collections.abc import Mapping


class ExpressionError(Exception):
    """An expression that cannot be used; `code` is a key of the messages, `details` fill it in."""

    def __init__(self, code: str, **details: str) -> None:
        self.code = code
        self.details: Mapping[str, str] = details
        super().__init__(f"{code} {details}")
