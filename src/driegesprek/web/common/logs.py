"""No token in a log: the path of a door is its secret."""

import logging
import re

from django.conf import settings

DOOR = re.compile(r"(/(?:d|uitnodiging)/)[^\s/?#\"']+")


class NoSecrets(logging.Filter):
    """Replaces the secret in the path of a door by dots, in the message and in its arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the record is kept, without the secret."""
        record.msg = DOOR.sub(r"\1…", record.getMessage())
        record.args = ()
        if not settings.DEBUG:
            record.exc_text = None
        return True
