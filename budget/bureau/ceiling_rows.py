"""Ceilings of many departments at once: compared with those that stand, done if unmoved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction

from budget.actions import Action
from budget.bureau.ceiling_tables import Row, UnreadableRows
from budget.ceilings import Limit
from budget.load.ceilings import read_ceilings
from budget.load.finding import find_budget, is_code, is_unit_code
from budget.models import BudgetYear, DepartmentBudget, Refused, require
from budget.money import YUAN, MoneyUnit
from budget.sheets.headings import UNITS
from budget.sheets.plans import Verdict
from budget.spellings import Unreadable, amount, amount_text
from budget.terms import CeilingKind, Source, Term
from budget.workflow.ceilings import NotSet, Wanted, set_ceilings

SALT: Final = "budget.bureau.ceilings"
LONGEST: Final = 2_000_000
Named = TypeVar("Named", bound=Term)


class BadOffer(ValueError):
    """What should be confirmed is no offer of ours, or one of somebody or something else."""

    def __init__(self) -> None:
        super().__init__("核对的内容已失效，请重新粘贴或上传")


class Moved(Exception):
    """What is stored has changed since it was compared; ``planned`` is what it comes to now."""

    def __init__(self, planned: Planned) -> None:
        self.planned = planned
        super().__init__("核对之后控制数又有改动，尚未导入；请按现在的情况重新确认")


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What a row would do; ``message`` says why it cannot."""

    row: Row
    verdict: Verdict
    before: str = ""
    after: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """What all rows would do, and the wanted ceilings by department."""

    rows: tuple[RowPlan, ...]
    wanted: Mapping[str, tuple[Wanted, ...]]
    unit: MoneyUnit = YUAN

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many rows come to what."""
        counted = ((each.label, sum(row.verdict is each for row in self.rows)) for each in Verdict)
        return [each for each in counted if each[1]]

    @property
    def revises(self) -> bool:
        """True where a ceiling that stands is changed, so that a reason is wanted."""
        return any(each.was is not None for some in self.wanted.values() for each in some)

    @property
    def digest(self) -> str:
        """What this plan is known by."""
        told = [[row.row.where, row.verdict.value, row.before, row.after] for row in self.rows]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def planned(year: BudgetYear, rows: Iterable[Row], unit: MoneyUnit, by: User) -> Planned:
    """Return what rows would do to the ceilings of a year's budgets as they stand."""
    return _Planning(year, unit, by).plan(rows)


