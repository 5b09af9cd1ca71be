"""Does the audit trail still say what was written?"""

from __future__ import annotations

from collections.abc import Iterator

from budget.audit.chain import START, Break, Entry, Link, first_break
from budget.models import AuditEntry, AuditHead


def verify() -> Break | None:
    """Return the first entry that does not hold, None where all do."""
    head = AuditHead.objects.filter(pk=1).first()
    number, digest = (head.number, head.digest) if head is not None else (0, START)
    return first_break(stored_links(), number, digest)


def stored_links() -> Iterator[Link]:
    """Yield the stored entries in order, a block at a time."""
    rows = AuditEntry.objects.order_by("number").values_list(
        *("number", "at", "by_id", "person", "act", "subject", "detail", "previous", "digest")
    )
    for *told, previous, digest in rows.iterator(chunk_size=1000):
        yield Link(Entry(*told), previous, digest)
