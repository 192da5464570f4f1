"""Makes the invented data sets of the tests: `python tests/evidence/expected/make_data.py`. Seeded: always the
same files."""

import csv
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
SEED = 20261126


def pupils() -> list[dict[str, object]]:
    """Twelve schools of three classes, unequal sizes, skewed five-point items, some missing."""
    rng = np.random.default_rng(SEED)
    rows = []
    for school in range(12):
        at_school = rng.normal(0, 0.4)
        for letter in "ABC":
            in_class = rng.normal(0, 0.3)
            homework = rng.random() < 0.5
            rows += [
                _pupil(rng, school, letter, at_school + in_class, homework=homework)
                for _ in range(int(rng.integers(6, 27)))
            ]
    return rows


def _pupil(
    rng: np.random.Generator, school: int, letter: str, level: float, *, homework: bool
) -> dict[str, object]:
    pre = rng.normal(0, 1)
    talk = rng.random() < 0.4 + 0.2 * homework
    girl = rng.random() < 0.5
    y = 0.5 * pre + 0.2 * girl + 0.25 * homework + 0.15 * talk + level + rng.normal(0, 0.9)
    items = [int(np.digitize(0.7 * y + rng.normal(0, 0.8), (-2.2, -1.3, -0.6, 0.4))) + 1 for _ in range(6)]
    items[2] = 6 - items[2]
    row: dict[str, object] = {
        "school": f"s{school + 1:02}",
        "class": letter,
        "pre": round(pre, 4),
        "post": round(y, 4),
        "sex": "girl" if girl else "boy",
        "origin": ("dutch", "other", "turkish")[int(rng.choice(3, p=[0.6, 0.25, 0.15]))],
        "homework": "yes" if homework else "no",
        "talk": "yes" if talk else "no",
        "weight": round(float(rng.uniform(0.4, 2.6)), 3),
    }
    row |= {f"q{place}": value for place, value in enumerate(items, 1)}
    for name in ("pre", "sex", *(f"q{place}" for place in range(1, 7))):
        if rng.random() < 0.04:
            row[name] = "NA"
    return row


def main() -> None:
    rows = pupils()
    with (HERE / "pupils.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
