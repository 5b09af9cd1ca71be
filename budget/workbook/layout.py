"""How the file is laid out: its pages, where their heads stand, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from budget.sheets.part import Part
from budget.sheets.spec import Column, SheetSpec
from budget.terms import CodeScheme
from budget.workbook.naming import printed

FORMAT: Final = "budget-entry-workbook/1"
STAMP: Final = "系统信息"
BASE: Final = "系统数据"
OPTIONS: Final = "可选项"
CODES: Final[Mapping[CodeScheme, str]] = {
    CodeScheme.FUNCTION: "功能科目表",
    CodeScheme.DEPARTMENT_ECONOMIC: "经济科目表",
}
OWN_PAGES: Final = frozenset({STAMP, BASE, OPTIONS, *CODES.values()})

KEY: Final = "行标识"
NAME: Final = "要写的内容"
REMOVE: Final = "删除"
HEAD: Final = 3
"""The line of the heads; above it stand the title and a note."""
MUST: Final = "*"
IN_YUAN: Final = "（元）"


class NotOurs(ValueError):
    """What a workbook says of itself cannot be understood."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a workbook was made of; ``part`` is the code of a unit or of the department."""

    department: str
    part: str
    name: str
    year: int
    round: str
    version: int
    revision: int
    format: str = FORMAT

    @property
    def words(self) -> str:
        """What people call it."""
        return f"{self.part} {self.name} {self.year}年"

    def is_of(self, other: Stamp) -> bool:
        """True where both are of one part of one budget, whatever happened in between."""
        return self._identity == other._identity

    @property
    def _identity(self) -> tuple[object, ...]:
        return (self.department, self.part, self.year, self.round, self.version)

    def as_texts(self) -> dict[str, str]:
        """Return it as texts by name."""
        return {name: str(value) for name, value in asdict(self).items()}


def stamp_of(part: Part) -> Stamp:
    """Return what a workbook of a part says of itself."""
    budget = part.budget
    return Stamp(
        department=budget.department_id,
        part=part.code,
        name=printed(part.name),
        year=budget.year_id,
        round=budget.round.value,
        version=budget.version,
        revision=budget.revision,
    )


def stamp_from(texts: Mapping[str, str]) -> Stamp:
    """Return what a workbook says of itself. Raises NotOurs."""
    if texts.get("format") != FORMAT:
        raise NotOurs(f"工作簿的格式版本是“{texts.get('format', '')}”，请重新下载")
    told: dict[str, Any] = {each.name: texts.get(each.name, "") for each in fields(Stamp)}
    for name in ("year", "version", "revision"):
        if not told[name].isdigit():
            raise NotOurs(f"系统信息中的 {name} 无法识别，请重新下载")
        told[name] = int(told[name])
    return Stamp(**told)


def columns_for(spec: SheetSpec, part: Part) -> list[Column]:
    """Return a sheet's columns in the file."""
    return [column for column in spec.columns if column.is_for(part)]


def heading(column: Column) -> str:
    """Return what stands above a column."""
    unit = IN_YUAN if column.kind.name == "money" else ""
    return f"{column.title}{unit}{MUST if column.required else ''}"
