"""Reading a whole list of codes from a table: what it says of each code, or what is wrong with it.

Since when a code holds and whether it is in use is not read: it is said by taking the list over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import tablib

from budget.codes import parent
from budget.resources.codes import EconomicRows, FunctionRows
from budget.resources.differences import Entry
from budget.resources.rows import FIRST_ROW, Rows
from budget.resources.taking_in import Fault, headings
from budget.terms import CodeScheme

KINDS: Final[Mapping[CodeScheme, type[Rows]]] = {
    CodeScheme.FUNCTION: FunctionRows,
    CodeScheme.DEPARTMENT_ECONOMIC: EconomicRows,
    CodeScheme.GOVERNMENT_ECONOMIC: EconomicRows,
}
NEEDED: Final[Mapping[CodeScheme, tuple[str, ...]]] = {
    CodeScheme.FUNCTION: ("code", "name", "fund"),
    CodeScheme.DEPARTMENT_ECONOMIC: ("code", "name"),
    CodeScheme.GOVERNMENT_ECONOMIC: ("code", "name"),
}


def needed_headings(scheme: CodeScheme) -> list[str]:
    """Return the headings of the columns that a list must have."""
    heads = headings(KINDS[scheme])
    return [heads[name] for name in NEEDED[scheme]]


def read_list(
    scheme: CodeScheme, dataset: tablib.Dataset
) -> tuple[dict[str, Entry], tuple[Fault, ...]]:
    """Return the entries of a list by code, and every fault by row and column."""
    wrong = tuple(_of_headings(scheme, dataset.headers))
    if wrong:
        return {}, wrong
    reader = _Reader(scheme)
    for number, row in enumerate(dataset.dict, start=FIRST_ROW):
        reader.take(number, row)
    return reader.entries, (*reader.faults, *reader.without_parent())


def _of_headings(scheme: CodeScheme, given: list[str]) -> Iterator[Fault]:
    heads = headings(KINDS[scheme])
    missing = [each for each in needed_headings(scheme) if each not in given]
    strange = [each for each in given if each not in heads.values()]
    if missing:
        yield Fault(0, "", f"文件中缺少列：{'、'.join(missing)}")
    if strange:
        yield Fault(0, "", f"文件中有不认识的列：{'、'.join(strange)}")


class _Reader:
    """Reads rows one by one and keeps what they say."""

    def __init__(self, scheme: CodeScheme) -> None:
        self.scheme = scheme
        self.fields = KINDS[scheme]().fields
        self.entries: dict[str, Entry] = {}
        self.rows: dict[str, int] = {}
        self.faults: list[Fault] = []

    def take(self, number: int, row: Mapping[str, Any]) -> None:
        """Take a row in, or note what is wrong with it."""
        values, wrong = self._values(number, row)
        if not wrong:
            wrong = list(self._unfit(number, values))
        self.faults += wrong
        if not wrong:
            self.rows[values["code"]] = number
            self.entries[values["code"]] = Entry(values["name"], values.get("fund"))

    def without_parent(self) -> Iterator[Fault]:
        """Yield the codes whose parent the list lacks."""
        for code, number in self.rows.items():
            above = parent(code)
            if above is not None and above not in self.rows:
                yield Fault(number, "", f"{code} 的上级 {above} 不在表中")

    def _values(self, number: int, row: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
        values: dict[str, Any] = {}
        wrong: list[Fault] = []
        for name in (*NEEDED[self.scheme], *(("scheme",) if "scheme" in self.fields else ())):
            field = self.fields[name]
            if field.column_name not in row:
                continue
            try:
                values[name] = field.clean(row)
            except ValueError as error:
                wrong.append(Fault(number, field.column_name, str(error)))
        return values, wrong

    def _unfit(self, number: int, values: Mapping[str, Any]) -> Iterator[Fault]:
        for name in NEEDED[self.scheme]:
            if values[name] in (None, ""):
                yield Fault(number, self.fields[name].column_name, "不能为空")
        if values.get("scheme", self.scheme) is not self.scheme:
            yield Fault(number, "分类", f"这里只收“{self.scheme.label}”")
        if values["code"] in self.rows:
            yield Fault(number, "", f"与第{self.rows[values['code']]}行重复")
