"""What is done with files while they come in: one that grows too large is dropped on the way.

Forms are read before any view runs, so that a view alone could not keep a disk from filling up.
"""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class AtMost(FileUploadHandler):
    """Lets files through up to the largest size; a larger one is dropped, its form goes on.

    The request then has an attribute ``oversized``, by which a view can say what happened.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece on. Raises SkipFile once there is too much."""
        if start + len(raw_data) > settings.LARGEST_UPLOAD:
            assert self.request is not None
            self.request.oversized = True  # type: ignore[attr-defined]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave making the file to those who keep it."""
