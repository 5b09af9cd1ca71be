"""全部明细: one XLSX file with a row for each line of all budgets. For the bureau's own use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from io import BytesIO
from typing import IO, Any, Final

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from budget.desk.choosing import Pool
from budget.desk.code_names import Names, name_in, read_names
from budget.desk.summing import INSIDE
from budget.load.granting import WITH_DEPARTMENT, Granted, grants_of, line_row
from budget.models import DepartmentBudget, SpendingLine
from budget.render.xml import FORBIDDEN
from budget.workbook.pages import escaped

HEADS: Final = (
    *("年度", "部门编码", "部门", "单位编码", "单位", "单位类型"),
    *("支出性质", "人员公用", "项目编码", "项目"),
    *("功能科目", "功能科目名称", "部门经济科目", "部门经济科目名称"),
    *("政府经济科目", "政府经济科目名称", "资金来源", "上年结转", "拨款性质", "拨付给", "取得自"),
    *("申报数（元）", "核定数（元）", "计入数（元）", "轮次", "版本", "状态"),
)
WIDTHS: Final[Mapping[str, int]] = {"部门": 28, "单位": 28, "项目": 32, "功能科目名称": 26}
FIELDS: Final = (
    *("budget_id", "unit_id", "unit__code", "unit__name", "unit__type", "sequence", "nature"),
    *("upkeep", "project__code", "project__name", "function", "economic", "source"),
    *("carried_over", "allotment", "paid_to__name", "received_from__name", "amount"),
    *("paid_to__code", "received_from__code"),
)
AMOUNT: Final = FIELDS.index("amount")


def flat_file(pool: Pool) -> IO[bytes]:
    """Return the file of all lines of a pool of budgets, at its beginning.

    The number of queries is always the same, and no row is kept once it is written.
    """
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("全部明细")
    for number, head in enumerate(HEADS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(head, 14)
    sheet.freeze_panes = "A3"
    sheet.oddHeader.center.text = INSIDE
    sheet.append([_bold(sheet, _told(pool))])
    sheet.append([_bold(sheet, head) for head in HEADS])
    for row in _rows(sheet, pool):
        sheet.append(row)
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(HEADS))}2"
    file = BytesIO()
    workbook.save(file)
    file.seek(0)
    return file


def _told(pool: Pool) -> str:
    at = timezone.localtime()
    left = f"；另有{len(pool.unread)}个部门的预算还在编制或审签，没有列入" if pool.unread else ""
    return f"{INSIDE}。{len(pool.budgets)}个部门，{at:%Y-%m-%d %H:%M} 导出{left}。"


def _bold(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _rows(sheet: WriteOnlyWorksheet, pool: Pool) -> Iterator[list[Any]]:
    budgets = {budget.pk: budget for budget in pool.budgets}
    if not budgets:
        return
    names, granted = read_names(pool.budgets[0].year.codes_on), _granted(budgets.values())
    money = WriteOnlyCell(sheet)
    money.number_format = "#,##0.00"

    def amount(value: Decimal | None) -> Cell | None:
        if value is None:
            return None
        cell = WriteOnlyCell(sheet, f"{value:f}")
        cell.data_type = "n"  # the spelling of the decimal, which a float would change
        cell._style = money._style  # type: ignore[attr-defined] # not public: see 0007
        return cell

    stored = SpendingLine.objects.filter(budget__in=budgets)
    ordered: Any = stored.order_by("budget__department", "unit__position", "unit__code", "sequence")
    for row in ordered.values_list(*FIELDS).iterator():
        asked = row[AMOUNT]
        what = (*row[6:8], *row[10:12], row[8], *row[12:15], *row[-2:])
        let = granted.stands(row[1], line_row(row[5]), asked, *what)
        yield [
            *(_safe(sheet, text) for text in _words(row, budgets[row[0]], names)),
            *map(amount, (asked, let, asked if let is None else let)),
            *_state(budgets[row[0]]),
        ]


def _words(row: tuple[Any, ...], budget: DepartmentBudget, names: Names) -> Iterator[str]:
    """Yield the texts of a row, up to its amounts."""
    _, _, code, unit, type, _, nature, upkeep, project, title, function, economic = row[:12]
    source, carried_over, allotment, paid_to, received_from = row[12:17]
    government = names.government_of(economic, type)
    yield from (str(budget.year_id), budget.department_id, budget.department.name)
    yield from (code, unit, type.label, nature.label, upkeep.label if upkeep else "")
    yield from (project or "", title or "", function, name_in(names.function, function))
    yield from (economic or "", name_in(names.economic, economic or ""))
    yield "、".join(government)
    yield "、".join(filter(None, (name_in(names.government, each) for each in government)))
    yield from (source.label, "是" if carried_over else "", allotment.label if allotment else "")
    yield from (paid_to or "", received_from or "")


def _state(budget: DepartmentBudget) -> tuple[str, int, str]:
    return budget.round.label, budget.version, budget.state.label


def _safe(sheet: WriteOnlyWorksheet, text: str) -> Any:
    """Return a text as a cell that no program takes for a formula, and that Excel can hold."""
    if not text:
        return None
    clean = escaped(FORBIDDEN.sub("�", text))
    if not clean.startswith("="):
        return clean
    cell = WriteOnlyCell(sheet, clean)
    cell.data_type = "s"
    return cell


def _granted(budgets: Iterable[DepartmentBudget]) -> Granted:
    """Return what was granted in budgets where grants count."""
    return grants_of([each.pk for each in budgets if each.state not in WITH_DEPARTMENT])
