"""A person who fills in the sheets of a small department, for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User

from budget import models as stored
from budget.models import BudgetUnit, BudgetYear, DepartmentBudget
from budget.money import YUAN, MoneyUnit
from budget.sheets.changes import Answer, Change, Removal, Wanted
from budget.sheets.changing import Act, apply
from budget.sheets.part import Part
from budget.sheets.spec import SHEETS
from budget.terms import BatchKind, Fund
from budget.tests.stored import a_budget, a_unit

FUNCTIONS = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "2010302": "一般行政管理事务",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出",
}
ECONOMICS = {
    "301": "工资福利支出",
    "30101": "基本工资",
    "30102": "津贴补贴",
    "302": "商品和服务支出",
    "30201": "办公费",
    "30217": "公务接待费",
}


def code_lists() -> None:
    """Store a handful of codes."""
    since = date(2020, 1, 1)
    for code, name in FUNCTIONS.items():
        stored.FunctionCode.objects.create(
            code=code, name=name, fund=Fund.GENERAL_PUBLIC, valid_from=since
        )
    for code, name in ECONOMICS.items():
        stored.EconomicCode.objects.create(code=code, name=name, valid_from=since)


def anybody(budget: DepartmentBudget) -> None:
    """Let everybody write."""


@dataclass
class Accountant:
    """Types into one unit's part of a budget."""

    budget: DepartmentBudget
    unit: BudgetUnit | None
    user: User = field(default_factory=lambda: User.objects.create(username=uuid4().hex[:12]))
    money: MoneyUnit = YUAN
    guard: Any = anybody

    @property
    def part(self) -> Part:
        """The part, read anew."""
        return Part(DepartmentBudget.objects.get(pk=self.budget.pk), self.unit)

    def act(self, kind: BatchKind = BatchKind.TYPED, batch: UUID | None = None) -> Act:
        """One act of saving."""
        return Act(batch or uuid4(), self.user, self.guard, kind, self.money)

    def ask(self, sheet: str, *wanted: Wanted, batch: UUID | None = None) -> Answer:
        """Ask for changes."""
        return apply(self.part, SHEETS[sheet], wanted, self.act(batch=batch))

    def type(self, sheet: str, row: str, **cells: str | tuple[str, str]) -> Answer:
        """Type texts into a row: ``amount="5"`` into a blank cell, or ``amount=("4", "5")``."""
        changes = [
            Change(row, name, *(text if isinstance(text, tuple) else ("", text)))
            for name, text in cells.items()
        ]
        return self.ask(sheet, *changes)

    def new(self, sheet: str, **cells: str) -> str:
        """Add a row and return its key."""
        asked = f"new:{uuid4().hex}"
        return self.type(sheet, asked, **cells).rows[asked]

    def remove(self, sheet: str, row: str, **was: str) -> Answer:
        """Remove a row."""
        return self.ask(sheet, Removal(row, was))


def an_accountant(**budget: Any) -> Accountant:
    """Return an accountant of a department with one unit and a handful of codes."""
    code_lists()
    unit = a_unit(is_head=True)
    stored = a_budget(unit, **budget)
    BudgetYear.objects.update(edition="changsha-2023")
    return Accountant(DepartmentBudget.objects.get(pk=stored.pk), unit)
