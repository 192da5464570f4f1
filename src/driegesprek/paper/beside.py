"""A process of its own that lays out a part of a document, beside the one that lays out the rest.

It is run as a file, and imports typst and nothing of ours: it works a twentieth of a second after it is begun. What it
reads and writes is what :class:`driegesprek.paper.halves._Beside` writes and reads: a line of JSON with the files, the
folder of fonts and the standard; it tells on how many pages they stand, is told the numbers of the pages, and gives the PDF.
"""

import json
import sys
from typing import Any


def pages(typst: Any, given: dict[str, Any]) -> int:
    """On how many pages something stands."""
    return int(json.loads(typst.query(selector="<pages>", field="value", one=True, **given))[-1]) - 1


def main() -> None:
    """Lay out what stands on the standard input."""
    import typst  # noqa: PLC0415 - heavy

    told = json.loads(sys.stdin.buffer.readline())
    files = {name: text.encode() for name, text in told["files"].items()}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[told["fonts"]])
    given: dict[str, Any] = {"input": files, "font_paths": fonts}
    sys.stdout.buffer.write(b"%d\n" % pages(typst, given))
    sys.stdout.buffer.flush()
    files["numbers.json"] = sys.stdin.buffer.readline()
    sys.stdout.buffer.write(typst.compile(format="pdf", **given))


if __name__ == "__main__":
    main()
