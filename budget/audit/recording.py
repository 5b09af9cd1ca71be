"""Adding to the audit trail, in the transaction of what is recorded: both happen or neither."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from budget.audit.chain import Entry, digest_of
from budget.models import AuditEntry, AuditHead, name_of

LOG = logging.getLogger("budget.audit")
NOTHING: Mapping[str, Any] = {}


class NotTogether(RuntimeError):
    """An entry is to be written outside the transaction of its act."""


def record(
    act: str, *, by: User | None, subject: str = "", detail: Mapping[str, Any] = NOTHING
) -> AuditEntry:
    """Add an entry at the end of the chain, and return it.

    Must run inside the transaction of the act itself. Whoever records next waits for its end.
    Raises NotTogether outside a transaction.
    """
    if not connection.in_atomic_block:
        raise NotTogether(act)
    head = _locked_head()
    entry = Entry(
        number=head.number + 1,
        at=timezone.now(),
        by=None if by is None else by.pk,
        person="" if by is None else name_of(by),
        act=act,
        subject=subject,
        detail=json.loads(json.dumps(detail, default=str)),
    )
    digest = digest_of(entry, head.digest)
    stored = AuditEntry.objects.create(
        number=entry.number,
        at=entry.at,
        by=by,
        person=entry.person,
        act=act,
        subject=subject,
        detail=entry.detail,
        previous=head.digest,
        digest=digest,
    )
    head.number, head.digest = entry.number, digest
    head.save(update_fields=["number", "digest"])
    # The subject may be somebody's name, which is not for the log.
    LOG.info("%s %s", stored.number, act)
    return stored


def _locked_head() -> AuditHead:
    AuditHead.objects.get_or_create(pk=1)
    return AuditHead.objects.select_for_update().get(pk=1)
