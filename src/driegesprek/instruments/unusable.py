"""Why an answer cannot be used."""


class Unusable(Exception):  # noqa: N818 -- not an error of the program but an answer
    """An answer that cannot be used; `code` is a key of the sentences for people."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
