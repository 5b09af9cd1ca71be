"""Where files are kept that never leave the house."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class Inside(FileSystemStorage):
    """The folder of inside files; it asks the settings each time, as a field keeps its storage."""

    @property
    def base_location(self) -> str:
        """The folder."""
        return str(settings.INSIDE_ROOT)

    @property
    def location(self) -> str:
        """The folder, as a whole path."""
        return os.path.abspath(self.base_location)


def inside() -> FileSystemStorage:
    """Return the storage of inside files: no address of the site serves it directly."""
    return Inside()
