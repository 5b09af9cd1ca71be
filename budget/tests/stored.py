"""A small invented department in the database; each test states only what matters to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models

from budget import models as stored
from budget.actions import Action
from budget.duties import DutyProfile
from budget.models import (
    BudgetUnit,
    BudgetYear,
    Department,
    DepartmentBudget,
    FunctionCode,
    Project,
    SpendingLine,
    UnitBudget,
)
from budget.roles import Role
from budget.terms import (
    AttachmentKind,
    CeilingKind,
    CodeScheme,
    CorrectionKind,
    EquipmentKind,
    EventKind,
    Fund,
    Ground,
    Holding,
    Nature,
    Origin,
    ProcurementKind,
    ProjectCategory,
    Round,
    Scope,
    Source,
    State,
    UnitScope,
    UnitType,
    Upkeep,
    VehicleUse,
)

YEAR = 2030


def a_department(code: str = "801", name: str = "测试局") -> Department:
    return Department.objects.get_or_create(code=code, defaults={"name": name})[0]


def a_unit(code: str = "801001", **values: Any) -> BudgetUnit:
    stated = {"name": f"单位{code}", "type": UnitType.ADMINISTRATIVE, **values}
    return BudgetUnit.objects.create(department=a_department(code[:3]), code=code, **stated)


def a_year(year: int = YEAR, codes_on: date | None = None) -> BudgetYear:
    stated = {"edition": "test", "codes_on": codes_on or date(year, 1, 1)}
    return BudgetYear.objects.get_or_create(year=year, defaults=stated)[0]


def a_budget(*units: BudgetUnit, year: int = YEAR, **values: Any) -> DepartmentBudget:
    """Return the budget of the units' department in which these units take part."""
    budget = DepartmentBudget.objects.create(
        department=units[0].department, year=a_year(year), **values
    )
    for unit in units:
        UnitBudget.objects.create(budget=budget, unit=unit)
    return budget


def moved(budget: DepartmentBudget, state: State, **values: Any) -> DepartmentBudget:
    """Return a budget in another state. From 审定 on its amounts are locked: rows come before."""
    DepartmentBudget.everything.filter(pk=budget.pk).update(state=state, **values)
    return DepartmentBudget.everything.get(pk=budget.pk)


@contextmanager
def past_the_lock(budget: DepartmentBudget) -> Iterator[None]:
    """Let locked amounts be written, as whoever has the whole database in his hands can do it."""
    stands = DepartmentBudget.everything.get(pk=budget.pk).state
    moved(budget, State.DRAFT)
    yield
    moved(budget, stands)


def a_project(budget: DepartmentBudget, unit: BudgetUnit, code: str = "P1") -> Project:
    return Project.objects.create(
        budget=budget, unit=unit, code=code, name=code, category=ProjectCategory.OTHER_PURPOSE
    )


def line_values(**values: Any) -> dict[str, Any]:
    """Return what a basic line is made of, changed by the given values."""
    return {
        "sequence": 1,
        "nature": Nature.BASIC,
        "upkeep": Upkeep.PERSONNEL,
        "function": "2010301",
        "economic": "30101",
        "source": Source.GENERAL_PUBLIC,
        "amount": Decimal("100.00"),
        **values,
    }


def a_line(budget: DepartmentBudget, unit: BudgetUnit, **values: Any) -> SpendingLine:
    return SpendingLine.objects.create(budget=budget, unit=unit, **line_values(**values))


def passed_on(
    budget: DepartmentBudget, head: BudgetUnit, school: BudgetUnit, amount: Decimal, sequence: int
) -> None:
    """Let a head unit support a school: a line of each, under one number."""
    a_line(
        budget,
        head,
        sequence=sequence,
        nature=Nature.GRANTS_TO_AFFILIATES,
        upkeep=None,
        economic=None,
        source=Source.OTHER,
        paid_to=school,
        amount=amount,
    )
    received = {"source": Source.GRANTS_FROM_SUPERIOR, "received_from": head}
    a_line(budget, school, sequence=sequence, amount=amount, **received)


def a_function(code: str, name: str, **values: Any) -> FunctionCode:
    stated = {"fund": Fund.GENERAL_PUBLIC, **values}
    return FunctionCode.objects.create(code=code, name=name, **stated)


