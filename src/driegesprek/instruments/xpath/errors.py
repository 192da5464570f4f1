"""Why an expression cannot be used."""


class ExpressionError(Exception):
    """An expression that cannot be used; `code` is a key of the messages, `details` fill it in."""

    def __init__(self, code: str, **details: str) -> None:
        self.code = code
        self.details = details
        super().__init__(f"{code} {details}")
