"""The guide for a first round shows what the story of test_first_round.py saw, and nothing else."""

import re

from tests.browser.watching import LARGEST_SHOT, ROOT, SHOTS

GUIDE = ROOT / "docs" / "eerste-ronde.md"
STORY = ("test_first_round.py", "deeds.py", "families.py")


def test_every_picture_is_made_by_the_story_shown_in_the_guide_and_small():
    shown = re.findall(r"!\[[^\]]+\]\(eerste-ronde/(.+?)\.png\)", GUIDE.read_text())
    code = "".join((ROOT / "tests" / "browser" / name).read_text() for name in STORY)
    made = re.findall(r'"(\d\d-[a-z-]+)"', code)
    there = {path.stem: path.stat().st_size for path in SHOTS.iterdir()}
    assert sorted(shown) == sorted(made) == sorted(there)
    assert len(there) <= 20
    assert max(there.values()) <= LARGEST_SHOT