def one_of_each() -> dict[str, models.Model]:
    """Return one valid row of every model of ``budget``, by the model's lower-case name."""
    unit = a_unit(is_head=True)
    budget = a_budget(unit)
    project = a_project(budget, unit)
    of_unit = {"budget": budget, "unit": unit}
    numbered = {**of_unit, "sequence": 1}
    limit = {"source": Source.GENERAL_PUBLIC, "kind": CeilingKind.PERSONNEL}
    digest = "0" * 64
    snapshot = stored.Snapshot.objects.create(digest=digest, content="{}")
    release = stored.Release.objects.create(
        scope=Scope.DEPARTMENT,
        code="801",
        name="测试局",
        year=YEAR,
        number=1,
        edition="test",
        origin=Origin.COMPILED,
        snapshot=snapshot,
        digest=digest,
        content="{}",
        published_at=datetime(YEAR, 1, 1, tzinfo=UTC),
    )
    person = User.objects.create(username="somebody")
    granted = {"row": "line:1", "requested": 2, "reason": "理由", "by": person}
    batch = stored.Batch.objects.create(
        id=UUID(int=1), budget=budget, by=person, asked=digest, answer={}, revision=1
    )
    step = stored.StepTaken.objects.create(
        budget=budget,
        action=Action.SEND_BACK,
        start=State.SUBMITTED,
        end=State.DRAFT,
        by=person,
        revision=1,
    )
    rows: list[models.Model] = [
        step,
        stored.ReturnPoint.objects.create(step=step, sequence=1, text="问题"),
        stored.Issue.objects.create(release=release, budget=budget, step=step),
        stored.Correction.objects.create(
            budget=budget,
            original=budget,
            kind=CorrectionKind.TEXTS,
            ground=Ground.MISTAKE,
            what="甲",
            why="乙",
            by=person,
        ),
        stored.Withdrawal.objects.create(
            release=release, ground=Ground.MISTAKE, reason="误", step=step
        ),
        stored.Seal.objects.create(release=release, ground=Ground.SECRET, step=step),
        stored.PublicPlace.objects.create(
            release=release, url="https://example.gov.cn/", at=datetime(YEAR, 1, 1, tzinfo=UTC)
        ),
        stored.Passage.objects.create(
            release=release,
            year=YEAR,
            code="801",
            place=0,
            kind=stored.PassageKind.NAME,
            text="测试局",
            grams="测试 试局 局",
        ),
        stored.ReleaseJob.objects.create(release=release),
        stored.AuditHead.objects.create(pk=1),
        stored.AuditEntry.objects.create(
            number=1, at=datetime(YEAR, 1, 1, tzinfo=UTC), act="a.b", previous=digest, digest=digest
        ),
        unit,
        stored.Grant.objects.create(user=person, role=Role.COMPILER, unit=unit),
        stored.DutySetting.objects.create(profile=DutyProfile.STANDARD, set_by=person),
        batch,
        stored.Edit.objects.create(**of_unit, batch=batch, sheet="basic", row="1", field="amount"),
        stored.PendingRow.objects.create(**of_unit, sheet="basic", cells={"amount": "1"}),
        stored.ProposedCode.objects.create(
            budget=budget,
            scheme=CodeScheme.FUNCTION,
            code="2019999",
            name="其他",
            proposed_by=person,
        ),
        stored.Attachment.objects.create(
            **of_unit,
            kind=AttachmentKind.BASIS,
            name="a.pdf",
            content_type="application/pdf",
            size=1,
            digest=digest,
            file="attachments/a.pdf",
            added_by=person,
        ),
        stored.Ceiling.objects.create(**of_unit, **limit, amount=1),
        stored.CeilingChange.objects.create(**of_unit, **limit, after=1, by=person),
        stored.ExcessReason.objects.create(**of_unit, **limit, reason="理由", by=person),
        stored.GrantedAmount.objects.create(**of_unit, **granted, amount=1),
        stored.GrantChange.objects.create(**of_unit, **granted, after=1),
        stored.UnitVerdict.objects.create(**of_unit, accepted=False, reason="理由", by=person),
        stored.ApprovedAmount.objects.create(
            **numbered, source=Source.OTHER, nature=Nature.BASIC, amount=1
        ),
        unit.department,
        budget,
        budget.year,
        stored.YearRound.objects.create(year=budget.year, round=Round.SECOND_SUBMISSION),
        project,
        snapshot,
        release,
        stored.ReleaseFile.objects.create(
            release=release,
            format="csv",
            name="a.csv",
            content_type="text/csv",
            size=1,
            digest=digest,
        ),
        UnitBudget.objects.get(),
        a_function("2010301", "行政运行", valid_from=date(2020, 1, 1), valid_to=date(2030, 1, 1)),
        stored.EconomicCode.objects.create(
            code="30101", name="基本工资", valid_from=date(2020, 1, 1), valid_to=date(2030, 1, 1)
        ),
        stored.RevenueCode.objects.create(
            code="101", name="税收收入", valid_from=date(2020, 1, 1), valid_to=date(2030, 1, 1)
        ),
        stored.EconomicMapping.objects.create(
            department_code="30101", government_code="50101", unit_scope=UnitScope.AGENCY
        ),
        stored.CodeChange.objects.create(
            scheme=CodeScheme.FUNCTION, code="201", change="rename", old_name="甲", new_name="乙"
        ),
        a_line(budget, unit),
        stored.RevenueLine.objects.create(**of_unit, source=Source.OTHER, amount=Decimal(1)),
        stored.Event.objects.create(
            **numbered, kind=EventKind.MEETING, name="会", attendance=1, basic=0, project=0
        ),
        stored.ProcurementItem.objects.create(
            **numbered, kind=ProcurementKind.GOODS, name="物", amount=1, economic="30201"
        ),
        stored.VehicleCount.objects.create(
            **of_unit, holding=Holding.STOCK, use=VehicleUse.OTHER, count=1
        ),
        stored.EquipmentCount.objects.create(
            **of_unit, holding=Holding.STOCK, kind=EquipmentKind.SPECIAL_OVER_1M, count=1
        ),
        stored.ExecutedFigure.objects.create(**of_unit, function="2010301", amount=1),
        stored.Remark.objects.create(**of_unit, key="k", text="t"),
        stored.RuleSetting.objects.create(year=budget.year, name="BAL001", value="warning"),
        stored.RuleChange.objects.create(
            year=budget.year, name="BAL001", after="warning", changed_by=person
        ),
        stored.Answer.objects.create(**of_unit, rule="BAL001", reason="理由"),
        stored.PriorFigure.objects.create(
            **of_unit, measure="m", amount=1, precision=100, origin="表"
        ),
    ]
    return {row._meta.model_name or "": row for row in rows}
