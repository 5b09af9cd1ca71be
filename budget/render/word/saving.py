"""Word files whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document

UNIX = 3


def saved(document: Document) -> bytes:
    """Return the file; the archive's dates are of 1980, where python-docx would ask the clock."""
    draft, dated = io.BytesIO(), io.BytesIO()
    document.save(draft)
    with ZipFile(draft) as written, ZipFile(dated, "w") as archive:
        for name in written.namelist():
            entry = ZipInfo(name)
            entry.create_system = UNIX
            archive.writestr(entry, written.read(name), ZIP_DEFLATED)
    return dated.getvalue()
