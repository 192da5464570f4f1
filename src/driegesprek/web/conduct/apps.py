"""The room conduct."""

from django.apps import AppConfig


class ConductConfig(AppConfig):
    """conduct."""

    name = "driegesprek.web.conduct"
    label = "conduct"

    def ready(self) -> None:
        """Let the outbox know who acts on the notes that deeds leave."""
        from driegesprek.web.conduct.domain import talk_mail  # noqa: F401, PLC0415 - registers itself; needs the models
