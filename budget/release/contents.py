"""Freezing the inputs of a document, and reading back what was frozen or published."""

from __future__ import annotations

from collections.abc import Mapping

from budget import canonical
from budget.book import BudgetBook
from budget.canonical import Inputs, digest
from budget.document import Disclosure
from budget.models import Release, Snapshot
from budget.remarks import Remarks

NO_SETTINGS: Mapping[str, str] = {}


class DamagedContent(Exception):
    """What is stored no longer has the digest under which it was stored."""


def freeze(
    book: BudgetBook, remarks: Remarks, edition: str, rules: Mapping[str, str] = NO_SETTINGS
) -> Snapshot:
    """Return the snapshot of a document's inputs; the same inputs have one snapshot.

    ``edition`` is the edition's code, ``rules`` the settings of rules in force.
    """
    content = canonical.inputs_content(
        Inputs(book=book, remarks=remarks, edition=edition, settings=rules)
    )
    found, _ = Snapshot.objects.get_or_create(
        digest=digest(content), defaults={"content": content.decode()}
    )
    return found


def thaw(snapshot: Snapshot) -> Inputs:
    """Return the inputs that a snapshot holds. Raises DamagedContent."""
    return canonical.read_inputs(_intact(snapshot))


def read(release: Release) -> Disclosure:
    """Return the document of a release, as it was displayed. Raises DamagedContent."""
    return canonical.read_disclosure(_intact(release))


def _intact(stored: Snapshot | Release) -> bytes:
    content = stored.content.encode()
    if digest(content) != stored.digest:
        raise DamagedContent(f"{stored._meta.verbose_name} {stored.pk} 的内容与其摘要不符，已损坏")
    return content


def same_content(release: Release, disclosure: Disclosure) -> bool:
    """Return whether a release shows exactly this document."""
    return release.digest == digest(canonical.disclosure_content(disclosure))
