"""The invented pupils of expected/pupils.csv and what R says of them (expected/expected.R)."""

import json
from pathlib import Path

from driegesprek import evidence

FOLDER = Path(__file__).parent / "expected"
PUPILS = FOLDER / "pupils.csv"
R = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
ITEMS = [f"q{place}" for place in range(1, 7)]


def pupils():
    return evidence.load(PUPILS)
