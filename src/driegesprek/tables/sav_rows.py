"""The rows of an SPSS system file, compressed as SPSS does it: a byte for a small whole number, else eight bytes.

Layout: PSPP developers' guide, 'System File Format', data record. A block is eight codes and then the eight-byte words
of those with code 253. Code 1 to 251: the number code - 100; 254: eight spaces; 255: system-missing; 0: nothing.
"""

from collections.abc import Sequence
from typing import Any, Final

SYSTEM_MISSING: Final = -1.7976931348623157e308
_BIAS: Final = 100
_BLOCK: Final = 8
_WORD: Final = 253
_SPACES: Final = 254
_MISSING: Final = 255
_EIGHT_SPACES: Final = 0x2020202020202020
_SEGMENT: Final = 255
_STRIDE: Final = 252
"""A text of more than 255 bytes has a segment per 252 bytes, of which each holds 255; the last ones may be empty."""


def words_of(width: int) -> int:
    """How many eight-byte words a value takes: a number (width 0) one, a text as many as its segments need."""
    if width <= _SEGMENT:
        return max(-(-width // 8), 1)
    segments = segments_of(width)
    return (segments - 1) * 32 + -(-(width - (segments - 1) * _STRIDE) // 8)


def segments_of(width: int) -> int:
    """How many variables of the file a value takes."""
    return 1 if width <= _SEGMENT else -(-width // _STRIDE)


def number_words(values: Any) -> tuple[Any, Any]:
    """A column of numbers as words and their codes, each n × 1.

    Args:
        values: numpy float64, without NaN.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    codes = np.full(len(values), _WORD, np.uint8)
    small = (values >= 1 - _BIAS) & (values <= 251 - _BIAS) & (values == np.floor(values))
    codes[small] = (values[small] + _BIAS).astype(np.uint8)
    codes[values == SYSTEM_MISSING] = _MISSING
    return values.astype("<f8").view("<u8").reshape(-1, 1), codes.reshape(-1, 1)


def text_words(values: Sequence[bytes], width: int) -> tuple[Any, Any]:
    """A column of texts, padded with spaces, as words and their codes, each n × words_of(width)."""
    import numpy as np  # noqa: PLC0415 - heavy

    signs = np.array(values, f"S{width}").view(np.uint8).reshape(len(values), width)
    padded = np.full((len(values), words_of(width) * 8), ord(" "), np.uint8)
    for place, start in enumerate(range(0, width, _SEGMENT)):
        part = signs[:, start : start + _SEGMENT]
        padded[:, place * 256 : place * 256 + part.shape[1]] = part
    padded[padded == 0] = ord(" ")
    words = padded.view("<u8")
    return words, np.where(words == _EIGHT_SPACES, _SPACES, _WORD).astype(np.uint8)


class Packer:
    """Packs the words of rows into blocks; what does not fill a block waits for the next rows."""

    def __init__(self) -> None:
        import numpy as np  # noqa: PLC0415 - heavy

        self._words: Any = np.empty(0, "<u8")
        self._codes: Any = np.empty(0, np.uint8)

    def add(self, words: Any, codes: Any) -> bytes:
        """The blocks that are full with these rows too.

        Args:
            words: rows × words of a row.
            codes: likewise.
        """
        import numpy as np  # noqa: PLC0415 - heavy

        all_words = np.concatenate([self._words, words.reshape(-1)])
        all_codes = np.concatenate([self._codes, codes.reshape(-1)])
        full = len(all_codes) // _BLOCK * _BLOCK
        self._words, self._codes = all_words[full:], all_codes[full:]
        return _packed(all_words[:full], all_codes[:full])

    def rest(self) -> bytes:
        """The last block, filled up with codes that mean nothing."""
        import numpy as np  # noqa: PLC0415 - heavy

        lacking = -len(self._codes) % _BLOCK
        words = np.concatenate([self._words, np.zeros(lacking, "<u8")])
        return _packed(words, np.concatenate([self._codes, np.zeros(lacking, np.uint8)]))


def _packed(words: Any, codes: Any) -> bytes:
    """Blocks of eight codes, each followed by its words."""
    import numpy as np  # noqa: PLC0415 - heavy

    blocks = codes.reshape(-1, _BLOCK)
    raw = blocks == _WORD
    counts = raw.sum(axis=1)
    starts = np.concatenate([[0], np.cumsum(1 + counts)])
    out = np.empty(int(starts[-1]), "<u8")
    out[starts[:-1]] = np.ascontiguousarray(blocks).view("<u8").reshape(-1)
    places = starts[:-1].repeat(counts) + np.arange(int(counts.sum())) + 1
    places -= (np.cumsum(counts) - counts).repeat(counts)
    out[places] = words[raw.reshape(-1)]
    return out.tobytes()
