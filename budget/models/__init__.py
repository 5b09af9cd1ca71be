"""What is stored. One idea per file; everything is imported from here."""

from budget.models.budgets import BudgetYear, DepartmentBudget, UnitBudget
from budget.models.codes import (
    CodeChange,
    EconomicCode,
    EconomicMapping,
    FunctionCode,
    RevenueCode,
)
from budget.models.fields import CodeField, TermField, YuanField
from budget.models.lines import ExecutedFigure, RevenueLine, SpendingLine
from budget.models.organisation import BudgetUnit, Department
from budget.models.projects import Project
from budget.models.registers import EquipmentCount, Event, ProcurementItem, VehicleCount
from budget.models.releases import FrozenRow, Release, ReleaseFile, Snapshot
from budget.models.rules import Answer, RuleSetting
from budget.models.words import PriorFigure, Remark

__all__ = [
    "Answer",
    "BudgetUnit",
    "BudgetYear",
    "CodeChange",
    "CodeField",
    "Department",
    "DepartmentBudget",
    "EconomicCode",
    "EconomicMapping",
    "EquipmentCount",
    "Event",
    "ExecutedFigure",
    "FrozenRow",
    "FunctionCode",
    "PriorFigure",
    "ProcurementItem",
    "Project",
    "Release",
    "ReleaseFile",
    "Remark",
    "RevenueCode",
    "RevenueLine",
    "RuleSetting",
    "Snapshot",
    "SpendingLine",
    "TermField",
    "UnitBudget",
    "VehicleCount",
    "YuanField",
]
