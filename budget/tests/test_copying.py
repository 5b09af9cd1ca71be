"""A copy of a version: what belongs to it is there again, what happened to it is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from budget.canonical import Inputs, inputs_content
from budget.load import read_book, read_remarks
from budget.models import (
    AuditEntry,
    AuditHead,
    Batch,
    DepartmentBudget,
    Edit,
    Issue,
    PendingRow,
    ProposedCode,
    StepTaken,
)
from budget.terms import Opinion, Round, State
from budget.tests.people import a_person
from budget.tests.stored import one_of_each
from budget.tests.storing_samples import stored_sample
from budget.workflow.copying import STAYS, copied_models, copy_version, models_of_a_budget

pytestmark = pytest.mark.django_db

# Every model of which a row leads to a budget. A new one fails here until somebody has decided
# whether a copy of a version has it too.
COPIED = {
    "budget.Answer",
    "budget.ApprovedAmount",
    "budget.Attachment",
    "budget.Ceiling",
    "budget.EquipmentCount",
    "budget.Event",
    "budget.ExecutedFigure",
    "budget.PendingRow",
    "budget.PriorFigure",
    "budget.ProcurementItem",
    "budget.Project",
    "budget.ProposedCode",
    "budget.Remark",
    "budget.RevenueLine",
    "budget.SpendingLine",
    "budget.UnitBudget",
    "budget.VehicleCount",
    "performance.Indicator",
    "performance.OverallGoal",
    "performance.ProjectGoal",
}


def copied(budget: DepartmentBudget, **told: object) -> DepartmentBudget:
    wanted = {"round": budget.round, "version": 2, "state": State.DRAFT} | told
    return copy_version(budget, by=a_person("copier"), **wanted)


def content(budget: DepartmentBudget) -> bytes:
    return inputs_content(
        Inputs(book=read_book(budget), remarks=read_remarks(budget), edition="any")
    )


def test_every_model_of_a_budget_is_copied_or_stays() -> None:
    assert {model._meta.label for model in copied_models()} == COPIED
    assert {model._meta.label for model in models_of_a_budget()} == COPIED | STAYS


def test_book_and_remarks_of_a_copy_are_those_of_its_original() -> None:
    original = stored_sample()
    before = content(original)
    copy = copied(original, round=Round.SECOND_SUBMISSION)
    assert content(copy) == before
    assert content(original) == before
    counts = {
        model._meta.label: model._base_manager.count() for model in copied_models()
    }  # all the rows there are belong to the two
    assert all(count % 2 == 0 for count in counts.values())
    assert counts["budget.SpendingLine"] > 0
    assert counts["performance.Indicator"] > 0


def test_a_row_of_each_model_is_copied_with_its_times_and_leads_to_the_copy() -> None:
    rows = one_of_each()
    AuditHead.objects.update(number=1)  # the trail's one entry was not written by recording
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    ProposedCode.objects.update(proposed_at=long_ago)
    budget = rows["departmentbudget"]
    assert isinstance(budget, DepartmentBudget)
    copy = copied(budget)
    for label in COPIED:
        if label.startswith("budget."):
            model = type(rows[label.split(".")[1].lower()])
            assert model._base_manager.filter(budget=copy).count() == 1, label
            assert model._base_manager.filter(budget=budget).count() == 1, label
    assert set(ProposedCode.objects.values_list("proposed_at", flat=True)) == {long_ago}
    assert PendingRow.objects.get(budget=copy).cells == {"amount": "1"}
    for told in (Batch, Edit, StepTaken, Issue):
        assert not told._base_manager.filter(budget=copy).exists()


def test_a_copy_begins_its_own_way() -> None:
    budget = stored_sample()
    DepartmentBudget.objects.filter(pk=budget.pk).update(
        state=State.PUBLISHED, performance=Opinion.OK, revision=7, approval_number="1号"
    )
    copy = copied(budget)
    copy.refresh_from_db()
    told = (copy.version, copy.state, copy.performance, copy.revision, copy.copied_from_id)
    assert told == (2, State.DRAFT, Opinion.PENDING, 0, budget.pk)
    assert copy.approval_number == "1号"
    assert AuditEntry.objects.filter(act="budget.copy_version").count() == 1


def test_a_version_that_is_there_is_not_copied_over() -> None:
    budget = stored_sample()
    with pytest.raises(IntegrityError), transaction.atomic():
        copied(budget, version=1)
    assert DepartmentBudget.objects.count() == 1
