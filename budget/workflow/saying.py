"""What a person says with a step, and how it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.auth.models import User

from budget.models import name_of
from budget.sheets.attaching import Upload
from budget.terms import Ground, Opinion
from budget.workflow.refusals import Unsaid
from budget.workflow.steps import Asked, Step

LONGEST: Final = 4000
LONGEST_REASON: Final = 200
"""Characters of the reason for one amount, which stands beside it in a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person says with a step; each step asks for some of it.

    ``read`` is the digest of the documents that he has read (``packaging.Package``), ``sheet`` the
    scan of what was signed on paper by the ``signer``.
    """

    reason: str = ""
    points: Sequence[str] = ()
    opinion: Opinion | None = None
    number: str = ""
    date: date | None = None
    reviewer: str = ""
    conclusion: str = ""
    ground: Ground | None = None
    what: str = ""
    why: str = ""
    read: str = ""
    signer: User | None = None
    sheet: Upload | None = None


def told(step: Step, said: Said) -> dict[str, Any]:
    """Return what the step asks for, as it is kept. Raises Unsaid."""
    found: dict[str, Any] = {}
    for asked in step.asks:
        value = _value(asked, said)
        if not value:
            raise Unsaid(asked.label)
        found[asked.value] = value
    return found


def too_long(reason: str) -> str:
    """Return in Chinese that the reason for an amount is too long to keep, "" where it is not."""
    length = len(reason.strip())
    return f"理由最多{LONGEST_REASON}个字，现有{length}个字" if length > LONGEST_REASON else ""


def _value(asked: Asked, said: Said) -> Any:
    value = getattr(said, asked.value)
    if asked is Asked.POINTS:
        return [each.strip()[:LONGEST] for each in value if each.strip()]
    if asked is Asked.OPINION:
        return None if value in (None, Opinion.PENDING) else value.value
    if asked is Asked.DATE:
        return None if value is None else value.isoformat()
    if asked is Asked.GROUND:
        return None if value is None else value.value
    if asked is Asked.SIGNER:
        return None if value is None else name_of(value)
    if asked is Asked.SHEET:
        return None if value is None else value.name
    return str(value).strip()[:LONGEST]
