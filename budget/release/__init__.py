"""Freezing inputs, publishing documents, and the files of a release.

A snapshot holds what a document was made from, a release the document as displayed. Both are
canonical JSON with a digest, written once. The files of a release are made once too, with it or by
a job that follows. What happens to it afterwards stands in facts beside it (``standing``).
"""

from budget.release.contents import DamagedContent, freeze, read, same_content, thaw
from budget.release.files import OtherFonts, complete, fonts_digest
from budget.release.places import record_place
from budget.release.publishing import ForeignDocument, ReleaseExists, issue, publish
from budget.release.standing import became, files_job, is_readable, sealed, withdrawn

__all__ = [
    "DamagedContent",
    "ForeignDocument",
    "OtherFonts",
    "ReleaseExists",
    "became",
    "complete",
    "files_job",
    "fonts_digest",
    "freeze",
    "is_readable",
    "issue",
    "publish",
    "read",
    "record_place",
    "same_content",
    "sealed",
    "thaw",
    "withdrawn",
]
