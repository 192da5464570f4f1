"""Copies Leaflet from node_modules, where package-lock.json pins it, to the static files of the atlas.

Only the script, its style sheet, the pictures that the sheet names and the licence; without the line that names a source
map, which we do not ship. `tests/web/atlas/test_leaflet.py` holds the copy and the lock together.
"""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "node_modules/leaflet"
TARGET = ROOT / "src/driegesprek/web/atlas/static/atlas/leaflet"
PICTURES = ("layers.png", "layers-2x.png", "marker-icon.png")


def script() -> str:
    """The script as it is shipped."""
    lines = (SOURCE / "dist/leaflet.js").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL")) + "\n"


def main() -> None:
    """Copy them."""
    (TARGET / "images").mkdir(parents=True, exist_ok=True)
    (TARGET / "leaflet.js").write_text(script(), encoding="utf-8")
    shutil.copyfile(SOURCE / "dist/leaflet.css", TARGET / "leaflet.css")
    shutil.copyfile(SOURCE / "LICENSE", TARGET / "LICENSE")
    for name in PICTURES:
        shutil.copyfile(SOURCE / "dist/images" / name, TARGET / "images" / name)


if __name__ == "__main__":
    main()
