"""What leaves the school of a round."""

from django.db import models


class Left(models.TextChoices):
    """In which kind of file counts left."""

    REPORT = "report", "report"
    """Of the items of scales, in the report for a researcher."""
    COUNTS = "counts", "counts"
    """Of the other questions, as a table."""
