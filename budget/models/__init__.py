"""What is stored. One idea per file; everything is imported from here."""

from budget.models.approvals import ApprovedAmount
from budget.models.audit import AuditEntry, AuditHead
from budget.models.budgets import BudgetYear, DepartmentBudget, UnitBudget, YearRound
from budget.models.ceilings import Ceiling, CeilingChange, ExcessReason
from budget.models.codes import (
    CodeChange,
    EconomicCode,
    EconomicMapping,
    FunctionCode,
    RevenueCode,
    valid_on,
)
from budget.models.disclosure_only import DisclosureOnly
from budget.models.entries import Attachment, Batch, Edit, PendingRow, ProposedCode
from budget.models.fields import CodeField, TermField, YuanField
from budget.models.granted import GrantChange, GrantedAmount
from budget.models.lines import ExecutedFigure, RevenueLine, SpendingLine
from budget.models.organisation import BudgetUnit, Department
from budget.models.passages import Passage, PassageKind
from budget.models.people import (
    Account,
    DutySetting,
    Grant,
    NotDeleted,
    UsedPassword,
    name_of,
)
from budget.models.permits import (
    Forbidden,
    OutOfSight,
    Refused,
    WrongState,
    require,
    roles_on,
)
from budget.models.projects import Project
from budget.models.public_places import PublicPlace
from budget.models.publishing import Correction, Issue, ReleaseJob, Seal, Withdrawal
from budget.models.registers import EquipmentCount, Event, ProcurementItem, VehicleCount
from budget.models.releases import FrozenRow, Release, ReleaseFile, Snapshot
from budget.models.rules import Answer, RuleChange, RuleSetting
from budget.models.steps import ReturnPoint, StepTaken
from budget.models.verdicts import UnitVerdict
from budget.models.words import PriorFigure, Remark

__all__ = [
    "Account",
    "Answer",
    "ApprovedAmount",
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "Batch",
    "BudgetUnit",
    "BudgetYear",
    "Ceiling",
    "CeilingChange",
    "CodeChange",
    "CodeField",
    "Correction",
    "Department",
    "DepartmentBudget",
    "DisclosureOnly",
    "DutySetting",
    "EconomicCode",
    "EconomicMapping",
    "Edit",
    "EquipmentCount",
    "Event",
    "ExcessReason",
    "ExecutedFigure",
    "Forbidden",
    "FrozenRow",
    "FunctionCode",
    "Grant",
    "GrantChange",
    "GrantedAmount",
    "Issue",
    "NotDeleted",
    "OutOfSight",
    "Passage",
    "PassageKind",
    "PendingRow",
    "PriorFigure",
    "ProcurementItem",
    "Project",
    "ProposedCode",
    "PublicPlace",
    "Refused",
    "Release",
    "ReleaseFile",
    "ReleaseJob",
    "Remark",
    "ReturnPoint",
    "RevenueCode",
    "RevenueLine",
    "RuleChange",
    "RuleSetting",
    "Seal",
    "Snapshot",
    "SpendingLine",
    "StepTaken",
    "TermField",
    "UnitBudget",
    "UnitVerdict",
    "UsedPassword",
    "VehicleCount",
    "Withdrawal",
    "WrongState",
    "YearRound",
    "YuanField",
    "name_of",
    "require",
    "roles_on",
    "valid_on",
]
