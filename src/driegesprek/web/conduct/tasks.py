"""What the worker does for the rooms below."""

from uuid import UUID

from django_tasks import task

from driegesprek.web.conduct.domain import sheets


@task()
def make_print(job_id: str) -> None:
    """Make the sheets, cards or list of one job."""
    sheets.make(UUID(job_id))
