"""Answering proposed codes: taken over into the list, or another code to be used instead.

Nobody of the bureau changes what was entered: who proposed a code reads the answer and acts.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from budget.audit.recording import record
from budget.codes import parent
from budget.models import EconomicCode, FunctionCode, ProposedCode
from budget.resources.next_list import holding_on
from budget.terms import CodeScheme


class NotDecided(Exception):
    """A proposal cannot be answered so; the message says why in Chinese."""


@transaction.atomic
def take_into_list(proposal: ProposedCode, name: str, by: User) -> int:
    """Add a proposed code to the list from its year's date on, under a name.

    Answers all who wait for the same code, and returns how many. Raises NotDecided.
    """
    locked = _waiting(proposal)
    begins = locked.budget.year.codes_on
    held = holding_on(locked.scheme, begins)
    above = parent(locked.code)
    if above is not None and above not in held:
        raise NotDecided(f"上级科目 {above} 不在{begins}的科目表中，请先增加上级科目。")
    if locked.code not in held:
        _add(locked, name, held[above] if above else None)
    answered = _same(locked).update(decided_by=by, decided_at=timezone.now())
    detail = {"scheme": locked.scheme.value, "name": name, "answered": answered}
    record("proposal.take", by=by, subject=locked.code, detail=detail)
    return answered


@transaction.atomic
def use_another(proposal: ProposedCode, instead: str, reason: str, by: User) -> None:
    """Answer that another code of the list is to be used. Raises NotDecided."""
    locked = _waiting(proposal)
    held = holding_on(locked.scheme, locked.budget.year.codes_on)
    if instead not in held:
        raise NotDecided(f"{instead} 不在{locked.budget.year.codes_on}的科目表中。")
    if instead == locked.code:
        raise NotDecided("改用的科目与提出的相同；如同意使用，请收入科目表。")
    locked.use_instead, locked.reason = instead, reason
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.save()
    detail = {"scheme": locked.scheme.value, "instead": instead, "reason": reason}
    record("proposal.answer", by=by, subject=locked.code, detail=detail)


def _waiting(proposal: ProposedCode) -> ProposedCode:
    locked = (
        ProposedCode.objects.select_for_update(of=("self",))
        .select_related("budget__year")
        .get(pk=proposal.pk)
    )
    if locked.decided_at is not None:
        raise NotDecided("这一科目已经答复过。")
    return locked


def _same(proposal: ProposedCode) -> QuerySet[Any]:
    """Return all that wait for the code in years that read the list on that date or later."""
    return ProposedCode.objects.filter(
        scheme=proposal.scheme,
        code=proposal.code,
        decided_at=None,
        budget__year__codes_on__gte=proposal.budget.year.codes_on,
    )


def _add(proposal: ProposedCode, name: str, above: Any) -> None:
    stated = {
        "code": proposal.code,
        "name": name,
        "valid_from": proposal.budget.year.codes_on,
        "origin": f"{proposal.budget.department_id}提出，预算科确认",
    }
    if proposal.scheme is not CodeScheme.FUNCTION:
        row: Any = EconomicCode(scheme=proposal.scheme, **stated)
    elif above is None:
        raise NotDecided("新的类须说明所属预算，请在“科目”页面增加。")
    else:
        row = FunctionCode(fund=above.fund, **stated)
    try:
        row.full_clean()
    except ValidationError as error:
        raise NotDecided("；".join(error.messages)) from error
    row.save()
