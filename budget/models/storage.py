"""Where files are kept that never leave the house."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def inside() -> FileSystemStorage:
    """Return the storage of inside files: no address of the site serves it directly."""
    return FileSystemStorage(location=settings.INSIDE_ROOT)
