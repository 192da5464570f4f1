"""What came of a round, before and after: analysed once, told in a report of tables (HTML, PDF, .xlsx) or on a page.

``analyse`` takes the answers of a voice as plain columns and gives results without any row in them.
"""

from driegesprek.reports.analysis import Analysis, Failed, GroupFound, Hidden, LevelFound, ScaleFound, analyse
from driegesprek.reports.answers import AFTER, BEFORE, COMPARISON, Given
from driegesprek.reports.counting import inside
from driegesprek.reports.telling import LIMIT, Moved, clear, moved, precise

__all__ = [
    "AFTER",
    "BEFORE",
    "COMPARISON",
    "LIMIT",
    "Analysis",
    "Failed",
    "Given",
    "GroupFound",
    "Hidden",
    "LevelFound",
    "Moved",
    "ScaleFound",
    "analyse",
    "clear",
    "inside",
    "moved",
    "precise",
]
