"""How much may be sent: staff bring files in, everybody else types. Decided before a byte of it is read or stored."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

LARGEST = 512 * 1024 * 1024
"""Bytes that staff and analysts may send at once; what is too large for an import but below this gets its own message."""


class Bounded(FileUploadHandler):
    """Refuses a request with files that is too large for who sends it; stores nothing itself.

    Django has no limit of its own for files, and the check of the CSRF token reads them before a view is asked.
    """

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002 - Django calls it so
        META: Any,  # noqa: ARG002, N803 - as above
        content_length: int,
        boundary: Any,  # noqa: ARG002 - as above
        encoding: Any = None,  # noqa: ARG002 - as above
    ) -> None:
        """Look at how large the whole is.

        Raises:
            RequestDataTooBig: it is too large: a 400.
        """
        staff = self.request is not None and self.request.actor.kind in {"staff", "analyst"}  # type: ignore[attr-defined] # set by ActorMiddleware
        if content_length > (LARGEST if staff else settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
            raise RequestDataTooBig("More was sent than is accepted here.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - as above
        """For the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """For the next handler."""
