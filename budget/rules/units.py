"""预算单位: one list of units everywhere, and every unit entered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from budget.document import Disclosure, RowKind
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.sentences import paragraphs, wording
from budget.terms import Needs, Severity


@rule(
    "UNT001",
    Severity.ERROR,
    "预算单位在各处一致",
    explain="单位构成、“三公”经费表和绩效目标表所列的单位应当相同；核对漏列和多列的单位。",
    basis="部门预算公开规程，预算单位构成",
    example="单位构成写3个单位，“三公”经费表只有2行。",
)
def units_are_the_same_everywhere(subject: Subject) -> Iterable[Outcome]:
    """The units of tables are those that the text names, and those of the book (N19)."""
    listed = _unit_rows(subject.document)
    for table, units in listed.items():
        yield from _unlike_book(subject, table, units)
    every = {code: name for units in listed.values() for code, name in units.items()}
    if not every and subject.book:
        every = {unit.code: unit.name for unit in subject.book.budget_units}
    if not every:
        yield NotChecked("文件中没有按单位列示的表")
        return
    for paragraph in paragraphs(subject.document):
        if paragraph.key == "units" or paragraph.key.startswith("units."):
            yield from _unlike_text(wording(paragraph), every, tuple(listed))


def _unit_rows(document: Disclosure) -> dict[str, dict[str, str]]:
    """Return the names of units by code, for each table that has a row per unit."""
    found: dict[str, dict[str, str]] = {}
    for table in document.tables:
        for row in table.rows:
            name = next((cell.text for cell in row.cells if cell.key == "name"), "")
            if row.kind is RowKind.ENTRY and re.fullmatch(r"\d{6}", row.key) and name:
                found.setdefault(table.code, {})[row.key] = name
    return found


def _unlike_book(subject: Subject, table: str, units: dict[str, str]) -> Iterator[Finding]:
    """Yield the units of a book that a table does not list under their names."""
    if subject.book is None:
        return
    for unit in subject.book.budget_units:
        if table == "three-publics" and units.get(unit.code) != unit.name:
            yield Finding(
                (f"{table}/{unit.code}/name",),
                Side("预算单位", unit.name),
                Side("表中", units.get(unit.code, "没有")),
                advice="补列单位，或更正名称",
            )


def _unlike_text(text: str, units: dict[str, str], tables: tuple[str, ...]) -> Iterator[Finding]:
    """Yield that a text names other units than the tables do, or than a book where none does."""
    number = re.search(r"共(\d+)个", text)
    said = int(number.group(1)) if number else 1 if "只有" in text else None
    # The only unit of a department may go by the department's name.
    missing = [name for name in units.values() if name not in text and len(units) > 1]
    if missing or (said is not None and said != len(units)):
        yield Finding(
            ("units", *tables),
            Side("文字中的预算单位", f"{said}个" if said is not None else "没有写明个数"),
            Side(
                "表中的预算单位" if tables else "应有的预算单位",
                f"{len(units)}个：{'、'.join(units.values())}",
            ),
            advice="核对单位构成",
            remark=f"文字没有写到{'、'.join(missing)}" if missing else "",
        )


@rule(
    "UNT002",
    Severity.ERROR,
    "部门所属单位都已填报",
    explain="每个单位填报完成，或注明不单列预算、并入本部。",
    basis="《预算法》第三十二条，各部门编制本部门预算草案；部门预算完整性",
    example="下属某中心尚未填报。",
    needs=Needs.BOOK,
)
def every_unit_is_complete(subject: Subject) -> Iterable[Outcome]:
    """Every unit of the department is entered or merged into the head office (U02)."""
    assert subject.book is not None
    for unit in subject.book.units:
        if not unit.complete and not unit.merged:
            yield Finding(
                ("units",),
                Side("预算单位", f"{unit.code} {unit.name}"),
                Side("状态", "没有填报完成"),
                advice="填报完后在概览中点“本单位填报完成”；不单列预算的，注明并入本部",
            )