class _Planning:
    def __init__(self, year: BudgetYear, unit: MoneyUnit, by: User) -> None:
        self.year, self.unit, self.by = year, unit, by
        self.known: dict[str, tuple[DepartmentBudget | None, str]] = {}
        self.stored: dict[str, dict[Any, Decimal]] = {}
        self.units: dict[str, frozenset[str]] = {}
        self.projects: dict[str, Mapping[str, str]] = {}
        self.wanted: dict[str, list[Wanted]] = {}
        self.seen: set[object] = set()

    def plan(self, rows: Iterable[Row]) -> Planned:
        told = tuple(self._plan(row) for row in rows)
        wanted = {code: tuple(some) for code, some in self.wanted.items()}
        return Planned(told, wanted, self.unit)

    def _plan(self, row: Row) -> RowPlan:
        try:
            code, limit, now = self._read(row)
        except Unreadable as error:
            return RowPlan(row, Verdict.REJECTED, message=str(error))
        department, unit = code[:3], code if is_unit_code(code) else None
        fault = self._fault(department, unit, limit)
        if not fault and (department, unit, limit) in self.seen:
            fault = "同一项控制数出现了两次"
        if fault:
            return RowPlan(row, Verdict.REJECTED, message=fault)
        self.seen.add((department, unit, limit))
        before = self.stored[department].get((unit, limit))
        told = (amount_text(before, YUAN), amount_text(now, YUAN))
        if before == now:
            return RowPlan(row, Verdict.SAME, *told)
        self.wanted.setdefault(department, []).append(Wanted(unit, limit, before, now))
        return RowPlan(row, Verdict.NEW if before is None else Verdict.CHANGED, *told)

    def _read(self, row: Row) -> tuple[str, Limit, Decimal]:
        """Return whose ceiling a row states, of what, and how much. Raises Unreadable."""
        code, source, kind, project, text = row.cells
        if not is_code(code):
            raise Unreadable(f"“{code}”不是部门编码（3位）或单位编码（6位）")
        now = amount(text, self.unit)
        if now is None:
            raise Unreadable("没有填写控制数")
        if now < 0:
            raise Unreadable("控制数不能为负数")
        return code, Limit(_term(Source, source), _term(CeilingKind, kind), project), now

    def _fault(self, department: str, unit: str | None, limit: Limit) -> str:
        budget, why = self._budget(department)
        if budget is None:
            return why
        if unit is not None and unit not in self.units[department]:
            return f"没有编码为 {unit} 的单位，或者它不单列预算"
        if limit.project and limit.kind is not CeilingKind.PROJECT:
            return "只有项目支出的控制数可以注明项目"
        if limit.project and unit not in (None, self.projects[department].get(limit.project)):
            return f"单位 {unit} 没有编码为 {limit.project} 的项目"
        if limit.project and limit.project not in self.projects[department]:
            return f"没有编码为 {limit.project} 的项目"
        return ""

    def _budget(self, code: str) -> tuple[DepartmentBudget | None, str]:
        """Return a department's budget, or why its ceilings cannot be set now."""
        if code not in self.known:
            self.known[code] = self._found(code)
        return self.known[code]

    def _found(self, code: str) -> tuple[DepartmentBudget | None, str]:
        try:
            budget = find_budget(code, self.year.year)
            require(self.by, Action.SET_CEILING, budget)
        except (LookupError, Refused) as error:
            return None, str(error)
        self.stored[code] = {(each.unit, each.limit): each.amount for each in read_ceilings(budget)}
        parts = budget.unit_budgets.filter(unit__merged=False)
        self.units[code] = frozenset(parts.values_list("unit__code", flat=True))
        self.projects[code] = dict(budget.projects.values_list("code", "unit__code"))
        return budget, ""

    def budgets(self) -> Iterator[tuple[DepartmentBudget, Sequence[Wanted]]]:
        """Yield the budgets in which something is wanted."""
        for code, some in self.wanted.items():
            budget, _ = self.known[code]
            assert budget is not None
            yield budget, some


def _term(kind: type[Named], text: str) -> Named:
    """Return the term that a word names. Raises Unreadable."""
    for each in kind:
        if text in (each.label, each.value):
            return each
    raise Unreadable(f"“{text}”不在以下各项之中：{'、'.join(each.label for each in kind)}")


# ---- carrying, and doing


def signed(year: int, by: User, rows: Sequence[Row], planned: Planned) -> str:
    """Return rows and what they were found to do, as a page carries them. Raises UnreadableRows."""
    told = {
        "year": year,
        "by": by.pk,
        "unit": planned.unit.label,
        "digest": planned.digest,
        "rows": [[row.where, *row.cells] for row in rows],
    }
    carried = signing.dumps(told, salt=SALT, compress=True)
    if len(carried) > LONGEST:
        raise UnreadableRows("内容太多，请分几次导入")
    return carried


def unsigned(text: str, year: int, by: User) -> tuple[tuple[Row, ...], MoneyUnit, str]:
    """Return rows, unit and digest that a page carried. Raises BadOffer."""
    try:
        told = signing.loads(text, salt=SALT, max_age=24 * 3600)
    except signing.BadSignature as error:
        raise BadOffer from error
    if (told["year"], told["by"]) != (year, by.pk):
        raise BadOffer
    rows = tuple(Row(where, (a, b, c, d, e)) for where, a, b, c, d, e in told["rows"])
    return rows, UNITS[told["unit"]], told["digest"]


def take_in(
    year: BudgetYear, rows: Sequence[Row], unit: MoneyUnit, digest: str, by: User, reason: str
) -> int:
    """Set what the rows say where it is still what was shown; return how many ceilings changed.

    Raises Moved, NotSet, and what ``require`` raises; nothing is set then.
    """
    with transaction.atomic():
        planning = _Planning(year, unit, by)
        now = planning.plan(rows)
        if now.digest != digest:
            raise Moved(now)
        if now.revises and not reason.strip():
            raise NotSet({None: "修改已经下达的控制数，请写明理由"})
        return sum(
            set_ceilings(budget, some, by, reason=reason) for budget, some in planning.budgets()
        )
