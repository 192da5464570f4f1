"""The room conduct."""

from django.apps import AppConfig


class ConductConfig(AppConfig):
    """conduct."""

    name = "driegesprek.web.conduct"
    label = "conduct"

    def ready(self) -> None:
        """Let the outbox know who acts on the notes that deeds leave."""
        from driegesprek.web.conduct.domain import (  # noqa: PLC0415 - they register themselves; they need the models
            round_messages,  # noqa: F401 - as above
            talk_mail,  # noqa: F401 - as above
        )
