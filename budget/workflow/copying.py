"""A new version of a budget as a full copy of another: a second submission, a correction.

What belongs to a version is found from the models' own relations, so that no model can be
forgotten: every row that leads to a budget is copied, unless its model is among ``STAYS``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction

from budget.audit.recording import record
from budget.models import DepartmentBudget
from budget.models.constraints import Belongs
from budget.sheets.changing import locked
from budget.terms import Opinion, Round, State
from budget.workflow.granted import begin_with_granted

Model = type[models.Model]
Keys = Mapping[Any, Any]

STAYS: Final = frozenset(
    {
        "budget.Batch",  # who typed what, and when, in the version where he did
        "budget.Edit",
        "budget.StepTaken",  # the way of that version
        "budget.ReturnPoint",
        "budget.Issue",  # what became of it outside
        "budget.Correction",
        "budget.Withdrawal",
        "budget.Seal",
        "budget.CeilingChange",
        "budget.ExcessReason",
        "budget.GrantChange",
        "budget.UnitVerdict",
        "budget.GrantedAmount",  # a copy begins with what was granted as its own amounts
    }
)
"""The models whose rows tell what happened to one version, and stay with it."""


def copy_version(
    budget: DepartmentBudget, *, round: Round, version: int, state: State, by: User
) -> DepartmentBudget:
    """Return a new version with a copy of every row of another, in the state it begins in.

    Times and persons in the rows stay as they were; files are shared. The performance division's
    opinion is asked anew. The caller has asked whether the person may; the original is locked
    meanwhile. Raises IntegrityError where that version is there already; nothing is written then.
    """
    with transaction.atomic():
        original = locked(budget)
        copy = _head(original, round, version, state)
        keys: dict[Model, Keys] = {DepartmentBudget: {original.pk: copy.pk}}
        for model in copied_models():
            keys[model] = _copy_rows(model, original, keys)
        begin_with_granted(original, copy)
        record(
            "budget.copy_version",
            by=by,
            subject=f"{copy.department_id}/{copy.year_id}",
            detail={
                "from": {"round": original.round.value, "version": original.version},
                "to": {"round": round.value, "version": version},
                "rows": sum(map(len, keys.values())) - 1,
            },
        )
        return copy


def copied_models() -> tuple[Model, ...]:
    """Return the models whose rows go with a version, each after those that it names."""
    return tuple(
        model for model in _in_order(models_of_a_budget()) if model._meta.label not in STAYS
    )


def models_of_a_budget() -> frozenset[Model]:
    """Return every model of which a row leads to a budget, over others or at once."""
    found: set[Model] = {DepartmentBudget}
    while grown := {model for model in apps.get_models() if _targets(model) & found} - found:
        found |= grown
    return frozenset(found - {DepartmentBudget})


def _links(model: Model) -> Iterator[models.ForeignKey[Any, Any]]:
    return (field for field in model._meta.fields if isinstance(field, models.ForeignKey))


def _targets(model: Model) -> set[Any]:
    return {link.related_model for link in _links(model)}


def _in_order(found: Iterable[Model]) -> Iterable[Model]:
    """Return models so that each comes after those that its rows, or its constraints, name."""
    wanted = sorted(found, key=lambda model: model._meta.label)
    belonging = {
        model: {
            apps.get_model(each.to) for each in model._meta.constraints if isinstance(each, Belongs)
        }
        for model in wanted
    }
    known = set(wanted)
    needs = {model: (_targets(model) | belonging[model]) & known - {model} for model in wanted}
    return TopologicalSorter(needs).static_order()


@cache
def _ways(model: Model) -> tuple[str, ...]:
    """Return the look-ups by which a model's rows lead to a budget, the shortest where it is one.

    A row that names the budget itself is its own witness; others are found over every link.
    """
    direct = [link.name for link in _links(model) if link.related_model is DepartmentBudget]
    if direct:
        return tuple(direct)
    owners = models_of_a_budget()
    return tuple(
        f"{link.name}__{way}"
        for link in _links(model)
        if link.related_model in owners
        for way in _ways(link.related_model)
    )


def _head(original: DepartmentBudget, round: Round, version: int, state: State) -> DepartmentBudget:
    copy = DepartmentBudget.objects.get(pk=original.pk)
    copy.pk = None
    copy._state.adding = True
    copy.round, copy.version, copy.state = round, version, state
    copy.performance, copy.revision, copy.copied_from = Opinion.PENDING, 0, original
    copy.save()
    return copy


def _copy_rows(model: Model, original: DepartmentBudget, keys: Mapping[Model, Keys]) -> Keys:
    """Copy the rows of one model, and return the new key of each."""
    condition = models.Q()
    for way in _ways(model):
        condition |= models.Q(**{way: original})
    rows = list(model._base_manager.filter(condition).order_by("pk"))
    old = [row.pk for row in rows]
    times = [(row, _times(row)) for row in rows]
    for row in rows:
        _lead_to_copies(row, keys)
    model._base_manager.bulk_create(rows)
    _set_back(model, times)
    return dict(zip(old, (row.pk for row in rows), strict=True))


def _lead_to_copies(row: models.Model, keys: Mapping[Model, Keys]) -> None:
    row.pk = None
    row._state.adding = True
    for link in _links(type(row)):
        known = keys.get(link.related_model)
        value = getattr(row, link.attname)
        if known is not None and value is not None:
            setattr(row, link.attname, known[value])


def _times(row: models.Model) -> dict[str, Any]:
    """Return what a row says of when it was made; saving a new one would set it to now."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    }


def _set_back(model: Model, times: Iterable[tuple[models.Model, Mapping[str, Any]]]) -> None:
    told = [(row, values) for row, values in times if values]
    for row, values in told:
        for name, value in values.items():
            setattr(row, name, value)
    if told:
        model._base_manager.bulk_update([row for row, _ in told], list(told[0][1]))
