"""The room conduct."""

from django.apps import AppConfig


class ConductConfig(AppConfig):
    """conduct."""

    name = "driegesprek.web.conduct"
    label = "conduct"

    def ready(self) -> None:
        """Let the outbox know who acts on the notes that deeds leave."""
        from driegesprek.web.common import outbox  # noqa: PLC0415 - it needs the models

        outbox.handled_in(f"{self.name}.domain.round_messages", f"{self.name}.domain.talk_mail")
